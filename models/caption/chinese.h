// Phrases that Chinese captions of views and of objects share. Private to models/caption.
#pragma once

#include "models/caption/words.h"

#include <string>

namespace skyline::models {

// 约84米.
std::string about_zh(const SaidNumber& number, const char* unit);
// 海港大厦, 一栋住宅楼.
std::string chinese_name(const Subject& subject);
// 前景左侧, 画面中央.
std::string chinese_place(const SeenObject& seen);
// Side by side, with a space where Latin letters meet Chinese ones.
std::string joined_zh(const std::string& first, const std::string& second);

}  // namespace skyline::models
