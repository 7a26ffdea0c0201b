// The assistant: sentences that become plans. What a sentence came to is applied by edit.plan, which scripts can run without any sentence.
#include "editor/table/rows.h"

namespace skyline::editor {
namespace {

using enum ArgumentType;

constexpr Text kAssistant{"Assistant", "助手"};

constexpr Argument kSentence[] = {
    {.name = "text", .type = kText, .help = {"What to change, or a question, in English or Chinese.", "要做的修改或问题，中文或英文。"}},
};
constexpr Argument kShare[] = {
    {.name = "share",
     .type = kNumber,
     .low = 0,
     .high = 1,
     .default_value = "0.5",
     .help = {"Place of the divider as a share of the picture's width; before lies left of it.",
              "分隔线的位置，占画面宽度的比例；左侧为修改前。"}},
};
constexpr Argument kPlan[] = {
    {.name = "steps",
     .type = kText,
     .help = {"The steps as a JSON list: [{\"op\": \"remove\", \"targets\": [12]}].",
              "步骤的 JSON 列表：[{\"op\": \"remove\", \"targets\": [12]}]。"}},
    {.name = "sentence",
     .type = kText,
     .default_value = "\"\"",
     .help = {"What was said; kept with the change in the history.", "原来的句子，随更改保存在历史中。"}},
};

constexpr Command kRows[] = {
    {.id = "assistant.focus",
     .title = {"Say What to Change", "用一句话修改"},
     .help = {"Goes to the assistant: type what should change, look at the preview, apply.",
              "转到助手：输入要做的修改，查看预览，然后应用。"},
     .menu = "Edit",
     .submenu = kAssistant,
     .key = "/",
     .icon = "comment",
     .needs = kScene},
    {.id = "assistant.say",
     .title = {"Say…", "说一句…"},
     .help = {"Reads a sentence as if it had been typed; nothing changes before it is applied.",
              "读取一句话，与输入相同；应用之前不会有任何更改。"},
     .menu = "Edit",
     .submenu = kAssistant,
     .icon = "terminal",
     .needs = kScene,
     .arguments = kSentence},
    {.id = "assistant.apply",
     .title = {"Apply the Plan", "应用计划"},
     .help = {"Does what the assistant shows, as one step that Undo takes back.", "执行助手显示的计划，可一步撤销。"},
     .menu = "Edit",
     .submenu = kAssistant,
     .key = "Ctrl+Enter",
     .icon = "check",
     .needs = kScene},
    {.id = "assistant.cancel",
     .title = {"Give up the Plan", "放弃计划"},
     .help = {"Ends the preview; nothing was changed.", "结束预览，没有任何更改。"},
     .menu = "Edit",
     .submenu = kAssistant,
     .icon = "close",
     .needs = kScene},
    {.id = "assistant.flip",
     .title = {"Before or After", "修改前 / 修改后"},
     .help = {"Shows the whole view as it is, as it would be, and parted by a line, in turn.", "依次切换：修改前、修改后、分屏对比。"},
     .menu = "Edit",
     .submenu = kAssistant,
     .key = "F4",
     .icon = "columns",
     .needs = kScene},
    {.id = "assistant.wipe",
     .title = {"Move the Line of the Preview…", "移动预览分隔线…"},
     .help = {"Sets where the preview is parted into before and after.", "设置预览中修改前与修改后的分界。"},
     .menu = "Edit",
     .submenu = kAssistant,
     .icon = "sliders",
     .needs = kScene,
     .arguments = kShare},
    {.id = "edit.plan",
     .title = {"Apply Steps…", "执行步骤…"},
     .help = {"Applies the steps of a plan as one change.", "把计划的各步作为一次更改执行。"},
     .menu = "Edit",
     .submenu = kAssistant,
     .icon = "list",
     .needs = kScene,
     .undoable = true,
     .arguments = kPlan},
};

}  // namespace

std::span<const Command> assistant_commands() { return kRows; }

}  // namespace skyline::editor
