// Light, season, weather and style of the scene or of objects, and the stack that they make (Edit menu).
#include "editor/table/rows.h"

namespace skyline::editor {
namespace {

using enum ArgumentType;

constexpr Argument kTargets{
    .name = "targets",
    .type = kIds,
    .default_value = "null",
    .help = {"Objects by their numbers; left out or empty: the whole scene.", "物体编号；省略或为空时为整个场景。"}};
constexpr Argument kEdge{.name = "edge",
                         .type = kNumber,
                         .unit = "m",
                         .low = 0,
                         .high = 200,
                         .default_value = "0",
                         .help = {"How far around the objects it fades out.", "在物体周围逐渐消失的距离。"}};
constexpr Argument strength_of(std::string_view default_value) {
  return {.name = "strength",
          .type = kNumber,
          .low = 0,
          .high = 1,
          .default_value = default_value,
          .help = {"0 is nothing, 1 all of it.", "0 为无，1 为最强。"}};
}

constexpr Argument kLight[] = {
    {.name = "time",
     .type = kText,
     .default_value = "null",
     .help = {"HH:MM of a day in April at 45 degrees north; left out: by azimuth and elevation, or noon.",
              "时刻 HH:MM，按北纬 45 度四月的一天计算；省略时使用方位角和高度角，或正午。"}},
    {.name = "azimuth",
     .type = kNumber,
     .unit = "degrees",
     .low = -360,
     .high = 360,
     .default_value = "null",
     .help = {"Where the sun stands, clockwise from north.", "太阳方位，从正北顺时针。"}},
    {.name = "elevation",
     .type = kNumber,
     .unit = "degrees",
     .low = -90,
     .high = 90,
     .default_value = "null",
     .help = {"Of the sun above the horizon.", "太阳在地平线以上的高度。"}},
    strength_of("1"),
    kTargets,
    kEdge,
};
constexpr Argument kTimeOfDay[] = {
    {.name = "time",
     .type = kChoice,
     .choices = "dawn|morning|noon|afternoon|dusk|night",
     .help = {"06:00, 09:00, 12:00, 15:00, 18:30 or 22:00.", "06:00、09:00、12:00、15:00、18:30 或 22:00。"},
     .choice_titles = {"Dawn|Morning|Noon|Afternoon|Dusk|Night", "黎明|上午|正午|下午|黄昏|夜晚"}},
    strength_of("1"),
    kTargets,
    kEdge,
};
constexpr Argument kSeason[] = {
    {.name = "season",
     .type = kChoice,
     .choices = "spring|summer|autumn|winter",
     .help = {"Which one.", "季节。"},
     .choice_titles = {"Spring|Summer|Autumn|Winter", "春|夏|秋|冬"}},
    strength_of("0.6"),
    kTargets,
    kEdge,
};
constexpr Argument kWeather[] = {
    {.name = "weather",
     .type = kChoice,
     .choices = "clear|cloud|fog|rain|snow|storm",
     .help = {"Which one.", "天气。"},
     .choice_titles = {"Clear|Cloud|Fog|Rain|Snow|Storm", "晴|阴|雾|雨|雪|暴风雨"}},
    strength_of("0.6"),
    kTargets,
    kEdge,
};
constexpr Argument kStyle[] = {
    {.name = "style",
     .type = kChoice,
     .choices = "watercolor|oil|ink|sketch|pixel|comic|cyberpunk|vintage|blackwhite|sepia|van_gogh|ukiyo_e",
     .help = {"Which one.", "风格。"},
     .choice_titles = {"Watercolour|Oil|Ink|Sketch|Pixel|Comic|Cyberpunk|Vintage|Black and White|Sepia|Van Gogh|Ukiyo-e",
                       "水彩|油画|水墨|素描|像素|漫画|赛博朋克|复古|黑白|怀旧|梵高|浮世绘"}},
    strength_of("0.6"),
    kTargets,
    kEdge,
};

constexpr Argument kEffects{.name = "effects", .type = kIds, .help = {"Effects by their numbers.", "效果编号。"}};
constexpr Argument kEffect{.name = "effect", .type = kInteger, .low = 1, .high = 1e9, .help = {"The effect by its number.", "效果编号。"}};
constexpr Argument kMute[] = {
    kEffects,
    {.name = "muted", .type = kFlag, .default_value = "true", .help = {"true: without it; false: with it.", "true 为停用，false 为启用。"}},
};
constexpr Argument kStrength[] = {
    kEffect,
    {.name = "strength", .type = kNumber, .low = 0, .high = 1, .help = {"0 is nothing, 1 all of it.", "0 为无，1 为最强。"}},
};
constexpr Argument kReorder[] = {
    kEffect,
    {.name = "place",
     .type = kInteger,
     .low = 0,
     .high = 255,
     .help = {"In the stack, from 0; the first one is drawn first.", "堆栈中的位置，从 0 开始；先绘制第一个。"}},
};
constexpr Argument kGroup[] = {
    kEffects,
    {.name = "name", .type = kText, .help = {"Of the group; empty: in none.", "组名；为空时移出组。"}},
};
constexpr Argument kDrop[] = {kEffects};

constexpr Text kSubmenu{"Light and Style", "光照与风格"};

constexpr Command kRows[] = {
    {.id = "edit.time_of_day",
     .title = {"Time of Day", "时刻"},
     .help = {"Brightness, warmth and sky at a time of day. It changes colours by the sun's height and side; cast shadows stay as "
              "photographed.",
              "按一天中的时刻改变亮度、色温和天空。只按太阳高度和方向处理颜色，投影保持拍摄时的样子。"},
     .menu = "Edit",
     .submenu = kSubmenu,
     .icon = "sun",
     .needs = kScene,
     .undoable = true,
     .arguments = kTimeOfDay},
    {.id = "edit.light",
     .title = {"Sun…", "太阳…"},
     .help = {"Light of a time, or of a sun that stands where you say. It changes colours; cast shadows stay as photographed, a computed "
              "sun comes "
              "later.",
              "某一时刻或指定位置的太阳光照。只处理颜色；投影保持拍摄时的样子，真实计算的太阳将在以后加入。"},
     .menu = "Edit",
     .submenu = kSubmenu,
     .icon = "sun",
     .needs = kScene,
     .undoable = true,
     .asks = true,
     .arguments = kLight},
    {.id = "edit.season",
     .title = {"Season", "季节"},
     .help = {"Leaves, grass and snow of a season, on what grows and what faces up. It changes colours: trees keep their leaves and snow "
              "has no "
              "depth; physical snow comes later.",
              "按植被和朝上的表面改变季节的叶色、草色和积雪。只处理颜色：树叶不会落下，积雪没有厚度；物理积雪将在以后加入。"},
     .menu = "Edit",
     .submenu = kSubmenu,
     .icon = "tree",
     .needs = kScene,
     .undoable = true,
     .arguments = kSeason},
    {.id = "edit.weather",
     .title = {"Weather", "天气"},
     .help = {"Fog with distance, an overcast sky, wet ground or snow. It changes colours; nothing falls.",
              "随距离变浓的雾、阴天、湿地面或积雪。只处理颜色，没有降落的雨雪。"},
     .menu = "Edit",
     .submenu = kSubmenu,
     .icon = "cloud",
     .needs = kScene,
     .undoable = true,
     .arguments = kWeather},
    {.id = "edit.style",
     .title = {"Style", "风格"},
     .help = {"Repaints the finished picture with filters.", "用滤镜重绘完成的画面。"},
     .menu = "Edit",
     .submenu = kSubmenu,
     .icon = "brush",
     .needs = kScene,
     .undoable = true,
     .arguments = kStyle},
    {.id = "edit.mute",
     .title = {"Mute Effects…", "停用效果…"},
     .help = {"Draws without effects of the stack until they are wanted again.", "暂时不绘制堆栈中的效果。"},
     .menu = "Edit",
     .submenu = kSubmenu,
     .icon = "eye-off",
     .needs = kScene,
     .undoable = true,
     .arguments = kMute},
    {.id = "edit.strength",
     .title = {"Strength of an Effect…", "效果强度…"},
     .help = {"How much of an effect is seen.", "效果的强度。"},
     .menu = "Edit",
     .submenu = kSubmenu,
     .icon = "sliders",
     .needs = kScene,
     .undoable = true,
     .arguments = kStrength},
    {.id = "edit.reorder",
     .title = {"Reorder an Effect…", "调整效果顺序…"},
     .help = {"Puts an effect at another place of the stack.", "把效果移到堆栈的另一位置。"},
     .menu = "Edit",
     .submenu = kSubmenu,
     .icon = "list",
     .needs = kScene,
     .undoable = true,
     .arguments = kReorder},
    {.id = "edit.group",
     .title = {"Group Effects…", "效果分组…"},
     .help = {"Gives effects a common name, by which they are shown and muted together.", "给若干效果一个共同的组名，一起显示和停用。"},
     .menu = "Edit",
     .submenu = kSubmenu,
     .icon = "tag",
     .needs = kScene,
     .undoable = true,
     .arguments = kGroup},
    {.id = "edit.drop",
     .title = {"Drop Effects…", "删除效果…"},
     .help = {"Takes effects out of the stack.", "从堆栈中删除效果。"},
     .menu = "Edit",
     .submenu = kSubmenu,
     .icon = "trash",
     .needs = kScene,
     .undoable = true,
     .arguments = kDrop},
};

}  // namespace

std::span<const Command> effect_commands() { return kRows; }

}  // namespace skyline::editor
