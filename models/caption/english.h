// Phrases that English captions of views and of objects share. Private to models/caption.
#pragma once

#include "models/caption/words.h"

#include <string>

namespace skyline::models {

// "about 84 m".
std::string about_en(const SaidNumber& number, const char* unit);
// "the Green River", "Harbour Tower", "an apartment building".
std::string english_name(const Subject& subject);
// stands, rises, lies, runs, is.
std::string english_verb(const Subject& subject);
// "in the foreground on the left".
std::string english_place(const SeenObject& seen);
std::string capital(std::string words);
// Of a name only its article is ours to change.
std::string capital_of_function_word(std::string words);

}  // namespace skyline::models
