#include "app/desktop/sentence_reader.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace skyline::app::desktop {

struct SentenceReader::State {
  EngineMaker make_engine;
  std::function<void()> wake;
  std::mutex mutex;
  std::condition_variable news;
  bool quit = false;
  std::optional<SentenceQuestion> question;
  std::optional<SentenceAnswer> answer;

  // Of the thread only.
  std::unique_ptr<models::Interpreter> engine;
  std::string problem;
  std::shared_ptr<const models::SceneView> scene;
  std::shared_ptr<const city::Catalogue> scene_catalogue;
  std::uint64_t scene_version = 0;
  std::thread thread;

  void work() {
    while (auto asked = wait_for_question()) {
      SentenceAnswer read = read_sentence(std::move(*asked));
      {
        const std::lock_guard lock(mutex);
        answer = std::move(read);
      }
      wake();
    }
  }

  std::optional<SentenceQuestion> wait_for_question() {
    std::unique_lock lock(mutex);
    news.wait(lock, [this] { return quit || question.has_value(); });
    if (quit) return std::nullopt;
    return std::exchange(question, std::nullopt);
  }

  SentenceAnswer read_sentence(SentenceQuestion asked) {
    make_ready(asked);
    SentenceAnswer read{asked.number, std::move(asked.sentence), {}, scene, asked.version, problem};
    if (!engine) return read;
    asked.situation.scene = scene;
    read.read = engine->interpret(read.sentence, asked.situation);
    return read;
  }

  void make_ready(const SentenceQuestion& asked) {
    if (!engine && problem.empty()) {
      auto made = make_engine();
      if (made) {
        engine = std::move(*made);
      } else {
        problem = made.error().message();
      }
    }
    if (scene && scene_catalogue == asked.facts.catalogue && scene_version == asked.version) return;
    scene = std::make_shared<const models::SceneView>(models::scene_view_of(asked.state, asked.facts));
    scene_catalogue = asked.facts.catalogue;
    scene_version = asked.version;
  }
};

SentenceReader::SentenceReader(EngineMaker make_engine, std::function<void()> wake) : state_(std::make_unique<State>()) {
  state_->make_engine = std::move(make_engine);
  state_->wake = std::move(wake);
  state_->thread = std::thread([state = state_.get()] { state->work(); });
}

SentenceReader::~SentenceReader() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->quit = true;
  }
  state_->news.notify_all();
  state_->thread.join();
}

void SentenceReader::ask(SentenceQuestion question) {
  {
    const std::lock_guard lock(state_->mutex);
    state_->question = std::move(question);
  }
  state_->news.notify_all();
}

std::optional<SentenceAnswer> SentenceReader::take() {
  const std::lock_guard lock(state_->mutex);
  return std::exchange(state_->answer, std::nullopt);
}

}  // namespace skyline::app::desktop
