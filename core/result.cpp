#include "core/result.h"

#include <cstdio>
#include <cstdlib>

namespace skyline::core {

std::string Error::message() const {
  std::string text = what;
  if (!where.empty()) text += (text.empty() ? "" : ": ") + where;
  if (!advice.empty()) text += (text.empty() ? "" : "; ") + advice;
  return text;
}

void end_program(std::string_view message) {
  std::fprintf(stderr, "skyline: programming error: %.*s\n", static_cast<int>(message.size()), message.data());
  std::abort();
}

}  // namespace skyline::core
