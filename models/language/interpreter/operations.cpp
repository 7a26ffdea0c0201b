#include "models/language/interpreter/operations.h"

#include <algorithm>
#include <array>

namespace skyline::models {
namespace {

using editor::Argument;
using enum editor::ArgumentType;

constexpr double kFarthest = 1e6;  // metres

constexpr Argument kStrength{
    .name = "strength", .type = kNumber, .low = 0, .high = 1, .default_value = "0.6", .help = {"How much.", "强度。"}};
constexpr Argument kSelectArguments[] = {
    {.name = "mode", .type = kChoice, .choices = "set|add|remove", .help = {"What happens to the selection.", "如何处理已有的选择。"}}};
constexpr Argument kMoveArguments[] = {{.name = "offset",
                                        .type = kVector3,
                                        .unit = "m",
                                        .low = -kFarthest,
                                        .high = kFarthest,
                                        .help = {"East, north, up.", "向东、向北、向上。"}}};
constexpr Argument kRotateArguments[] = {{.name = "angle",
                                          .type = kNumber,
                                          .unit = "degrees",
                                          .low = -36000,
                                          .high = 36000,
                                          .help = {"Counter-clockwise from above.", "从上方看逆时针为正。"}}};
constexpr Argument kScaleArguments[] = {
    {.name = "factor", .type = kVector3, .low = 0.001, .high = 1000, .help = {"East, north, up.", "东、北、上方向的倍数。"}}};
constexpr Argument kDuplicateArguments[] = {
    {.name = "count", .type = kInteger, .low = 1, .high = 100000, .default_value = "1", .help = {"New copies.", "新副本的数量。"}},
    {.name = "offset",
     .type = kVector3,
     .unit = "m",
     .low = -kFarthest,
     .high = kFarthest,
     .help = {"Of each copy from the one before.", "每个副本相对前一个的偏移。"}}};
constexpr std::string_view kAssets =
    "building|tower|house|apartment|office|church|school|hospital|station|warehouse|factory|shop|hotel|museum|stadium|skyscraper|road|"
    "street|bridge|"
    "railway|square|parking|water|river|lake|pond|canal|sea|green|park|garden|field|forest|tree|vehicle|car|bus|truck|crane|wall|monument|"
    "other";
constexpr Argument kInsertArguments[] = {
    {.name = "asset", .type = kChoice, .choices = kAssets, .help = {"Class of the new object.", "新物体的类别。"}},
    {.name = "at", .type = kVector2, .unit = "m", .low = -kFarthest, .high = kFarthest, .help = {"Its centroid.", "中心位置。"}},
    {.name = "count", .type = kInteger, .low = 1, .high = 10000, .default_value = "1", .help = {"How many.", "数量。"}},
    {.name = "height", .type = kNumber, .unit = "m", .low = 0.1, .high = 2000, .default_value = "null", .help = {"Its height.", "高度。"}},
    {.name = "angle",
     .type = kNumber,
     .unit = "degrees",
     .low = -36000,
     .high = 36000,
     .default_value = "null",
     .help = {"How it is turned.", "朝向。"}}};
constexpr Argument kReplaceArguments[] = {
    {.name = "asset", .type = kChoice, .choices = kAssets, .help = {"Class of the new object.", "新物体的类别。"}}};
constexpr Argument kRecolorArguments[] = {
    {.name = "part", .type = kChoice, .choices = "all|wall|roof", .help = {"What of it.", "要着色的部分。"}},
    {.name = "color", .type = kColour, .help = {"In mean light.", "平均光照下的颜色。"}}};
constexpr Argument kStyleArguments[] = {
    {.name = "style",
     .type = kChoice,
     .choices = "watercolor|oil|ink|sketch|pixel|comic|cyberpunk|vintage|blackwhite|sepia|van_gogh|ukiyo_e",
     .help = {"Which style.", "风格。"}},
    kStrength};
constexpr Argument kLightArguments[] = {{.name = "time", .type = kText, .default_value = "null", .help = {"HH:MM.", "时刻。"}},
                                        {.name = "azimuth",
                                         .type = kNumber,
                                         .unit = "degrees",
                                         .low = -360,
                                         .high = 360,
                                         .default_value = "null",
                                         .help = {"Where the sun stands, clockwise from north.", "太阳方位，从北顺时针。"}},
                                        {.name = "elevation",
                                         .type = kNumber,
                                         .unit = "degrees",
                                         .low = -90,
                                         .high = 90,
                                         .default_value = "null",
                                         .help = {"Above the horizon.", "高度角。"}}};
constexpr Argument kSeasonArguments[] = {
    {.name = "season", .type = kChoice, .choices = "spring|summer|autumn|winter", .help = {"Which season.", "季节。"}}, kStrength};
constexpr Argument kWeatherArguments[] = {
    {.name = "weather", .type = kChoice, .choices = "clear|cloud|fog|rain|snow|storm", .help = {"Which weather.", "天气。"}}, kStrength};
constexpr Argument kCameraArguments[] = {
    {.name = "action", .type = kChoice, .choices = "goto|orbit|top|street|look_from|fly", .help = {"What the camera does.", "相机动作。"}},
    {.name = "distance",
     .type = kNumber,
     .unit = "m",
     .low = 0,
     .high = kFarthest,
     .default_value = "null",
     .help = {"From the target.", "与目标的距离。"}},
    {.name = "height",
     .type = kNumber,
     .unit = "m",
     .low = -1000,
     .high = kFarthest,
     .default_value = "null",
     .help = {"Above the ground.", "离地高度。"}},
    {.name = "direction",
     .type = kChoice,
     .default_value = "null",
     .choices = "north|northeast|east|southeast|south|southwest|west|northwest|left|right|forward|back|up|down",
     .help = {"Where it stands, or goes.", "所在或前往的方向。"}},
    {.name = "duration", .type = kNumber, .unit = "s", .low = 0, .high = 3600, .default_value = "null", .help = {"Seconds.", "时长。"}},
    {.name = "at",
     .type = kVector2,
     .unit = "m",
     .low = -kFarthest,
     .high = kFarthest,
     .default_value = "null",
     .help = {"A place instead of a target.", "目标位置。"}}};
constexpr Argument kRenameArguments[] = {{.name = "name", .type = kText, .help = {"The new name.", "新名称。"}}};
constexpr Argument kQueryArguments[] = {{.name = "what",
                                         .type = kChoice,
                                         .choices = "count|list|height|area|distance|describe|where",
                                         .help = {"What is asked.", "查询内容。"}}};
constexpr Argument kStepsArguments[] = {
    {.name = "steps", .type = kInteger, .low = 1, .high = 100000, .default_value = "1", .help = {"How many.", "步数。"}}};
constexpr Argument kExportArguments[] = {
    {.name = "kind", .type = kChoice, .choices = "image|video|mesh|points|depth", .help = {"What is written.", "导出类型。"}},
    {.name = "size",
     .type = kVector2,
     .unit = "pixels",
     .low = 1,
     .high = 32768,
     .default_value = "null",
     .help = {"Width and height.", "宽和高。"}}};

using Targets = Operation::Targets;

constexpr Operation kOperations[] = {
    {Op::kSelect, Targets::kOptional, {"Select", "选择"}, kSelectArguments},
    {Op::kRemove, Targets::kRequired, {"Remove", "移除"}, {}},
    {Op::kMove, Targets::kRequired, {"Move", "移动"}, kMoveArguments},
    {Op::kRotate, Targets::kRequired, {"Rotate", "旋转"}, kRotateArguments},
    {Op::kScale, Targets::kRequired, {"Scale", "缩放"}, kScaleArguments},
    {Op::kDuplicate, Targets::kRequired, {"Duplicate", "复制"}, kDuplicateArguments},
    {Op::kInsert, Targets::kNone, {"Insert", "插入"}, kInsertArguments},
    {Op::kReplace, Targets::kRequired, {"Replace", "替换"}, kReplaceArguments},
    {Op::kRecolor, Targets::kRequired, {"Recolor", "改变颜色"}, kRecolorArguments},
    {Op::kStyle, Targets::kOptional, {"Style", "风格"}, kStyleArguments},
    {Op::kLight, Targets::kOptional, {"Light", "光照"}, kLightArguments},
    {Op::kSeason, Targets::kOptional, {"Season", "季节"}, kSeasonArguments},
    {Op::kWeather, Targets::kOptional, {"Weather", "天气"}, kWeatherArguments},
    {Op::kHide, Targets::kRequired, {"Hide", "隐藏"}, {}},
    {Op::kShow, Targets::kOptional, {"Show", "显示"}, {}},
    {Op::kIsolate, Targets::kRequired, {"Isolate", "单独显示"}, {}},
    {Op::kCamera, Targets::kOptional, {"Camera", "相机"}, kCameraArguments},
    {Op::kRename, Targets::kRequired, {"Rename", "重命名"}, kRenameArguments},
    {Op::kQuery, Targets::kOptional, {"Query", "查询"}, kQueryArguments},
    {Op::kUndo, Targets::kNone, {"Undo", "撤销"}, kStepsArguments},
    {Op::kRedo, Targets::kNone, {"Redo", "重做"}, kStepsArguments},
    {Op::kExport, Targets::kOptional, {"Export", "导出"}, kExportArguments},
};

}  // namespace

std::span<const Operation> operation_table() { return kOperations; }

const Operation* find_operation(std::string_view name) {
  const auto found =
      std::find_if(std::begin(kOperations), std::end(kOperations), [&](const Operation& o) { return op_name(o.op) == name; });
  return found == std::end(kOperations) ? nullptr : found;
}

}  // namespace skyline::models
