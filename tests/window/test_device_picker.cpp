#include "renderer/vulkan/device_picker.h"

#include <gtest/gtest.h>

namespace skyline::renderer::vulkan {
namespace {

DeviceCandidate device(std::string name, DeviceKind kind, std::uint64_t memory_bytes = 1 << 30) {
  return {.name = std::move(name), .driver = "driver", .kind = kind, .memory_bytes = memory_bytes, .queue_family = 0, .missing = ""};
}

const DeviceCandidate kSoftware = device("llvmpipe", DeviceKind::kSoftware, std::uint64_t{64} << 30);
const DeviceCandidate kSmall = device("Small Card", DeviceKind::kDiscrete, 2);
const DeviceCandidate kLarge = device("Large Card", DeviceKind::kDiscrete, 8);
const DeviceCandidate kChip = device("Chip", DeviceKind::kIntegrated);

TEST(DevicePicker, PrefersDiscreteThenIntegratedThenSoftwareAndMoreMemory) {
  EXPECT_EQ(pick_device({kSoftware, kChip, kSmall, kLarge}, "").value().index, 3U);
  EXPECT_EQ(pick_device({kSoftware, kChip}, "").value().index, 1U);
}

TEST(DevicePicker, AcceptsASoftwareDeviceWhereThereIsNoOther) {
  const auto choice = pick_device({kSoftware}, "");
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->reason, "it is the only one");
}

TEST(DevicePicker, NamesWhatItPassedOverAndWhy) {
  DeviceCandidate old = kLarge;
  old.name = "Old Card";
  old.missing = "Vulkan 1.3";
  const auto choice = pick_device({kSoftware, old, kChip}, "");
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->index, 2U);
  EXPECT_EQ(choice->reason, "it is the best integrated one; passed over: llvmpipe (software), Old Card (lacks Vulkan 1.3)");
}

TEST(DevicePicker, HonoursPartOfANameInAnyCase) {
  const auto choice = pick_device({kLarge, kSoftware}, "LLVM");
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->index, 1U);
}

TEST(DevicePicker, LeavesOutADeviceThatCannotShowTheWindow) {
  DeviceCandidate blind = kLarge;
  blind.queue_family.reset();
  EXPECT_EQ(pick_device({blind, kSoftware}, "").value().index, 1U);
}

TEST(DevicePicker, SaysWhatToDoWhereNothingCanBePicked) {
  DeviceCandidate old = kLarge;
  old.missing = "Vulkan 1.3";
  EXPECT_NE(pick_device({}, "").error().message().find("skyline render"), std::string::npos);
  EXPECT_NE(pick_device({old}, "").error().message().find("Large Card lacks Vulkan 1.3"), std::string::npos);
  EXPECT_NE(pick_device({kChip, kSmall}, "none such").error().message().find("choose one of: Chip, Small Card"), std::string::npos);
}

}  // namespace
}  // namespace skyline::renderer::vulkan
