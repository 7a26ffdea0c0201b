// Names in English and Chinese, composed from word lists; no name is given twice in a city.
#pragma once

#include "city/generate/random.h"

#include <set>
#include <string>

namespace skyline::city::procedural {

struct Name {
  std::string english, chinese;
};

enum class NameKind : std::uint8_t {
  kCity,
  kStreet,
  kAvenue,
  kLane,
  kQuay,
  kBridge,
  kRiver,
  kPark,
  kSquare,
  kChurch,
  kTower,
  kHotel,
  kMuseum,
  kSchool,
  kHospital,
  kStation,
  kFactory,
  kWarehouse,
  kOffice,
  kShop,
  kRailway,
  kMonument,
  kParking,
  kPond
};

class Names {
 public:
  explicit Names(Random random) : random_(random) {}
  Name next(NameKind kind);

 private:
  Random random_;
  std::set<std::string> used_;
};

}  // namespace skyline::city::procedural
