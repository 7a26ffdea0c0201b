// What the program says, from the plan alone, in the person's language: never more than the plan does.
//
//   plan.reply = reply_of(plan.steps, scene, language);   // "Remove Harbour Tower (84 m), then winter."
#pragma once

#include "models/language/interpreter/ground.h"
#include "models/language/interpreter/object_words.h"
#include "models/language/interpreter/plan.h"
#include "models/language/interpreter/situation.h"

#include <span>
#include <string>

namespace skyline::models {

std::string reply_of(std::span<const PlanStep> steps, const SceneView& scene, Language language);
// The question of a trouble that asks, the reason of one that refuses.
std::string question_of(const Trouble& trouble, std::span<const Candidate> candidates, const Reading& reading, const SceneView& scene,
                        Language language);
std::string reason_of(const Trouble& trouble, const Reading& reading, const SceneView& scene, Language language);

std::string unknown_words_question(std::span<const std::string> words, Language language);
std::string negated_reason(Language language);
std::string hypothetical_reason(Language language);
std::string out_of_domain_reason(Language language);
std::string too_long_reason(Language language);
std::string greeting(std::string_view kind, Language language);
// "Nothing was asked."
std::string nothing_pending(Language language, bool cancel);

}  // namespace skyline::models
