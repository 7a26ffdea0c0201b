#include "city/render/facade.h"

#include "city/render/noise.h"

#include <glm/common.hpp>
#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>

namespace skyline::city {
namespace {

constexpr float kFrame = 0.07F, kMullion = 0.06F;  // widths of a window's frame and bars, metres
constexpr float kReveal = 0.14F;                   // depth of the glass behind the wall, metres
constexpr float kGlassMirror = 0.08F;              // two panes at normal incidence, each side 0.04 (Fresnel, n = 1.5)

struct Opening {
  float x = 0, y = 0;  // from its middle, and above its lower edge
  float width = 1, height = 1;
  std::uint32_t key = 0;  // random, one a window
  bool door = false;
  // Metres to the nearest edge, positive inside.
  float inside() const { return std::min(0.5F * width - std::abs(x), std::min(y, height - y)); }
};

// How the glass shades the sun: the shadow that the reveal's upper and side edges throw on a pane set back by kReveal.
float reveal_light(const Opening& opening, const SurfacePoint& point) {
  const float toward = glm::dot(point.sun, point.normal);
  if (toward <= 0.02F) return 1;
  const glm::vec3 along = glm::vec3(-point.normal.y, point.normal.x, 0);
  const float down = kReveal * std::max(point.sun.z, 0.0F) / toward, side = kReveal * glm::dot(point.sun, along) / toward;
  const float from_top = opening.height - opening.y - down;
  const float from_side = side > 0 ? 0.5F * opening.width - opening.x - side : 0.5F * opening.width + opening.x + side;
  return edge_share(std::min(from_top, from_side), point.footprint);
}

// What is seen through the pane: a dark room, curtains at the sides, or a blind let down part of the way.
glm::vec3 behind_glass(const Opening& opening, const SurfacePoint& point, glm::vec3 glass) {
  const float kind = hash_unit(opening.key, 1), amount = hash_unit(opening.key, 2);
  const glm::vec3 room = glass * (0.18F + 0.35F * hash_unit(opening.key, 3));
  const glm::vec3 cloth = glm::mix(glm::vec3(0.62F, 0.58F, 0.50F), glm::vec3(0.75F, 0.75F, 0.74F), hash_unit(opening.key, 4));
  if (kind < 0.28F) {  // curtains
    const float open = (0.10F + 0.32F * amount) * opening.width;
    const float share = edge_share(std::abs(opening.x) - open, point.footprint);
    const float folds = 0.12F * visible_share(0.12F, point.footprint) * std::sin(opening.x * 42);
    return glm::mix(room, cloth * (0.55F + folds), share);
  }
  if (kind < 0.50F) {  // blind
    const float lower = opening.height * (1 - 0.9F * amount);
    const float slats = 0.15F * visible_share(0.05F, point.footprint) * std::sin(opening.y * 120);
    return glm::mix(room, cloth * (0.75F + slats), edge_share(opening.y - lower, point.footprint));
  }
  return room;
}

void paint_opening(const Facade& facade, const Opening& opening, const SurfacePoint& point, float weathering, bool lights_on,
                   SurfaceLook& look) {
  const float w = point.footprint;
  const float inside = opening.inside();

  // Sill and the streaks that run from it.
  if (!opening.door && opening.y < 0) {
    const float side = 0.5F * opening.width + 0.08F - std::abs(opening.x);
    const float sill = edge_share(std::min(side, std::min(opening.y + 0.12F, -opening.y)), w);
    const float run = glm::clamp(1 + (opening.y + 0.12F) / 1.3F, 0.0F, 1.0F);
    const float streaks = edge_share(side, w) * run * run * (0.55F + 0.45F * noise(glm::vec2(point.uv.x * 5, 0.4F), facade.seed));
    const float under = edge_share(std::min(side, std::min(-0.12F - opening.y, opening.y + 0.24F)), w);
    look.albedo *= 1 - 0.55F * weathering * streaks * (1 - sill);
    look.sunlit *= 1 - 0.6F * under;
    look.albedo = glm::mix(look.albedo, glm::mix(look.albedo, glm::vec3(0.5F), 0.6F) * 1.1F, sill);
  }
  if (inside < -w) return;

  const float opened = edge_share(inside, w);
  const float frame_colour_share = opening.door ? 0.35F : 1.0F;
  const glm::vec3 frame = decode_srgb(facade.frame) * frame_colour_share;
  float glazed = edge_share(inside - kFrame, w);
  if (!opening.door) {
    if (opening.width > 1.0F) glazed *= 1 - edge_share(0.5F * kMullion - std::abs(opening.x), w);
    if (opening.height > 1.35F && hash_unit(facade.seed, 91) < 0.6F)
      glazed *= 1 - edge_share(0.5F * kMullion - std::abs(opening.y - 0.7F * opening.height), w);
  }
  const glm::vec3 glass = decode_srgb(facade.glass);
  const glm::vec3 pane = opening.door ? glm::mix(frame, glass, 0.4F) : behind_glass(opening, point, glass);
  const glm::vec3 inner = glm::mix(frame, pane, glazed);
  // The wall's edge keeps a dark line: the reveal.
  const float reveal = opened * (1 - edge_share(inside - 0.05F, w));
  look.albedo = glm::mix(look.albedo, inner * (1 - 0.4F * reveal), opened);
  look.mirror = glm::mix(look.mirror, kGlassMirror * glazed, opened);
  look.sunlit = glm::mix(look.sunlit, reveal_light(opening, point), opened);
  if (inside > 0) look.part = Part::kWindow;
  if (lights_on && !opening.door && hash_unit(opening.key, 7) < 0.42F) {
    const glm::vec3 lamp = glm::mix(glm::vec3(1.0F, 0.62F, 0.28F), glm::vec3(1.0F, 0.86F, 0.66F), hash_unit(opening.key, 8));
    look.emission += lamp * (opened * glazed * (0.03F + 0.09F * hash_unit(opening.key, 9)));
  }
}

void paint_shop_front(const Facade& facade, const SurfacePoint& point, float along, bool lights_on, SurfaceLook& look) {
  const float w = point.footprint, top = facade.ground_storey;
  const int bay = static_cast<int>(std::floor(along / facade.bay));
  const auto shop = static_cast<std::uint32_t>(bay / 2);
  const std::uint32_t key = hash_bits(facade.seed, shop, 5);
  const float v = point.uv.y;

  // Sign band with a row of letters.
  const float band = edge_share(std::min(v - (top - 0.85F), top - 0.2F - v), w);
  if (band > 0) {
    const glm::vec3 accent = decode_srgb(facade.accent) * (0.55F + 0.9F * hash_unit(key, 1));
    const float cell = std::floor(point.uv.x / 0.34F);
    const float letter =
        hash_unit(lattice(cell), key, 3) < 0.55F
            ? edge_share(std::min(0.11F - std::abs(point.uv.x - (cell + 0.5F) * 0.34F), 0.16F - std::abs(v - top + 0.52F)), w)
            : 0.0F;
    const glm::vec3 ink = glm::dot(accent, glm::vec3(0.3333F)) > 0.3F ? glm::vec3(0.03F) : glm::vec3(0.8F);
    look.albedo = glm::mix(look.albedo, glm::mix(accent, ink, letter), band);
    look.part = band > 0.5F ? Part::kWall : look.part;
    if (lights_on) look.emission += accent * (band * 0.06F);
  }
  // Glass between piers on a low plinth.
  const float x = along - (static_cast<float>(bay) + 0.5F) * facade.bay;
  const Opening pane{.x = x,
                     .y = v - 0.35F,
                     .width = facade.bay - 0.45F,
                     .height = std::max(0.5F, top - 1.25F),
                     .key = hash_bits(key, static_cast<std::uint32_t>(bay)),
                     .door = false};
  const float inside = pane.inside();
  if (inside < -w) return;
  const float opened = edge_share(inside, w), glazed = edge_share(inside - kFrame, w) * (1 - edge_share(0.04F - std::abs(x - 0.6F), w));
  const glm::vec3 goods =
      decode_srgb(facade.glass) * 0.4F * (1 + 0.8F * octaves(glm::vec2(point.uv.x, v), 0.9F, 4, 0.8F, w, hash_bits(key, 4)));
  look.albedo = glm::mix(look.albedo, glm::mix(decode_srgb(facade.frame), goods, glazed), opened);
  look.mirror = glm::mix(look.mirror, kGlassMirror * glazed, opened);
  look.sunlit = glm::mix(look.sunlit, reveal_light(pane, point), opened);
  if (inside > 0) look.part = Part::kWindow;
  if (lights_on) look.emission += glm::vec3(1.0F, 0.85F, 0.6F) * (opened * glazed * (0.05F + 0.12F * hash_unit(key, 6)));
}

}  // namespace

void paint_facade(const Facade& facade, const SurfacePoint& point, float weathering, bool lights_on, SurfaceLook& look) {
  if (facade.bay <= 0.1F || facade.storey <= 0.1F) return;
  const float bays = std::max(1.0F, std::floor(facade.length / facade.bay));
  const float along = point.uv.x - 0.5F * (facade.length - bays * facade.bay);
  const bool on_bays = along > 0 && along < bays * facade.bay;

  if (facade.ground_storey > 0 && point.uv.y < facade.ground_storey) {
    if (!on_bays || point.uv.y < 0) return;
    if (facade.shop_front) {
      paint_shop_front(facade, point, along, lights_on, look);
      return;
    }
    // A ground floor of doors and windows, in the bays of the floors above.
    const float bay = std::floor(along / facade.bay);
    const bool door = bays < 2 ? false : hash_bits(facade.seed, lattice(bay), 31) % 4 == 0;
    const float sill = door ? 0.0F : facade.sill + 0.1F;
    paint_opening(facade,
                  {.x = along - (bay + 0.5F) * facade.bay,
                   .y = point.uv.y - sill,
                   .width = door ? std::min(1.5F, facade.bay * 0.6F) : facade.window_width,
                   .height = door ? std::min(2.4F, facade.ground_storey - 0.4F)
                                  : std::max(0.5F, std::min(facade.window_height * 1.15F, facade.ground_storey - sill - 0.4F)),
                   .key = hash_bits(facade.seed, lattice(bay), 977),
                   .door = door},
                  point, weathering, lights_on, look);
    return;
  }
  const float above = point.uv.y - facade.ground_storey;
  const float floors = std::floor((facade.height - facade.ground_storey + 0.05F) / facade.storey);
  const float floor = std::floor(above / facade.storey);
  if (floor < 0 || floor >= floors) return;
  if (facade.ribbon) {
    const float length = bays * facade.bay - 0.3F;
    const float x = along - 0.5F * bays * facade.bay;
    const float y = above - floor * facade.storey - facade.sill;
    Opening band{.x = x, .y = y, .width = length, .height = facade.window_height, .key = 0, .door = false};
    const float pane = std::floor(along / facade.bay);
    band.key = hash_bits(facade.seed, lattice(pane), lattice(floor));
    // Each pane of the band is a window of its own behind a thin post.
    const float local = along - (pane + 0.5F) * facade.bay;
    if (band.inside() > -point.footprint && band.inside() > 0.05F) {
      band.x = local;
      band.width = facade.bay + 0.02F;
    }
    paint_opening(facade, band, point, weathering, lights_on, look);
    return;
  }
  if (!on_bays) return;
  const float bay = std::floor(along / facade.bay);
  paint_opening(facade,
                {.x = along - (bay + 0.5F) * facade.bay,
                 .y = above - floor * facade.storey - facade.sill,
                 .width = std::min(facade.window_width, facade.bay - 0.1F),
                 .height = std::min(facade.window_height, facade.storey - 0.1F),
                 .key = hash_bits(facade.seed, lattice(bay), lattice(floor)),
                 .door = false},
                point, weathering, lights_on, look);
}

}  // namespace skyline::city
