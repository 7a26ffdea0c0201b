// The engine of rules: lexicon, chart parser, dialogue, grounding and decision in one call.
#include "models/language/interpreter/decision.h"
#include "models/language/interpreter/grammar.h"
#include "models/language/interpreter/interpreter.h"
#include "models/language/interpreter/lexicon.h"
#include "models/language/interpreter/replies.h"
#include "models/language/interpreter/sentence.h"
#include "models/language/interpreter/tokens.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <mutex>

namespace skyline::models {
namespace {

constexpr std::size_t kMostTokens = 120;  // of one sentence that is read; longer ones are refused
constexpr std::size_t kMostBytes = 4096;
constexpr double kOtherReadingMargin = 0.6;  // another reading stands in when the best one leads nowhere

class RuleInterpreter final : public Interpreter {
 public:
  explicit RuleInterpreter(Lexicon lexicon) : lexicon_(std::move(lexicon)), grammar_(make_grammar()) {}

  std::string_view name() const override { return "rules"; }

  Interpretation interpret(std::string_view text, const Situation& situation) const override {
    const auto start = std::chrono::steady_clock::now();
    Interpretation answer;
    try {
      answer = read_and_decide(text, situation);
    } catch (const std::exception&) {
      // A wrong rule must not end the program: the sentence is not understood, and nothing is changed.
      answer.plan.reason = out_of_domain_reason(answer.plan.language);
    }
    answer.plan.engine = name();
    answer.plan.ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    return answer;
  }

 private:
  Interpretation read_and_decide(std::string_view text, const Situation& situation) const {
    if (text.size() > kMostBytes) return too_long(text.substr(0, kMostBytes));
    const Gazetteer names = names_of(situation.scene);
    const Sentence sentence = read_sentence(text, lexicon_, &names, grammar_, kMostTokens);
    if (sentence.too_long) return too_long(text);
    Said said{sentence.text, sentence.offsets, language_of(sentence.lattice), smalltalk_of(sentence)};
    std::vector<Reading> readings = read(sentence, grammar_, situation);
    Interpretation best{readings.front(), decide(readings.front(), situation, said)};
    // A question about who is meant stands; another reading must not answer it.
    if (best.plan.status == Plan::Status::kOk || !best.plan.candidates.empty()) return best;
    for (std::size_t i = 1; i < readings.size(); ++i) {
      if (readings[i].score < readings.front().score - kOtherReadingMargin) break;
      if (readings[i].intent != Reading::Intent::kAct && readings[i].intent != Reading::Intent::kCorrection) continue;
      if (best.reading.intent == Reading::Intent::kNegated || best.reading.intent == Reading::Intent::kHypothetical) break;
      Plan plan = decide(readings[i], situation, said);
      if (plan.status == Plan::Status::kOk) return {readings[i], std::move(plan)};
    }
    return best;
  }

  static Interpretation too_long(std::string_view text) {
    Interpretation answer;
    answer.plan.language = text.find("的") != std::string_view::npos ? editor::Language::kChinese : editor::Language::kEnglish;
    answer.plan.reason = too_long_reason(answer.plan.language);
    return answer;
  }

  static editor::Language language_of(const Lattice& lattice) {
    return lattice.chinese ? editor::Language::kChinese : editor::Language::kEnglish;
  }

  static std::string smalltalk_of(const Sentence& sentence) {
    // Names are data: "Hello Tower" greets nobody.
    const auto in_a_name = [&](const LatticeWord& word) {
      return std::any_of(sentence.words.begin(), sentence.words.end(), [&](const LatticeWord& name) {
        return (name.kind == "name" || name.kind == "namepart" || name.kind == "quoted") && name.begin <= word.begin &&
               word.end <= name.end;
      });
    };
    for (const LatticeWord& word : sentence.words) {
      if (word.kind == "smalltalk" && !in_a_name(word)) return std::string(word.value);
    }
    return {};
  }

  // Names of the scene that was asked for last: dialogues and batches stay in one.
  Gazetteer names_of(const std::shared_ptr<const SceneView>& scene) const {
    const std::lock_guard lock(mutex_);
    if (!names_ || names_scene_.lock() != scene) {
      names_ = std::make_unique<const Gazetteer>(scene->catalogue(), lexicon_);
      names_scene_ = scene;
    }
    return *names_;
  }

  Lexicon lexicon_;
  Grammar grammar_;
  mutable std::mutex mutex_;
  mutable std::weak_ptr<const SceneView> names_scene_;
  mutable std::unique_ptr<const Gazetteer> names_;
};

}  // namespace

core::Result<std::unique_ptr<Interpreter>> make_rule_interpreter() {
  auto lexicon = Lexicon::load(lexicon_folder());
  if (!lexicon) return lexicon.error();
  return std::unique_ptr<Interpreter>(std::make_unique<RuleInterpreter>(*std::move(lexicon)));
}

}  // namespace skyline::models
