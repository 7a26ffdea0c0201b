#include "nerf/train/nerf_pass.h"

#include "nerf/cpu/background.h"
#include "nerf/model/directions.h"

#include <algorithm>

namespace skyline::nerf {
namespace {

constexpr int kSamplesPerRay = NerfLayout::kSamplesPerRay;

}  // namespace

NerfPass::NerfPass(const Field& field)
    : branch_(field),
      decoder_(field, RayChunk::kRays),
      direction_(static_cast<std::size_t>(field.direction_size())),
      background_(static_cast<std::size_t>(field.decoder_features())),
      weights_(NerfBranch::kRows),
      density_gradients_(NerfBranch::kRows),
      colour_gradients_(NerfBranch::kRows * 3) {}

void NerfPass::run(const Field& field, const TrainSettings& settings, const NerfTransposed& transposed, const ShadedChunk& shaded,
                   NerfPassSums& sums) {
  const RayChunk& chunk = shaded.chunk;
  const auto features = static_cast<std::size_t>(field.feature_count());
  background_colours(field, shaded);
  // Whole rays, as many at a time as the branch takes.
  int rows = 0;
  rays_.clear();
  for (std::size_t begin = 0, end = 0; begin < shaded.samples.size(); begin = end) {
    const int r = shaded.samples[begin] / RayChunk::kMaxSamples;
    while (end < shaded.samples.size() && shaded.samples[end] / RayChunk::kMaxSamples == r) ++end;
    const int count = std::min(static_cast<int>(end - begin), kSamplesPerRay);
    if (rows + count > NerfBranch::kRows) {
      run_rows(field, settings, transposed, shaded, rows, sums);
      rows = 0;
      rays_.clear();
    }
    const TrainingRay& ray = shaded.rays[static_cast<std::size_t>(r)];
    encode_view(field, ray.ray.direction, ray.direction_scale, direction_.data());
    // A ray with more samples than the branch evaluates ends at the last that it does.
    rays_.push_back({r, rows, count, begin, chunk.opaque_last[r] || static_cast<std::size_t>(count) < end - begin, 0});
    for (int k = 0; k < count; ++k) {
      const std::size_t s = begin + static_cast<std::size_t>(k), i = static_cast<std::size_t>(shaded.samples[s]);
      branch_.set_row(rows++, {chunk.x[i], chunk.y[i], chunk.z[i]}, chunk.s[i], shaded.features.data() + s * features, direction_.data(),
                      code_of(field, ray, shaded.mean_code));
    }
  }
  if (rows > 0) run_rows(field, settings, transposed, shaded, rows, sums);
}

// Decodes what lies behind each ray; colours of rays without background stay unused.
void NerfPass::background_colours(const Field& field, const ShadedChunk& shaded) {
  const int rows = static_cast<int>(shaded.rays.size());
  std::fill_n(decoder_.features(), static_cast<std::ptrdiff_t>(rows) * decoder_.feature_stride(), 0.0F);
  for (int r = 0; r < rows; ++r) {
    const TrainingRay& ray = shaded.rays[static_cast<std::size_t>(r)];
    encode_view(field, ray.ray.direction, ray.direction_scale, direction_.data());
    decoder_.set_view(r, direction_.data(), code_of(field, ray, shaded.mean_code));
    background_features(field, background_tap(field, ray.ray),
                        decoder_.background() + static_cast<std::ptrdiff_t>(r) * field.decoder_features());
  }
  decoder_.forward(field, rows);
}

// Forward, loss and backward of the rays whose rows are set.
void NerfPass::run_rows(const Field& field, const TrainSettings& settings, const NerfTransposed& transposed, const ShadedChunk& shaded,
                        int rows, NerfPassSums& sums) {
  branch_.forward(field, rows);
  training_rays_.clear();
  for (std::size_t k = 0; k < rays_.size(); ++k) {
    BranchRay& ray = rays_[k];
    ray.passes = composite_branch(branch_.densities() + ray.first, ray.count, shaded.chunk.step[ray.ray], ray.opaque_last,
                                  weights_.data() + ray.first);
    for (int c = 0; c < 3; ++c) {
      float colour = ray.passes * decoder_.colours()[ray.ray * 3 + c];
      for (int row = ray.first; row < ray.first + ray.count; ++row)
        colour += weights_[static_cast<std::size_t>(row)] * branch_.colours()[row * 3 + c];
      ray_colour_[k][c] = colour;
    }
    training_rays_.push_back(shaded.rays[static_cast<std::size_t>(ray.ray)]);
  }
  add_colour_loss(field, settings, shaded.batch, training_rays_, ray_colour_, ray_gradient_, sums.loss);
  for (std::size_t k = 0; k < rays_.size(); ++k) add_ray_gradient(shaded, rays_[k], ray_gradient_[k]);
  branch_.backward(field, transposed, rows, density_gradients_.data(), colour_gradients_.data(), &sums.branch);

  // On into the grid and the codes.
  const RayChunk& chunk = shaded.chunk;
  const auto features = static_cast<std::size_t>(field.feature_count());
  for (const BranchRay& ray : rays_) {
    const TrainingRay& training_ray = shaded.rays[static_cast<std::size_t>(ray.ray)];
    float* code = nullptr;
    if (field.use_codes && !training_ray.mean_code)
      code = sums.codes.data() + static_cast<std::ptrdiff_t>(training_ray.photo) * field.settings.code_size;
    for (int k = 0; k < ray.count; ++k) {
      const int row = ray.first + k;
      const auto i = static_cast<std::size_t>(shaded.samples[ray.first_shaded + static_cast<std::size_t>(k)]);
      const std::size_t target = sums.first_row + static_cast<std::size_t>(ray.ray * kSamplesPerRay + k);
      std::copy_n(branch_.feature_gradients(row), features, sums.feature_gradients + target * features);
      ScatterRecord record;
      record.x = chunk.x[i];
      record.y = chunk.y[i];
      record.z = chunk.z[i];
      record.density_gradient = branch_.density_sum_gradient(row);
      record.scale = 1.0F;
      record.row = static_cast<std::int32_t>(target);
      record.levels = chunk.levels[ray.ray];
      sums.records.push_back(record);
      const float* by_code = branch_.code_gradient(row);
      for (int c = 0; c < field.settings.code_size && code != nullptr; ++c) code[c] += by_code[c];
    }
  }
}

// Backward through compositing, as for the grid (see gradients.cpp): d loss / d density and colour of the ray's rows.
void NerfPass::add_ray_gradient(const ShadedChunk& shaded, const BranchRay& ray, const float* colour_gradient) {
  const auto along_gradient = [&](const float* colour) {
    return colour_gradient[0] * colour[0] + colour_gradient[1] * colour[1] + colour_gradient[2] * colour[2];
  };
  const float step = shaded.chunk.step[ray.ray];
  float behind = ray.passes * along_gradient(decoder_.colours() + static_cast<std::ptrdiff_t>(ray.ray) * 3), after = ray.passes;
  for (int k = ray.count - 1; k >= 0; --k) {
    const int row = ray.first + k;
    const auto at = static_cast<std::size_t>(row);
    const float by_weight = along_gradient(branch_.colours() + static_cast<std::ptrdiff_t>(row) * 3);
    const bool fixed = ray.opaque_last && k == ray.count - 1;
    density_gradients_[at] = fixed ? 0.0F : step * (after * by_weight - behind);
    for (std::size_t c = 0; c < 3; ++c) colour_gradients_[at * 3 + c] = weights_[at] * colour_gradient[c];
    behind += weights_[at] * by_weight;
    after += weights_[at];
  }
}

}  // namespace skyline::nerf
