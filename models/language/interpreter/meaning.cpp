#include "models/language/interpreter/meaning.h"

namespace skyline::models {
namespace {

template <typename T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

bool plain(const Query& query) { return query.kind == Query::Kind::kClass; }

}  // namespace

std::string_view Word::feature(std::string_view name) const {
  if (features == nullptr) return {};
  const auto found = features->find(name);
  return found == features->end() ? std::string_view() : std::string_view(found->second);
}

std::optional<Query> merged(const Query& a, const Query& b) {
  if (!plain(a) && !plain(b) && a.kind != b.kind) return std::nullopt;
  if (a.order && b.order) return std::nullopt;
  if (!a.classes.empty() && !b.classes.empty()) return std::nullopt;
  if (!a.name.empty() && !b.name.empty()) return std::nullopt;
  Query both = a;
  if (plain(a)) both.kind = b.kind;
  append(both.classes, b.classes);
  if (both.also_named.empty()) both.also_named = b.also_named;
  if (both.name.empty()) both.name = b.name;
  append(both.ids, b.ids);
  both.plural = a.plural || b.plural;
  both.headless = (a.headless || b.headless) && both.classes.empty();
  append(both.parts, b.parts);
  append(both.measures, b.measures);
  append(both.sizes, b.sizes);
  append(both.colours, b.colours);
  append(both.tags, b.tags);
  append(both.states, b.states);
  append(both.relations, b.relations);
  if (b.order) both.order = b.order;
  if (a.quantity == Quantity::kThe) {
    both.quantity = b.quantity;
    both.count = b.count;
  }
  append(both.except, b.except);
  both.bare = (a.bare || b.bare) && both.quantity == Quantity::kThe && both.kind == Query::Kind::kClass;
  return both;
}

QueryPtr share(Query query) { return std::make_shared<const Query>(std::move(query)); }

}  // namespace skyline::models
