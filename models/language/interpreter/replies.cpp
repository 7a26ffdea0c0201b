#include "models/language/interpreter/replies.h"

#include "models/language/interpreter/colour_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace skyline::models {
namespace {

using nlohmann::json;

struct Titles {
  std::string_view value, en, zh;
};

constexpr std::array kTitles{Titles{"spring", "spring", "春季"},
                             Titles{"summer", "summer", "夏季"},
                             Titles{"autumn", "autumn", "秋季"},
                             Titles{"winter", "winter", "冬季"},
                             Titles{"clear", "clear sky", "晴天"},
                             Titles{"cloud", "an overcast sky", "阴天"},
                             Titles{"fog", "fog", "雾"},
                             Titles{"rain", "rain", "雨"},
                             Titles{"snow", "snow", "雪"},
                             Titles{"storm", "a storm", "暴风雨"},
                             Titles{"north", "the north", "北方"},
                             Titles{"northeast", "the northeast", "东北方"},
                             Titles{"east", "the east", "东方"},
                             Titles{"southeast", "the southeast", "东南方"},
                             Titles{"south", "the south", "南方"},
                             Titles{"southwest", "the southwest", "西南方"},
                             Titles{"west", "the west", "西方"},
                             Titles{"northwest", "the northwest", "西北方"},
                             Titles{"watercolor", "watercolour", "水彩"},
                             Titles{"oil", "oil painting", "油画"},
                             Titles{"ink", "ink painting", "水墨"},
                             Titles{"sketch", "sketch", "素描"},
                             Titles{"pixel", "pixel art", "像素"},
                             Titles{"comic", "comic", "漫画"},
                             Titles{"cyberpunk", "cyberpunk", "赛博朋克"},
                             Titles{"vintage", "vintage", "复古"},
                             Titles{"blackwhite", "black and white", "黑白"},
                             Titles{"sepia", "sepia", "棕褐色"},
                             Titles{"van_gogh", "van Gogh", "梵高"},
                             Titles{"ukiyo_e", "ukiyo-e", "浮世绘"},
                             Titles{"image", "an image", "图片"},
                             Titles{"video", "a video", "视频"},
                             Titles{"mesh", "a mesh", "网格"},
                             Titles{"points", "points", "点云"},
                             Titles{"depth", "a depth map", "深度图"},
                             Titles{"roof", "the roof of ", "的屋顶"},
                             Titles{"wall", "the walls of ", "的墙面"}};

std::string title(std::string_view value, Language language) {
  for (const Titles& row : kTitles) {
    if (row.value == value) return std::string(language == Language::kChinese ? row.zh : row.en);
  }
  return std::string(value);
}

// One step as a phrase that begins in lower case.
class StepPhrase {
 public:
  StepPhrase(const PlanStep& step, const city::Catalogue& catalogue, Language language)
      : step_(step), catalogue_(catalogue), zh_(language == Language::kChinese), language_(language) {
    who_ = objects_title(step.targets, catalogue, language);
  }

  std::string text() const {
    const std::string& op = step_.op;
    if (op == "select") return select();
    if (op == "remove") return both("remove " + who_, "移除" + who_);
    if (op == "move")
      return both("move " + who_ + " " + offset(step_.arguments.value("offset", json::array())),
                  "把" + who_ + offset(step_.arguments.value("offset", json::array())));
    if (op == "rotate") return rotate();
    if (op == "scale") return scale();
    if (op == "duplicate") return duplicate();
    if (op == "insert") return insert();
    if (op == "replace")
      return both(fmt::format("replace {} with {}", who_, one_of(asset())),
                  fmt::format("把{}换成{}", who_, class_title(asset(), language_)));
    if (op == "recolor") return recolor();
    if (op == "style")
      return both("show " + place() + " in the style " + name_of("style") + strength(),
                  place() + "变为" + name_of("style") + "风格" + strength());
    if (op == "light") return light();
    if (op == "season") return season();
    if (op == "weather") return both(name_of("weather") + strength(), name_of("weather") + strength());
    if (op == "hide") return both("hide " + who_, "隐藏" + who_);
    if (op == "show") return both("show " + (who_.empty() ? "what is hidden" : who_), "显示" + (who_.empty() ? "隐藏的物体" : who_));
    if (op == "isolate") return both("show only " + who_, "只显示" + who_);
    if (op == "camera") return camera();
    if (op == "rename")
      return both(fmt::format("rename {} to “{}”", who_, text_of("name")), fmt::format("把{}改名为“{}”", who_, text_of("name")));
    if (op == "query") return answer();
    if (op == "undo") return steps("undo the last step", "undo the last {} steps", "撤销上一步", "撤销最近 {} 步");
    if (op == "redo") return steps("redo one step", "redo {} steps", "重做一步", "重做 {} 步");
    if (op == "export") return exported();
    return op;
  }

 private:
  std::string both(std::string en, std::string zh) const { return zh_ ? zh : en; }
  std::string text_of(const char* key) const { return step_.arguments.value(key, std::string()); }
  std::string name_of(const char* key) const { return title(text_of(key), language_); }
  double number(const char* key) const { return step_.arguments.contains(key) ? step_.arguments[key].get<double>() : 0; }
  std::string place() const { return who_.empty() ? both("the city", "整个城市") : who_; }
  city::ObjectClass asset() const { return city::find_class(text_of("asset")).value_or(city::ObjectClass::kOther); }

  std::string one_of(city::ObjectClass c) const {
    const std::string word = class_title(c, language_);
    return (std::string_view("aeiou").find(word.front()) != std::string_view::npos ? "an " : "a ") + word;
  }

  std::string strength() const {
    if (!step_.arguments.contains("strength")) return {};
    constexpr double kDefault = 0.6;
    const double value = number("strength");
    if (std::abs(value - kDefault) < 1e-9) return {};
    return both(fmt::format(" ({} %)", short_number(value * 100)), fmt::format("（{}%）", short_number(value * 100)));
  }

  std::string select() const {
    const std::string mode = text_of("mode");
    if (step_.targets.empty()) return both("select nothing", "取消选择");
    if (mode == "add") return both("add " + who_ + " to the selection", "把" + who_ + "加入选择");
    if (mode == "remove") return both("take " + who_ + " out of the selection", "从选择中去掉" + who_);
    return both("select " + who_, "选中" + who_);
  }

  std::string offset(const json& vector) const {
    if (!vector.is_array() || vector.size() != 3) return {};
    constexpr std::array<std::array<std::string_view, 4>, 3> kWords{
        {{"to the east", "to the west", "向东", "向西"}, {"to the north", "to the south", "向北", "向南"}, {"up", "down", "向上", "向下"}}};
    std::string text;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const double metres = vector[axis].get<double>();
      if (std::abs(metres) < 0.05) continue;
      const std::string amount = short_number(std::abs(metres));
      if (!text.empty()) text += both(" and ", "、");
      text += zh_ ? fmt::format("{}移动 {} 米", kWords[axis][metres > 0 ? 2 : 3], amount)
                  : fmt::format("{} m {}", amount, kWords[axis][metres > 0 ? 0 : 1]);
    }
    return text.empty() ? both("by 0 m", "移动 0 米") : text;
  }

  std::string rotate() const {
    const double angle = number("angle");
    const std::string degrees = short_number(std::abs(angle));
    return both(fmt::format("turn {} {}° {}", who_, degrees, angle < 0 ? "clockwise" : "counter-clockwise"),
                fmt::format("把{}{}旋转 {}°", who_, angle < 0 ? "顺时针" : "逆时针", degrees));
  }

  std::string scale() const {
    const json factor = step_.arguments.value("factor", json::array());
    if (!factor.is_array() || factor.size() != 3) return who_;
    const double x = factor[0].get<double>(), y = factor[1].get<double>(), z = factor[2].get<double>();
    const auto times = [](double f) { return fmt::format("{:.3g}", f); };
    if (x == y && y == z)
      return both(fmt::format("make {} {} times as large", who_, times(x)), fmt::format("把{}缩放到原来的 {} 倍", who_, times(x)));
    if (x == 1 && y == 1) {
      std::string to;
      if (step_.targets.size() == 1) {
        if (const city::Object* const object = catalogue_.find(step_.targets.front()); object != nullptr && object->height > 0) {
          to = both(fmt::format(" (to {} m)", short_number(object->height * z)),
                    fmt::format("（到 {} 米）", short_number(object->height * z)));
        }
      }
      return both(fmt::format("make {} {} times as high{}", who_, times(z), to), fmt::format("把{}的高度变为 {} 倍{}", who_, times(z), to));
    }
    return both(fmt::format("scale {} by {} × {} × {}", who_, times(x), times(y), times(z)),
                fmt::format("把{}缩放 {} × {} × {}", who_, times(x), times(y), times(z)));
  }

  std::string duplicate() const {
    const int count = step_.arguments.value("count", 1);
    return both(count == 1 ? "copy " + who_ + " once" : fmt::format("make {} copies of {}", count, who_),
                fmt::format("把{}复制 {} 份", who_, count));
  }

  std::string insert() const {
    const auto count = static_cast<std::size_t>(step_.arguments.value("count", 1));
    const json at = step_.arguments.value("at", json::array());
    std::string where;
    if (at.is_array() && at.size() == 2) {
      const std::string x = short_number(at[0].get<double>()), y = short_number(at[1].get<double>());
      where = both(fmt::format(" at ({}, {})", x, y), fmt::format("在（{}，{}）处", x, y));
    }
    const std::string what = counted_class(asset(), count, language_);
    return both("put " + what + where, where + "放置 " + what);
  }

  std::string recolor() const {
    const std::string part = text_of("part"), colour = colour_phrase(text_of("color"), zh_);
    if (zh_) return fmt::format("把{}{}涂成{}", who_, part == "all" ? "" : title(part, language_), colour);
    return fmt::format("paint {}{} {}", part == "all" ? "" : title(part, language_), who_, colour);
  }

  std::string season() const {
    if (step_.targets.empty()) return name_of("season") + strength();
    return both(fmt::format("{} for {}{}", name_of("season"), who_, strength()),
                fmt::format("{}变为{}{}", who_, name_of("season"), strength()));
  }

  std::string light() const {
    if (step_.arguments.contains("time")) return both("light of " + text_of("time"), text_of("time") + " 的光照");
    return both(fmt::format("the sun at {}° from north, {}° high", short_number(number("azimuth")), short_number(number("elevation"))),
                fmt::format("太阳方位 {}°、高度 {}°", short_number(number("azimuth")), short_number(number("elevation"))));
  }

  std::string camera() const {
    const std::string action = text_of("action");
    const std::string from = step_.arguments.contains("direction") ? name_of("direction") : std::string();
    if (action == "goto") return both("go to " + (who_.empty() ? "that place" : who_), "前往" + (who_.empty() ? "该处" : who_));
    if (action == "orbit")
      return both("circle around " + (who_.empty() ? "the view's centre" : who_), "环绕" + (who_.empty() ? "画面中心" : who_));
    if (action == "top") return both("look from above" + (who_.empty() ? "" : " at " + who_), "俯视" + who_);
    if (action == "street") return both("look from the street" + (who_.empty() ? "" : ": " + who_), "街景视角" + who_);
    if (action == "look_from")
      return both(fmt::format("look{} from {}", who_.empty() ? "" : " at " + who_, from),
                  fmt::format("从{}看{}", from, who_.empty() ? "" : who_));
    return both("fly" + (who_.empty() ? std::string(" on") : " along " + who_), who_.empty() ? "向前飞行" : "沿" + who_ + "飞行");
  }

  std::string steps(std::string_view one, std::string_view many, std::string_view one_zh, std::string_view many_zh) const {
    const int count = step_.arguments.value("steps", 1);
    if (count == 1) return std::string(zh_ ? one_zh : one);
    return fmt::format(fmt::runtime(zh_ ? many_zh : many), count);
  }

  std::string exported() const {
    std::string size;
    if (const json pixels = step_.arguments.value("size", json::array()); pixels.is_array() && pixels.size() == 2) {
      const std::string product = fmt::format("{} × {}", pixels[0].get<int>(), pixels[1].get<int>());
      size = both(" (" + product + ")", "（" + product + "）");
    }
    return both("export " + name_of("kind") + size, "导出" + name_of("kind") + size);
  }

  std::string answer() const {
    const std::string what = text_of("what");
    const json& value = step_.arguments.contains("answer") ? step_.arguments["answer"] : json();
    if (value.is_string()) return value.get<std::string>();
    if (what == "count" && value.is_number()) {
      const auto count = value.get<std::size_t>();
      const city::ObjectClass common =
          step_.targets.empty() || catalogue_.find(step_.targets.front()) == nullptr ? city::ObjectClass::kOther : common_of();
      const std::string many = counted_class(common, count, language_);
      return both((count == 1 ? "there is " : "there are ") + many, "共有 " + many);
    }
    if (what == "list" && value.is_array()) return list(value);
    if (!value.is_number()) return both("no answer", "没有结果");
    const std::string number_text = short_number(value.get<double>());
    if (what == "height")
      return both(fmt::format("{} is {} m high", named(), number_text), fmt::format("{}高 {} 米", named(), number_text));
    if (what == "area")
      return both(fmt::format("{} covers {} m²", named(), number_text), fmt::format("{}占地 {} 平方米", named(), number_text));
    if (what == "distance") return both(fmt::format("the distance is {} m", number_text), fmt::format("距离为 {} 米", number_text));
    return number_text;
  }

  std::string named() const {
    if (step_.targets.size() != 1) return who_;
    const city::Object* const object = catalogue_.find(step_.targets.front());
    return object == nullptr ? who_ : object_title(*object, language_, false);
  }

  city::ObjectClass common_of() const {
    const city::ObjectClass first = catalogue_.find(step_.targets.front())->object_class;
    bool same = true, buildings = true;
    for (const std::int32_t id : step_.targets) {
      const city::Object* const object = catalogue_.find(id);
      if (object == nullptr) return city::ObjectClass::kOther;
      same = same && object->object_class == first;
      buildings = buildings && city::is_a(object->object_class, city::ObjectClass::kBuilding);
    }
    return same ? first : buildings ? city::ObjectClass::kBuilding : city::ObjectClass::kOther;
  }

  std::string list(const json& ids) const {
    constexpr std::size_t kMostListed = 8;
    std::string text;
    std::size_t shown = 0;
    for (const json& id : ids) {
      if (!id.is_number_integer() || shown == kMostListed) break;
      const city::Object* const object = catalogue_.find(id.get<std::int32_t>());
      if (object == nullptr) continue;
      text += (shown++ == 0 ? std::string() : both(", ", "、")) + object_title(*object, language_);
    }
    if (shown == 0) return both("there is none", "没有");
    if (ids.size() > shown) text += both(fmt::format(" and {} more", ids.size() - shown), fmt::format("等 {} 个", ids.size()));
    return text;
  }

  const PlanStep& step_;
  const city::Catalogue& catalogue_;
  bool zh_;
  Language language_;
  std::string who_;
};

std::string sentence(std::string text, Language language) {
  if (text.empty()) return text;
  if (language == Language::kEnglish && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  if (text.back() == '.' || text.ends_with("。") || text.ends_with("？") || text.back() == '?') return text;
  return text + (language == Language::kChinese ? "。" : ".");
}

// What the reference speaks of: "tower", 物体.
std::string kind_title(const Query* query, Language language, bool many) {
  if (query != nullptr && query->classes.size() == 1) return class_title(query->classes.front(), language, many);
  return class_title(city::ObjectClass::kOther, language, many);
}

std::string present_title(const Trouble& trouble, Language language) {
  constexpr std::size_t kMost = 5;
  std::string text;
  for (std::size_t i = 0; i < trouble.present.size() && i < kMost; ++i) {
    if (i > 0) text += language == Language::kChinese ? "、" : ", ";
    text += counted_class(trouble.present[i].first, trouble.present[i].second, language);
  }
  return text;
}

struct Missing {
  std::string_view argument, en, zh;
};
constexpr std::array kMissing{Missing{"direction", "In which direction?", "往哪个方向？"},
                              Missing{"amount", "By how much?", "多少？"},
                              Missing{"place", "Where to?", "移到哪里？"},
                              Missing{"angle", "By how many degrees, or facing where?", "旋转多少度，或朝向哪里？"},
                              Missing{"color", "Which colour?", "什么颜色？"},
                              Missing{"name", "What is its new name?", "新名称是什么？"},
                              Missing{"targets", "Which object?", "哪个物体？"},
                              Missing{"asset", "What should stand there?", "放置什么？"},
                              Missing{"season", "Which season?", "哪个季节？"},
                              Missing{"weather", "Which weather?", "什么天气？"},
                              Missing{"style", "Which style?", "哪种风格？"},
                              Missing{"time", "At what time of day?", "什么时间？"}};

}  // namespace

std::string reply_of(std::span<const PlanStep> steps, const SceneView& scene, Language language) {
  constexpr std::size_t kMostSaid = 6;  // of the steps of a long plan the first ones are said, the others counted
  std::string text;
  SceneView now = scene;
  for (std::size_t i = 0; i < std::min(steps.size(), kMostSaid); ++i) {
    if (i > 0) text += language == Language::kChinese ? "，然后" : ", then ";
    text += StepPhrase(steps[i], now.catalogue(), language).text();
    if (steps.size() > 1) now = now.after({steps[i]});
  }
  if (steps.size() > kMostSaid) {
    const std::size_t more = steps.size() - kMostSaid;
    text += language == Language::kChinese ? fmt::format("，另有 {} 步", more)
                                           : fmt::format(", and {} more step{}", more, more == 1 ? "" : "s");
  }
  return sentence(text, language);
}

std::string question_of(const Trouble& trouble, std::span<const Candidate> candidates, const Reading& reading, const SceneView& scene,
                        Language language) {
  (void)reading;
  (void)scene;
  const bool zh = language == Language::kChinese;
  switch (trouble.kind) {
    case Trouble::Kind::kAmbiguous: {
      constexpr std::size_t kMost = 5;
      std::string list;
      for (std::size_t i = 0; i < candidates.size() && i < kMost; ++i) {
        if (i > 0) list += zh ? "、" : ", ";
        list += candidates[i].label;
      }
      if (candidates.size() > kMost)
        list += zh ? fmt::format("等 {} 个", candidates.size()) : fmt::format(" or one of {} more", candidates.size() - kMost);
      const std::string kind = kind_title(trouble.query, language, false);
      return zh ? fmt::format("哪一个{}？{}", kind, list) : fmt::format("Which {}: {}?", kind, list);
    }
    case Trouble::Kind::kTooFew: {
      const std::string kind = kind_title(trouble.query, language, true);
      return zh ? fmt::format("要 {} 个{}，但只有 {} 个。用这些吗？", trouble.wanted, kind, trouble.found)
                : fmt::format("{} {} were asked for and {} fit. Which are meant?", trouble.wanted, kind, trouble.found);
    }
    case Trouble::Kind::kNoReferent:
      return zh ? "指的是哪个物体？请选中它或说出名称。" : "Which object is meant? Select it or say what it is.";
    default:
      for (const Missing& row : kMissing) {
        if (row.argument == trouble.argument) return std::string(zh ? row.zh : row.en);
      }
      return zh ? "还缺少什么信息？" : "What exactly should be done?";
  }
}

std::string reason_of(const Trouble& trouble, const Reading& reading, const SceneView& scene, Language language) {
  (void)reading;
  (void)scene;
  const bool zh = language == Language::kChinese;
  const std::string present = present_title(trouble, language);
  const std::string there_is = present.empty() ? std::string()
                               : zh            ? fmt::format("场景中有{}。", present)
                                               : fmt::format(" The scene has {}.", present);
  switch (trouble.kind) {
    case Trouble::Kind::kNoSuchName: {
      const std::string name = trouble.query == nullptr ? std::string() : trouble.query->name;
      return zh ? fmt::format("没有名为“{}”的物体。{}", name, there_is) : fmt::format("No object is called “{}”.{}", name, there_is);
    }
    case Trouble::Kind::kNotPossible: {
      if (trouble.argument == "line")
        return zh ? "道路、河流等线状物体不能这样编辑；可以隐藏、移除或改变颜色。"
                  : "Roads, rivers and other lines cannot be changed like that; they can be hidden, removed or painted.";
      if (trouble.argument == "height") return zh ? "平坦的物体没有高度，不能改变高度。" : "Something flat has no height to change.";
      if (trouble.argument == "below zero")
        return zh ? "结果会小于零；请用更小的数值。" : "It would become smaller than nothing; use a smaller amount.";
      if (trouble.argument == "same place") return zh ? "它已经在那里了。" : "It is there already.";
      return zh ? fmt::format("这样不行：{}。", trouble.argument) : fmt::format("This is not possible: {}.", trouble.argument);
    }
    default: {
      const std::string kind = kind_title(trouble.query, language, false);
      const std::size_t before = trouble.emptied ? trouble.emptied->before : 0;
      const bool by_class = !trouble.emptied || trouble.emptied->test == Decision::Test::kClass || before == 0;
      if (by_class) return zh ? fmt::format("场景中没有{}。{}", kind, there_is) : fmt::format("The scene has no {}.{}", kind, there_is);
      return zh ? fmt::format("没有符合描述的{}（{} 个中）。{}", kind, before, there_is)
                : fmt::format("None of {} {} fits the description.{}", before, kind_title(trouble.query, language, true), there_is);
    }
  }
}

std::string unknown_words_question(std::span<const std::string> words, Language language) {
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "“" : (language == Language::kChinese ? "、“" : ", “")) + word + "”";
  return language == Language::kChinese ? fmt::format("不明白{}。是什么意思？", list)
                                        : fmt::format("I do not know what {} means here. Can you say it differently?", list);
}

std::string negated_reason(Language language) {
  return language == Language::kChinese ? "句子说的是不要做，因此没有任何更改。需要时请直接说要做什么。"
                                        : "The sentence says what not to do, so nothing is changed. Say what should be done.";
}

std::string hypothetical_reason(Language language) {
  return language == Language::kChinese
             ? "这只是假设，没有任何更改。想看效果请直接下命令，应用前会先预览，也可以撤销。"
             : "That only asks what would happen, so nothing is changed. Give it as a command: it is previewed first and can be undone.";
}

std::string out_of_domain_reason(Language language) {
  return language == Language::kChinese
             ? "做不到这件事。可以编辑城市中的物体（移除、移动、旋转、缩放、复制、改色），改变季节、天气和光照，移动相机，以及回答数量、高"
               "度和距离。"
             : "That is not something this program does. It edits the objects of the city (remove, move, turn, scale, copy, paint), "
               "changes season, weather and light, moves the camera, and answers how many, how high and how far.";
}

std::string too_long_reason(Language language) {
  return language == Language::kChinese ? "句子太长。请分成几句短的来说。"
                                        : "That is too long to read as one command. Say it in a few shorter sentences.";
}

std::string greeting(std::string_view kind, Language language) {
  const bool zh = language == Language::kChinese;
  if (kind == "thanks" || kind == "praise") return zh ? "不客气。" : "You are welcome.";
  if (kind == "greeting")
    return zh ? "你好。说出要做的修改，例如“移除最高的塔楼”。" : "Hello. Say what to change, for example “remove the tallest tower”.";
  if (kind == "bye") return zh ? "再见。" : "Goodbye.";
  return out_of_domain_reason(language);
}

std::string nothing_pending(Language language, bool cancel) {
  if (cancel) return language == Language::kChinese ? "好的，什么都没有改变。" : "All right, nothing is changed.";
  return language == Language::kChinese ? "没有等待确认的操作。请说出要做什么。" : "Nothing waits for an answer. Say what should be done.";
}

}  // namespace skyline::models
