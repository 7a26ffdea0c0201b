#include "editor/table/rows.h"

namespace skyline::editor {
namespace {

using enum ArgumentType;

constexpr Argument kPanel[] = {
    {.name = "panel",
     .type = kChoice,
     .choices = "scene|objects|shelf|measures|bookmarks|properties|assistant|caption|history|effects|looks|inspector|film_strip|training|"
                "jobs|profiler|log",
     .help = {"Which panel.", "选择面板。"},
     .choice_titles = {"Scene|Objects|Shelf|Measurements|Bookmarks|Properties|Assistant|Caption|History|Effects|Looks|Pixel Inspector|Film "
                       "Strip|Training|Jobs|Profiler & Memory|Log",
                       "场景|物体|素材架|测量|书签|属性|助手|文字描述|历史|效果|光照|像素检查器|胶片条|训练|任务|性能与内存|日志"}},
    {.name = "on",
     .type = kFlag,
     .default_value = "null",
     .help = {"Open or closed; left out: the other one.", "打开或关闭；省略时切换。"}},
};
constexpr Argument kWorkspace[] = {
    {.name = "workspace",
     .type = kChoice,
     .choices = "explore|edit|style|train|inspect",
     .help = {"Which arrangement of panels.", "选择面板布局。"},
     .choice_titles = {"Explore|Edit|Style|Train|Inspect", "浏览|编辑|风格|训练|检查"}},
};

constexpr Command kWindowRows[] = {
    {.id = "window.workspace",
     .title = {"Workspace", "工作区"},
     .help = {"Arranges the panels for exploring, editing, styling, training or inspecting.",
              "切换到浏览、编辑、风格、训练或检查用的面板布局。"},
     .menu = "Window",
     .icon = "grid",
     .toggles = true,
     .arguments = kWorkspace},
    {.id = "window.panel",
     .title = {"Panels", "面板"},
     .help = {"Opens or closes a panel.", "打开或关闭面板。"},
     .menu = "Window",
     .icon = "window",
     .toggles = true,
     .arguments = kPanel},
    {.id = "window.save_workspace",
     .title = {"Save Workspace", "保存工作区"},
     .help = {"Keeps the present arrangement as that of this workspace.", "把当前布局保存为此工作区的布局。"},
     .menu = "Window",
     .icon = "save"},
    {.id = "window.reset_layout",
     .title = {"Reset Layout", "重置布局"},
     .help = {"Puts the panels of this workspace back to their first arrangement.", "把此工作区的面板恢复为最初的布局。"},
     .menu = "Window",
     .icon = "undo"},
};

constexpr Command kHelpRows[] = {
    {.id = "help.palette",
     .title = {"Command Palette…", "命令面板…"},
     .help = {"Finds any command by a few letters of its name and runs it.", "输入几个字即可查找并运行任何命令。"},
     .menu = "Help",
     .key = "Ctrl+Shift+P",
     .icon = "terminal"},
    {.id = "help.keys",
     .title = {"Keys", "快捷键"},
     .help = {"All keys and mouse moves on one page.", "在一页中列出全部快捷键和鼠标操作。"},
     .menu = "Help",
     .key = "F1",
     .icon = "keyboard"},
    {.id = "help.start_page",
     .title = {"Start Page", "起始页"},
     .help = {"Samples, recent scenes, and what this machine can do.", "示例、最近打开的场景以及本机能力。"},
     .menu = "Help",
     .icon = "star"},
    {.id = "help.log_folder",
     .title = {"Open Log Folder", "打开日志文件夹"},
     .help = {"Shows the folder with the log and the record of commands.", "显示存放日志和命令记录的文件夹。"},
     .menu = "Help",
     .icon = "folder"},
    {.id = "help.about",
     .title = {"About Skyline", "关于 Skyline"},
     .help = {"Version, licences and the graphics device in use.", "版本、许可证和正在使用的图形设备。"},
     .menu = "Help",
     .icon = "question"},
};

}  // namespace

std::span<const Command> window_commands() { return kWindowRows; }
std::span<const Command> help_commands() { return kHelpRows; }

}  // namespace skyline::editor
