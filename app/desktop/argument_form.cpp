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

int dimensions(editor::ArgumentType type) { return type == kVector2 ? 2 : type == kVector3 || type == kColour ? 3 : 1; }

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
  if (command.id == "edit.insert_mesh") return "";  // several kinds
  return command.id == "file.open_project" || command.id == "file.save_project" ? ".skyproj" : ".sky";
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
    const json preset = json::parse(argument.default_value.empty() ? "null" : argument.default_value, nullptr, false);
    if (preset.is_number()) value.numbers[0] = preset.get<double>();
    if (preset.is_boolean()) value.flag = preset.get<bool>();
    if (preset.is_string()) value.text = preset.get<std::string>();
    if (preset.is_array() && preset.size() <= 3) {
      for (std::size_t k = 0; k < preset.size(); ++k) value.numbers[k] = preset[k].is_number() ? preset[k].get<double>() : 0;
    }
    if (argument.type == kChoice && value.text.empty()) value.text = std::string(editor::choices_of(argument).front().value);
    if (argument.name == "position") {
      const glm::dvec3 here = ui.session.navigator.pose().position;
      value.numbers[0] = here.x, value.numbers[1] = here.y, value.numbers[2] = here.z;
    }
  }
  // A command that only wants a path begins with the chooser.
  if (!command.arguments.empty() && command.arguments[0].type == kPath && !is_optional(command.arguments[0])) {
    choosing_ = 0;
    chooser_.open(chooser_kind(command, command.arguments[0].name), ui.session.scene_path, chooser_extension(command));
  }
}

void ArgumentForm::draw_argument(Interface& ui, const Argument& argument, std::size_t index) {
  Value& value = values_[index];
  ImGui::PushID(static_cast<int>(index));
  const bool optional = is_optional(argument);
  std::string label(argument.name);
  std::replace(label.begin(), label.end(), '_', ' ');
  if (!argument.unit.empty()) label += fmt::format(" ({})", argument.unit);
  if (optional) {
    ImGui::Checkbox(label.c_str(), &value.given);
  } else {
    ImGui::TextUnformatted(label.c_str());
  }
  if (value.given) {
    ImGui::SetNextItemWidth(-1);
    switch (argument.type) {
      case kNumber:
      case kInteger:
      case kVector2:
      case kVector3:
      case kColour:
        ImGui::InputScalarN("##value", ImGuiDataType_Double, value.numbers, dimensions(argument.type), nullptr, nullptr, "%.6g");
        break;
      case kFlag:
        ImGui::Checkbox(ui.tr("on", "开"), &value.flag);
        break;
      case kChoice: {
        const auto choices = editor::choices_of(argument);
        const auto chosen = std::find_if(choices.begin(), choices.end(), [&](const auto& choice) { return choice.value == value.text; });
        const std::string shown = chosen == choices.end() ? value.text : std::string(chosen->title.in(ui.session.language()));
        if (ImGui::BeginCombo("##value", shown.c_str())) {
          for (const auto& choice : choices) {
            if (ImGui::Selectable(std::string(choice.title.in(ui.session.language())).c_str(), choice.value == value.text))
              value.text = choice.value;
          }
          ImGui::EndCombo();
        }
        break;
      }
      case kPath: {
        ImGui::SetNextItemWidth(-px(ui, 44));
        ImGui::InputText("##value", &value.text);
        ImGui::SameLine();
        if (icon_button(ui, "browse", "folder", false, ui.tr("Browse", "浏览"))) {
          choosing_ = index;
          chooser_.open(chooser_kind(*command_, argument.name),
                        value.text.empty() ? ui.session.scene_path : std::filesystem::path(value.text), chooser_extension(*command_));
        }
        break;
      }
      case kText:
      case kIds:
        if (index == 0 && ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
        ImGui::InputText("##value", &value.text);
        break;
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
    json& target = arguments[std::string(argument.name)];
    switch (argument.type) {
      case kNumber:
        target = value.numbers[0];
        break;
      case kInteger:
        target = static_cast<std::int64_t>(value.numbers[0]);
        break;
      case kFlag:
        target = value.flag;
        break;
      case kVector2:
      case kVector3:
      case kColour:
        target = json::array();
        for (int k = 0; k < dimensions(argument.type); ++k) target.push_back(value.numbers[k]);
        break;
      case kIds:
        target = parse_ids(value.text);
        break;
      case kText:
      case kChoice:
      case kPath:
        target = value.text;
        break;
    }
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
      values_[choosing_].text = chosen.string();
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
    run = primary_button(ui.tr("Run", "执行"), {px(ui, 96), 0}) || ImGui::IsKeyPressed(ImGuiKey_Enter, false);
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
