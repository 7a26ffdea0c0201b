#include "editor/table/rows.h"

namespace skyline::editor {
namespace {

using enum ArgumentType;

constexpr Command kEditRows[] = {
    {.id = "camera.undo",
     .title = {"Undo Camera Move", "撤销视角移动"},
     .help = {"Goes back to where the camera was before the last drag, key or flight.", "回到上一次拖动、按键或飞行之前的视角。"},
     .menu = "Edit",
     .key = "Alt+Left",
     .icon = "undo",
     .needs = kScene},
    {.id = "camera.redo",
     .title = {"Redo Camera Move", "重做视角移动"},
     .help = {"Repeats the camera move that was undone last.", "恢复刚刚撤销的视角移动。"},
     .menu = "Edit",
     .key = "Alt+Right",
     .icon = "redo",
     .needs = kScene},
    {.id = "edit.copy_camera",
     .title = {"Copy Camera", "复制相机参数"},
     .help = {"Puts the camera on the clipboard as x,y,z,yaw,pitch,fov, the form that --camera takes.",
              "把相机以 x,y,z,yaw,pitch,fov 的形式复制到剪贴板，可直接用于 --camera。"},
     .menu = "Edit",
     .key = "Ctrl+Shift+C",
     .icon = "copy",
     .needs = kScene},
    {.id = "edit.preferences",
     .title = {"Preferences…", "首选项…"},
     .help = {"Language, theme, scale, controls, keys and the processor's share.", "语言、主题、缩放、操作方式、快捷键和处理器占用比例。"},
     .menu = "Edit",
     .key = "Ctrl+,",
     .icon = "gear"},
};

constexpr Argument kObject[] = {
    {.name = "ids", .type = kIds, .help = {"Objects by their number in the catalogue.", "物体在目录中的编号。"}},
    {.name = "mode",
     .type = kChoice,
     .default_value = "\"set\"",
     .choices = "set|add|remove|intersect",
     .help = {"What happens to the selection that is there.", "如何处理已有的选择。"},
     .choice_titles = {"Replace|Add|Remove|Intersect", "替换|添加|移除|交集"}},
};

constexpr Argument kSelectionName[] = {
    {.name = "name", .type = kText, .help = {"Name of the selection.", "选择集名称。"}},
};

constexpr Command kSelectRows[] = {
    {.id = "select.at_pointer",
     .title = {"Select at Pointer", "选择指针处的物体"},
     .help = {"Selects the object under the pointer, as a click does.", "选择指针下的物体，与单击相同。"},
     .menu = "Select",
     .icon = "pointer",
     .needs = kScene | kObjects},
    {.id = "select.object",
     .title = {"Select by Number…", "按编号选择…"},
     .help = {"Selects objects by their numbers in the catalogue.", "按目录编号选择物体。"},
     .menu = "Select",
     .icon = "building",
     .needs = kScene | kObjects,
     .arguments = kObject},
    {.id = "select.next",
     .title = {"Next Object", "下一个物体"},
     .help = {"Selects the next object of the catalogue.", "选择目录中的下一个物体。"},
     .menu = "Select",
     .key = ".",
     .icon = "right",
     .needs = kScene | kObjects},
    {.id = "select.previous",
     .title = {"Previous Object", "上一个物体"},
     .help = {"Selects the object before this one.", "选择目录中的上一个物体。"},
     .menu = "Select",
     .key = ",",
     .icon = "left",
     .needs = kScene | kObjects},
    {.id = "select.none",
     .title = {"Select Nothing", "取消选择"},
     .help = {"Nothing is selected any more.", "清除当前选择。"},
     .menu = "Select",
     .key = "Alt+A",
     .icon = "remove",
     .needs = kScene | kSelection},
    {.id = "select.save",
     .title = {"Save Selection…", "保存选择…"},
     .help = {"Keeps what is selected under a name; with nothing selected, forgets the name.",
              "以名称保存当前选择；没有选择时则删除该名称。"},
     .menu = "Select",
     .icon = "save",
     .needs = kScene | kObjects,
     .undoable = true,
     .arguments = kSelectionName},
    {.id = "select.saved",
     .title = {"Saved Selection…", "已保存的选择…"},
     .help = {"Selects what was saved under a name.", "选中以该名称保存的物体。"},
     .menu = "Select",
     .icon = "list",
     .needs = kScene | kObjects,
     .undoable = true,
     .arguments = kSelectionName},
};

}  // namespace

std::span<const Command> edit_commands() { return kEditRows; }
std::span<const Command> select_commands() { return kSelectRows; }

}  // namespace skyline::editor
