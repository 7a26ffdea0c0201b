// Tools of the view that work with the pointer until they are applied or given up.
#include "editor/table/rows.h"

namespace skyline::editor {
namespace {

using enum ArgumentType;

constexpr std::uint32_t kSelected = kScene | kSelection;

constexpr Argument kGizmo[] = {
    {.name = "mode",
     .type = kChoice,
     .choices = "none|move|rotate|scale",
     .help = {"What its handles do.", "手柄的作用。"},
     .choice_titles = {"No Gizmo|Move|Rotate|Scale", "不显示|移动|旋转|缩放"}},
};
constexpr Argument kGrid[] = {
    {.name = "cell",
     .type = kNumber,
     .unit = "m",
     .low = 0,
     .high = 1000,
     .default_value = "5",
     .help = {"Side of a cell; 0: no grid.", "网格边长；0 表示不使用网格。"}},
};
constexpr Argument kMeasure[] = {
    {.name = "what",
     .type = kChoice,
     .choices = "distance|area|height",
     .help = {"What is measured.", "测量内容。"},
     .choice_titles = {"Distance|Area|Height", "距离|面积|高度"}},
};
constexpr Argument kPlace[] = {
    {.name = "asset", .type = kText, .help = {"A class, such as tower or tree.", "类别，如 tower 或 tree。"}},
    {.name = "object",
     .type = kInteger,
     .low = 1,
     .high = 2147483647,
     .default_value = "null",
     .help = {"Number of the object of the scene that is shown.", "要显示的场景物体编号。"}},
};

constexpr Argument kPlaceMesh[] = {
    {.name = "path", .type = kPath, .help = {"A .glb, .gltf or .obj in metres.", "以米为单位的 .glb、.gltf 或 .obj 文件。"}},
};

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
     .icon = "layers",
     .needs = kScene | kObjects},
    {.id = "select.lasso",
     .title = {"Select with a Lasso", "套索选择"},
     .help = {"Draw around objects: those whose middle lies inside are selected. Shift adds, Ctrl takes away, both intersect.",
              "圈出物体，选中其中心在内的物体。Shift 添加，Ctrl 移除，同时按为交集。"},
     .menu = "Select",
     .key = "L",
     .icon = "pencil",
     .needs = kScene | kObjects},
    {.id = "select.polygon",
     .title = {"Select with a Polygon", "多边形选择"},
     .help =
         {"Click the corners, Enter or a double click closes: objects whose middle lies inside are selected. Shift adds, Ctrl takes away, "
          "both intersect.",
          "单击各角点，Enter 或双击闭合，选中其中心在内的物体。Shift 添加，Ctrl 移除，同时按为交集。"},
     .menu = "Select",
     .key = "P",
     .icon = "star",
     .needs = kScene | kObjects},
    {.id = "select.mark",
     .title = {"Mark What Is No Object", "标记未知物体"},
     .help = {"Click something that stands on the ground and that the catalogue does not know: it becomes an object and is selected.",
              "单击立于地面但目录中没有的东西，使其成为物体并选中。"},
     .menu = "Select",
     .icon = "target",
     .needs = kScene},
    {.id = "tool.gizmo",
     .title = {"Gizmo", "操作手柄"},
     .help = {"Handles at the selection that move, turn or scale it by dragging. One drag is one step of the history.",
              "在所选物体处显示手柄，拖动即可移动、旋转或缩放。一次拖动为一个历史步骤。"},
     .menu = "Edit",
     .icon = "move",
     .needs = kScene,
     .toggles = true,
     .arguments = kGizmo},
    {.id = "tool.snap_to_grid",
     .title = {"Snap to Grid", "对齐网格"},
     .help = {"What is moved with the pointer or the gizmo comes to rest on a grid; run again to leave it.",
              "用指针或手柄移动的物体停在网格上；再次运行则取消。"},
     .menu = "Edit",
     .icon = "magnet",
     .needs = kScene,
     .toggles = true,
     .arguments = kGrid},
    {.id = "tool.place",
     .title = {"Insert with the Pointer…", "用指针插入…"},
     .help = {"Something new follows the pointer; a click puts it down, Esc gives up.", "新物体随指针移动；单击放下，Esc 放弃。"},
     .menu = "Edit",
     .icon = "add",
     .needs = kScene,
     .arguments = kPlace},
    {.id = "tool.place_mesh",
     .title = {"Insert a Mesh with the Pointer…", "用指针插入网格…"},
     .help = {"A mesh of a file follows the pointer; a click puts it down, Esc gives up.", "文件中的网格随指针移动；单击放下，Esc 放弃。"},
     .menu = "Edit",
     .icon = "cube",
     .needs = kScene,
     .arguments = kPlaceMesh},
    {.id = "tool.measure",
     .title = {"Measure", "测量"},
     .help = {"Click two points for a distance, the top of something for its height above the ground, the corners of an area and Enter.",
              "单击两点测距离，单击顶部测离地高度，单击各角点并按 Enter 测面积。"},
     .menu = "View",
     .icon = "ruler",
     .needs = kScene,
     .arguments = kMeasure},
    {.id = "tool.clear_measures",
     .title = {"Clear Measurements", "清除测量"},
     .help = {"Takes the measurements out of the view and of the list.", "从画面和列表中清除测量结果。"},
     .menu = "View",
     .icon = "remove",
     .needs = kScene},
    {.id = "tool.copy_measures",
     .title = {"Copy Measurements", "复制测量结果"},
     .help = {"Puts the list of measurements on the clipboard as text.", "把测量列表以文本形式复制到剪贴板。"},
     .menu = "View",
     .icon = "copy",
     .needs = kScene},
};

}  // namespace

std::span<const Command> tool_commands() { return kToolRows; }

}  // namespace skyline::editor
