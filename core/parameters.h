// The parameter registry: one registration makes the command-line option, the JSON entry and, later, the panel widget, the project
// entry, the key-frame and the benchmark axis.
//
// A settings struct registers its members once:
//
//   void register_parameters(core::ParameterSet& set, TrainSettings& s) {
//     set.add("learning-rate", s.learning_rate, {.help = "initial rate of the planes", .low = 0, .high = 1});
//   }
//
// A ParameterSet points into the struct and must not outlive it. It is not thread-safe.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace skyline::core {

// What a person may want to know of one parameter. `low` / `high` bound numbers (inclusive); `choices` bounds strings; `source` says
// where the default comes from (paper, equation, or the command that measured it).
struct ParameterInfo {
  std::string help{};
  std::string unit{};
  double low = -1e300;
  double high = 1e300;
  std::vector<std::string> choices{};
  std::string source{};
};

using ParameterTarget = std::variant<bool*, int*, std::int64_t*, float*, double*, std::string*>;

struct Parameter {
  std::string name;  // lower-case words joined by '-', unique in its set
  ParameterTarget target;
  ParameterInfo info;
  std::string default_text;  // the value at registration, as text
};

class ParameterSet {
 public:
  // Registers `target` under `name`. Adding a name twice is a programming error and ends the program.
  template <class T>
  void add(std::string name, T& target, ParameterInfo info) {
    add_target(std::move(name), ParameterTarget(&target), std::move(info));
  }

  std::span<const Parameter> all() const { return parameters_; }
  const Parameter* find(std::string_view name) const;

  // Sets one parameter from text ("true", "0.02", "relu"). Errors: unknown name, not a number, out of range, not a choice.
  Status set(std::string_view name, std::string_view text);
  // The current value as text that `set` reads back to the same value.
  std::string get(std::string_view name) const;

  // A JSON object {"learning-rate": 0.02, ...} of all current values (UTF-8 text).
  std::string to_json() const;
  // Sets every key of a JSON object; unknown keys and bad values are errors and leave the set unchanged.
  Status from_json(std::string_view text);

 private:
  void add_target(std::string name, ParameterTarget target, ParameterInfo info);
  std::vector<Parameter> parameters_;
};

}  // namespace skyline::core
