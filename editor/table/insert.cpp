// What brings something new into the scene (Edit menu).
#include "editor/table/rows.h"

namespace skyline::editor {
namespace {

using enum ArgumentType;

constexpr double kFarthest = 1e6;  // metres

constexpr Argument kAsset{.name = "asset",
                          .type = kChoice,
                          .choices =
                              "building|tower|house|apartment|office|church|school|hospital|station|warehouse|factory|shop|hotel|"
                              "museum|stadium|skyscraper|tree|vehicle|car|bus|truck|crane|monument",
                          .help = {"What: an object of the scene stands for its class where there is one, else a generated mesh.",
                                   "要放置的类别：场景中有该类物体时用它，否则用生成的网格。"},
                          .choice_titles = {"Building|Tower|House|Apartment House|Office|Church|School|Hospital|Station|Warehouse|Factory|"
                                            "Shop|Hotel|Museum|Stadium|Skyscraper|Tree|Vehicle|Car|Bus|Truck|Crane|Monument",
                                            "建筑|塔楼|民房|公寓|写字楼|教堂|学校|医院|车站|仓库|工厂|商店|酒店|博物馆|体育场|摩天楼|树|"
                                            "车辆|汽车|公交车|卡车|吊车|纪念碑"}};
constexpr Argument kObject{.name = "object",
                           .type = kInteger,
                           .low = 1,
                           .high = 2147483647,
                           .default_value = "null",
                           .help = {"Number of the object of the scene that is shown; left out: the best of the class.",
                                    "要显示的场景物体编号；省略时为该类别中最合适的。"}};
constexpr Argument kAt{.name = "at",
                       .type = kVector2,
                       .unit = "m",
                       .low = -kFarthest,
                       .high = kFarthest,
                       .help = {"Where its middle stands: metres to the east and to the north.", "其中心的位置：向东和向北的米数。"}};
constexpr Argument kHeight{.name = "height",
                           .type = kNumber,
                           .unit = "m",
                           .low = 0.1,
                           .high = 2000,
                           .default_value = "null",
                           .help = {"How high it shall be; left out: as it is.", "期望高度；省略时保持原样。"}};
constexpr Argument kAngle{.name = "angle",
                          .type = kNumber,
                          .unit = "degrees",
                          .low = -36000,
                          .high = 36000,
                          .default_value = "0",
                          .help = {"Counter-clockwise seen from above.", "从上方看逆时针为正。"}};

constexpr Argument kInsert[] = {
    kAsset,
    kAt,
    {.name = "count",
     .type = kInteger,
     .low = 1,
     .high = 10000,
     .default_value = "1",
     .help = {"How many, in a row to the east, 2 m apart.", "数量；向东排成一行，间隔 2 米。"}},
    kHeight,
    kAngle,
    kObject,
};
constexpr Argument kInsertMesh[] = {
    {.name = "path", .type = kPath, .help = {"A .glb, .gltf or .obj in metres.", ".glb、.gltf 或 .obj 文件，单位为米。"}},
    kAt,
    kAngle,
    {.name = "scale", .type = kNumber, .low = 0.001, .high = 1000, .default_value = "1", .help = {"Times its size.", "缩放倍数。"}},
};
constexpr Argument kReplace[] = {
    {.name = "targets",
     .type = kIds,
     .default_value = "null",
     .help = {"Objects by their numbers; left out: what is selected.", "物体编号；省略时为当前选择。"}},
    kAsset,
    kHeight,
    kObject,
};

constexpr Command kRows[] = {
    {.id = "edit.insert",
     .title = {"Insert…", "插入…"},
     .help = {"Puts something new on the ground and selects it.", "在地面上放置新物体并选中。"},
     .menu = "Edit",
     .icon = "add",
     .needs = kScene,
     .undoable = true,
     .arguments = kInsert},
    {.id = "edit.insert_mesh",
     .title = {"Insert a Mesh File…", "插入网格文件…"},
     .help = {"Puts a mesh of a file on the ground. The project keeps the path; the file stays where it is.",
              "把文件中的网格放在地面上。项目只保存路径，文件留在原处。"},
     .menu = "Edit",
     .icon = "cube",
     .needs = kScene,
     .undoable = true,
     .arguments = kInsertMesh},
    {.id = "edit.replace",
     .title = {"Replace…", "替换…"},
     .help = {"Shows something else in place of objects; each keeps its place and its direction.", "用其他物体替换，位置和朝向不变。"},
     .menu = "Edit",
     .icon = "cubes",
     .needs = kScene | kObjects | kSelection,
     .undoable = true,
     .arguments = kReplace},
};

}  // namespace

std::span<const Command> insert_commands() { return kRows; }

}  // namespace skyline::editor
