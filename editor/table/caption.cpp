// Captions: what is in the view, or what an object is, in words.
#include "editor/table/rows.h"

namespace skyline::editor {
namespace {

using enum ArgumentType;

constexpr Text kCaption{"Caption", "文字描述"};

constexpr Argument kOn[] = {
    {.name = "on", .type = kFlag, .default_value = "null", .help = {"On or off; left out: the other one.", "开或关；省略时切换。"}},
};

constexpr Command kRows[] = {
    {.id = "caption.view",
     .title = {"Describe the View", "描述画面"},
     .help = {"Says in a few sentences what the picture shows; each statement leads to its objects.",
              "用几句话说明画面中的内容；每句话都可定位到对应的物体。"},
     .menu = "View",
     .submenu = kCaption,
     .key = "Ctrl+T",
     .icon = "comment",
     .needs = kScene},
    {.id = "caption.object",
     .title = {"Describe the Object", "描述物体"},
     .help = {"Says what the object selected last is, how large it is and where it stands.",
              "说明最后选中的物体是什么、有多大、位于哪里。"},
     .menu = "View",
     .submenu = kCaption,
     .key = "Ctrl+Shift+T",
     .icon = "building",
     .needs = kScene | kObjects | kSelection},
    {.id = "caption.automatic",
     .title = {"Describe by Itself", "自动描述"},
     .help = {"Describes the picture again whenever it has come to rest, as long as the panel is open.",
              "面板打开时，画面静止后自动重新描述。"},
     .menu = "View",
     .submenu = kCaption,
     .icon = "rotate",
     .toggles = true,
     .arguments = kOn},
    {.id = "caption.copy",
     .title = {"Copy the Caption", "复制描述"},
     .help = {"Puts the sentences on the clipboard.", "把描述文字放到剪贴板。"},
     .menu = "View",
     .submenu = kCaption,
     .icon = "copy",
     .needs = kScene},
};

}  // namespace

std::span<const Command> caption_commands() { return kRows; }

}  // namespace skyline::editor
