// A view in Chinese.
#include "models/caption/caption_writer.h"
#include "models/caption/chinese.h"

#include <fmt/format.h>

namespace skyline::models {
namespace {

using enum city::ObjectClass;

class ViewChinese {
 public:
  explicit ViewChinese(const FactSheet& facts) : facts_(facts) {}

  Caption write() {
    write_view();
    if (!facts_.has_catalogue) {
      write_colours();
      return out_.take();
    }
    if (facts_.seen.empty()) {
      out_.state(facts_.sky > 0.98 ? "画面中只有天空" : "画面中没有已知的物体", {Fact::kUnseen}).say("。");
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
    if (const std::string light = light_zh(facts_.conditions); !light.empty()) out_.state(light, {Fact::kLight}).say("，");
    const bool street = facts_.kind == ViewKind::kStreet;
    if (street) out_.state("街景", {Fact::kView}).say("，");
    const bool has_height = facts_.height && *facts_.height >= 0.5;
    if (has_height) {
      out_.state(fmt::format("从离地{}处", about_zh(say_measured(*facts_.height), "米")), {Fact::kCameraHeight, {}, facts_.height, "m"});
    }
    const std::string wind(wind_zh(facts_.heading_deg));
    const Evidence heading{Fact::kHeading, {}, facts_.heading_deg, "deg"};
    if (facts_.kind == ViewKind::kStraightDown) {
      out_.state("垂直俯视", {Fact::kView}).say("，").state("画面上方为" + wind, heading);
    } else {
      out_.state(fmt::format("朝{}方向", wind), heading);
      if (street) {
        out_.say("看去");
      } else {
        out_.state(facts_.kind == ViewKind::kBirdsEye  ? "鸟瞰"
                   : facts_.kind == ViewKind::kOblique ? "斜向俯视"
                   : facts_.kind == ViewKind::kUpward  ? "仰视"
                                                       : "平视",
                   {Fact::kView});
      }
    }
    if (facts_.sky >= kLeastSaidShare) {
      out_.say("，").state(fmt::format("天空约占画面的{}", say_share(facts_.sky).zh), share(Fact::kSky, facts_.sky, {}));
    }
    out_.say("。");
  }

  void write_main() {
    const SeenObject& main = facts_.seen[*facts_.main];
    const bool named = !name_in(main.subject, editor::Language::kChinese).empty();
    const bool turned = place_first(main.subject) || !named;
    out_.state(turned ? joined_zh(chinese_place(main) + "是", chinese_name(main.subject))
                      : joined_zh(chinese_name(main.subject), "位于" + chinese_place(main)),
               evidence_of(Fact::kPlace, main));
    write_distance(main);
    write_size(*facts_.main);
    out_.say("。");
  }

  void write_size(std::size_t place) {
    const Subject& subject = facts_.seen[place].subject;
    if (has_height(subject)) {
      out_.say("，").state("高" + about_zh(say_size(subject.height), "米"), evidence_of(Fact::kHeight, subject, subject.height, "m"));
    } else if (!subject.line && subject.area >= 100) {
      out_.say("，").state("面积" + about_zh(say_area(subject.area), "平方米"), evidence_of(Fact::kArea, subject, subject.area, "m2"));
    }
    if (facts_.tallest == place && facts_.buildings.ids.size() > 1) {
      out_.say("，").state("是画面中最高的建筑", evidence_of(Fact::kTallest, subject, subject.height, "m"));
    }
  }

  void write_distance(const SeenObject& seen) {
    const bool ahead = facts_.kind == ViewKind::kStreet || facts_.kind == ViewKind::kLevel || facts_.kind == ViewKind::kUpward;
    if (!ahead || seen.distance <= 0) return;
    out_.say("，").state("距离" + about_zh(say_measured(seen.distance), "米"),
                         {Fact::kDistance, {seen.subject.id}, seen.distance, "m", seen.share});
  }

  bool write_second_and_setting() {
    const bool setting = facts_.setting && !(facts_.relation && facts_.relation->water == facts_.setting);
    if (facts_.relation) {
      const SeenObject& second = facts_.seen[*facts_.second];
      out_.state(joined_zh(relation_words() + "是", chinese_name(second.subject)), relation_evidence());
      write_size(*facts_.second);
      out_.say(setting ? "；" : "。");
    }
    if (setting) {
      const SeenObject& seen = facts_.seen[*facts_.setting];
      out_.state(joined_zh(chinese_name(seen.subject), setting_words(seen)), evidence_of(Fact::kPlace, seen)).say("。");
    }
    return facts_.relation || setting;
  }

  static std::string setting_words(const SeenObject& seen) {
    if (fills_width(seen)) return "横贯整个画面";
    return (seen.subject.line ? "经过" : "位于") + chinese_place(seen);
  }

  std::string relation_words() const {
    using enum SeenRelation::Kind;
    switch (facts_.relation->kind) {
      case kAcross: {
        const Subject& water = facts_.seen[*facts_.relation->water].subject;
        const std::string name = name_in(water, editor::Language::kChinese);
        return joined_zh(joined_zh("与它隔", name.empty() ? std::string(noun_of(water.object_class).zh) : name), "相望的");
      }
      case kBeside:
        return "它旁边";
      case kBehind:
        return "它后面";
      case kInFront:
        return "它前面";
      case kLeft:
        return "它左边";
      case kRight:
        break;
    }
    return "它右边";
  }

  Evidence relation_evidence() const {
    Evidence evidence = evidence_of(Fact::kRelation, facts_.seen[*facts_.second]);
    evidence.ids.push_back(facts_.seen[*facts_.main].subject.id);
    if (facts_.relation->water) evidence.ids.push_back(facts_.seen[*facts_.relation->water].subject.id);
    return evidence;
  }

  static std::string counted(const SeenCount& count) {
    const Noun& noun = noun_of(count.object_class);
    const char* const how = count.certainty == SeenCount::Certainty::kAbout     ? "约"
                            : count.certainty == SeenCount::Certainty::kAtLeast ? "至少"
                                                                                : "";
    return fmt::format("{}{}{}{}", how, number_zh(say_count(count.count)), noun.measure, noun.zh);
  }

  static Evidence count_evidence(const SeenCount& count) { return {Fact::kCount, count.ids, static_cast<double>(count.count), "count"}; }

  void write_counts() {
    std::vector<const SeenCount*> counts;
    for (const SeenCount* const count : {&facts_.buildings, &facts_.trees, &facts_.vehicles}) {
      if (count->count > 0) counts.push_back(count);
    }
    if (counts.empty()) return;
    out_.say("画面中可见").state(counted(*counts.front()), count_evidence(*counts.front()));
    if (counts.front() == &facts_.buildings && facts_.most && facts_.buildings.object_class == kBuilding) {
      out_.say("，").state(fmt::format("多数是{}", noun_of(*facts_.most).zh), {Fact::kMost, facts_.most_ids});
    }
    for (std::size_t i = 1; i < counts.size(); ++i) {
      out_.say(i == 1 ? "，还有" : "和").state(counted(*counts[i]), count_evidence(*counts[i]));
    }
    out_.say("。");
  }

  void write_shares() {
    const bool green = facts_.green >= kLeastSaidShare && !facts_.green_classes.empty(), water = facts_.water >= kLeastSaidShare;
    if (green) {
      out_.state(fmt::format("{}约占画面的{}", greenery(), say_share(facts_.green).zh),
                 share(Fact::kShare, facts_.green, facts_.green_ids));
    }
    if (water) {
      out_.say(green ? "，" : "")
          .state(fmt::format("水面约占{}{}", green ? "" : "画面的", say_share(facts_.water).zh),
                 share(Fact::kShare, facts_.water, facts_.water_ids));
    }
    if (green || water) out_.say("。");
  }

  std::string greenery() const {
    std::string words;
    const auto& classes = facts_.green_classes;
    for (std::size_t i = 0; i < classes.size(); ++i) {
      if (i > 0) words += i + 1 == classes.size() ? "和" : "、";
      words += classes[i] == kTree ? "树木" : noun_of(classes[i]).zh;
    }
    return words + (facts_.green_rest ? "等绿色植被" : "");
  }

  void write_colours() {
    constexpr double kWorthAWord = 0.15;
    if (facts_.colours.empty()) return;
    std::string words = colour_zh(facts_.colours.front().first);
    if (facts_.colours.size() > 1 && facts_.colours[1].second >= kWorthAWord) words += "和" + colour_zh(facts_.colours[1].first);
    out_.state(fmt::format("画面以{}为主", words), share(Fact::kColours, facts_.colours.front().second, {})).say("。");
  }

  static Evidence share(Fact fact, double value, std::vector<std::int32_t> ids) { return {fact, std::move(ids), value, "share", value}; }

  const FactSheet& facts_;
  CaptionWriter out_{editor::Language::kChinese};
};

}  // namespace

Caption view_caption_zh(const FactSheet& facts) { return ViewChinese(facts).write(); }

}  // namespace skyline::models
