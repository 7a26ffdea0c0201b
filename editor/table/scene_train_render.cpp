#include "editor/table/rows.h"

namespace skyline::editor {
namespace {

using enum ArgumentType;

constexpr Argument kLight[] = {
    {.name = "photo",
     .type = kInteger,
     .low = -1,
     .high = 1e6,
     .default_value = "-1",
     .help = {"Number of the photo from 0; -1: the mean of all.", "照片序号，从 0 开始；-1 为全部照片的平均。"}},
};

constexpr Argument kPhotosPath[] = {
    {.name = "path", .type = kPath, .help = {"Folder with the training photos.", "存放训练照片的文件夹。"}},
};

constexpr Command kSceneRows[] = {
    {.id = "scene.info",
     .title = {"Scene Information", "场景信息"},
     .help = {"What the file holds: photos, training, size by part.", "文件内容：照片、训练设置、各部分大小。"},
     .menu = "Scene",
     .icon = "info",
     .needs = kScene},
    {.id = "scene.objects",
     .title = {"List of Objects", "物体列表"},
     .help = {"Opens the catalogue of the scene's objects.", "打开场景物体目录。"},
     .menu = "Scene",
     .icon = "list",
     .needs = kScene | kObjects},
    {.id = "scene.use_light",
     .title = {"Light of a Photo…", "采用照片的光照…"},
     .help = {"Shows the scene in the light of one photo, by its appearance code.", "用某张照片的外观编码显示场景的光照。"},
     .menu = "Scene",
     .icon = "sun",
     .needs = kScene | kPhotos,
     .arguments = kLight},
    {.id = "scene.photo_folder",
     .title = {"Folder of the Photos…", "照片文件夹…"},
     .help = {"Tells where the training photos lie, for comparison and film strip.", "指定训练照片所在的文件夹，用于对比和胶片条。"},
     .menu = "Scene",
     .icon = "folder",
     .needs = kScene | kPhotos,
     .arguments = kPhotosPath},
    {.id = "scene.verify",
     .title = {"Verify File", "校验文件"},
     .help = {"Compares all checksums of the scene file with its content.", "核对场景文件的全部校验和。"},
     .menu = "Scene",
     .icon = "check",
     .needs = kScene},
};

constexpr Argument kShare[] = {
    {.name = "share",
     .type = kNumber,
     .low = 0.1,
     .high = 1,
     .default_value = "0.6",
     .help = {"Share of the processor that training gets while nothing moves.", "画面静止时训练占用处理器的比例。"}},
};
constexpr Argument kOutput[] = {
    {.name = "path",
     .type = kPath,
     .default_value = "null",
     .help = {"Scene file to write; left out: beside the photos.", "要写入的场景文件；省略时写在照片文件夹旁。"}},
    {.name = "minutes",
     .type = kNumber,
     .unit = "min",
     .low = 0.01,
     .high = 100000,
     .default_value = "null",
     .help = {"Training time; left out: as planned.", "训练时间；省略时按计划。"}},
    {.name = "width",
     .type = kInteger,
     .unit = "pixels",
     .low = 0,
     .high = 100000,
     .default_value = "null",
     .help = {"Width that photos are reduced to, 0: as stored; left out: as planned.", "照片缩小后的宽度，0 为原尺寸；省略时按计划。"}},
};
constexpr Argument kCheckpoint[] = {
    {.name = "path", .type = kPath, .help = {"Scene file whose check-point is continued.", "要从其检查点继续训练的场景文件。"}},
    {.name = "photos",
     .type = kPath,
     .default_value = "null",
     .help = {"Folder with the photos of the training; left out: the one chosen in the Scene menu.",
              "训练所用照片的文件夹；省略时用“场景”菜单中选定的文件夹。"}},
};

constexpr Command kTrainRows[] = {
    {.id = "train.start",
     .title = {"Start Training", "开始训练"},
     .help = {"Trains the field from the photos that were checked; the picture is shown while it learns.",
              "用已检查的照片训练辐射场，训练过程中实时显示画面。"},
     .menu = "Train",
     .icon = "play",
     .arguments = kOutput},
    {.id = "train.pause",
     .title = {"Pause Training", "暂停训练"},
     .help = {"Pauses after the running step and writes a check-point.", "在当前步之后暂停，并写入检查点。"},
     .menu = "Train",
     .icon = "pause",
     .needs = kTraining},
    {.id = "train.resume",
     .title = {"Resume Training", "恢复训练"},
     .help = {"Goes on after a pause.", "暂停之后继续训练。"},
     .menu = "Train",
     .icon = "play",
     .needs = kTraining},
    {.id = "train.stop",
     .title = {"Finish Training Now", "立即结束训练"},
     .help = {"Ends early; the scene is written and can be continued later.", "提前结束；场景会写入文件，以后可继续训练。"},
     .menu = "Train",
     .icon = "stop",
     .needs = kTraining},
    {.id = "train.share",
     .title = {"Share of the Processor…", "处理器占用比例…"},
     .help = {"Parts the processor between training and view; while the camera moves the view comes first.",
              "在训练和画面之间分配处理器；相机移动时画面优先。"},
     .menu = "Train",
     .icon = "sliders",
     .arguments = kShare},
    {.id = "train.continue",
     .title = {"Continue from Check-point…", "从检查点继续…"},
     .help = {"Goes on with a training that was stopped or killed.", "继续已停止或意外中断的训练。"},
     .menu = "Train",
     .icon = "history",
     .arguments = kCheckpoint},
};

constexpr Argument kStill[] = {
    {.name = "path",
     .type = kPath,
     .default_value = "null",
     .help = {"Picture to write (PNG); left out: a new name in the pictures folder.",
              "要写入的图片（PNG）；省略时在图片文件夹中自动命名。"}},
    {.name = "size",
     .type = kVector2,
     .unit = "pixels",
     .low = 1,
     .high = kLargestPicture,
     .default_value = "[1920, 1080]",
     .help = {"Width and height.", "宽度和高度。"}},
};
constexpr Argument kTour[] = {
    {.name = "path", .type = kPath, .help = {"Folder for the pictures.", "存放图片的文件夹。"}},
    {.name = "frames",
     .type = kInteger,
     .low = 2,
     .high = 100000,
     .default_value = "240",
     .help = {"Number of pictures of one round.", "一圈航线的图片数。"}},
    {.name = "size",
     .type = kVector2,
     .unit = "pixels",
     .low = 1,
     .high = kLargestPicture,
     .default_value = "[1280, 720]",
     .help = {"Width and height.", "宽度和高度。"}},
};

constexpr Command kRenderRows[] = {
    {.id = "render.still",
     .title = {"Render Still", "渲染静帧"},
     .help = {"Renders this view at full quality to a picture file.", "以最高质量把当前视角渲染成图片文件。"},
     .menu = "Render",
     .key = "F12",
     .icon = "camera",
     .needs = kScene,
     .arguments = kStill},
    {.id = "render.tour",
     .title = {"Render Tour…", "渲染航线…"},
     .help = {"Renders the scene's round as numbered pictures.", "把场景航线渲染成按序编号的图片。"},
     .menu = "Render",
     .key = "Ctrl+F12",
     .icon = "film",
     .needs = kScene,
     .arguments = kTour},
};

}  // namespace

std::span<const Command> scene_commands() { return kSceneRows; }
std::span<const Command> train_commands() { return kTrainRows; }
std::span<const Command> render_commands() { return kRenderRows; }

}  // namespace skyline::editor
