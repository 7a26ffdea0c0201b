// A view in English.
#include "models/caption/caption_writer.h"
#include "models/caption/english.h"

#include <fmt/format.h>

#include <algorithm>

namespace skyline::models {
namespace {

using enum city::ObjectClass;

class ViewEnglish {
 public:
  explicit ViewEnglish(const FactSheet& facts) : facts_(facts) {}

  Caption write() {
    write_view();
    if (!facts_.has_catalogue) {
      write_colours();
      return out_.take();
    }
    if (facts_.seen.empty()) {
      out_.say(" ").state(facts_.sky > 0.98 ? "Only sky is in view" : "None of the known objects is in view", {Fact::kUnseen}).say(".");
      return out_.take();
    }
    if (facts_.main) write_main();
    const bool further = write_second_and_setting();
    write_counts();
    if (!further || !facts_.main) write_shares();
    return out_.take();
  }

 private:
  void write_view() {
    switch (facts_.kind) {
      case ViewKind::kStraightDown:
        out_.state("A view straight down", view());
        break;
      case ViewKind::kBirdsEye:
        out_.state("A bird's-eye view", view());
        break;
      case ViewKind::kOblique:
        out_.state("An oblique view", view());
        break;
      case ViewKind::kLevel:
        out_.state("A level view", view());
        break;
      case ViewKind::kUpward:
        out_.state("A view upwards", view());
        break;
      case ViewKind::kStreet:
        out_.state("A street-level view", view());
        break;
    }
    if (facts_.height && *facts_.height >= 0.5) {
      out_.say(" ").state(fmt::format("from {} above the ground", about_en(say_measured(*facts_.height), "m")),
                          {Fact::kCameraHeight, {}, facts_.height, "m"});
    }
    const std::string wind(wind_en(facts_.heading_deg));
    out_.say(", ").state(facts_.kind == ViewKind::kStraightDown ? "with " + wind + " at the top" : "looking " + wind,
                         {Fact::kHeading, {}, facts_.heading_deg, "deg"});
    if (const std::string light = light_en(facts_.conditions); !light.empty()) out_.say(" ").state(light, {Fact::kLight});
    if (facts_.sky >= kLeastSaidShare) {
      out_.say(", ").state(fmt::format("the sky filling about {} of the picture", say_share(facts_.sky).en),
                           share(Fact::kSky, facts_.sky, {}));
    }
    out_.say(".");
  }

  void write_main() {
    const SeenObject& main = facts_.seen[*facts_.main];
    out_.say(" ");
    if (place_first(main.subject)) {
      out_.state(fmt::format("{} {} {}", capital(english_place(main)), english_verb(main.subject), english_name(main.subject)),
                 evidence_of(Fact::kPlace, main));
      write_size(*facts_.main);
      write_distance(main);
      out_.say(".");
      return;
    }
    const bool named = !name_in(main.subject, editor::Language::kEnglish).empty();
    const std::string subject = named ? english_name(main.subject) : capital(english_name(main.subject));
    out_.state(
        fmt::format("{} {} {}", subject.starts_with("the ") ? capital(subject) : subject, english_verb(main.subject), english_place(main)),
        evidence_of(Fact::kPlace, main));
    write_distance(main);
    write_size(*facts_.main);
    out_.say(".");
  }

  // ", about 84 m high and the tallest building in view"
  void write_size(std::size_t place) {
    const Subject& subject = facts_.seen[place].subject;
    const bool tallest = facts_.tallest == place && facts_.buildings.ids.size() > 1;
    if (has_height(subject)) {
      out_.say(", ").state(about_en(say_size(subject.height), "m") + " high", evidence_of(Fact::kHeight, subject, subject.height, "m"));
    } else if (!subject.line && subject.area >= 100) {
      out_.say(", ").state(about_en(say_area(subject.area), "m²") + " in area", evidence_of(Fact::kArea, subject, subject.area, "m2"));
    }
    if (tallest) out_.say(" and ").state("the tallest building in view", evidence_of(Fact::kTallest, subject, subject.height, "m"));
  }

  void write_distance(const SeenObject& seen) {
    const bool ahead = facts_.kind == ViewKind::kStreet || facts_.kind == ViewKind::kLevel || facts_.kind == ViewKind::kUpward;
    if (!ahead || seen.distance <= 0) return;
    out_.say(", ").state(about_en(say_measured(seen.distance), "m") + " away",
                         {Fact::kDistance, {seen.subject.id}, seen.distance, "m", seen.share});
  }

  // True when anything was said.
  bool write_second_and_setting() {
    const bool setting = facts_.setting && !(facts_.relation && facts_.relation->water == facts_.setting);
    if (!facts_.relation) {
      if (!setting) return false;
      out_.say(" ");
      write_setting(true);
      out_.say(".");
      return true;
    }
    const SeenObject& second = facts_.seen[*facts_.second];
    out_.say(" ").state(fmt::format("{} {} {}", relation_words(), english_verb(second.subject), english_name(second.subject)),
                        relation_evidence());
    write_size(*facts_.second);
    if (setting) {
      out_.say("; ");
      write_setting(false);
    }
    out_.say(".");
    return true;
  }

  std::string relation_words() const {
    using enum SeenRelation::Kind;
    switch (facts_.relation->kind) {
      case kAcross:
        return fmt::format("Across {} from it", river_words(facts_.seen[*facts_.relation->water].subject));
      case kBeside:
        return "Next to it";
      case kBehind:
        return "Behind it";
      case kInFront:
        return "In front of it";
      case kLeft:
        return "To the left of it";
      case kRight:
        break;
    }
    return "To the right of it";
  }

  static std::string river_words(const Subject& water) {
    const std::string words = english_name(water);
    return name_in(water, editor::Language::kEnglish).empty() ? "the " + std::string(noun_of(water.object_class).en) : words;
  }

  Evidence relation_evidence() const {
    Evidence evidence = evidence_of(Fact::kRelation, facts_.seen[*facts_.second]);
    evidence.ids.push_back(facts_.seen[*facts_.main].subject.id);
    if (facts_.relation->water) evidence.ids.push_back(facts_.seen[*facts_.relation->water].subject.id);
    return evidence;
  }

  void write_setting(bool begins) {
    const SeenObject& seen = facts_.seen[*facts_.setting];
    std::string subject = english_name(seen.subject);
    const bool named = !name_in(seen.subject, editor::Language::kEnglish).empty();
    if (begins && (!named || subject.starts_with("the "))) subject = capital(subject);
    out_.state(fmt::format("{} {} {}", subject, english_verb(seen.subject),
                           fills_width(seen) ? "across the whole width of the picture" : english_place(seen)),
               evidence_of(Fact::kPlace, seen));
  }

  static std::string counted(const SeenCount& count) {
    const int number = say_count(count.count);
    const Noun& noun = noun_of(count.object_class);
    const char* const how = count.certainty == SeenCount::Certainty::kAbout     ? "about "
                            : count.certainty == SeenCount::Certainty::kAtLeast ? "at least "
                                                                                : "";
    return fmt::format("{}{} {}", how, number_en(number), number == 1 ? noun.en : noun.en_plural);
  }

  static Evidence count_evidence(const SeenCount& count) { return {Fact::kCount, count.ids, static_cast<double>(count.count), "count"}; }

  void write_counts() {
    std::vector<const SeenCount*> counts;
    for (const SeenCount* const count : {&facts_.buildings, &facts_.trees, &facts_.vehicles}) {
      if (count->count > 0) counts.push_back(count);
    }
    if (counts.empty()) return;
    out_.say(" ").state(capital(counted(*counts.front())), count_evidence(*counts.front()));
    out_.say(counts.front()->count == 1 && counts.size() == 1 ? " is in view"
             : counts.front()->count == 1                     ? " is in view"
                                                              : " are in view");
    if (counts.front() == &facts_.buildings && facts_.most && facts_.buildings.object_class == kBuilding) {
      out_.say(", ").state(fmt::format("most of them {}", noun_of(*facts_.most).en_plural), {Fact::kMost, facts_.most_ids});
    }
    for (std::size_t i = 1; i < counts.size(); ++i) {
      out_.say(i == 1 ? ", along with " : " and ").state(counted(*counts[i]), count_evidence(*counts[i]));
    }
    out_.say(".");
  }

  void write_shares() {
    const bool green = facts_.green >= kLeastSaidShare && !facts_.green_classes.empty(), water = facts_.water >= kLeastSaidShare;
    if (!green && !water) return;
    out_.say(" ");
    if (green) {
      out_.state(fmt::format("{} take up about {} of the picture", capital(greenery()), say_share(facts_.green).en),
                 share(Fact::kShare, facts_.green, facts_.green_ids));
    }
    if (water) {
      out_.say(green ? ", " : "")
          .state(
              fmt::format("{} about {}{}", green ? "water" : "Water takes up", say_share(facts_.water).en, green ? "" : " of the picture"),
              share(Fact::kShare, facts_.water, facts_.water_ids));
    }
    out_.say(".");
  }

  std::string greenery() const {
    std::vector<std::string> parts;
    for (const city::ObjectClass object_class : facts_.green_classes) parts.emplace_back(noun_of(object_class).en_plural);
    if (facts_.green_rest) parts.emplace_back("other greenery");
    std::string words = parts.front();
    for (std::size_t i = 1; i < parts.size(); ++i) words += (i + 1 == parts.size() ? " and " : ", ") + parts[i];
    return words;
  }

  void write_colours() {
    constexpr double kWorthAWord = 0.15;
    if (facts_.colours.empty()) return;
    std::string words = facts_.colours.front().first;
    const bool two = facts_.colours.size() > 1 && facts_.colours[1].second >= kWorthAWord;
    if (two) words += " and " + facts_.colours[1].first;
    out_.say(" ").state(fmt::format("{} {}", two ? "Its main colours are" : "Its main colour is", words),
                        share(Fact::kColours, facts_.colours.front().second, {}));
    out_.say(".");
  }

  static Evidence view() { return {Fact::kView}; }
  static Evidence share(Fact fact, double value, std::vector<std::int32_t> ids) { return {fact, std::move(ids), value, "share", value}; }

  const FactSheet& facts_;
  CaptionWriter out_{editor::Language::kEnglish};
};

}  // namespace

Caption view_caption_en(const FactSheet& facts) { return ViewEnglish(facts).write(); }

}  // namespace skyline::models
