// The contract of language engines: a sentence and its situation in, a plan out. The rule engine is always there; a model, and the vote of
// both, follow the same contract later. Calls are const and safe from any thread.
//
//   const std::unique_ptr<Interpreter> rules = *make_rule_interpreter();
//   const Interpretation answer = rules->interpret("把教堂旋转30度", situation);
#pragma once

#include "models/language/interpreter/situation.h"

#include <memory>
#include <string_view>

namespace skyline::models {

struct Interpretation {
  Reading reading;  // the best one, for dialogue
  Plan plan;
};

class Interpreter {
 public:
  virtual ~Interpreter() = default;
  virtual std::string_view name() const = 0;
  // Any bytes are taken: a plan, a question or a refusal comes back, within 200 ms for 10 KiB.
  virtual Interpretation interpret(std::string_view sentence, const Situation& situation) const = 0;
};

// Reads the lexicon (assets/lexicon). Errors: a file is missing or a line of it is wrong; the message names file and line.
core::Result<std::unique_ptr<Interpreter>> make_rule_interpreter();

}  // namespace skyline::models
