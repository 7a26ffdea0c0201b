// An object in Chinese.
#include "models/caption/caption_writer.h"
#include "models/caption/chinese.h"

#include <fmt/format.h>

namespace skyline::models {
namespace {

using enum city::ObjectClass;

class ObjectChinese {
 public:
  explicit ObjectChinese(const ObjectSheet& facts) : facts_(facts), named_(!name_in(facts.subject, editor::Language::kChinese).empty()) {}

  Caption write() {
    write_what();
    write_size_and_colours();
    write_where();
    write_view();
    return out_.take();
  }

 private:
  // Clauses of one sentence, parted by commas.
  CaptionWriter& clause() {
    if (in_sentence_) out_.say("，");
    in_sentence_ = true;
    return out_;
  }
  void end_sentence() {
    if (in_sentence_) out_.say("。");
    in_sentence_ = false;
  }

  void write_what() {
    const Subject& subject = facts_.subject;
    const Noun& noun = noun_of(subject.object_class);
    const std::string name = named_ ? chinese_name(subject) : "这";
    clause().state(joined_zh(name, fmt::format("是一{}{}", noun.measure, noun.zh)), evidence_of(Fact::kClass, subject));
    if (has_height(subject)) {
      clause().state("高" + about_zh(say_size(subject.height), "米"), evidence_of(Fact::kHeight, subject, subject.height, "m"));
    }
    if (facts_.length > 0) {
      clause().state("长" + about_zh(say_length(facts_.length), "米"), evidence_of(Fact::kLength, subject, facts_.length, "m"));
      clause().state("宽" + about_zh(say_size(facts_.width), "米"), evidence_of(Fact::kWidth, subject, facts_.width, "m"));
    }
    if (facts_.height_rank > 0) {
      constexpr const char* kOrder[] = {"最高", "高度排第二", "高度排第三"};
      clause().state(fmt::format("在全城{}栋建筑中{}", facts_.buildings, kOrder[facts_.height_rank - 1]),
                     {Fact::kRank, {subject.id}, facts_.height_rank, "count", {}});
    }
    end_sentence();
  }

  void write_size_and_colours() {
    const Subject& subject = facts_.subject;
    if (subject.area >= 1) {
      clause().state("占地" + about_zh(say_area(subject.area), "平方米"), evidence_of(Fact::kArea, subject, subject.area, "m2"));
    }
    const bool vehicle = city::is_a(subject.object_class, kVehicle);
    if (facts_.wall)
      clause().state((vehicle ? "车身为" : "外墙为") + colour_zh(facts_.wall->name, facts_.wall->shade),
                     evidence_of(Fact::kColour, subject));
    if (facts_.roof) clause().state("屋顶为" + colour_zh(facts_.roof->name, facts_.roof->shade), evidence_of(Fact::kColour, subject));
    end_sentence();
  }

  void write_where() {
    if (facts_.part) clause().state("它位于城市" + part_words(*facts_.part), evidence_of(Fact::kPart, facts_.subject));
    if (facts_.street)
      clause().state(joined_zh("在" + chinese_name(facts_.street->subject), "旁"), neighbour(Fact::kStreet, *facts_.street));
    if (!facts_.beside.empty()) {
      clause().say("紧邻");
      for (std::size_t i = 0; i < facts_.beside.size(); ++i) {
        if (i > 0) out_.say("和");
        out_.state(chinese_name(facts_.beside[i].subject), neighbour(Fact::kNeighbour, facts_.beside[i]));
      }
    }
    if (facts_.water) {
      const SaidNumber gap = say_distance(facts_.water->gap);
      const std::string name = chinese_name(facts_.water->subject);
      clause().state(gap.value < 1 ? joined_zh("就在" + name, "边上") : joined_zh("距" + name, about_zh(gap, "米")),
                     neighbour(Fact::kWater, *facts_.water));
    }
    end_sentence();
  }

  Evidence neighbour(Fact fact, const Neighbour& other) const { return {fact, {other.subject.id, facts_.subject.id}, other.gap, "m", {}}; }

  static std::string part_words(CityPart part) {
    if (part == CityPart::kMiddle) return "中部";
    return std::string(wind_zh(45.0 * (static_cast<int>(part) - static_cast<int>(CityPart::kNorth)))) + "部";
  }

  void write_view() {
    if (facts_.hidden) {
      clause().state("它目前是隐藏的", evidence_of(Fact::kUnseen, facts_.subject));
    } else if (facts_.has_view && !facts_.seen) {
      clause().state("当前画面中看不到它", evidence_of(Fact::kUnseen, facts_.subject));
    } else if (facts_.seen) {
      clause().state("它在" + chinese_place(*facts_.seen), evidence_of(Fact::kPlace, *facts_.seen));
      if (facts_.seen->distance > 0) {
        clause().state("距离" + about_zh(say_measured(facts_.seen->distance), "米"),
                       {Fact::kDistance, {facts_.subject.id}, facts_.seen->distance, "m", facts_.seen->share});
      }
    }
    end_sentence();
  }

  const ObjectSheet& facts_;
  bool named_;
  bool in_sentence_ = false;
  CaptionWriter out_{editor::Language::kChinese};
};

}  // namespace

Caption object_caption_zh(const ObjectSheet& facts) { return ObjectChinese(facts).write(); }

}  // namespace skyline::models
