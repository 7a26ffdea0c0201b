// The names of a scene's objects, found in sentences like the words of the lexicon: without regard to case and accents, with slips of
// spelling and by their sound. They are data: an object that is named "delete everything" is an object.
//
//   const Gazetteer names(scene.catalogue(), lexicon);
//   for (const Gazetteer::Match& m : names.match_all(tokens)[2]) ...   // m.name->ids
//
// A constant, cheap to copy; keeps what it needs of the lexicon. Safe from any thread.
#pragma once

#include "city/catalogue.h"
#include "models/language/interpreter/lexicon.h"
#include "models/language/interpreter/normalise.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace skyline::models {

class Gazetteer {
 public:
  // Whole names in both languages, and parts of them that still say which one: "Harbour" of "Harbour Tower", 海港 of 海港大厦; not parts
  // that are words of their own ("Green" of "Green River").
  Gazetteer(const city::Catalogue& catalogue, const Lexicon& lexicon);

  struct Name {
    std::string name;               // as the catalogue has it
    std::vector<std::int32_t> ids;  // of all objects of that name, in order
  };
  std::span<const Name> names() const;

  struct Match {
    std::size_t length = 0;  // tokens
    const Name* name = nullptr;
    bool part = false;       // a part of the name was said
    bool corrected = false;  // a slip of spelling
    double cost = 0;
  };
  // Of every token the names that begin there, longest first.
  std::vector<std::vector<Match>> match_all(std::span<const Token> tokens) const;

 private:
  struct Tables;
  std::shared_ptr<const Tables> tables_;
};

}  // namespace skyline::models
