// An object in English.
#include "models/caption/caption_writer.h"
#include "models/caption/english.h"

#include <fmt/format.h>

namespace skyline::models {
namespace {

using enum city::ObjectClass;

class ObjectEnglish {
 public:
  explicit ObjectEnglish(const ObjectSheet& facts) : facts_(facts), named_(!name_in(facts.subject, editor::Language::kEnglish).empty()) {}

  Caption write() {
    write_what();
    write_size_and_colours();
    write_where();
    write_view();
    return out_.take();
  }

 private:
  void write_what() {
    const Subject& subject = facts_.subject;
    const std::string noun(noun_of(subject.object_class).en);
    const std::string name = named_ ? english_name(subject) : "This";
    out_.state(fmt::format("{} is {}", capital_of_function_word(name), with_article(noun)), evidence_of(Fact::kClass, subject));
    if (has_height(subject)) {
      out_.say(" ").state(about_en(say_size(subject.height), "m") + " high", evidence_of(Fact::kHeight, subject, subject.height, "m"));
    }
    if (facts_.length > 0) {
      out_.say(" ").state(about_en(say_length(facts_.length), "m") + " long", evidence_of(Fact::kLength, subject, facts_.length, "m"));
      out_.say(" and ").state(about_en(say_size(facts_.width), "m") + " wide", evidence_of(Fact::kWidth, subject, facts_.width, "m"));
    }
    if (facts_.height_rank > 0) {
      constexpr const char* kOrder[] = {"", "second ", "third "};
      out_.say(", ").state(fmt::format("the {}tallest of the {} buildings in the city", kOrder[facts_.height_rank - 1], facts_.buildings),
                           {Fact::kRank, {subject.id}, facts_.height_rank, "count", {}});
    }
    out_.say(".");
  }

  void write_size_and_colours() {
    const Subject& subject = facts_.subject;
    const bool area = subject.area >= 1;
    if (!area && !facts_.wall && !facts_.roof) return;
    if (area) {
      const bool built = city::is_a(subject.object_class, kBuilding);
      out_.say(" ").state(fmt::format("{} {}", built ? "Its footprint covers" : "It covers", about_en(say_area(subject.area), "m²")),
                          evidence_of(Fact::kArea, subject, subject.area, "m2"));
    }
    const char* join = area ? "; " : " ";
    if (facts_.wall && city::is_a(subject.object_class, kVehicle)) {
      out_.say(join).state((area ? "it is " : "It is ") + words_of(*facts_.wall), evidence_of(Fact::kColour, subject)).say(".");
      return;
    }
    if (facts_.wall) {
      out_.say(join).state((area ? "its walls are " : "Its walls are ") + words_of(*facts_.wall), evidence_of(Fact::kColour, subject));
      join = " and ";
    }
    if (facts_.roof) {
      const bool first = !facts_.wall;
      out_.say(join).state((first && !area ? "Its roof is "
                            : first        ? "its roof is "
                                           : "the roof is ") +
                               words_of(*facts_.roof),
                           evidence_of(Fact::kColour, subject));
    }
    out_.say(".");
  }

  static std::string words_of(const ColourWord& colour) {
    return (colour.shade.empty() ? "" : std::string(colour.shade) + " ") + std::string(colour.name);
  }

  void write_where() {
    std::string_view join = std::string_view(" It ");
    bool said = false;
    const auto begin = [&] {
      out_.say(said ? std::string_view(", ") : join);
      said = true;
    };
    const std::string verb = english_verb(facts_.subject);
    if (facts_.part) {
      begin();
      out_.state(fmt::format("{} {}", verb, part_words(*facts_.part)), evidence_of(Fact::kPart, facts_.subject));
    }
    if (facts_.street) {
      begin();
      out_.state(fmt::format("{}by {}", said_verb(verb), english_name(facts_.street->subject)), neighbour(Fact::kStreet, *facts_.street));
    }
    if (!facts_.beside.empty()) {
      begin();
      out_.say(facts_.part || facts_.street ? "next to " : verb + " next to ");
      for (std::size_t i = 0; i < facts_.beside.size(); ++i) {
        if (i > 0) out_.say(" and ");
        out_.state(english_name(facts_.beside[i].subject), neighbour(Fact::kNeighbour, facts_.beside[i]));
      }
    }
    if (facts_.water) write_water(said, verb);
    if (said || facts_.water) out_.say(".");
  }

  std::string said_verb(const std::string& verb) const { return facts_.part ? "" : verb + " "; }

  void write_water(bool said, const std::string& verb) {
    const Neighbour& water = *facts_.water;
    const std::string name = english_name(water.subject);
    out_.say(said ? (facts_.part || facts_.street || !facts_.beside.empty() ? " and " : ", ") : " It " + verb + " ");
    const SaidNumber gap = say_distance(water.gap);
    out_.state(gap.value < 1 ? "right by " + name : fmt::format("{} from {}", about_en(gap, "m"), name), neighbour(Fact::kWater, water));
  }

  Evidence neighbour(Fact fact, const Neighbour& other) const { return {fact, {other.subject.id, facts_.subject.id}, other.gap, "m", {}}; }

  static std::string part_words(CityPart part) {
    if (part == CityPart::kMiddle) return "in the middle of the city";
    return fmt::format("in the {} of the city", wind_en(45.0 * (static_cast<int>(part) - static_cast<int>(CityPart::kNorth))));
  }

  void write_view() {
    if (facts_.hidden) {
      out_.say(" ").state("It is hidden at the moment", evidence_of(Fact::kUnseen, facts_.subject)).say(".");
    } else if (facts_.has_view && !facts_.seen) {
      out_.say(" ").state("It cannot be seen in this view", evidence_of(Fact::kUnseen, facts_.subject)).say(".");
    } else if (facts_.seen) {
      out_.say(" ").state("In this view it is " + english_place(*facts_.seen), evidence_of(Fact::kPlace, *facts_.seen));
      if (facts_.seen->distance > 0) {
        out_.say(", ").state(about_en(say_measured(facts_.seen->distance), "m") + " away",
                             {Fact::kDistance, {facts_.subject.id}, facts_.seen->distance, "m", facts_.seen->share});
      }
      out_.say(".");
    }
  }

  const ObjectSheet& facts_;
  bool named_;
  CaptionWriter out_{editor::Language::kEnglish};
};

}  // namespace

Caption object_caption_en(const ObjectSheet& facts) { return ObjectEnglish(facts).write(); }

}  // namespace skyline::models
