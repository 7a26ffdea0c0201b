// Tools of the view that work with the pointer until they are applied or given up.
#include "editor/table/rows.h"

namespace skyline::editor {
namespace {

constexpr std::uint32_t kSelected = kScene | kObjects | kSelection;

constexpr Command kToolRows[] = {
    {.id = "tool.move",
     .title = {"Move with the Pointer", "用指针移动"},
     .help =
         {"What is selected follows the pointer on the ground. X, Y or Z keep to an axis, numbers are metres, Ctrl snaps to 1 m; click or "
          "Enter applies, Esc gives up.",
          "所选物体随指针在地面移动。X、Y、Z 锁定轴向，可输入米数，Ctrl 吸附到 1 米；单击或 Enter 应用，Esc 放弃。"},
     .menu = "Edit",
     .key = "G",
     .icon = "move",
     .needs = kSelected},
    {.id = "tool.rotate",
     .title = {"Rotate with the Pointer", "用指针旋转"},
     .help = {"What is selected turns with the pointer. Numbers are degrees, Ctrl snaps to 15°; click or Enter applies, Esc gives up.",
              "所选物体随指针旋转。可输入角度，Ctrl 吸附到 15°；单击或 Enter 应用，Esc 放弃。"},
     .menu = "Edit",
     .key = "R",
     .icon = "rotate",
     .needs = kSelected},
    {.id = "tool.scale",
     .title = {"Scale with the Pointer", "用指针缩放"},
     .help =
         {"What is selected grows and shrinks with the pointer. Z is the height alone, numbers are factors; click or Enter applies, Esc "
          "gives up.",
          "所选物体随指针放大缩小。Z 只改变高度，可输入倍数；单击或 Enter 应用，Esc 放弃。"},
     .menu = "Edit",
     .key = "Alt+S",
     .icon = "expand",
     .needs = kSelected},
    {.id = "tool.duplicate",
     .title = {"Duplicate and Move", "复制并移动"},
     .help = {"Copies of what is selected follow the pointer; click or Enter puts them down, Esc gives up.",
              "所选物体的副本随指针移动；单击或 Enter 放下，Esc 放弃。"},
     .menu = "Edit",
     .key = "Alt+D",
     .icon = "copy",
     .needs = kSelected},
    {.id = "select.box",
     .title = {"Select in a Box", "框选"},
     .help = {"Drag a rectangle in the view: objects whose middle lies in it are selected. Shift adds, Ctrl takes away.",
              "在画面中拖出矩形，选中其中的物体。Shift 添加，Ctrl 移除。"},
     .menu = "Select",
     .key = "B",
     .icon = "crosshair",
     .needs = kScene | kObjects},
};

}  // namespace

std::span<const Command> tool_commands() { return kToolRows; }

}  // namespace skyline::editor
