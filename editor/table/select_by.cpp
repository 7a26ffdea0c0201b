// Selecting by what objects are (Select menu).
#include "editor/table/rows.h"

namespace skyline::editor {
namespace {

using enum ArgumentType;

constexpr Argument kMode{.name = "mode",
                         .type = kChoice,
                         .default_value = "\"set\"",
                         .choices = "set|add|remove|intersect",
                         .help = {"What happens to the selection that is there.", "如何处理已有的选择。"},
                         .choice_titles = {"Replace|Add|Remove|Intersect", "替换|添加|移除|交集"}};
constexpr Argument kGap{.name = "gap",
                        .type = kNumber,
                        .unit = "m",
                        .low = 0,
                        .high = 1000,
                        .default_value = "5",
                        .help = {"Between footprints that count as neighbours.", "相邻物体轮廓之间的最大距离。"}};

constexpr Argument kClass[] = {
    {.name = "class",
     .type = kChoice,
     .choices =
         "building|tower|house|apartment|office|church|school|hospital|station|warehouse|factory|shop|hotel|museum|stadium|"
         "skyscraper|road|bridge|railway|square|parking|water|green|park|forest|tree|vehicle|car|bus|truck|crane|wall|monument|other",
     .help = {"Kinds of it count too: a tower is a building.", "包含其子类：塔楼也是建筑。"},
     .choice_titles = {"Buildings|Towers|Houses|Apartment Houses|Offices|Churches|Schools|Hospitals|Stations|Warehouses|Factories|Shops|"
                       "Hotels|Museums|Stadiums|Skyscrapers|Roads|Bridges|Railways|Squares|Parking|Water|Green|Parks|Forests|Trees|"
                       "Vehicles|Cars|Buses|Trucks|Cranes|Walls|Monuments|Other",
                       "建筑|塔楼|民房|公寓|写字楼|教堂|学校|医院|车站|仓库|工厂|商店|酒店|博物馆|体育场|摩天楼|道路|桥梁|铁路|广场|"
                       "停车场|水面|绿地|公园|树林|树|车辆|汽车|公交车|卡车|吊车|墙|纪念碑|其他"}},
    kMode,
};
constexpr Argument kWhere[] = {
    {.name = "min_height",
     .type = kNumber,
     .unit = "m",
     .low = 0,
     .high = 10000,
     .default_value = "null",
     .help = {"Objects at least so high.", "最小高度。"}},
    {.name = "max_height",
     .type = kNumber,
     .unit = "m",
     .low = 0,
     .high = 10000,
     .default_value = "null",
     .help = {"Objects at most so high.", "最大高度。"}},
    {.name = "min_area",
     .type = kNumber,
     .unit = "m²",
     .low = 0,
     .high = 1e9,
     .default_value = "null",
     .help = {"Footprints at least so large.", "最小占地面积。"}},
    {.name = "max_area",
     .type = kNumber,
     .unit = "m²",
     .low = 0,
     .high = 1e9,
     .default_value = "null",
     .help = {"Footprints at most so large.", "最大占地面积。"}},
    {.name = "color",
     .type = kColour,
     .default_value = "null",
     .help = {"Objects whose wall or roof has that colour or one near it.", "墙面或屋顶接近该颜色的物体。"}},
    {.name = "class",
     .type = kText,
     .default_value = "null",
     .help = {"Only of this class; left out: whatever stands on the ground.", "仅限该类别；省略时为所有立于地面的物体。"}},
    kMode,
};
constexpr Argument kGrow[] = {kGap};
constexpr Argument kArea[] = {
    {.name = "points",
     .type = kText,
     .help = {"Corners of an area on the ground, as x,y x,y x,y … in metres.", "地面区域的角点，格式为 x,y x,y x,y …，单位米。"}},
    kMode,
};
constexpr Argument kRegion[] = {
    {.name = "at",
     .type = kVector2,
     .unit = "m",
     .low = -1e6,
     .high = 1e6,
     .help = {"Where it stands: metres to the east and to the north.", "所在位置：向东和向北的米数。"}},
};

constexpr std::uint32_t kAny = kScene | kObjects;

constexpr Command kRows[] = {
    {.id = "select.class",
     .title = {"Select by Class", "按类别选择"},
     .help = {"Selects all objects of a class that are seen.", "选择某一类别的所有可见物体。"},
     .menu = "Select",
     .icon = "tag",
     .needs = kAny,
     .undoable = true,
     .arguments = kClass},
    {.id = "select.where",
     .title = {"Select by Height, Area, Colour…", "按高度、面积、颜色选择…"},
     .help = {"Selects the objects that meet all conditions that are given.", "选择满足所有给定条件的物体。"},
     .menu = "Select",
     .icon = "filter",
     .needs = kAny,
     .undoable = true,
     .arguments = kWhere},
    {.id = "select.area",
     .title = {"Select in an Area…", "按区域选择…"},
     .help = {"Selects the objects whose middle lies in an area on the ground.", "选择中心位于地面区域内的物体。"},
     .menu = "Select",
     .icon = "map",
     .needs = kAny,
     .undoable = true,
     .arguments = kArea},
    {.id = "select.region",
     .title = {"Mark What Stands at a Place…", "标记某处的物体…"},
     .help =
         {"Makes an object of what stands out of the ground at a place that no object covers, and selects it. It can be edited like any "
          "other.",
          "把该处突出地面、但不属于任何物体的部分变成新物体并选中，可像其他物体一样编辑。"},
     .menu = "Select",
     .icon = "target",
     .needs = kScene,
     .undoable = true,
     .arguments = kRegion},
    {.id = "select.invert",
     .title = {"Invert Selection", "反选"},
     .help = {"Selects what is not selected: everything else that stands on the ground.", "选择其余所有立于地面的物体。"},
     .menu = "Select",
     .key = "Ctrl+I",
     .icon = "columns",
     .needs = kAny,
     .undoable = true},
    {.id = "select.grow",
     .title = {"Grow Selection", "扩大选择"},
     .help = {"Adds the neighbours of what is selected.", "添加所选物体的相邻物体。"},
     .menu = "Select",
     .key = "Ctrl+=",
     .icon = "expand",
     .needs = kAny | kSelection,
     .undoable = true,
     .arguments = kGrow},
    {.id = "select.shrink",
     .title = {"Shrink Selection", "缩小选择"},
     .help = {"Takes away what has a neighbour that is not selected.", "移除与未选中物体相邻的物体。"},
     .menu = "Select",
     .key = "Ctrl+-",
     .icon = "compress",
     .needs = kAny | kSelection,
     .undoable = true,
     .arguments = kGrow},
};

}  // namespace

std::span<const Command> select_by_commands() { return kRows; }

}  // namespace skyline::editor
