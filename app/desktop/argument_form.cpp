#include "app/desktop/argument_widgets.h"
#include "app/desktop/popups.h"
#include "app/desktop/widgets.h"
#include "renderer/vulkan/fonts.h"

#include <fmt/format.h>
#include <imgui.h>
#include <misc/cpp/imgui_stdlib.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace skyline::app::desktop {
namespace {

using editor::Argument;
using enum editor::ArgumentType;
using nlohmann::json;

constexpr const char* kName = "###arguments";

bool is_optional(const Argument& argument) { return argument.default_value == "null"; }

// "3, 7 12" to a list of numbers.
json parse_ids(const std::string& text) {
  json ids = json::array();
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    std::int32_t id = 0;
    const auto [next, code] = std::from_chars(at, end, id);
    if (code == std::errc()) ids.push_back(id);
    at = code == std::errc() ? next : at + 1;
  }
  return ids;
}

FileChooser::Kind chooser_kind(const editor::Command& command, std::string_view argument) {
  if (argument == "photos") return FileChooser::Kind::kFolder;
  if (command.id == "file.new_from_photos" || command.id == "scene.photo_folder" || command.id == "render.tour")
    return FileChooser::Kind::kFolder;
  if (command.id == "file.save_copy" || command.id == "render.still" || command.id == "train.start" || command.id == "file.save_project")
    return FileChooser::Kind::kNewFile;
  return FileChooser::Kind::kFile;
}

std::string chooser_extension(const editor::Command& command) {
  if (command.id == "render.still") return ".png";
  if (command.id == "edit.insert_mesh" || command.id == "tool.place_mesh") return "";  // several kinds
  return command.id == "file.open_project" || command.id == "file.save_project" ? ".skyproj" : ".sky";
}

// Kept as it is typed, not as JSON.
bool is_typed(const Argument& argument) { return argument.type == kPath || argument.type == kIds; }

// Its default; else something that does nothing, or the place that the person looks at.
json starting_value(const Interface& ui, const Argument& argument) {
  const json preset = json::parse(argument.default_value.empty() ? "null" : argument.default_value, nullptr, false);
  if (!preset.is_null() && !preset.is_discarded()) return preset;
  const glm::dvec3 here = ui.session.navigator.pose().position, there = ui.session.navigator.looked_at();
  switch (argument.type) {
    case kChoice:
      return std::string(editor::choices_of(argument).front().value);
    case kColour:
      return "#c0392b";
    case kFlag:
      return false;
    case kText:
    case kPath:
    case kIds:
      return "";
    case kVector2:
      return argument.name == "at" ? json{there.x, there.y} : json{std::max(0.0, argument.low), std::max(0.0, argument.low)};
    case kVector3:
      if (argument.name == "position") return {here.x, here.y, here.z};
      return argument.name == "factor" ? json{1, 1, 1} : json{0, 0, 0};
    case kNumber:
      return std::clamp(0.0, argument.low, argument.high);
    case kInteger:
      return static_cast<std::int64_t>(std::clamp(0.0, argument.low, argument.high));
  }
  return nullptr;
}

}  // namespace

void ArgumentForm::begin(Interface& ui, const editor::Command& command) {
  command_ = &command;
  values_.assign(command.arguments.size(), {});
  problem_.clear();
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const Argument& argument = command.arguments[i];
    Value& value = values_[i];
    value.given = !is_optional(argument);
    value.json = is_typed(argument) ? std::string() : starting_value(ui, argument).dump();
  }
  // A command that only wants a path begins with the chooser.
  if (!command.arguments.empty() && command.arguments[0].type == kPath && !is_optional(command.arguments[0])) {
    choosing_ = 0;
    // A lost scene is looked for around its project.
    const bool lost = command.id == "file.find_scene";
    chooser_.open(chooser_kind(command, command.arguments[0].name), lost ? ui.session.lost_project : ui.session.scene_path,
                  chooser_extension(command));
  }
}

void ArgumentForm::draw_argument(Interface& ui, const Argument& argument, std::size_t index) {
  Value& value = values_[index];
  ImGui::PushID(static_cast<int>(index));
  const bool optional = is_optional(argument);
  std::string label = argument_title(argument, ui.session.language());
  if (!argument.unit.empty()) label += fmt::format(" ({})", argument.unit);
  if (optional) {
    ImGui::Checkbox(label.c_str(), &value.given);
  } else {
    ImGui::TextUnformatted(label.c_str());
  }
  if (value.given) {
    ImGui::SetNextItemWidth(-1);
    if (argument.type == kPath) {
      ImGui::SetNextItemWidth(-px(ui, 44));
      ImGui::InputText("##value", &value.json);
      ImGui::SameLine();
      if (icon_button(ui, "browse", "folder", false, ui.tr("Browse", "浏览"))) {
        choosing_ = index;
        chooser_.open(chooser_kind(*command_, argument.name),
                      value.json.empty() ? ui.session.scene_path : std::filesystem::path(value.json), chooser_extension(*command_));
      }
    } else {
      if (index == 0 && ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
      if (argument.type == kIds) {
        ImGui::InputText("##value", &value.json);
      } else {
        json now = json::parse(value.json, nullptr, false);
        if (edit_argument(ui, argument, now)) value.json = now.dump(-1, ' ', false, json::error_handler_t::replace);
      }
    }
  }
  ImGui::PushStyleColor(ImGuiCol_Text, vec(renderer::vulkan::palette().muted));
  ImGui::TextWrapped("%s", std::string(argument.help.in(ui.session.language())).c_str());
  ImGui::PopStyleColor();
  ImGui::Dummy({0, px(ui, 4)});
  ImGui::PopID();
}

std::string ArgumentForm::arguments_json(const editor::Command& command) const {
  json arguments = json::object();
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const Argument& argument = command.arguments[i];
    const Value& value = values_[i];
    if (!value.given) continue;
    arguments[std::string(argument.name)] = argument.type == kIds    ? parse_ids(value.json)
                                            : argument.type == kPath ? json(value.json)
                                                                     : json::parse(value.json, nullptr, false);
  }
  return arguments.dump(-1, ' ', false, json::error_handler_t::replace);
}

void ArgumentForm::draw(Interface& ui) {
  std::string& asked = ui.session.window.asked_command;
  if (!asked.empty()) {
    if (const editor::Command* const command = editor::find_command(asked)) {
      begin(ui, *command);
      ImGui::OpenPopup(kName);
    }
    asked.clear();
  }
  if (command_ == nullptr) return;
  const ImGuiViewport* const screen = ImGui::GetMainViewport();
  ImGui::SetNextWindowPos({screen->Pos.x + 0.5F * screen->Size.x, screen->Pos.y + 0.5F * screen->Size.y}, ImGuiCond_Always, {0.5F, 0.5F});
  ImGui::SetNextWindowSize({std::min(px(ui, chooser_.is_open() ? 560 : 420), screen->Size.x - px(ui, 20)), 0});
  if (!ImGui::BeginPopupModal(kName, nullptr, ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove)) {
    command_ = nullptr;
    return;
  }
  {
    const renderer::vulkan::TextStyle strong(renderer::vulkan::TextFont::kStrong);
    ImGui::TextUnformatted(with_icon(command_->icon, command_->title.in(ui.session.language())).c_str());
  }
  ImGui::PushStyleColor(ImGuiCol_Text, vec(renderer::vulkan::palette().muted));
  ImGui::TextWrapped("%s", std::string(command_->help.in(ui.session.language())).c_str());
  ImGui::PopStyleColor();
  ImGui::Separator();

  bool run = false, close = false;
  if (chooser_.is_open()) {
    std::filesystem::path chosen;
    if (chooser_.draw(ui, chosen)) {
      values_[choosing_].json = chosen.string();
      run = command_->arguments.size() == 1;
    } else if (!chooser_.is_open() && command_->arguments.size() == 1) {
      close = true;
    }
  } else {
    for (std::size_t i = 0; i < values_.size(); ++i) draw_argument(ui, command_->arguments[i], i);
    if (!problem_.empty()) {
      ImGui::PushStyleColor(ImGuiCol_Text, vec(renderer::vulkan::palette().bad));
      ImGui::TextWrapped("%s", problem_.c_str());
      ImGui::PopStyleColor();
    }
    // The Enter that chose the command in the palette is not an answer to its form.
    const bool entered = ImGui::IsKeyPressed(ImGuiKey_Enter, false) && !ImGui::IsWindowAppearing();
    run = primary_button(ui.tr("Run", "执行"), {px(ui, 96), 0}) || entered;
    ImGui::SameLine();
    close = ImGui::Button(ui.tr("Cancel", "取消"), {px(ui, 96), 0});
  }
  close = close || ImGui::IsKeyPressed(ImGuiKey_Escape, false);
  if (run) {
    const auto invocation = editor::Invocation::create(command_->id, arguments_json(*command_));
    if (!invocation) {
      problem_ = invocation.error().message();
    } else {
      if (const auto status = ui.session.commands.run(*invocation); !status) ui.session.fail(status.error());
      close = true;
    }
  }
  if (close) {
    ImGui::CloseCurrentPopup();
    command_ = nullptr;
  }
  ImGui::EndPopup();
}

}  // namespace skyline::app::desktop
