#include "app/desktop/panel_new_scene.h"

#include "app/desktop/widgets.h"
#include "core/memory.h"
#include "renderer/vulkan/fonts.h"

#include <fmt/format.h>
#include <glm/common.hpp>
#include <glm/vector_relational.hpp>
#include <imgui.h>
#include <misc/cpp/imgui_stdlib.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <system_error>

namespace skyline::app::desktop {
namespace {

namespace fs = std::filesystem;
using renderer::vulkan::Colour;
using renderer::vulkan::palette;
using renderer::vulkan::TextFont;
using renderer::vulkan::TextStyle;

constexpr std::size_t kMostMapPoints = 3000;

struct Preset {
  editor::Text title;
  int width;  // 0: as stored
  double minutes;
};
constexpr std::array kPresets{Preset{{"Draft", "草稿"}, 206, 2}, Preset{{"Standard", "标准"}, nerf::kDefaultTrainingWidth, 10},
                              Preset{{"Fine", "精细"}, 0, 60}};

std::string what_is_wrong(const Interface& ui, const nerf::PhotoCheck& check) {
  using Verdict = nerf::PhotoCheck::Verdict;
  if (check.verdict == Verdict::kBlurred) {
    return fmt::format(fmt::runtime(ui.tr("blurred, {:.0f} % as sharp as its neighbours", "模糊，清晰度为相邻照片的 {:.0f} %")),
                       100 * check.sharpness);
  }
  if (check.verdict == Verdict::kOutOfPlace) return ui.tr("its position does not fit the others", "位置与其他照片不符");
  return ui.tr("missing or damaged", "缺失或损坏");
}

// Brighter than in the photos: single dots on a dark ground.
ImU32 map_colour(const glm::u8vec3& colour) {
  const auto brighter = [](std::uint8_t value) { return 90 + value * 165 / 255; };
  return IM_COL32(brighter(colour.x), brighter(colour.y), brighter(colour.z), 255);
}

// A muted label before a widget that takes the rest of the line; above it where the panel is narrow.
void widget_label(const Interface& ui, const char* text) {
  const float left = ImGui::GetCursorStartPos().x, column = std::max(px(ui, 96), ImGui::CalcTextSize(text).x + px(ui, 12));
  const bool beside = ImGui::GetContentRegionAvail().x > column + px(ui, 120);
  if (beside) ImGui::AlignTextToFramePadding();
  ImGui::TextDisabled("%s", text);
  if (beside) ImGui::SameLine(left + column);
  ImGui::SetNextItemWidth(-1);
}

// A plan of the world drawn into a rectangle: two world axes, one scale for both.
class MapView {
 public:
  MapView(ImVec2 low, ImVec2 high, glm::dvec2 world_low, glm::dvec2 world_high) : low_(low), high_(high) {
    const glm::dvec2 size = world_high - world_low;
    scale_ = std::min((high.x - low.x) / std::max(1e-9, size.x), (high.y - low.y) / std::max(1e-9, size.y));
    middle_ = 0.5 * (world_low + world_high);
  }
  ImVec2 at(double x, double y) const {
    return {0.5F * (low_.x + high_.x) + static_cast<float>((x - middle_.x) * scale_),
            0.5F * (low_.y + high_.y) - static_cast<float>((y - middle_.y) * scale_)};
  }

 private:
  ImVec2 low_, high_;
  glm::dvec2 middle_{0.0};
  double scale_ = 1;
};

}  // namespace

void NewSceneForm::draw(Interface& ui, const nerf::TrainingPlan& plan) {
  take(plan);
  // What it costs and the button stay in sight; the rest scrolls.
  ImGui::BeginChild("##plan", {0, std::max(px(ui, 80), ImGui::GetContentRegionAvail().y - footer_height_)});
  draw_photos(ui, plan);
  draw_box(ui, plan);
  draw_settings(ui, plan);
  ImGui::EndChild();
  const float top = ImGui::GetCursorPosY();
  draw_start(ui, plan);
  footer_height_ = ImGui::GetCursorPosY() - top + ImGui::GetStyle().ItemSpacing.y;
}

// Looks through a plan that is new here.
void NewSceneForm::take(const nerf::TrainingPlan& plan) {
  const std::string key = fmt::format("{} {} {}", plan.dataset.cameras_file.string(), static_cast<const void*>(plan.dataset.photos.data()),
                                      plan.dataset.photos.size());
  if (key == planned_) return;
  planned_ = key;
  problems_.clear();
  for (const nerf::UnusablePhoto& photo : plan.unusable)
    problems_.push_back({photo.path.filename().string(), photo.path, photo.check, true});
  stored_width_ = 0;
  for (std::size_t i = 0; i < plan.dataset.photos.size(); ++i) {
    const nerf::Photo& photo = plan.dataset.photos[i];
    stored_width_ = i == 0 ? photo.camera.width : std::min(stored_width_, photo.camera.width);
    if (plan.checks[i].verdict != nerf::PhotoCheck::Verdict::kGood)
      problems_.push_back({photo.camera.name, photo.path, plan.checks[i], false});
  }
  splits_.clear();
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(plan.dataset.folder, code)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("transforms") && name.ends_with(".json")) splits_.push_back(name);
  }
  std::sort(splits_.begin(), splits_.end());
  points_.clear();
  const auto& points = plan.dataset.points;
  for (std::size_t i = 0; i < points.size(); i += 1 + points.size() / kMostMapPoints)
    points_.push_back({glm::vec3(points[i].position), map_colour(points[i].colour)});
  width_ = plan.options.width == 0 ? stored_width_ : plan.options.width;
  minutes_ = plan.options.train.minutes;
  output_.clear();
}

void NewSceneForm::draw_photos(Interface& ui, const nerf::TrainingPlan& plan) {
  section(ui, ui.tr("Photos", "照片"));
  figure(ui, ui.tr("Folder", "文件夹"), plan.dataset.folder.string());
  draw_split(ui, plan);
  const std::size_t used = plan.dataset.photos.size(), all = used + plan.unusable.size();
  figure(ui, ui.tr("Photos", "照片"), fmt::format("{} × {} px", used, stored_width_));
  figure(ui, ui.tr("Points", "稀疏点"), count_words(static_cast<double>(plan.dataset.points.size())));
  const bool good = problems_.empty();
  std::string verdict = ui.tr("All photos look good.", "所有照片都没有问题。");
  if (!plan.unusable.empty()) {
    verdict = fmt::format(
        fmt::runtime(ui.tr("{} of {} photos cannot be used; train without them.", "{1} 张照片中有 {0} 张无法使用，训练时会跳过。")),
        plan.unusable.size(), all);
  } else if (!good) {
    verdict =
        fmt::format(fmt::runtime(ui.tr("{} of {} photos look wrong but can be used.", "{1} 张照片中有 {0} 张可能有问题，但仍可使用。")),
                    problems_.size(), all);
  }
  ImGui::Dummy({0, px(ui, 2)});
  ImGui::PushStyleColor(ImGuiCol_Text, vec(good ? palette().good : palette().warning));
  ImGui::TextWrapped("%s", with_icon(good ? "good" : "warning", verdict).c_str());
  ImGui::PopStyleColor();
  if (!good) draw_problems(ui);
}

void NewSceneForm::draw_problems(Interface& ui) {
  std::vector<fs::path> files;
  for (const Problem& problem : problems_) files.push_back(problem.path);
  thumbnails_.show(ui, planned_, files.size(), [files](std::size_t i) { return files[i]; });
  thumbnails_.update(ui);
  const float height = px(ui, 42), most = 4.5F * (height + 2 * ImGui::GetStyle().CellPadding.y);
  const float room = std::min(most, static_cast<float>(problems_.size()) * (height + 2 * ImGui::GetStyle().CellPadding.y) + px(ui, 2));
  if (!ImGui::BeginTable("##problems", 2, ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg, {0, room})) return;
  ImGui::TableSetupColumn("photo", ImGuiTableColumnFlags_WidthFixed, px(ui, 56));
  ImGui::TableSetupColumn("what", ImGuiTableColumnFlags_WidthStretch);
  for (std::size_t i = 0; i < problems_.size(); ++i) {
    const Problem& problem = problems_[i];
    ImGui::TableNextRow(ImGuiTableRowFlags_None, height);
    ImGui::TableNextColumn();
    const ImVec2 low = ImGui::GetCursorScreenPos();
    draw_thumbnail(ui, ImGui::GetWindowDrawList(), thumbnails_.thumbnail(i), low, {low.x + px(ui, 56), low.y + height});
    ImGui::TableNextColumn();
    const float width = ImGui::GetContentRegionAvail().x;
    ImGui::TextUnformatted(fitted(problem.name, width).c_str());
    ImGui::PushStyleColor(ImGuiCol_Text, vec(problem.left_out ? palette().bad : palette().warning));
    const std::string wrong = what_is_wrong(ui, problem.check);
    ImGui::TextUnformatted(fitted(problem.left_out ? wrong + ui.tr(" – left out", "，已跳过") : wrong, width).c_str());
    ImGui::PopStyleColor();
    if (ImGui::IsItemHovered()) tooltip(problem.check.reason.c_str());
  }
  ImGui::EndTable();
}

// Another split is another plan.
void NewSceneForm::draw_split(Interface& ui, const nerf::TrainingPlan& plan) {
  if (splits_.size() < 2) {
    figure(ui, ui.tr("Cameras", "相机"), plan.dataset.cameras_file.filename().string());
    return;
  }
  widget_label(ui, ui.tr("Cameras", "相机"));
  const std::string now = plan.dataset.cameras_file.filename().string();
  if (!ImGui::BeginCombo("##split", now.c_str())) return;
  for (const std::string& split : splits_) {
    if (ImGui::Selectable(split.c_str(), split == now) && split != now)
      ui.run("file.new_from_photos", nlohmann::json{{"path", plan.dataset.folder.string()}, {"split", split}}.dump());
  }
  ImGui::EndCombo();
}

void NewSceneForm::draw_box(Interface& ui, const nerf::TrainingPlan& plan) {
  section(ui, ui.tr("Scene box, from above and from the south", "场景范围（俯视与南视）"));
  const nerf::Box& box = plan.guess.box;
  glm::dvec3 low = box.low, high = box.high;
  for (const nerf::Photo& photo : plan.dataset.photos) {
    low = glm::min(low, photo.camera.position);
    high = glm::max(high, photo.camera.position);
  }
  const float width = ImGui::GetContentRegionAvail().x, margin = px(ui, 8);
  const glm::dvec3 size = high - low;
  const float most = px(ui, 190);
  const float scale = std::min((width - 2 * margin) / static_cast<float>(size.x), (most - 2 * margin) / static_cast<float>(size.y));
  const float top_height = static_cast<float>(size.y) * scale + 2 * margin, side_height = static_cast<float>(size.z) * scale + 2 * margin;
  ImDrawList* const list = ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const auto ground = [&](float y, float height) {
    list->AddRectFilled({at.x, at.y + y}, {at.x + width, at.y + y + height}, u32(palette().field), px(ui, 4));
    return std::pair{ImVec2{at.x + margin, at.y + y + margin}, ImVec2{at.x + width - margin, at.y + y + height - margin}};
  };
  const float dot = px(ui, 1.3), camera_dot = px(ui, 2);
  const auto draw_view = [&](const MapView& map, int vertical) {
    const auto value = [&](const auto& point) { return static_cast<double>(point[vertical]); };
    for (const MapPoint& point : points_) {
      const glm::dvec3 p(point.position);
      if (glm::any(glm::lessThan(p, low)) || glm::any(glm::greaterThan(p, high))) continue;
      const ImVec2 pixel = map.at(p.x, value(p));
      list->AddRectFilled(pixel, {pixel.x + dot, pixel.y + dot}, point.colour);
    }
    for (const nerf::Photo& photo : plan.dataset.photos)
      list->AddCircleFilled(map.at(photo.camera.position.x, value(photo.camera.position)), camera_dot, u32(palette().warning));
    list->AddRect(map.at(box.low.x, value(box.high)), map.at(box.high.x, value(box.low)), u32(palette().accent), px(ui, 2), px(ui, 1.5));
  };
  const auto [top_low, top_high] = ground(0, top_height);
  draw_view(MapView(top_low, top_high, {low.x, low.y}, {high.x, high.y}), 1);
  const float second = top_height + px(ui, 4);
  const auto [side_low, side_high] = ground(second, side_height);
  draw_view(MapView(side_low, side_high, {low.x, low.z}, {high.x, high.z}), 2);
  ImGui::Dummy({width, second + side_height});
  const glm::dvec3 extent = box.size();
  figure(ui, ui.tr("Extent", "范围"), fmt::format("{:.0f} × {:.0f} × {:.0f}", extent.x, extent.y, extent.z));
  figure(ui, ui.tr("On the ground", "地面分辨率"),
         fmt::format(fmt::runtime(ui.tr("{:.2g} a pixel", "每像素 {:.2g}")), plan.guess.ground_sampling_distance));
}

void NewSceneForm::draw_presets(Interface& ui) {
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const float width = (ImGui::GetContentRegionAvail().x - gap * (kPresets.size() - 1)) / kPresets.size();
  for (std::size_t i = 0; i < kPresets.size(); ++i) {
    const Preset& preset = kPresets[i];
    const int preset_width = preset.width == 0 ? stored_width_ : std::min(preset.width, stored_width_);
    const bool chosen = width_ == preset_width && minutes_ == preset.minutes;
    if (i > 0) ImGui::SameLine();
    if (chosen) ImGui::PushStyleColor(ImGuiCol_Button, vec(palette().accent.with_alpha(0.35F)));
    if (ImGui::Button(std::string(preset.title.in(ui.session.language())).c_str(), {width, 0})) {
      width_ = preset_width;
      minutes_ = preset.minutes;
    }
    if (chosen) ImGui::PopStyleColor();
  }
}

void NewSceneForm::draw_settings(Interface& ui, const nerf::TrainingPlan& plan) {
  section(ui, ui.tr("Settings", "设置"));
  draw_presets(ui);
  const auto help = [](const char* text) {
    if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort)) tooltip(text);
  };
  widget_label(ui, ui.tr("Photo width", "照片宽度"));
  ImGui::SliderInt("##width", &width_, std::min(64, stored_width_), stored_width_, "%d px", ImGuiSliderFlags_AlwaysClamp);
  help(ui.tr("Photos are reduced to this width; wider ones show more and need more time and memory.",
             "照片会缩小到此宽度；越宽细节越多，所需时间和内存也越多。"));
  widget_label(ui, ui.tr("Minutes", "分钟"));
  constexpr double kStep = 1;
  if (ImGui::InputDouble("##minutes", &minutes_, kStep, 10 * kStep, "%.4g")) minutes_ = std::clamp(minutes_, 0.05, 100000.0);
  help(ui.tr("Training time; it can be ended earlier and continued later.", "训练时间；可提前结束，以后再继续。"));
  widget_label(ui, ui.tr("Scene file", "场景文件"));
  const std::string folder = plan.dataset.folder.lexically_normal().filename().string();
  const std::string hint = fmt::format(fmt::runtime(ui.tr("{}.sky beside the photos", "照片旁的 {}.sky")), folder);
  ImGui::InputTextWithHint("##output", hint.c_str(), &output_);
  help(ui.tr("Where the scene is written; empty: beside the photos.", "场景写入的位置；留空则写在照片文件夹旁。"));
}

void NewSceneForm::draw_start(Interface& ui, const nerf::TrainingPlan& plan) {
  nerf::TrainSettings train = plan.options.train;
  train.minutes = minutes_;
  nerf::SceneGuess guess;  // what the forecast reads of it
  guess.box = plan.guess.box;
  guess.lighting_spread = plan.guess.lighting_spread;
  const int planned = plan.options.width == 0 ? stored_width_ : plan.options.width;
  guess.ground_sampling_distance = plan.guess.ground_sampling_distance * planned / std::max(1, width_);
  const auto pixels = nerf::PhotoCache::count_pixels(plan.dataset, width_);
  const nerf::TrainForecast forecast = nerf::Trainer::forecast(guess, plan.options.field, train, pixels);
  const double memory = static_cast<double>(forecast.memory_bytes), physical = static_cast<double>(core::physical_memory_bytes());
  ImGui::Dummy({0, px(ui, 4)});
  ImGui::TextWrapped("%s", fmt::format(fmt::runtime(ui.tr("Takes {} and about {} of memory; the first picture appears after some {} s.",
                                                          "预计用时 {}，占用内存约 {}；约 {} 秒后出现第一幅画面。")),
                                       fmt::format("{:g} {}", minutes_, ui.tr("min", "分钟")), bytes_words(memory),
                                       static_cast<int>(forecast.first_picture_seconds))
                               .c_str());
  if (memory > physical) {
    ImGui::PushStyleColor(ImGuiCol_Text, vec(palette().bad));
    ImGui::TextWrapped("%s", with_icon("warning", fmt::format(fmt::runtime(ui.tr("This machine has {}: choose a smaller width.",
                                                                                 "本机内存为 {}，请选择更小的宽度。")),
                                                              bytes_words(physical)))
                                 .c_str());
    ImGui::PopStyleColor();
  }
  ImGui::Dummy({0, px(ui, 4)});
  const bool running = ui.session.training_runs();
  ImGui::BeginDisabled(running);
  if (primary_button(with_icon("play", ui.tr("Start training", "开始训练")).c_str(), {-1, 0})) {
    nlohmann::json arguments{{"minutes", minutes_}, {"width", width_}};
    if (!output_.empty()) arguments["path"] = output_;
    ui.run("train.start", arguments.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  }
  ImGui::EndDisabled();
}

}  // namespace skyline::app::desktop
