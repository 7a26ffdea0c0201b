// Seasons: plants change their colour, snow lies on what faces up. Walls, roads and cars keep theirs but for the snow.
#include "nerf/edit/colour_tools.h"
#include "nerf/edit/surface_effects.h"

namespace skyline::nerf {
namespace {

constexpr glm::vec3 kBark{0.42F, 0.37F, 0.32F}, kDryGrass{0.56F, 0.52F, 0.40F};
// Leaves of autumn, from those that turn first to those that stay green for long.
constexpr glm::vec3 kLeaves[] = {{0.62F, 0.26F, 0.12F}, {0.78F, 0.42F, 0.13F}, {0.85F, 0.62F, 0.17F},
                                 {0.80F, 0.68F, 0.25F}, {0.55F, 0.36F, 0.17F}, {0.58F, 0.58F, 0.24F}};
constexpr glm::vec3 kBlossoms[] = {{0.94F, 0.80F, 0.84F}, {0.93F, 0.91F, 0.88F}};
constexpr glm::vec3 kFreshLeaf{0.56F, 0.70F, 0.32F}, kFreshGrass{0.48F, 0.64F, 0.30F}, kFullLeaf{0.25F, 0.47F, 0.17F};
constexpr glm::vec3 kSnowInShade{0.55F, 0.62F, 0.75F}, kSnowInLight{0.91F, 0.925F, 0.95F};
constexpr float kPatch = 7, kGrain = 1.1F;  // metres of patches of snow and of their ragged edges

// What stands for one tree where the catalogue tells none.
std::uint32_t seed_of_plant(const SurfacePoint& point) {
  if (point.kind() == SurfaceKind::kTree) return hash_of(point.seed());
  constexpr float kCrown = 6;  // metres
  const float wobble = 3 * noise2(point.position.x, point.position.y, 4, 11);
  return hash_at(static_cast<int>(std::floor((point.position.x + wobble) / kCrown)),
                 static_cast<int>(std::floor((point.position.y - wobble) / kCrown)), 0, 5);
}

bool is_tree(const SurfacePoint& point, float grey) {
  // On a lawn and on unknown ground: what does not lie flat is a crown, and what is darker than grass a wood.
  return point.kind() == SurfaceKind::kTree || facing_up(point) < 0.6F || grey < 0.30F;
}

// Share of trees that no catalogue tells of: snow falls through them. It changes slowly with the colour, or noise becomes flecks.
float wood_in(const glm::vec3& colour, const SurfacePoint& point) {
  const bool may_be = point.kind() == SurfaceKind::kUnknown || point.kind() == SurfaceKind::kLawn;
  return may_be ? smooth_step(0.1F, 0.7F, greenness(colour)) * smooth_step(0.42F, 0.2F, luma(colour)) : 0.0F;
}

glm::vec3 autumn(const glm::vec3& colour, const SurfacePoint& point, float strength) {
  const float plants = plants_in(colour, point);
  if (plants <= 0) return colour;
  glm::vec3 leaf = kDryGrass;
  float share = 0.42F;
  if (is_tree(point, luma(colour))) {
    const std::uint32_t seed = seed_of_plant(point);
    // Neighbouring leaves of the row, mixed branch by branch.
    constexpr auto kLast = static_cast<float>(std::size(kLeaves) - 1);
    const float branch = noise3(point.position, 1.6F, seed);
    const float at = std::clamp(unit_of(seed) * kLast + 1.6F * (branch - 0.5F), 0.0F, kLast - 0.001F);
    const auto first = static_cast<std::size_t>(at);
    leaf = mix(kLeaves[first], kLeaves[first + 1], at - static_cast<float>(first));
    share = 1;
  }
  return mix(colour, tinted(colour, leaf) * 1.12F, saturate(plants * share * strength * 1.35F));
}

glm::vec3 spring(const glm::vec3& colour, const SurfacePoint& point, float strength) {
  const float plants = plants_in(colour, point);
  if (plants <= 0) return colour;
  if (!is_tree(point, luma(colour))) return mix(colour, tinted(colour, kFreshGrass) * 1.06F, plants * strength * 0.8F);
  const std::uint32_t seed = seed_of_plant(point);
  glm::vec3 leaf = tinted(colour, kFreshLeaf) * 1.22F;
  if (unit_of(seed) > 0.78F) {
    const glm::vec3 blossom = kBlossoms[seed & 1U];
    const float flowers = smooth_step(0.30F, 0.60F, noise3(point.position, 0.9F, seed));
    leaf = mix(leaf, tinted(colour, blossom) * 1.1F + 0.22F * blossom, 0.85F * flowers);
  }
  return mix(colour, leaf, plants * strength);
}

glm::vec3 summer(const glm::vec3& colour, const SurfacePoint& point, float strength) {
  const float plants = plants_in(colour, point);
  if (plants <= 0) return colour;
  return mix(colour, with_saturation(mix(colour, tinted(colour, kFullLeaf), 0.4F), 1.25F), plants * strength);
}

glm::vec3 winter(const glm::vec3& colour, const SurfacePoint& point, float strength) {
  glm::vec3 bare = colour;
  if (const float plants = plants_in(colour, point); plants > 0) {
    const glm::vec3 wood = tinted(colour, is_tree(point, luma(colour)) ? kBark : kDryGrass) * 0.95F;
    bare = mix(colour, wood, saturate(plants * strength * 1.5F) * 0.9F);
  }
  return mix(bare, snowed_on(bare, point, strength), 1 - 0.65F * wood_in(colour, point));
}

}  // namespace

float facing_up(const SurfacePoint& point) {
  if (point.is_sky) return 0;
  return smooth_step(0.35F, 0.85F, point.normal.z);
}

float plants_in(const glm::vec3& colour, const SurfacePoint& point) {
  if (point.is_sky) return 0;
  const float green = greenness(colour);
  switch (point.kind()) {
    case SurfaceKind::kTree:
      return std::max(green, 0.6F);
    case SurfaceKind::kLawn:
    case SurfaceKind::kUnknown:
      return green;
    default:
      return 0;
  }
}

glm::vec3 snowed_on(const glm::vec3& colour, const SurfacePoint& point, float amount) {
  if (point.is_sky || amount <= 0) return colour;
  float open = facing_up(point);
  switch (point.kind()) {
    case SurfaceKind::kTree:
      open = 0.8F * smooth_step(0.0F, 0.75F, point.normal.z);
      break;
    case SurfaceKind::kRoad:
      amount *= 0.85F;
      open *= 0.62F;  // driven on
      break;
    case SurfaceKind::kWater:
      amount *= 0.35F;
      break;
    default:
      break;
  }
  if (open <= 0) return colour;
  // What stands out of the noise is covered first.
  const float patches =
      0.65F * noise2(point.position.x, point.position.y, kPatch, 1) + 0.35F * noise2(point.position.x, point.position.y, kGrain, 2);
  constexpr float kFeather = 0.22F;
  const float covered = smooth_step(1 - amount - kFeather, 1 - amount + kFeather, 0.15F + 0.8F * patches + 0.25F * amount * amount);
  // Snow keeps the light of the place: shadows stay, in the sky's colour, and what lies below it shows as a trace.
  const float light = luma(colour);
  const float lit = smooth_step(0.02F, 0.36F, light);
  const float trace =
      std::clamp(0.45F * (light - 0.46F), -0.13F, 0.03F) + 0.03F * (noise2(point.position.x, point.position.y, 0.6F, 3) - 0.5F);
  const glm::vec3 snow = mix(kSnowInShade, kSnowInLight, lit) + glm::vec3(trace);
  return mix(colour, snow, open * covered * 0.96F);
}

glm::vec3 in_season(Season season, const glm::vec3& colour, const SurfacePoint& point, float strength) {
  if (point.is_sky) return colour;
  switch (season) {
    case Season::kSpring:
      return spring(colour, point, strength);
    case Season::kSummer:
      return summer(colour, point, strength);
    case Season::kAutumn:
      return autumn(colour, point, strength);
    case Season::kWinter:
      return winter(colour, point, strength);
  }
  return colour;
}

}  // namespace skyline::nerf
