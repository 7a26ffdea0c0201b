#include "city/generate/names.h"

#include <array>
#include <string_view>

namespace skyline::city::procedural {
namespace {

struct Word {
  std::string_view english, chinese;
};

constexpr std::array kWords{
    Word{"Linden", "椴树"},   Word{"Harbour", "海港"},  Word{"Mill", "磨坊"},       Word{"Station", "车站"},  Word{"Garden", "花园"},
    Word{"Market", "集市"},   Word{"Bridge", "桥头"},   Word{"Castle", "城堡"},     Word{"Willow", "柳树"},   Word{"Maple", "枫树"},
    Word{"Chestnut", "栗树"}, Word{"Cherry", "樱花"},   Word{"Silver", "银"},       Word{"Copper", "铜"},     Word{"Amber", "琥珀"},
    Word{"Jade", "翠玉"},     Word{"Lotus", "荷花"},    Word{"Crane", "白鹤"},      Word{"Swan", "天鹅"},     Word{"Falcon", "猎鹰"},
    Word{"Orchard", "果园"},  Word{"Meadow", "草地"},   Word{"Spring", "春泉"},     Word{"Autumn", "金秋"},   Word{"Morning", "晨光"},
    Word{"Evening", "暮色"},  Word{"Northern", "北"},   Word{"Southern", "南"},     Word{"Weaver", "织工"},   Word{"Baker", "面包师"},
    Word{"Potter", "陶匠"},   Word{"Lantern", "灯笼"},  Word{"Bell", "钟"},         Word{"Fountain", "喷泉"}, Word{"Rose", "玫瑰"},
    Word{"Iris", "鸢尾"},     Word{"Plum", "梅花"},     Word{"Bamboo", "竹"},       Word{"Pine", "松树"},     Word{"Cedar", "雪松"},
    Word{"Granite", "花岗"},  Word{"Chapel", "礼拜堂"}, Word{"University", "大学"}, Word{"Theatre", "剧院"},  Word{"Victory", "胜利"},
    Word{"Liberty", "自由"},  Word{"Union", "联合"},    Word{"Republic", "共和"},   Word{"Star", "星"},       Word{"Moon", "月"},
    Word{"Sun", "阳"},        Word{"Cloud", "云"},      Word{"Pearl", "珍珠"},      Word{"Tanner", "皮匠"},   Word{"Glass", "琉璃"},
    Word{"Ferry", "渡口"},    Word{"Sailor", "水手"},   Word{"Merchant", "商人"},   Word{"Scholar", "书生"},  Word{"Painter", "画师"}};

constexpr std::array kSaints{Word{"Saint Anne's", "圣安娜"},        Word{"Saint Martin's", "圣马丁"}, Word{"Saint Nicholas", "圣尼古拉"},
                             Word{"Saint Catherine's", "圣凯瑟琳"}, Word{"Saint George's", "圣乔治"}, Word{"Holy Trinity", "圣三一"},
                             Word{"Saint Mary's", "圣玛丽"},        Word{"Saint Peter's", "圣彼得"},  Word{"All Saints", "诸圣"}};

constexpr std::array kRivers{Word{"Green", "青"},  Word{"Clear", "清"}, Word{"Willow", "柳"}, Word{"Stone", "石"},
                             Word{"Silver", "银"}, Word{"Long", "长"},  Word{"White", "白"},  Word{"Reed", "苇"}};

constexpr std::array kEndings{
    Word{"", "城"},           Word{" Street", "街"},       Word{" Avenue", "大道"},     Word{" Lane", "巷"},      Word{" Quay", "滨河路"},
    Word{" Bridge", "桥"},    Word{" River", "河"},        Word{" Park", "公园"},       Word{" Square", "广场"},  Word{" Church", "教堂"},
    Word{" Tower", "大厦"},   Word{" Hotel", "酒店"},      Word{" Museum", "博物馆"},   Word{" School", "学校"},  Word{" Hospital", "医院"},
    Word{" Station", "站"},   Word{" Works", "工厂"},      Word{" Warehouse", "仓库"},  Word{" House", "商务楼"}, Word{" Shop", "商店"},
    Word{" Railway", "铁路"}, Word{" Monument", "纪念碑"}, Word{" Car Park", "停车场"}, Word{" Pond", "池塘"}};

}  // namespace

Name Names::next(NameKind kind) {
  const Word ending = kEndings[static_cast<std::size_t>(kind)];
  for (int tries = 0;; ++tries) {
    const Word word = kind == NameKind::kChurch  ? random_.pick(kSaints)
                      : kind == NameKind::kRiver ? random_.pick(kRivers)
                                                 : random_.pick(kWords);
    Name name{std::string(word.english) + std::string(ending.english), std::string(word.chinese) + std::string(ending.chinese)};
    if (kind == NameKind::kCity) {
      constexpr std::array kTails{Word{"ford", "津"}, Word{"bridge", "桥"}, Word{"haven", "港"}, Word{"field", "原"}, Word{"mouth", "口"}};
      const Word tail = random_.pick(kTails);
      name = {std::string(word.english) + std::string(tail.english), std::string(word.chinese) + std::string(tail.chinese)};
    }
    if (tries > 20) {  // a large city: two words
      const Word second = random_.pick(kWords);
      name = {std::string(second.english) + " " + name.english, std::string(second.chinese) + name.chinese};
    }
    if (tries > 60) {
      const std::string number = std::to_string(tries - 60);
      name = {name.english + " " + number, name.chinese + number};
    }
    if (used_.insert(name.english).second) return name;
  }
}

}  // namespace skyline::city::procedural
