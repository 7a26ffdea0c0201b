// The caption: what the picture shows or what an object is, in sentences. A statement under the pointer outlines its objects in the view, a
// click selects them.
#include "app/desktop/captions.h"
#include "app/desktop/interface.h"
#include "app/desktop/widgets.h"
#include "renderer/vulkan/fonts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

namespace skyline::app::desktop {
namespace {

using renderer::vulkan::palette;

// Bytes of the character that begins with `lead`.
std::size_t length_of(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// A piece of a line: bytes of the text, and the statement that they belong to (-1: none).
struct Piece {
  std::size_t begin = 0, end = 0;
  int statement = -1;
};

// Lines break between words, and in Chinese between any two characters except before punctuation.
class CaptionLayout {
 public:
  CaptionLayout(const models::Caption& caption, float width) : caption_(caption), width_(width) {}

  std::vector<std::vector<Piece>> lines() {
    const std::string_view text = caption_.text;
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t end = end_of_word(at);
      const float wide = ImGui::CalcTextSize(text.data() + at, text.data() + end).x;
      if (x_ > 0 && x_ + wide > width_) new_line();
      add(at, end);
      x_ += wide;
      at = end;
    }
    return std::move(lines_);
  }

 private:
  // A word with the blanks after it, or one Chinese character with the punctuation after it.
  std::size_t end_of_word(std::size_t at) const {
    const std::string_view text = caption_.text;
    if (static_cast<unsigned char>(text[at]) >= 0x80) {
      std::size_t end = at + length_of(text[at]);
      while (end < text.size() && is_closing(text.substr(end))) end += length_of(text[end]);
      return std::min(end, text.size());
    }
    std::size_t end = at;
    while (end < text.size() && text[end] != ' ' && static_cast<unsigned char>(text[end]) < 0x80) ++end;
    while (end < text.size() && (is_closing(text.substr(end)) || text[end] == ' ')) end += length_of(text[end]);
    return std::max(end, at + 1);
  }

  static bool is_closing(std::string_view rest) {
    return rest.starts_with("，") || rest.starts_with("。") || rest.starts_with("；") || rest.starts_with("、");
  }

  void new_line() {
    lines_.emplace_back();
    x_ = 0;
  }

  // Cuts where statements begin and end.
  void add(std::size_t begin, std::size_t end) {
    if (lines_.empty()) new_line();
    while (begin < end) {
      int statement = -1;
      std::size_t stop = end;
      for (std::size_t i = 0; i < caption_.statements.size(); ++i) {
        const models::Statement& one = caption_.statements[i];
        if (begin >= one.begin && begin < one.end) {
          statement = static_cast<int>(i);
          stop = std::min(stop, one.end);
        } else if (one.begin > begin) {
          stop = std::min(stop, one.begin);
        }
      }
      std::vector<Piece>& line = lines_.back();
      if (!line.empty() && line.back().statement == statement && line.back().end == begin) {
        line.back().end = stop;
      } else {
        line.push_back({begin, stop, statement});
      }
      begin = stop;
    }
  }

  const models::Caption& caption_;
  float width_ = 0, x_ = 0;
  std::vector<std::vector<Piece>> lines_;
};

class CaptionPanel final : public Panel {
 public:
  void draw(Interface& ui) override {
    Session& session = ui.session;
    if (!session.scene) return empty_state(ui, "comment", ui.tr("Open a scene to have it described.", "打开场景后即可得到文字描述。"));
    Captions& captions = *session.captions;
    draw_choice(ui, captions);
    ImGui::Spacing();
    const models::Caption* const caption = captions.caption();
    ImGui::BeginChild("##sentences");
    captions.pointed_out.clear();
    if (caption != nullptr) {
      draw_text(ui, captions, *caption);
    } else {
      draw_waiting(ui, captions);
    }
    if (const std::string note = captions.note(); !note.empty()) {
      ImGui::Spacing();
      ImGui::PushStyleColor(ImGuiCol_Text, vec(palette().muted));
      ImGui::TextWrapped("%s", note.c_str());
      ImGui::PopStyleColor();
    }
    ImGui::EndChild();
  }

 private:
  static void draw_choice(Interface& ui, Captions& captions) {
    const bool view = captions.about() == Captions::About::kView;
    if (choice_button(ui.tr("View", "画面"), view)) captions.turn_to(Captions::About::kView);
    ImGui::SameLine(0, px(ui, 4));
    const bool selected = !ui.session.selection().empty();
    ImGui::BeginDisabled(!selected && view);
    if (choice_button(ui.tr("Selected object", "选中物体"), !view)) captions.turn_to(Captions::About::kObject);
    ImGui::EndDisabled();
    if (!selected && ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) tooltip(ui.tr("Nothing is selected", "没有选中物体"));
    // On a line of their own where the words need this one.
    ImGui::SameLine();
    const float left = ImGui::GetCursorPosX(), buttons = right_edge() - px(ui, 88);
    if (buttons >= left) {
      ImGui::SetCursorPosX(buttons);
    } else {
      ImGui::NewLine();
    }
    command_button(ui, view ? "caption.view" : "caption.object");
    ImGui::SameLine(0, px(ui, 2));
    command_button(ui, "caption.automatic");
    ImGui::SameLine(0, px(ui, 2));
    command_button(ui, "caption.copy");
  }

  static void draw_waiting(Interface& ui, const Captions& captions) {
    const bool object = captions.about() == Captions::About::kObject;
    const char* const text = captions.working() ? ui.tr("Looking…", "正在查看…")
                             : object && ui.session.selection().empty()
                                 ? ui.tr("Select an object to have it described.", "选中一个物体即可得到描述。")
                                 : ui.tr("Describes the picture when it has come to rest.", "画面静止后给出描述。");
    ImGui::PushStyleColor(ImGuiCol_Text, vec(palette().muted));
    ImGui::TextWrapped("%s", text);
    ImGui::PopStyleColor();
  }

  void draw_text(Interface& ui, Captions& captions, const models::Caption& caption) {
    const float width = ImGui::GetContentRegionAvail().x, height = ImGui::GetTextLineHeight() * 1.5F;
    const auto lines = CaptionLayout(caption, width).lines();
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    ImDrawList* const list = ImGui::GetWindowDrawList();
    const int pointed = statement_under_pointer(caption, lines, origin, height);
    for (std::size_t row = 0; row < lines.size(); ++row) {
      float x = origin.x;
      const float y = origin.y + static_cast<float>(row) * height;
      for (const Piece& piece : lines[row]) {
        const char* const begin = caption.text.data() + piece.begin;
        const char* const end = caption.text.data() + piece.end;
        const float wide = ImGui::CalcTextSize(begin, end).x;
        const bool known = piece.statement >= 0 && has_objects(caption, piece.statement);
        const bool lit = known && piece.statement == pointed;
        if (lit)
          list->AddRectFilled({x - px(ui, 2), y}, {x + wide + px(ui, 2), y + height * 0.86F}, u32(palette().accent.with_alpha(0.18F)),
                              px(ui, 3));
        list->AddText({x, y + 0.1F * height}, u32(lit ? palette().accent : palette().text), begin, end);
        if (known) {
          const float line = y + 0.1F * height + ImGui::GetTextLineHeight() + px(ui, 1);
          list->AddLine({x, line}, {x + trimmed_width(begin, end), line}, u32(palette().accent.with_alpha(lit ? 1.0F : 0.45F)), px(ui, 1));
        }
        x += wide;
      }
    }
    ImGui::Dummy({width, height * static_cast<float>(lines.size())});
    if (pointed >= 0 && has_objects(caption, pointed)) act_on(ui, captions, caption.statements[static_cast<std::size_t>(pointed)]);
  }

  static bool has_objects(const models::Caption& caption, int statement) {
    return !caption.statements[static_cast<std::size_t>(statement)].evidence.ids.empty();
  }

  // Without the blanks at the end.
  static float trimmed_width(const char* begin, const char* end) {
    while (end > begin && end[-1] == ' ') --end;
    return ImGui::CalcTextSize(begin, end).x;
  }

  static int statement_under_pointer(const models::Caption& caption, const std::vector<std::vector<Piece>>& lines, ImVec2 origin,
                                     float height) {
    if (!ImGui::IsWindowHovered()) return -1;
    const ImVec2 at = ImGui::GetIO().MousePos;
    const int row = static_cast<int>(std::floor((at.y - origin.y) / height));
    if (row < 0 || row >= static_cast<int>(lines.size())) return -1;
    float x = origin.x;
    for (const Piece& piece : lines[static_cast<std::size_t>(row)]) {
      const float wide = ImGui::CalcTextSize(caption.text.data() + piece.begin, caption.text.data() + piece.end).x;
      if (at.x >= x && at.x < x + wide) return piece.statement;
      x += wide;
    }
    return -1;
  }

  static void act_on(Interface& ui, Captions& captions, const models::Statement& statement) {
    captions.pointed_out = statement.evidence.ids;
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
      ui.run("select.object", fmt::format(R"({{"ids": [{}]}})", fmt::join(statement.evidence.ids, ", ")));
      return;
    }
    std::string words = statement.evidence.ids.size() == 1 ? ui.tr("Click selects it", "单击选中")
                                                           : fmt::format("{} {}", statement.evidence.ids.size(),
                                                                         ui.tr("objects; a click selects them", "个物体，单击全部选中"));
    if (const auto& share = statement.evidence.share)
      words += fmt::format("\n{:.1f} {}", 100 * *share, ui.tr("% of the picture", "% 的画面"));
    tooltip(words.c_str());
  }
};

}  // namespace

std::unique_ptr<Panel> make_caption_panel() { return std::make_unique<CaptionPanel>(); }

}  // namespace skyline::app::desktop
