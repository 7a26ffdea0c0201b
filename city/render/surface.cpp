#include "city/render/surface.h"

#include "city/render/facade.h"
#include "city/render/noise.h"

#include <glm/common.hpp>
#include <glm/exponential.hpp>
#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>

namespace skyline::city {
namespace {

// One relief of a surface: grain of all sizes and blotches, both as relative change of the albedo.
struct Grain {
  float fine = 0.1F;    // strength of an octave
  float size = 1;       // of the largest octave's cells, metres
  int count = 6;        // octaves
  float gain = 0.85F;   // from one octave to the next finer
  float blotch = 0.1F;  // strength of patches several metres wide
};

float grain(glm::vec2 p, const Grain& g, float footprint, std::uint32_t seed) {
  return 1 + g.fine * octaves(p, g.size, g.count, g.gain, footprint, seed) + g.blotch * octaves(p, 7.0F, 3, 0.7F, footprint, seed + 7);
}

// Share of patches where a noise of `octave_count` octaves exceeds a threshold that is soft between low and high. Pixels too coarse for the
// patches show their mean share: the noise is nearly normal, one octave of variance 0.184 (that of value noise with a cubic fade).
struct Patches {
  float size = 3;  // of the largest octave's cells, metres
  int count = 4;   // octaves
  float gain = 0.7F;
  float low = 0.3F, high = 0.8F;
};

float mean_share(const Patches& patches) {
  constexpr float kVariance = 0.184F, kStepVariance = 0.05F;  // of a smooth step's slope, of its width squared
  float variance = 0, strength = 1;
  for (int i = 0; i < patches.count; ++i) {
    variance += strength * strength * kVariance;
    strength *= patches.gain;
  }
  const float width = patches.high - patches.low, middle = 0.5F * (patches.low + patches.high);
  return 0.5F * std::erfc(middle / std::sqrt(2 * (variance + kStepVariance * width * width)));
}

float patch_share(glm::vec2 p, const Patches& patches, float footprint, std::uint32_t seed) {
  const float visible = visible_share(0.35F * patches.size, footprint);
  float share = 0;
  if (visible > 0) {
    const float value = octaves(p, patches.size, patches.count, patches.gain, footprint, seed);
    share = visible * glm::smoothstep(patches.low, patches.high, value);
  }
  return visible < 1 ? share + (1 - visible) * mean_share(patches) : share;
}

// Random tone of a cell of a regular pattern, mean 0, faded where cells are finer than pixels.
float cell_tone(float column, float row, glm::vec2 size, float footprint, std::uint32_t seed) {
  return (2 * hash_unit(lattice(column), lattice(row), seed) - 1) * visible_share(std::min(size.x, size.y), footprint);
}

// Units laid in courses (bricks, blocks, slabs, tiles): the tone of the unit and the share of joints.
struct Courses {
  float tone = 0;   // mean 0, within [-1, 1]
  float joint = 0;  // share of the pixel
};

Courses courses(glm::vec2 p, glm::vec2 unit, float joint, float shift, float footprint, std::uint32_t seed) {
  const float row = std::floor(p.y / unit.y);
  const float x = p.x + shift * unit.x * std::fmod(std::abs(row), 2.0F);
  const float across = pulse_share(x + 0.5F * joint, unit.x, joint, footprint),
              along = pulse_share(p.y + 0.5F * joint, unit.y, joint, footprint);
  return {.tone = cell_tone(std::floor(x / unit.x), row, unit, footprint, seed), .joint = 1 - (1 - across) * (1 - along)};
}

// Thin dark lines where a slow noise passes through 0: cracks and seams of asphalt.
float cracks(glm::vec2 p, float size, float width, float footprint, std::uint32_t seed) {
  const float value = noise(p / size, seed) + 0.35F * noise(p * (3 / size), seed + 1);
  const float distance = std::abs(value) * size * 0.5F;
  return glm::clamp((0.5F * (width + footprint) - distance) / footprint, 0.0F, 1.0F) * std::min(1.0F, width / footprint) *
         visible_share(size, footprint);
}

glm::vec2 hash_shift(std::uint32_t seed) { return {hash_unit(seed, 1) * 64, hash_unit(seed, 2) * 64}; }

glm::vec3 brightened(glm::vec3 colour, float factor) { return colour * std::max(0.0F, factor); }

// Rain leaves dark streaks on walls and dirt gathers at their foot and under eaves.
float wall_stains(glm::vec2 uv, float height, float weathering, float footprint, std::uint32_t seed) {
  const float streak = octaves(glm::vec2(uv.x, uv.y * 0.12F), 0.8F, 4, 0.8F, footprint, seed + 50);
  const float foot = std::exp(-std::max(uv.y, 0.0F) / 0.7F) * (0.7F + 0.5F * octaves(uv, 0.6F, 3, 0.7F, footprint, seed + 60));
  const float eaves = height > 0 ? std::exp(-std::max(height - uv.y, 0.0F) / 0.9F) : 0.0F;
  return glm::clamp(1 - weathering * (0.20F * streak + 0.45F * foot + 0.22F * eaves), 0.25F, 1.3F);
}

}  // namespace

float decode_srgb(float encoded) { return encoded <= 0.04045F ? encoded / 12.92F : std::pow((encoded + 0.055F) / 1.055F, 2.4F); }
glm::vec3 decode_srgb(glm::vec3 encoded) { return {decode_srgb(encoded.r), decode_srgb(encoded.g), decode_srgb(encoded.b)}; }

Surfaces::Surfaces(const CityModel& model, const RenderSettings& settings, bool lights_on)
    : model_(&model),
      season_(season_of(settings)),
      snow_(season_ == Season::kWinter ? static_cast<float>(settings.snow) : 0.0F),
      wet_(settings.sky == "overcast" && season_ != Season::kWinter ? 0.35F : 0.0F),
      lights_on_(lights_on) {
  for (const Material& material : model.materials)
    linear_.push_back({decode_srgb(glm::clamp(material.color, 0.0F, 1.0F)), decode_srgb(glm::clamp(material.color2, 0.0F, 1.0F))});
}

SurfaceLook Surfaces::look(const SurfacePoint& point, std::uint16_t material_index) const {
  const Material& material = model_->materials[material_index];
  SurfaceLook look = textured(point, material, linear_[material_index]);
  if (material.part == Part::kWall || material.facade >= 0) {
    const Facade* const facade = material.facade >= 0 ? &model_->facades[static_cast<std::size_t>(material.facade)] : nullptr;
    const std::uint32_t seed = facade != nullptr ? facade->seed : point.seed;
    if (material.texture != Texture::kGlass)
      look.albedo *= wall_stains(point.uv, facade != nullptr ? facade->height : 0.0F, material.weathering, point.footprint, seed);
    if (facade != nullptr) paint_facade(*facade, point, material.weathering, lights_on_, look);
  }
  apply_season(point, material, look);
  look.albedo = glm::clamp(look.albedo, 0.004F, 0.92F);
  return look;
}

SurfaceLook Surfaces::textured(const SurfacePoint& point, const Material& material, const LinearMaterial& colours) const {
  SurfaceLook look;
  look.normal = point.normal;
  look.part = material.part;
  look.mirror = material.gloss;
  const float w = point.footprint;
  const float scale = std::max(material.scale, 0.05F);
  const bool open_ground = material.part == Part::kGround || material.part == Part::kGrass || material.part == Part::kWater;
  const glm::vec2 p = open_ground ? glm::vec2(point.position) : point.uv + hash_shift(point.seed);
  const glm::vec2 q = open_ground ? p : point.uv;  // regular patterns begin at the surface's own corner
  const std::uint32_t seed = static_cast<std::uint32_t>(material.texture) * 1009;
  const glm::vec3 a = colours.color * point.tint, b = colours.color2 * point.tint;
  const float aged = material.weathering;
  glm::vec3 albedo = a;

  switch (material.texture) {
    case Texture::kPlain:
      albedo = brightened(a, grain(p, {.fine = 0.05F, .blotch = 0.06F * aged}, w, seed));
      break;
    case Texture::kPlaster:
      albedo = brightened(a, grain(p, {.fine = 0.105F, .size = 1.2F, .blotch = 0.10F + 0.15F * aged}, w, seed));
      // Patches where the coat was mended or came off.
      albedo = glm::mix(albedo, b,
                        0.5F * aged * patch_share(p, {.size = 2.2F, .count = 3, .gain = 0.6F, .low = 0.55F, .high = 0.75F}, w, seed + 30));
      break;
    case Texture::kBrick: {
      const Courses brick = courses(q, glm::vec2(0.25F, 0.077F) * scale, 0.011F * scale, 0.5F, w, seed);
      // Lots of one firing: bands and heaps of bricks that differ.
      const float lots = 0.16F * octaves(p, 1.1F, 5, 0.9F, w, seed + 3);
      albedo = glm::mix(brightened(a, 1 + 0.35F * brick.tone + lots), b, brick.joint);
      break;
    }
    case Texture::kStone: {
      const Courses block = courses(q, glm::vec2(0.9F, 0.42F) * scale, 0.02F, 0.5F, w, seed);
      albedo = glm::mix(brightened(a, (1 + 0.14F * block.tone) * grain(p, {.fine = 0.09F, .size = 0.8F, .blotch = 0.12F}, w, seed)), b,
                        block.joint * 0.8F);
      break;
    }
    case Texture::kConcrete: {
      const Courses panel = courses(q, glm::vec2(3.0F, 1.5F) * scale, 0.025F, 0.0F, w, seed);
      albedo = brightened(a, (1 + 0.06F * panel.tone) * grain(p, {.fine = 0.10F, .size = 1.6F, .blotch = 0.12F + 0.15F * aged}, w, seed));
      albedo = glm::mix(albedo, b, panel.joint * 0.7F);
      break;
    }
    case Texture::kGlass: {
      const Courses pane = courses(q, glm::vec2(1.5F, 1.75F) * scale, 0.06F, 0.0F, w, seed);
      albedo = glm::mix(brightened(a, 1 + 0.45F * pane.tone), b, pane.joint);
      look.mirror = std::max(material.gloss, 0.10F) * (1 - pane.joint) * (1 + 0.35F * pane.tone);
      break;
    }
    case Texture::kMetal:
      albedo = brightened(a, grain(p, {.fine = 0.05F, .size = 0.5F, .count = 4, .blotch = 0.08F * aged}, w, seed));
      break;
    case Texture::kWood: {
      const float plank = std::floor(q.x / (0.15F * scale));
      const float tone = cell_tone(plank, 0, glm::vec2(0.15F * scale), w, seed);
      albedo = brightened(a, 1 + 0.22F * tone + 0.14F * octaves(glm::vec2(p.x * 4, p.y * 0.5F), 0.8F, 4, 0.8F, w, seed));
      albedo = glm::mix(albedo, b, pulse_share(q.x, 0.15F * scale, 0.012F, w));
      break;
    }
    case Texture::kTiles: {
      const glm::vec2 unit = glm::vec2(0.28F, 0.36F) * scale;
      const Courses tile = courses(q, unit, 0.03F * scale, 0.5F, w, seed);
      // Each course is lit at its lower edge and shaded below the one above.
      const float height = q.y / unit.y - std::floor(q.y / unit.y);
      const float slope = 0.25F * visible_share(unit.y, w) * (height - 0.5F);
      const float moss = aged * patch_share(p, {.size = 1.4F, .count = 5, .gain = 0.8F, .low = 0.35F, .high = 0.9F}, w, seed + 9);
      albedo = brightened(a, 1 + 0.22F * tile.tone - slope + 0.2F * octaves(p, 1.6F, 6, 0.95F, w, seed + 4));
      albedo = glm::mix(albedo, b, 0.6F * tile.joint);
      albedo = glm::mix(albedo, glm::vec3(0.10F, 0.11F, 0.06F), 0.6F * moss);
      break;
    }
    case Texture::kSheet: {
      const float pan = 0.55F * scale, sheet = std::floor(q.x / pan);
      const float tone = cell_tone(sheet, std::floor(q.y / 6), glm::vec2(pan), w, seed);
      const float seam = pulse_share(q.x, pan, 0.04F, w);
      albedo = brightened(a, 1 + 0.07F * tone + 0.085F * octaves(glm::vec2(p.x, p.y * 0.3F), 1.5F, 5, 0.9F, w, seed));
      albedo = glm::mix(albedo, glm::vec3(0.22F, 0.11F, 0.05F),
                        0.5F * aged * patch_share(p, {.size = 2.5F, .count = 5, .gain = 0.8F, .low = 0.3F, .high = 0.9F}, w, seed + 5));
      albedo = glm::mix(albedo, b * 0.6F, seam);
      break;
    }
    case Texture::kGravel: {
      albedo = brightened(a, grain(p, {.fine = 0.17F, .size = 0.9F, .count = 6, .gain = 1.0F, .blotch = 0.13F}, w, seed));
      // Bitumen shows through where water stands.
      albedo =
          glm::mix(albedo, b, 0.55F * patch_share(p, {.size = 3.2F, .count = 4, .gain = 0.65F, .low = 0.35F, .high = 0.8F}, w, seed + 8));
      break;
    }
    case Texture::kAsphalt: {
      albedo = brightened(a, grain(p, {.fine = 0.14F, .size = 0.8F, .count = 6, .gain = 0.95F, .blotch = 0.12F}, w, seed));
      // Mended rectangles, some darker and some lighter; cracks; oil.
      const glm::vec2 plot = glm::floor(p / glm::vec2(6.3F, 5.1F));
      const std::uint32_t key = hash_bits(lattice(plot.x), lattice(plot.y), seed);
      if (hash_unit(key, 1) < 0.22F * (0.4F + aged)) {
        const glm::vec2 local = p - (plot + 0.5F) * glm::vec2(6.3F, 5.1F);
        const glm::vec2 half{0.6F + 2.0F * hash_unit(key, 2), 0.5F + 1.4F * hash_unit(key, 3)};
        const float inside = std::min(half.x - std::abs(local.x), half.y - std::abs(local.y));
        const float patch = edge_share(inside, w);
        albedo *= glm::mix(1.0F, hash_unit(key, 4) < 0.6F ? 0.68F : 1.22F, patch * visible_share(2.0F, w));
        albedo *= 1 - 0.3F * edge_share(0.05F - std::abs(inside), w) * std::min(1.0F, 0.1F / w);
      }
      albedo *= 1 - 0.5F * aged * cracks(p, 4.1F, 0.05F, w, seed + 21);
      albedo *= 1 - 0.22F * patch_share(p, {.size = 1.9F, .count = 3, .gain = 0.7F, .low = 0.5F, .high = 0.95F}, w, seed + 13);
      break;
    }
    case Texture::kPaving: {
      const Courses slab = courses(q, glm::vec2(0.6F, 0.6F) * scale, 0.018F, 0.5F, w, seed);
      albedo = brightened(
          a, (1 + 0.15F * slab.tone) * grain(p, {.fine = 0.14F, .size = 0.8F, .count = 6, .gain = 0.95F, .blotch = 0.12F}, w, seed));
      albedo = glm::mix(albedo, b, 0.75F * slab.joint);
      break;
    }
    case Texture::kCobbles: {
      const Courses stone = courses(q, glm::vec2(0.16F, 0.12F) * scale, 0.022F, 0.5F, w, seed);
      albedo = brightened(a, 1 + 0.3F * stone.tone + 0.15F * octaves(p, 1.1F, 6, 0.95F, w, seed + 4));
      albedo = glm::mix(albedo, b, 0.8F * stone.joint);
      break;
    }
    case Texture::kSoil:
      albedo = brightened(a, grain(p, {.fine = 0.16F, .size = 1.4F, .count = 7, .gain = 0.9F, .blotch = 0.16F}, w, seed));
      albedo = glm::mix(albedo, b, patch_share(p, {.size = 2.6F, .count = 4, .gain = 0.7F, .low = -0.2F, .high = 0.7F}, w, seed + 3));
      break;
    case Texture::kBallast:
      albedo = brightened(a, grain(p, {.fine = 0.2F, .size = 0.6F, .count = 5, .gain = 1.0F, .blotch = 0.1F}, w, seed));
      albedo = glm::mix(albedo, glm::vec3(0.16F, 0.08F, 0.045F),
                        0.35F * patch_share(p, {.size = 2.8F, .count = 3, .gain = 0.7F, .low = 0.0F, .high = 0.8F}, w, seed + 3));
      break;
    case Texture::kGrass: {
      const float dry = octaves(p, 4.5F, 5, 0.75F, w, seed + 2);
      albedo = glm::mix(a, b, glm::clamp(0.45F + 0.55F * dry, 0.0F, 1.0F));
      albedo = brightened(albedo, 1 + 0.24F * octaves(p, 0.9F, 6, 1.0F, w, seed + 4));
      // Worn spots where people walk.
      albedo = glm::mix(albedo, glm::vec3(0.17F, 0.125F, 0.075F),
                        0.6F * patch_share(p, {.size = 6.0F, .count = 4, .gain = 0.6F, .low = 0.75F, .high = 1.25F}, w, seed + 11));
      break;
    }
    case Texture::kFoliage: {
      const glm::vec3 place = point.position;
      const float leaf = 0.30F * octaves(place, 0.9F, 4, 0.85F, w, seed);
      albedo = glm::mix(a, b, glm::clamp(0.4F + 0.5F * visible_share(1.4F, w) * noise(place * 0.7F, seed + 8), 0.0F, 1.0F));
      albedo = brightened(albedo, 1 + leaf);
      look.translucency = 0.35F;
      break;
    }
    case Texture::kBark:
      albedo = brightened(a, 1 + 0.3F * octaves(glm::vec2(p.x * 3, p.y), 0.4F, 4, 0.8F, w, seed));
      break;
    case Texture::kWater: {
      albedo = glm::mix(a, b, glm::clamp(0.4F + 0.3F * octaves(p, 11.0F, 4, 0.7F, w, seed + 2), 0.0F, 1.0F));
      albedo = brightened(albedo, 1 + 0.10F * octaves(glm::vec2(p.x, p.y * 1.7F), 2.2F, 5, 0.85F, w, seed + 5));
      const glm::vec2 slope{octaves(p, 1.7F, 4, 0.75F, w, seed + 40), octaves(p, 1.7F, 4, 0.75F, w, seed + 80)};
      look.normal = glm::normalize(glm::vec3(0.045F * slope, 1));
      look.mirror = std::max(material.gloss, 0.02F);  // Fresnel at normal incidence, n = 1.33
      break;
    }
  }
  look.albedo = albedo;
  return look;
}

void Surfaces::apply_season(const SurfacePoint& point, const Material& material, SurfaceLook& look) const {
  const float w = point.footprint;
  const glm::vec2 p(point.position);
  if (material.part == Part::kFoliage && !material.evergreen) {
    // Leaves turn tree by tree; mean colours of spring leaves and of autumn's yellow, orange and brown by eye.
    const float brightness = glm::dot(look.albedo, glm::vec3(0.2126F, 0.7152F, 0.0722F));
    if (season_ == Season::kSpring) look.albedo = glm::mix(look.albedo, glm::vec3(1.15F, 1.45F, 0.5F) * brightness * 1.2F, 0.5F);
    if (season_ == Season::kAutumn) {
      constexpr glm::vec3 kLeaves[4] = {{0.50F, 0.32F, 0.045F}, {0.42F, 0.17F, 0.03F}, {0.25F, 0.075F, 0.03F}, {0.22F, 0.22F, 0.06F}};
      const glm::vec3 leaf = kLeaves[hash_bits(point.seed, 71) % 4];
      const float turned = glm::clamp(0.75F + 0.5F * noise(point.position * 0.45F, point.seed), 0.25F, 1.0F);
      look.albedo = glm::mix(look.albedo, leaf * (brightness / 0.09F) * 0.62F, turned);
    }
    if (season_ == Season::kWinter) look.albedo = glm::vec3(0.11F, 0.085F, 0.065F) * (0.6F + 4 * brightness);
  }
  if (material.part == Part::kGrass) {
    if (season_ == Season::kSpring) look.albedo *= glm::vec3(0.85F, 1.12F, 0.7F);
    if (season_ == Season::kAutumn) look.albedo = glm::mix(look.albedo, look.albedo * glm::vec3(1.5F, 1.05F, 0.8F), 0.7F);
    if (season_ == Season::kWinter) look.albedo = glm::mix(look.albedo, look.albedo * glm::vec3(1.7F, 1.2F, 1.0F), 0.8F);
    // Fallen leaves.
    if (season_ == Season::kAutumn)
      look.albedo = glm::mix(look.albedo, glm::vec3(0.32F, 0.17F, 0.05F),
                             0.45F * patch_share(p, {.size = 3.0F, .count = 6, .gain = 0.9F, .low = 0.1F, .high = 0.8F}, w, 4242));
  }
  const float flat = glm::smoothstep(0.45F, 0.75F, std::abs(point.normal.z));
  if (wet_ > 0 && flat > 0 && (material.part == Part::kGround || material.part == Part::kRoof)) {
    // Water fills the pores of what lies open to the rain and darkens it.
    const float damp = wet_ * flat * glm::clamp(0.7F + 0.5F * octaves(p, 5.0F, 3, 0.7F, w, 911), 0.0F, 1.0F);
    look.albedo *= 1 - 0.6F * damp;
    look.mirror = std::max(look.mirror, 0.02F * damp);
  }
  if (snow_ <= 0 || flat <= 0 || material.part == Part::kWater || look.part == Part::kWindow) return;
  // Snow lies on what looks up; roads are cleared, but for their edges and ruts; twigs hold a little.
  const bool road = material.texture == Texture::kAsphalt || material.texture == Texture::kCobbles;
  const bool walked = material.texture == Texture::kPaving;
  float cover = snow_ * (material.part == Part::kFoliage   ? 0.6F
                         : road                            ? 0.42F
                         : walked                          ? 0.6F
                         : material.part == Part::kVehicle ? 0.8F
                                                           : 1.0F);
  const float edge = octaves(p, 3.5F, 6, 0.7F, w, 777);
  const float share = flat * glm::smoothstep(0.0F, 0.35F, 1.45F * cover - 0.55F + 0.45F * edge);
  const float drift = 1 + 0.07F * octaves(p, 2.4F, 6, 0.85F, w, 778);
  look.albedo = glm::mix(look.albedo, glm::vec3(0.80F, 0.83F, 0.87F) * drift, share);
  look.mirror *= 1 - share;
  look.translucency *= 1 - share;
}

}  // namespace skyline::city
