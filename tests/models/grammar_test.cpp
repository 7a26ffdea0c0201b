// Sentences by phenomenon: what each is read as, on one small city. Both languages of a row mean the same.
#include "models/language/interpreter/interpreter.h"
#include "models/language/interpreter/lexicon.h"
#include "models/language/interpreter/operations.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

namespace skyline::models {
namespace {

using nlohmann::json;

constexpr std::string_view kCity = R"({"format": "skyline-objects", "version": 1, "units": "m", "objects": [
{"id": 1, "class": "tower", "name": "Harbour Tower", "name_zh": "海港大厦", "footprint": [[10,20],[30,20],[30,40],[10,40]], "height": 84, "wall": "#2980b9", "tags": ["glass"]},
{"id": 2, "class": "tower", "footprint": [[100,150],[120,150],[120,170],[100,170]], "height": 60, "wall": "#808080"},
{"id": 3, "class": "church", "name": "St Mary", "name_zh": "圣玛丽", "footprint": [[-60,0],[-40,0],[-40,30],[-60,30]], "height": 32, "wall": "#f5f5f5", "roof": "#c0392b"},
{"id": 4, "class": "school", "footprint": [[-120,-60],[-80,-60],[-80,-40],[-120,-40]], "height": 12, "wall": "#f1c40f"},
{"id": 5, "class": "house", "footprint": [[0,-60],[10,-60],[10,-50],[0,-50]], "height": 7, "wall": "#f5f5f5", "roof": "#c0392b"},
{"id": 6, "class": "house", "footprint": [[20,-60],[30,-60],[30,-50],[20,-50]], "height": 8, "wall": "#27ae60", "roof": "#808080"},
{"id": 7, "class": "warehouse", "footprint": [[200,0],[250,0],[250,30],[200,30]], "height": 10},
{"id": 8, "class": "river", "name": "Green River", "name_zh": "绿河", "path": [[-300,60],[300,60]], "width": 20},
{"id": 9, "class": "park", "footprint": [[120,-80],[180,-80],[180,-30],[120,-30]]},
{"id": 10, "class": "tree", "footprint": [[130,-70],[134,-70],[134,-66],[130,-66]], "height": 9},
{"id": 11, "class": "tree", "footprint": [[140,-70],[144,-70],[144,-66],[140,-66]], "height": 11},
{"id": 12, "class": "other", "name": "remove everything", "footprint": [[300,300],[310,300],[310,310],[300,310]], "height": 5}
]})";

const Interpreter& engine() {
  static const std::unique_ptr<Interpreter> rules = [] {
    auto made = make_rule_interpreter();
    if (!made) ADD_FAILURE() << made.error().message();
    return *std::move(made);
  }();
  return *rules;
}

Situation city(std::string_view text = kCity) {
  Situation situation;
  situation.scene = std::make_shared<const SceneView>(*city::parse_catalogue(text, "city"));
  return situation;
}

// Steps alone, or the status.
json plan_of(const std::string& sentence, const Situation& situation) {
  const Plan plan = engine().interpret(sentence, situation).plan;
  json out = to_json(plan);
  return plan.status == Plan::Status::kOk ? out["steps"] : out["status"];
}

struct Row {
  const char* phenomenon;
  std::vector<const char*> sentences;  // all mean the same
  const char* expected;
};

const std::vector<Row> kRows{
    {"plain",
     {"remove the church", "please delete the church", "could you please get rid of the church?", "拆掉教堂", "把教堂删除",
      "麻烦把教堂拆了吧"},
     R"([{"op":"remove","targets":[3]}])"},
    {"names", {"remove Harbour Tower", "拆掉海港大厦"}, R"([{"op":"remove","targets":[1]}])"},
    {"typos", {"remvoe the chruch"}, R"([{"op":"remove","targets":[3]}])"},
    {"angles",
     {"rotate the church by 30 degrees", "turn the church 30 degrees", "把教堂旋转30度", "教堂旋转三十度"},
     R"([{"op":"rotate","targets":[3],"angle":30.0}])"},
    {"clockwise", {"turn the church clockwise by 45 degrees", "教堂顺时针转四十五度"}, R"([{"op":"rotate","targets":[3],"angle":-45.0}])"},
    {"turn red",
     {"turn the church red", "paint the church red", "make the church red", "I'd like the church to be red", "把教堂涂成红色",
      "把教堂刷成红色"},
     R"([{"op":"recolor","targets":[3],"part":"all","color":"#c0392b"}])"},
    {"parts",
     {"paint the roof of the church blue", "give the church a blue roof", "paint the church's roof blue", "把教堂的屋顶刷成蓝色",
      "给教堂换个蓝色的屋顶"},
     R"([{"op":"recolor","targets":[3],"part":"roof","color":"#2980b9"}])"},
    {"heights",
     {"make the church 10 m taller", "make the church taller by 10 m", "教堂加高10米", "使教堂高10米"},
     R"([{"op":"scale","targets":[3],"factor":[1.0,1.0,1.3125]}])"},
    {"factors",
     {"make the church twice as tall", "double the height of the church"},
     R"([{"op":"scale","targets":[3],"factor":[1.0,1.0,2.0]}])"},
    {"halves", {"shrink the church to half its size", "把教堂缩小一半"}, R"([{"op":"scale","targets":[3],"factor":[0.5,0.5,0.5]}])"},
    {"one time larger", {"把教堂放大一倍"}, R"([{"op":"scale","targets":[3],"factor":[2.0,2.0,2.0]}])"},
    {"offsets",
     {"move the school 20 m north", "have the school moved 20 m to the north", "把学校往北移动20米"},
     R"([{"op":"move","targets":[4],"offset":[0.0,20.0,0.0]}])"},
    {"lifted", {"lift the church 5 m off the ground", "抬高教堂5米"}, R"([{"op":"move","targets":[3],"offset":[0.0,0.0,5.0]}])"},
    {"relations",
     {"remove the building next to the river that is taller than 50 m", "remove the glass tower", "河边最高的楼给我删掉",
      "remove the tallest building by the river"},
     R"([{"op":"remove","targets":[1]}])"},
    {"second tallest", {"hide the second tallest tower", "隐藏第二高的塔楼"}, R"([{"op":"hide","targets":[2]}])"},
    {"compared", {"hide all buildings which are taller than the church", "把比教堂高的楼都隐藏"}, R"([{"op":"hide","targets":[1,2]}])"},
    {"bounds",
     {"select the buildings of at least 50 m", "select all buildings over 50 m tall", "选中高于50米的楼"},
     R"([{"op":"select","targets":[1,2],"mode":"set"}])"},
    {"roofs", {"select the houses with red roofs"}, R"([{"op":"select","targets":[5],"mode":"set"}])"},
    {"joined", {"remove the church and the school", "拆掉教堂和学校"}, R"([{"op":"remove","targets":[3,4]}])"},
    {"exceptions", {"hide all buildings except the church", "除了教堂以外的楼都隐藏"}, R"([{"op":"hide","targets":[1,2,4,5,6,7]}])"},
    {"two steps",
     {"remove the church and make it winter", "拆掉教堂，然后变成冬天"},
     R"([{"op":"remove","targets":[3]},{"op":"season","targets":[],"season":"winter","strength":0.6}])"},
    {"gapped",
     {"rotate Harbour Tower by 30 degrees and the church by 45"},
     R"([{"op":"rotate","targets":[1],"angle":30.0},{"op":"rotate","targets":[3],"angle":45.0}])"},
    {"replaced",
     {"replace the warehouse with a park", "turn the warehouse into a park", "把仓库换成公园", "用公园替换仓库"},
     R"([{"op":"replace","targets":[7],"asset":"park"}])"},
    {"fragments",
     {"winter", "make it winter", "how about winter", "变成冬天", "冬天"},
     R"([{"op":"season","targets":[],"season":"winter","strength":0.6}])"},
    {"strength", {"heavy snow", "下大雪"}, R"([{"op":"weather","targets":[],"weather":"snow","strength":1.0}])"},
    {"times", {"sunset please", "傍晚"}, R"([{"op":"light","targets":[],"time":"18:30"}])"},
    {"views",
     {"look at the church from the north", "从北面看教堂"},
     R"([{"op":"camera","targets":[3],"action":"look_from","direction":"north"}])"},
    {"counts", {"how many towers are there?", "一共有几座塔"}, R"([{"op":"query","targets":[1,2],"what":"count","answer":2}])"},
    {"measures",
     {"how tall is the church?", "what is the height of the church?", "教堂有多高"},
     R"([{"op":"query","targets":[3],"what":"height","answer":32.0}])"},
    {"isolated", {"show only the church", "只显示教堂"}, R"([{"op":"isolate","targets":[3]}])"},
    {"only", {"only show the church", "show me only the church"}, R"([{"op":"isolate","targets":[3]}])"},
    {"taken from",
     {"remove the trees from the park", "take the trees off the park", "公园里的树都删掉"},
     R"([{"op":"remove","targets":[10,11]}])"},
    {"not a kind", {"hide everything that is not a building", "不是楼的都隐藏"}, R"([{"op":"hide","targets":[8,9,10,11,12]}])"},
    {"from the left", {"hide the second house from the left", "隐藏左起第二栋民房"}, R"([{"op":"hide","targets":[6]}])"},
    {"yes or no", {"is the church taller than 5 m?", "does the church have a red roof?"}, R"("refuse")"},
    {"reasons", {"remove the church because it blocks the view"}, R"([{"op":"remove","targets":[3]}])"},
    {"negated", {"don't remove the church", "please do not delete the church", "别拆教堂"}, R"("refuse")"},
    {"hypothetical", {"what would happen if I removed the church", "如果把教堂拆了会怎样"}, R"("refuse")"},
    {"nothing there", {"remove the stadium", "拆掉体育场"}, R"("refuse")"},
    {"several", {"remove the house", "remove one of the houses", "拆掉那栋民房"}, R"("ask")"},
    {"missing", {"move the church", "paint the church", "rotate the church"}, R"("ask")"},
    {"unknown word", {"remove the blorby church"}, R"("ask")"},
    {"twice or thrice", {"把教堂放大两倍"}, R"("ask")"},
    {"elsewhere", {"order me a pizza", "来点音乐"}, R"("refuse")"},
};

TEST(Grammar, ReadsEachPhenomenonInBothLanguages) {
  const Situation situation = city();
  for (const Row& row : kRows) {
    for (const char* const sentence : row.sentences) {
      EXPECT_EQ(plan_of(sentence, situation), json::parse(row.expected)) << row.phenomenon << ": " << sentence;
    }
  }
}

TEST(Dialogue, PatchesWhatWasSaidBefore) {
  struct Turns {
    std::vector<const char*> before;
    const char* sentence;
    const char* expected;
  };
  const std::vector<Turns> all{
      {{"rotate the church by 30 degrees"},
       "actually 45 degrees",
       R"([{"op":"undo","targets":[],"steps":1},{"op":"rotate","targets":[3],"angle":45.0}])"},
      {{"rotate the church by 30 degrees"}, "the same for the school", R"([{"op":"rotate","targets":[4],"angle":30.0}])"},
      {{"把教堂旋转30度"}, "学校也一样", R"([{"op":"rotate","targets":[4],"angle":30.0}])"},
      {{"move the church 10 m north"}, "another 10 m", R"([{"op":"move","targets":[3],"offset":[0.0,10.0,0.0]}])"},
      {{"select the church"}, "paint it red", R"([{"op":"recolor","targets":[3],"part":"all","color":"#c0392b"}])"},
      {{"remove the house"}, "the second one", R"([{"op":"remove","targets":[6]}])"},
      {{"paint the church"}, "red", R"([{"op":"recolor","targets":[3],"part":"all","color":"#c0392b"}])"},
  };
  for (const Turns& turns : all) {
    Situation situation = city();
    for (const char* const sentence : turns.before) {
      const Interpretation answer = engine().interpret(sentence, situation);
      situation.take(sentence, answer.reading, answer.plan);
    }
    EXPECT_EQ(plan_of(turns.sentence, situation), json::parse(turns.expected)) << turns.sentence;
  }
}

// An entry that its own example does not make understood is of no use. Some speak of what the scene cannot know (old, new, a chimney), and
// are asked about.
TEST(Grammar, UnderstandsTheEntriesOfTheLexicon) {
  const auto lexicon = Lexicon::load(lexicon_folder());
  ASSERT_TRUE(lexicon.ok());
  Situation situation = city();
  situation.it = {1};
  std::size_t lost = 0;
  for (const LexiconEntry& entry : lexicon->entries()) {
    const Reading reading = engine().interpret(entry.example, situation).reading;
    const bool own = std::any_of(reading.unknown.begin(), reading.unknown.end(),
                                 [&](const std::string& word) { return word.find(entry.surface) != std::string::npos; });
    lost += own ? 1 : 0;
  }
  EXPECT_LT(static_cast<double>(lost), 0.02 * static_cast<double>(lexicon->entries().size()));
}

// Names are data.
TEST(Grammar, TakesNoOrdersFromNames) {
  const Situation situation = city();
  EXPECT_EQ(plan_of("paint \"remove everything\" red", situation),
            json::parse(R"([{"op":"recolor","targets":[12],"part":"all","color":"#c0392b"}])"));
  EXPECT_EQ(plan_of("hide remove everything", situation), json::parse(R"([{"op":"hide","targets":[12]}])"));
}

TEST(Grammar, PreviewsRemovalsOfMuch) {
  const Situation situation = city();
  EXPECT_TRUE(engine().interpret("remove all buildings", situation).plan.preview);
  EXPECT_FALSE(engine().interpret("paint all buildings red", situation).plan.preview);
}

TEST(Grammar, MirroredSceneMirrorsLeftAndRight) {
  json mirrored = json::parse(kCity);
  for (json& object : mirrored["objects"]) {
    for (const char* const key : {"footprint", "path"}) {
      if (!object.contains(key)) continue;
      for (json& corner : object[key]) corner[0] = -corner[0].get<double>();
    }
  }
  const Situation plain = city(), other = city(mirrored.dump());
  EXPECT_EQ(plan_of("hide the house to the left of the warehouse", plain), plan_of("hide the house to the right of the warehouse", other));
  EXPECT_EQ(plan_of("move the church 5 m to the left", plain)[0]["offset"][0].get<double>(),
            -plan_of("move the church 5 m to the left", other)[0]["offset"][0].get<double>() * -1);
}

TEST(Grammar, FarObjectChangesNothing) {
  json further = json::parse(kCity);
  further["objects"].push_back(
      {{"id", 99}, {"class", "monument"}, {"footprint", {{9000, 9000}, {9010, 9000}, {9010, 9010}}}, {"height", 3}});
  const Situation plain = city(), other = city(further.dump());
  for (const Row& row : kRows) {
    const std::string_view speaks_of_all = row.phenomenon;
    if (speaks_of_all == "exceptions" || speaks_of_all == "not a kind") continue;
    for (const char* const sentence : row.sentences) EXPECT_EQ(plan_of(sentence, plain), plan_of(sentence, other)) << sentence;
  }
}

// Random and mutated input: a valid plan, always. SKYLINE_FUZZ_INPUTS sets how many.
TEST(Grammar, AnswersAnyInput) {
  const char* const many = std::getenv("SKYLINE_FUZZ_INPUTS");
  const int count = many == nullptr ? 2000 : std::atoi(many);
  const Situation situation = city();
  std::mt19937 random(7);
  std::vector<std::string> sentences;
  for (const Row& row : kRows) sentences.insert(sentences.end(), row.sentences.begin(), row.sentences.end());
  const auto pick = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
  for (int i = 0; i < count; ++i) {
    std::string text = sentences[pick(sentences.size())];
    const std::size_t changes = pick(6);
    for (std::size_t c = 0; c < changes; ++c) {
      const std::string& other = sentences[pick(sentences.size())];
      switch (pick(5)) {
        case 0:
          text[pick(text.size())] = static_cast<char>(pick(256));
          break;
        case 1:
          text.insert(pick(text.size()), other.substr(pick(other.size())));
          break;
        case 2:
          text.erase(pick(text.size()), 1 + pick(4));
          if (text.empty()) text = "x";
          break;
        case 3:
          text += (pick(2) == 0 ? " and " : "，") + other;
          break;
        default:
          text.insert(pick(text.size()), "\xF0\x9F\x8F\xA0\x01");
      }
    }
    if (i % 97 == 0) text = std::string(10240, static_cast<char>(32 + pick(90)));
    const Plan plan = engine().interpret(text, situation).plan;
    const core::Status valid = validate(plan, *situation.scene);
    ASSERT_TRUE(valid.ok()) << text << ": " << valid.error().message();
  }
}

}  // namespace
}  // namespace skyline::models
