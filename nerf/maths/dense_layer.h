// A fully connected layer, over any number type (see field_maths.h).
#pragma once

#include "nerf/maths/hd.h"

namespace skyline::nerf {

// y = x * weights + bias with ReLU or without, of a dense layer [inputs, outputs].
template <class Real>
SKYLINE_HD void dense_layer(const Real* x, int inputs, const Real* weights, const Real* bias, int outputs, bool relu, Real* y) {
  for (int o = 0; o < outputs; ++o) {
    Real sum = bias[o];
    for (int i = 0; i < inputs; ++i) sum += x[i] * weights[static_cast<long>(i) * outputs + o];
    y[o] = relu && sum < Real(0) ? Real(0) : sum;
  }
}

}  // namespace skyline::nerf
