// skyline info: what a scene file holds, and whether it is whole.
#include "app/verbs.h"
#include "nerf/store/sky_file.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>
#include <memory>

namespace skyline::app {
namespace {

using nlohmann::json;

struct InfoOptions {
  CommonOptions common;
  std::string file;
  bool verify = false, hash = false;
};

std::int64_t encoded_bytes(const nerf::TensorInfo& tensor) {
  const std::int64_t bytes_each = tensor.encoding == nerf::Encoding::kFloat32 ? 4 : tensor.encoding == nerf::Encoding::kFloat16 ? 2 : 1;
  return bytes_each * tensor.rows * tensor.columns * tensor.channels;
}

const char* encoding_name(nerf::Encoding encoding) {
  return encoding == nerf::Encoding::kFloat32 ? "float32" : encoding == nerf::Encoding::kFloat16 ? "float16" : "int8";
}

// "block0.plane1" -> "planes", "decoder.layer0.weights" -> "decoder".
std::string part_of(const std::string& tensor) {
  for (const char* part : {"plane", "line", "volume"}) {
    if (tensor.find(std::string(".") + part) != std::string::npos) return std::string(part) + (std::string(part) == "volume" ? "" : "s");
  }
  return tensor.substr(0, tensor.find('.'));
}

core::Result<json> describe(const nerf::SkyReader& reader, const std::string& file) {
  std::error_code code;
  json report{{"file", file}, {"format_version", nerf::kSkyVersion}, {"file_bytes", std::filesystem::file_size(file, code)}};
  for (const char* key : {"scene", "field", "training", "cameras"}) {
    const auto text = reader.meta(key);
    if (!text) return text.error();
    report[key] = json::parse(*text, nullptr, false);
  }
  const auto tensors = reader.tensors();
  if (!tensors) return tensors.error();
  std::map<std::string, std::int64_t> parts;  // before compression
  json list = json::array();
  for (const nerf::TensorInfo& tensor : *tensors) {
    parts[part_of(tensor.name)] += encoded_bytes(tensor);
    list.push_back({{"name", tensor.name},
                    {"rows", tensor.rows},
                    {"columns", tensor.columns},
                    {"channels", tensor.channels},
                    {"encoding", encoding_name(tensor.encoding)},
                    {"bytes", encoded_bytes(tensor)}});
  }
  for (const char* blob : {"occupancy", "preview"}) {
    if (!reader.has_blob(blob)) continue;
    const auto content = reader.blob(blob);
    if (!content) return content.error();
    parts[blob] += static_cast<std::int64_t>(content->size());
  }
  report["part_bytes"] = parts;
  report["tensors"] = list;
  return report;
}

void print_report(const json& report) {
  const json& scene = report["scene"];
  const json& training = report["training"];
  print_line(fmt::format("{}: scene \"{}\", {}, format version {}", report["file"].get<std::string>(), scene.value("name", ""),
                         bytes_text(report["file_bytes"].get<double>()), report["format_version"].get<int>()));
  if (const std::string credit = scene.value("credit", ""); !credit.empty()) print_line(credit);
  print_line(fmt::format("{} photos, {} pixels wide in training", report["cameras"].size(), scene.value("training_width", 0)));
  for (const auto& [key, value] : training.items()) {
    if (value.is_primitive()) print_line(fmt::format("  {:<28} {}", key, value.is_string() ? value.get<std::string>() : value.dump()));
  }
  print_line("field:");
  for (const auto& [key, value] : report["field"].items()) {
    if (value.is_object()) {
      for (const auto& [name, setting] : value.items()) print_line(fmt::format("  {:<28} {}", name, setting.dump()));
    } else if (value.is_primitive()) {
      print_line(fmt::format("  {:<28} {}", key, value.dump()));
    }
  }
  print_line("parts, before compression:");
  for (const auto& [part, bytes] : report["part_bytes"].items())
    print_line(fmt::format("  {:<28} {}", part, bytes_text(bytes.get<double>())));
  print_line("tensors (rows x columns x channels):");
  for (const json& tensor : report["tensors"]) {
    print_line(fmt::format("  {:<28} {} x {} x {} {}", tensor["name"].get<std::string>(), tensor["rows"].get<int>(),
                           tensor["columns"].get<int>(), tensor["channels"].get<int>(), tensor["encoding"].get<std::string>()));
  }
}

core::Result<int> verify(const nerf::SkyReader& reader, const InfoOptions& options) {
  const auto faults = reader.verify();
  if (!faults) return faults.error();
  if (options.common.json) {
    print_line(
        json{{"file", options.file}, {"ok", faults->empty()}, {"faults", *faults}}.dump(-1, ' ', false, json::error_handler_t::replace));
  } else {
    for (const std::string& fault : *faults) print_line(fault);
    if (faults->empty()) print_line(options.file + ": whole");
  }
  if (faults->empty()) return kExitDone;
  return core::Error{"the scene file is damaged",
                     fmt::format("{} ({} {})", options.file, faults->size(), faults->size() == 1 ? "fault" : "faults"),
                     "restore it from a copy or train it again"};
}

core::Result<int> run(InfoOptions& options, const core::StopToken&) {
  apply_log_level(options.common);
  const auto reader = nerf::SkyReader::open(options.file, !options.verify);
  if (!reader) return reader.error();
  if (options.verify) return verify(*reader, options);
  if (options.hash) {
    const auto hash = reader->content_hash();
    if (!hash) return hash.error();
    print_line(options.common.json ? json{{"file", options.file}, {"hash", *hash}}.dump() : *hash);
    return kExitDone;
  }
  const auto report = describe(*reader, options.file);
  if (!report) return report.error();
  if (options.common.json) {
    print_line(report->dump(-1, ' ', false, json::error_handler_t::replace));
  } else {
    print_report(*report);
  }
  return kExitDone;
}

}  // namespace

Verb add_info(CLI::App& program) {
  const auto options = std::make_shared<InfoOptions>();
  CLI::App* const command = program.add_subcommand("info", "what a scene file holds");
  command->add_option("file", options->file, "the scene")->required()->type_name("CITY.sky");
  CLI::Option* const verify = command->add_flag("--verify", options->verify, "test every checksum and list what is wrong");
  command->add_flag("--hash", options->hash, "print the hash of the content")->excludes(verify);
  add_report_options(*command, options->common);
  command->footer("Example: skyline info city.sky --verify");
  return {command, [options](const core::StopToken& stop) { return run(*options, stop); }};
}

}  // namespace skyline::app
