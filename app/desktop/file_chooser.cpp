#include "app/desktop/popups.h"
#include "app/desktop/widgets.h"

#include <imgui.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <system_error>

namespace skyline::app::desktop {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostEntries = 5000;

template <std::size_t N>
void put_text(char (&target)[N], const std::string& text) {
  const std::size_t length = std::min(text.size(), N - 1);
  std::memcpy(target, text.data(), length);
  target[length] = '\0';
}

}  // namespace

void FileChooser::open(Kind kind, const fs::path& start, std::string extension) {
  kind_ = kind;
  extension_ = std::move(extension);
  name_[0] = '\0';
  std::error_code code;
  fs::path folder = fs::is_directory(start, code) ? start : start.parent_path();
  if (folder.empty() || !fs::is_directory(folder, code)) {
    const char* const home = std::getenv("HOME");
    folder = home != nullptr ? fs::path(home) : fs::current_path(code);
  }
  folder_ = fs::weakly_canonical(folder, code);
  open_ = true;
  read();
}

void FileChooser::read() {
  entries_.clear();
  problem_.clear();
  std::error_code code;
  fs::directory_iterator iterator(folder_, fs::directory_options::skip_permission_denied, code);
  if (code) {
    problem_ = folder_.string() + ": " + code.message();
    return;
  }
  for (const fs::directory_iterator end; iterator != end && entries_.size() < kMostEntries; iterator.increment(code)) {
    if (code) break;
    const std::string name = iterator->path().filename().string();
    if (name.empty() || name.front() == '.') continue;
    std::error_code ignored;
    const bool folder = iterator->is_directory(ignored);
    if (!folder && (kind_ == Kind::kFolder || (!extension_.empty() && iterator->path().extension() != extension_))) continue;
    entries_.push_back({name, folder});
  }
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return a.folder != b.folder ? a.folder : a.name < b.name; });
}

void FileChooser::accept(fs::path& chosen, bool& done) {
  std::error_code code;
  const fs::path path = name_[0] == '/' ? fs::path(name_) : name_[0] == '\0' ? folder_ : folder_ / name_;
  if (fs::is_directory(path, code) && kind_ != Kind::kFolder) {
    folder_ = path;
    name_[0] = '\0';
    read();
    return;
  }
  chosen = path;
  if (kind_ == Kind::kNewFile && !extension_.empty() && chosen.extension().empty()) chosen += extension_;
  done = true;
  open_ = false;
}

bool FileChooser::draw(Interface& ui, fs::path& chosen) {
  bool done = false;
  if (ImGui::Button((icon_text("up") + "###up").c_str(), {px(ui, 32), 0})) {
    folder_ = folder_.parent_path();
    read();
  }
  ImGui::SameLine();
  ImGui::AlignTextToFramePadding();
  ImGui::TextDisabled("%s", fitted(folder_.string(), ImGui::GetContentRegionAvail().x).c_str());
  ImGui::BeginChild("##entries", {0, px(ui, 260)}, ImGuiChildFlags_Borders);
  if (!problem_.empty()) ImGui::TextWrapped("%s", problem_.c_str());
  fs::path entered;
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(entries_.size()));
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const Entry& entry = entries_[static_cast<std::size_t>(i)];
      const std::string label = with_icon(entry.folder ? "folder" : "file", entry.name);
      if (!ImGui::Selectable(label.c_str(), entry.name == name_, ImGuiSelectableFlags_AllowDoubleClick)) continue;
      put_text(name_, entry.name);
      if (!ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) continue;
      if (entry.folder) {
        entered = folder_ / entry.name;
      } else {
        accept(chosen, done);
      }
    }
  }
  ImGui::EndChild();
  if (!entered.empty()) {
    folder_ = entered;
    name_[0] = '\0';
    read();
  }
  ImGui::SetNextItemWidth(-1);
  const bool typed = ImGui::InputTextWithHint(
      "##name", kind_ == Kind::kFolder ? ui.tr("This folder, or a name in it", "此文件夹，或其中的名称") : ui.tr("Name", "名称"), name_,
      sizeof(name_), ImGuiInputTextFlags_EnterReturnsTrue);
  if (primary_button(kind_ == Kind::kNewFile ? ui.tr("Save here", "保存到此处") : ui.tr("Choose", "选择")) || typed) accept(chosen, done);
  ImGui::SameLine();
  if (ImGui::Button(ui.tr("Back", "返回"))) open_ = false;
  return done;
}

}  // namespace skyline::app::desktop
