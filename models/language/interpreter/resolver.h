// Queries answered on a scene: which objects a reference means, and why these.
//
//   const Resolution who = resolve(query, situation);
//   if (who.status == Resolution::Status::kOk) use(who.ids);
//
// Exact, by the table in docs/assistant.md; the spatial index only spares what is too far away. Const and safe from any thread. A reference
// that cannot be settled comes back with the part of the query that is in question (the query itself or one nested in it) and with what
// there is, so that somebody can ask in words; `Choices` then settles that part and the query is resolved again.
#pragma once

#include "models/language/interpreter/query.h"
#include "models/language/interpreter/situation.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace skyline::models {

// One test of a query and how many candidates it left.
struct Decision {
  enum class Test : std::uint8_t {
    kClass,     // of all objects
    kName,      // objects of that name
    kPronoun,   // "it", "this", the selection, numbers, unions: what they stand for
    kMeasure,   // query.measures[index]
    kSize,      // query.sizes[index]
    kColour,    // query.colours[index]
    kTag,       // query.tags[index]
    kState,     // query.states[index]
    kRelation,  // query.relations[index]
    kExcept,    // query.except[index]
    kOrder,
    kQuantity,   // several fitted, and one was told apart:
    kSelected,   // ... it is selected
    kCentre,     // ... it is clearly the closest to the view's centre
    kOriginal,   // ... the others are copies of it
    kVisible,    // ... the others are hidden
    kNearFirst,  // ... it is the nearest of a direction of the camera
  };
  Test test = Test::kClass;
  std::size_t index = 0;
  std::size_t before = 0, after = 0;  // candidates
  double limit = 0;                   // of kSize: the percentile that was used; of kMeasure: the value compared with
};

struct Resolution {
  enum class Status : std::uint8_t {
    kOk,
    kNone,       // nothing fits: see `in_question` and the last decision
    kAmbiguous,  // `choices`: ids for `in_question`, one of which is meant
    kTooFew,     // fewer than the number that was said
    kNoSuchName,
    kNoReferent,  // "it" with nothing before, "the selection" with none, "this" with no pointer
  };
  Status status = Status::kNone;
  // kOk: who is meant, in the order asked for (rank, nearest first), else of the catalogue. kAmbiguous, kTooFew: all that fit.
  std::vector<std::int32_t> ids;
  std::vector<Decision> decisions;  // of `in_question`
  // The part that could not be settled; when kOk: null.
  const Query* in_question = nullptr;
  std::vector<std::vector<std::int32_t>> choices;
};

// Parts of queries that somebody settled, by address.
using Choices = std::map<const Query*, std::vector<std::int32_t>>;

// Never fails; `situation.scene` is not null. Addresses in the answer point into `query`.
Resolution resolve(const Query& query, const Situation& situation, const Choices& choices = {});

// Every object that fits, whatever the quantity: for counts and lists. kNone and kAmbiguous then come from anchors only.
Resolution resolve_all(const Query& query, const Situation& situation, const Choices& choices = {});

// Objects of a class in the scene, most frequent first: what there is instead.
std::vector<std::pair<city::ObjectClass, std::size_t>> classes_present(const SceneView& scene);

}  // namespace skyline::models
