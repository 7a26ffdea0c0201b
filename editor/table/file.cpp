#include "editor/table/rows.h"

namespace skyline::editor {
namespace {

using enum ArgumentType;

constexpr Argument kScenePath[] = {
    {.name = "path", .type = kPath, .help = {"Scene file (.sky) to show.", "要显示的场景文件（.sky）。"}},
};
constexpr Argument kSample[] = {
    {.name = "sample",
     .type = kChoice,
     .choices = "city|warsaw",
     .help = {"Which of the bundled scenes.", "选择一个自带场景。"},
     .choice_titles = {"Generated city|Warsaw Ochota", "程序生成的城市|华沙奥霍塔区"}},
};
constexpr Argument kRecent[] = {
    {.name = "index",
     .type = kInteger,
     .low = 1,
     .high = 12,
     .default_value = "1",
     .help = {"Place in the list, 1 is the newest.", "在列表中的序号，1 为最近打开的场景。"}},
};
constexpr Argument kPhotoFolder[] = {
    {.name = "path",
     .type = kPath,
     .help = {"Folder with transforms.json or COLMAP's sparse/.", "包含 transforms.json 或 COLMAP sparse/ 的文件夹。"}},
    {.name = "split",
     .type = kText,
     .default_value = "null",
     .help = {"Cameras to use: a transforms*.json of the folder; left out: the training split.",
              "所用的相机文件：文件夹中的某个 transforms*.json；省略时用训练划分。"}},
};
constexpr Argument kCopyPath[] = {
    {.name = "path",
     .type = kPath,
     .help = {"File to write; an older one is replaced when the new one is whole.", "要写入的文件；新文件完整写好之后才会替换旧文件。"}},
};

constexpr Argument kProjectFile[] = {
    {.name = "path", .type = kPath, .help = {"Project file (.skyproj) to open.", "要打开的项目文件（.skyproj）。"}},
};
constexpr Argument kProjectTarget[] = {
    {.name = "path",
     .type = kPath,
     .help = {"Project file (.skyproj) to write; an older one is replaced.", "要写入的项目文件（.skyproj）；已有的文件会被替换。"}},
};

constexpr Argument kMovedScene[] = {
    {.name = "path", .type = kPath, .help = {"Where the scene (.sky) is now.", "场景文件（.sky）的当前位置。"}},
};

constexpr Command kRows[] = {
    {.id = "file.new_from_photos",
     .title = {"New from Photos…", "由照片新建…"},
     .help = {"Checks a folder of posed photos, shows box and forecast, and prepares the training of a field.",
              "检查带位姿的照片文件夹，显示场景范围和预计用时，准备训练神经辐射场。"},
     .menu = "File",
     .key = "Ctrl+N",
     .icon = "photos",
     .arguments = kPhotoFolder},
    {.id = "file.open",
     .title = {"Open…", "打开…"},
     .help = {"Opens a scene file. What is shown now stays until the new scene can be shown.",
              "打开场景文件。新场景可以显示之前，当前画面保持不变。"},
     .menu = "File",
     .key = "Ctrl+O",
     .icon = "folder-open",
     .arguments = kScenePath},
    {.id = "file.open_sample",
     .title = {"Open Sample", "打开示例"},
     .help = {"Opens one of the scenes that come with Skyline.", "打开 Skyline 自带的场景。"},
     .menu = "File",
     .icon = "city",
     .arguments = kSample},
    {.id = "file.open_recent",
     .title = {"Open Recent", "最近打开"},
     .help = {"Opens a scene that was shown lately.", "打开最近使用过的场景。"},
     .menu = "File",
     .icon = "history",
     .arguments = kRecent},
    {.id = "file.find_scene",
     .title = {"Find the Scene of a Project…", "查找项目的场景…"},
     .help = {"The scene of the project is not where it was. Choose where it is now; the project remembers it.",
              "项目的场景已不在原处。请选择它现在的位置，项目会记住。"},
     .menu = "File",
     .icon = "search",
     .arguments = kMovedScene},
    {.id = "file.open_project",
     .title = {"Open Project…", "打开项目…"},
     .help = {"Opens a project: its scene with everything that was changed, and its history.", "打开项目：场景、所有更改及其历史。"},
     .menu = "File",
     .icon = "folder-open",
     .arguments = kProjectFile},
    {.id = "file.save_project",
     .title = {"Save Project As…", "项目另存为…"},
     .help = {"Gives the project a name and a place. Every change is kept at once anyway; nothing is lost without it.",
              "为项目指定名称和位置。所有更改都会即时保存，不另存也不会丢失。"},
     .menu = "File",
     .key = "Ctrl+S",
     .icon = "save",
     .needs = kScene,
     .arguments = kProjectTarget},
    {.id = "file.save_copy",
     .title = {"Save a Copy…", "另存副本…"},
     .help = {"Writes the scene that is shown to another file, with its bookmarks.", "把当前场景连同书签写入另一个文件。"},
     .menu = "File",
     .key = "Ctrl+Shift+S",
     .icon = "save",
     .needs = kScene,
     .arguments = kCopyPath},
    {.id = "file.close",
     .title = {"Close Scene", "关闭场景"},
     .help = {"Closes the scene and shows the start page.", "关闭场景并回到起始页。"},
     .menu = "File",
     .key = "Ctrl+W",
     .icon = "close",
     .needs = kScene},
    {.id = "file.quit",
     .title = {"Quit", "退出"},
     .help = {"Ends Skyline. A running training writes a check-point first.", "退出 Skyline。正在进行的训练会先写入检查点。"},
     .menu = "File",
     .key = "Ctrl+Q"},
};

}  // namespace

std::span<const Command> file_commands() { return kRows; }

}  // namespace skyline::editor
