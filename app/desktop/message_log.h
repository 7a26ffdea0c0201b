// What the program said: lines for the log panel and the file, toasts for a few seconds, dialogs until they are read.
//
// Every failure leaves a message on the screen and in the file, which outlives the program. Nothing in here fails: a file that cannot be
// written is left out.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <fstream>
#include <string>

namespace skyline::app::desktop {

// A line of the log panel; warnings and errors are also shown as toasts, errors as a dialog where the person waits for the result.
struct Message {
  enum class Level : std::uint8_t { kInfo, kWarning, kError };
  Level level = Level::kInfo;
  std::string text;
  double time_s = 0;  // since the start
  bool dialog = false;
};

class MessageLog {
 public:
  // Appends to `file`, whose former content is moved to FILE.old when it grew large. Empty: no file.
  void open(const std::filesystem::path& file);
  const std::filesystem::path& file() const { return file_; }

  void add(Message message);
  const std::deque<Message>& messages() const { return messages_; }
  std::size_t errors() const { return errors_; }  // since the start

  // The oldest dialog that was not read; null: none.
  const Message* dialog() const { return dialogs_.empty() ? nullptr : &dialogs_.front(); }
  void dismiss_dialog();

 private:
  std::deque<Message> messages_;
  std::deque<Message> dialogs_;
  std::filesystem::path file_;
  std::ofstream stream_;
  std::size_t errors_ = 0;
};

}  // namespace skyline::app::desktop
