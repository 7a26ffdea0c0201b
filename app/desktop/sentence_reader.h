// Reads sentences beside the window: a thread with an engine, a question at a time, the newest wins.
//
//   SentenceReader reader(models::make_rule_interpreter, wake);
//   reader.ask({.number = 7, .sentence = "remove the tower", ...});   // never waits
//   if (auto answer = reader.take()) ...                              // once a frame; `wake` is called when there is one
//
// The engine is made by the thread at the first question, the scene's view when the document has changed: neither costs a frame.
#pragma once

#include "core/result.h"
#include "editor/document_state.h"
#include "models/language/interpreter/interpreter.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace skyline::app::desktop {

using EngineMaker = std::function<core::Result<std::unique_ptr<models::Interpreter>>()>;

struct SentenceQuestion {
  std::uint64_t number = 0;
  std::string sentence;
  models::Situation situation;  // without its scene, which is made of the following
  editor::DocumentState state;
  editor::SceneFacts facts;
  std::uint64_t version = 0;  // of the document that `state` is of
};

struct SentenceAnswer {
  std::uint64_t number = 0;
  std::string sentence;
  models::Interpretation read;
  std::shared_ptr<const models::SceneView> scene;  // that it was read in
  std::uint64_t version = 0;
  std::string problem;  // why there is no engine; empty: there is one
};

class SentenceReader {
 public:
  // `wake` is called from the thread.
  SentenceReader(EngineMaker make_engine, std::function<void()> wake);
  ~SentenceReader();  // waits for the sentence that is being read
  SentenceReader(const SentenceReader&) = delete;
  SentenceReader& operator=(const SentenceReader&) = delete;

  void ask(SentenceQuestion question);
  std::optional<SentenceAnswer> take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace skyline::app::desktop
