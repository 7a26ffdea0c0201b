// Our scalar maths in compatibility mode against values of an independent implementation of the published formulas
// (tests/reference/make_goldens.py, PyTorch in double).
#include "nerf/reference/published_field.h"
#include "nerf/space.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace skyline::nerf {
namespace {

using Json = nlohmann::json;
using Numbers = std::vector<double>;
using Vector = std::array<double, 3>;

constexpr double kTolerance = 1e-10;

Json golden(const std::string& name) {
  const std::filesystem::path path = std::filesystem::path(SKYLINE_SOURCE_DIR) / "tests/reference/goldens" / (name + ".json");
  std::ifstream file(path);
  EXPECT_TRUE(file) << path;
  return Json::parse(file);
}

Vector vector_of(const Json& json) { return json.get<Vector>(); }

// As `numbers` in make_goldens.py: splitmix64 of (seed, index).
Numbers numbers(std::uint64_t seed, std::size_t count, double scale = 1.0, double shift = 0.0) {
  Numbers values;
  for (std::uint64_t i = 0; i < count; ++i) {
    std::uint64_t z = ((seed << 32U) + i + 1) * 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    z ^= z >> 31U;
    values.push_back(shift + scale * (static_cast<double>(z >> 11U) * 0x1.0p-52 - 1.0));
  }
  return values;
}

// [rows, columns] to [columns, rows].
Numbers transposed(const Numbers& values, int rows, int columns) {
  Numbers result;
  for (int c = 0; c < columns; ++c) {
    for (int r = 0; r < rows; ++r) result.push_back(values[static_cast<std::size_t>(r * columns + c)]);
  }
  return result;
}

PublishedLayer layer(std::uint64_t seed, int inputs, int outputs, bool bias = true) {
  const auto count = static_cast<std::size_t>(inputs) * static_cast<std::size_t>(outputs);
  return {.inputs = inputs,
          .outputs = outputs,
          .weights = transposed(numbers(seed, count, 1.7 / std::sqrt(inputs)), outputs, inputs),
          .bias = bias ? numbers(seed + 1, static_cast<std::size_t>(outputs), 0.3) : Numbers{}};
}

// Channel-first numbers from a seed to our channel-last layout.
Numbers texels(std::uint64_t seed, int channels, int count, bool density) {
  const auto size = static_cast<std::size_t>(channels) * static_cast<std::size_t>(count);
  return transposed(density ? numbers(seed, size, 0.35, 0.42) : numbers(seed, size), channels, count);
}

// make_field of make_goldens.py, and the NeRF branch of its branch_case.
PublishedField published_field(int code) {
  PublishedField field;
  field.box = {{-2.4, -2.4, -0.05}, {2.4, 2.0, 0.55}};
  for (std::uint64_t l = 0; l < 3; ++l) {
    const int scale = 1 << l, columns = 7 * scale, rows = 6 * scale, height = 4 * scale;
    const std::uint64_t seed = 100 + 10 * l;
    field.levels.push_back({.columns = columns,
                            .rows = rows,
                            .height = height,
                            .density_plane = texels(seed, 16, rows * columns, true),
                            .density_line = texels(seed + 1, 16, height, true),
                            .appearance_plane = texels(seed + 2, 48, rows * columns, false),
                            .appearance_line = texels(seed + 3, 48, height, false)});
  }
  field.basis = layer(200, 144, 27, false);
  field.decoder = {layer(210, 150 + code, 128), layer(212, 128, 128), layer(214, 128, 3)};
  constexpr int kTrunkInputs = 3 + 96 + 48;
  for (std::uint64_t i = 0; i < 6; ++i) {
    const int inputs = i == 0 ? kTrunkInputs : (i == 4 ? kTrunkInputs + 128 : 128);
    field.nerf.push_back(layer(300 + 2 * i, inputs, 128));
  }
  field.nerf.push_back(layer(312, 128, 1));
  field.nerf.push_back(layer(314, 128, 128));
  field.nerf.push_back(layer(316, 128 + 27 + 144 + 48, 64));
  field.nerf.push_back(layer(318, 64, 64));
  field.nerf.push_back(layer(320, 64, 3));
  return field;
}

void expect_near(const Numbers& values, const Numbers& expected, double tolerance = kTolerance) {
  ASSERT_EQ(values.size(), expected.size());
  for (std::size_t i = 0; i < values.size(); ++i) EXPECT_NEAR(values[i], expected[i], tolerance) << "entry " << i;
}

void expect_near(const Vector& value, const Json& expected) { expect_near(Numbers(value.begin(), value.end()), expected.get<Numbers>()); }

Camera golden_camera(const Json& rays) {
  Camera camera;
  camera.width = rays["width"];
  camera.height = rays["height"];
  camera.fl_x = camera.fl_y = rays["focal"];
  camera.cx = camera.width / 2.0;
  camera.cy = camera.height / 2.0;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) camera.rotation[column][row] = rays["pose"][row][column];
    camera.position[row] = rays["pose"][row][3];
  }
  return camera;
}

TEST(PublishedGoldens, RandomNumbersAreThoseOfThePython) { expect_near(numbers(1234, 4), golden("sample")["numbers"], 0); }

TEST(PublishedGoldens, RaysAreNotNormalisedAndHaveNoPixelCentre) {
  const Json rays = golden("rays");
  const Camera camera = golden_camera(rays);
  for (std::size_t i = 0; i < rays["columns"].size(); ++i) {
    const ReferenceRay<double> ray = camera_ray<double>(camera, rays["columns"][i].get<int>(), rays["rows"][i].get<int>(), kPublishedRays);
    expect_near(ray.origin, rays["origins"][i]);
    expect_near(ray.direction, rays["directions"][i]);
  }
}

TEST(PublishedGoldens, OurOwnRaysAreThoseOfTheRenderer) {
  const Camera camera = golden_camera(golden("rays"));
  const RayGenerator generator(camera);
  for (const int column : {0, 9, 63}) {
    for (const int row : {0, 30, 47}) {
      const ReferenceRay<double> ray = camera_ray<double>(camera, column, row, {});
      const Ray expected = generator.ray(static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F);
      for (int c = 0; c < 3; ++c) EXPECT_NEAR(ray.direction[static_cast<std::size_t>(c)], expected.direction[c], 1e-6);
    }
  }
}

TEST(PublishedGoldens, SamplesAlongARayLieWhereBothSamplersPutThem) {
  const Json samplers = golden("samplers");
  Box box;
  for (int c = 0; c < 3; ++c) {
    box.low[c] = samplers["box"][0][c];
    box.high[c] = samplers["box"][1][c];
  }
  const double near = samplers["near"], far = samplers["far"];
  const int count = samplers["count"];
  for (std::size_t i = 0; i < samplers["origins"].size(); ++i) {
    const ReferenceRay<double> ray{vector_of(samplers["origins"][i]), vector_of(samplers["directions"][i])};
    expect_near(published_hull_samples(ray, box.low.z, near, far, count), samplers["hull"][i]);
    expect_near(published_dense_samples(ray, box, near, far, samplers["step"], count), samplers["dense"][i]);
  }
}

TEST(PublishedGoldens, FrequenciesAreEncodedComponentMajorWithoutPi) {
  const Json encoding = golden("encoding");
  const int frequencies = encoding["frequencies"];
  for (std::size_t i = 0; i < encoding["values"].size(); ++i) {
    const Numbers values = encoding["values"][i];
    Numbers encoded(2 * values.size() * static_cast<std::size_t>(frequencies));
    encode_frequencies(values.data(), static_cast<int>(values.size()), frequencies, encoded.data());
    expect_near(encoded, encoding["encoded"][i]);
    // A direction is a vector of three, itself in front.
    Numbers three(2 * 3 * static_cast<std::size_t>(frequencies)), direction(3 + three.size());
    encode_frequencies(values.data(), 3, frequencies, three.data());
    encode_direction(values.data(), frequencies, direction.data());
    three.insert(three.begin(), values.begin(), values.begin() + 3);
    EXPECT_EQ(direction, three);
  }
}

TEST(PublishedGoldens, PlanesTimesLinesAreInterpolatedBetweenAlignedCorners) {
  const Json samples = golden("sample");
  const PublishedField field = published_field(48);
  for (std::size_t i = 0; i < samples["points"].size(); ++i) {
    const Vector point = vector_of(samples["points"][i]);
    double sum = 0;
    for (const double product : field.density_products(point)) sum += product;
    EXPECT_NEAR(sum, samples["density_sum"][i], kTolerance);
    expect_near(field.features(point), samples["features"][i]);
    if (i < samples["appearance_products"].size()) expect_near(field.appearance_products(point), samples["appearance_products"][i]);
  }
}

TEST(PublishedGoldens, DensityIsActivatedBySoftplusShiftedByTenOrByRelu) {
  const Json samples = golden("sample");
  bool relu_cuts = false;
  for (std::size_t i = 0; i < samples["density_sum"].size(); ++i) {
    const double sum = samples["density_sum"][i], relu = samples["relu"][i];
    EXPECT_NEAR(activate_density(DensityActivation::kSoftplus, sum), samples["softplus"][i], kTolerance);
    EXPECT_NEAR(activate_density(DensityActivation::kRelu, sum - 8), relu, kTolerance);
    relu_cuts |= relu == 0;
  }
  EXPECT_TRUE(relu_cuts);
}

TEST(PublishedGoldens, DecoderReadsFeaturesCodeDirectionAndTheirEncodings) {
  const Json samples = golden("sample");
  const PublishedField field = published_field(48);
  const Numbers code = samples["code"];
  for (std::size_t i = 0; i < samples["points"].size(); ++i) {
    const Numbers features = samples["features"][i];
    expect_near(field.colour(features, vector_of(samples["directions"][i]), code), samples["colour"][i]);
  }
}

TEST(PublishedGoldens, WeightsScaleDistancesAndLeaveTheLastIntervalEmpty) {
  const Json rays = golden("compositing");
  for (std::size_t i = 0; i < rays["distances"].size(); ++i) {
    const Numbers distances = rays["distances"][i], densities = rays["densities"][i];
    const Numbers weights = weights_of_samples<double>(distances, densities, kPublishedGrid);
    expect_near(weights, rays["weights"][i]);
    EXPECT_EQ(weights.back(), 0.0);
    expect_near(weights_of_samples<double>(distances, densities, kPublishedNerfBranch), rays["nerf_weights"][i]);
  }
}

TEST(PublishedGoldens, ColourIsBlendedWithoutRenormalisingOverWhiteOrBlack) {
  const Json rays = golden("compositing");
  const std::size_t count = rays["distances"][0].size();
  const Numbers tones = numbers(rays["colours_seed"], rays["distances"].size() * count * 3, 0.5, 0.5);
  CompositeConventions black = kPublishedGrid;
  black.white_background = false;
  for (std::size_t i = 0; i < rays["distances"].size(); ++i) {
    const Numbers distances = rays["distances"][i], weights = rays["weights"][i];
    const auto colour = [&](std::size_t j) {
      const double* tone = tones.data() + (i * count + j) * 3;
      return Vector{tone[0], tone[1], tone[2]};
    };
    const BlendedRay<double> seen = blend_samples<double>(distances, weights, colour, kPublishedGrid);
    expect_near(seen.colour, rays["white"][i]);
    EXPECT_NEAR(seen.depth, rays["depth"][i], kTolerance);
    expect_near(blend_samples<double>(distances, weights, colour, black).colour, rays["black"][i]);
  }
}

TEST(PublishedGoldens, OurOwnConventionsRenormaliseWhatTheThresholdDropped) {
  const Numbers distances = {1, 2, 3}, weights = {0.5, 0.0005, 0.4995};
  const auto grey = [](std::size_t) { return Vector{0.25, 0.5, 0.75}; };
  const BlendedRay<double> seen = blend_samples<double>(distances, weights, grey, CompositeConventions{});
  expect_near(seen.colour, Json{0.25, 0.5, 0.75});
  EXPECT_EQ(seen.shaded, 2);
}

TEST(PublishedGoldens, NerfBranchReadsWorldPositionsAndGridProducts) {
  const Json branch = golden("nerf_branch");
  const PublishedField field = published_field(0);
  const Numbers code = branch["code"];
  for (std::size_t i = 0; i < branch["points"].size(); ++i) {
    const BranchSample<double> sample = field.branch(vector_of(branch["points"][i]), vector_of(branch["directions"][i]), code);
    EXPECT_NEAR(sample.density, branch["density"][i], kTolerance);
    expect_near(sample.colour, branch["colour"][i]);
  }
}

TEST(PublishedGoldens, WholeRaysFromPixelToColour) {
  const Json march = golden("march");
  const PublishedField field = published_field(0);
  const Camera camera = golden_camera(golden("rays"));
  for (std::size_t i = 0; i < march["columns"].size(); ++i) {
    const ReferenceRay<double> ray =
        camera_ray<double>(camera, march["columns"][i].get<int>(), march["rows"][i].get<int>(), kPublishedRays);
    const Numbers distances = published_hull_samples(ray, field.box.low.z, march["near"], march["far"], march["count"]);
    const BlendedRay<double> seen = field.march(ray, distances, {});
    expect_near(seen.colour, march["colour"][i]);
    EXPECT_NEAR(seen.depth, march["depth"][i], kTolerance);
    EXPECT_NEAR(seen.opacity, march["opacity"][i], kTolerance);
    EXPECT_EQ(seen.shaded, march["shaded"][i].get<int>());
  }
}

}  // namespace
}  // namespace skyline::nerf
