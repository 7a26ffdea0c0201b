// The moving picture: fresh rays where there are some, between them the former picture seen from the new camera.
//
// Each pixel looks for the point of the former picture that is seen there now, by fixed-point iteration over the former picture's depths
// (H. Bowles et al., "Iterative Image Warping", Eurographics 2012, section 3), starting from the depths of the fresh rays around it. Where
// one is found, its colour is read by a Catmull-Rom filter, which does not blur when it is read again and again; where the fresh rays know
// of another depth, the colour is held within theirs (T. Karis, "High Quality Temporal Supersampling", SIGGRAPH 2014 course: neighbourhood
// clamping). Where none is found, the fresh rays are interpolated. What the fresh pixels then find wrong is corrected around them too, and
// they themselves are exact.
//
// Depths are inverse planar ones (1 / the distance along the camera's forward axis), for which the step from camera to camera is linear;
// negative where nothing was hit and the surroundings are shown (their ground if the ray meets it, else -0). Their last four bits count the
// frames since the pixel was traced.
#pragma once

#include "core/camera.h"
#include "renderer/fresh_layer.h"

#include <cstdint>
#include <span>
#include <vector>

namespace skyline::renderer {

// What is kept of a picture in order to see it from another camera. Pinhole cameras only.
struct PastPicture {
  const core::Camera* camera = nullptr;
  const std::uint8_t* rgba = nullptr;    // [height, width, 4]
  const float* inverse_depth = nullptr;  // [height, width]
};

// Inverse planar depth at an image point from the distance along its ray; `ground_z` is where the surroundings lie.
class DepthOf {
 public:
  DepthOf(const core::Camera& camera, double ground_z);
  float inverse(float column, float row, float distance) const;

 private:
  double fl_x_, fl_y_, cx_, cy_, height_;
  double down_[3];  // world z of the camera's right, down and forward axes
};

// Inverse depths of a whole picture from its distances.
void inverse_depths(const core::Camera& camera, double ground_z, std::span<const float> distance, std::span<float> inverse);

struct ReprojectOptions {
  // How far a colour of the former picture may lie outside of the fresh ones around it where depths agree. 1: no matter how far, right as
  // long as the scene does not change.
  float margin = 1;
  // How far, in strides of the lattice, the error found at a fresh pixel is taken for that of the pixels around it. 0: not at
  // all, -5 dB on the bench flight; 0.75 and 1 are within 0.1 dB.
  float reach = 0.8F;
};

// Writes colours [height, width, 4], inverse depths [height, width] and distances [height, width] of the picture of `camera`. `past` may be
// null.
void reproject(const core::Camera& camera, double ground_z, const FreshLayer& fresh, const PastPicture* past,
               const ReprojectOptions& options, std::span<std::uint8_t> rgba, std::span<float> inverse_depth, std::span<float> distance);

}  // namespace skyline::renderer
