// Keeps what was run, one line a command, in the form that scripts have: a session at the window can be played again.
//
//   auto recorder = Recorder::open(state_folder() / "commands.jsonl");
//   registry.set_observer([&](const Invocation& invocation, const core::Status& status) { recorder->record(invocation, status); });
#pragma once

#include "core/result.h"
#include "editor/command_table.h"

#include <cstdio>
#include <filesystem>
#include <memory>

namespace skyline::editor {

class Recorder {
 public:
  // Adds to the file. One that has grown beyond 4 MiB is first renamed to FILE.old. Errors: the folder cannot be made, the file not
  // written.
  static core::Result<Recorder> open(const std::filesystem::path& path);
  // Written at once. A command that failed is kept as a comment with its message, since it changed nothing.
  core::Status record(const Invocation& invocation, const core::Status& status);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::filesystem::path path_;
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace skyline::editor
