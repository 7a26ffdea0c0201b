// The contract of back ends: supports / cost / run over one table of operations, as ggml has it.
//
// `cpu` is the reference and the default. The same table drives the parity test and the benchmark of every back end. What a back end does
// not support is run by `cpu` (see `select_backend`). Operations point to memory of the caller; `run` is synchronous.
#pragma once

#include "core/result.h"
#include "nerf/cpu/renderer.h"
#include "nerf/model/field.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace skyline::nerf {

// Activated density at points. positions [n, 3], density [n] per world unit.
struct DensityOperation {
  const Field* field;
  std::span<const float> positions;
  std::span<float> density;
};

// Appearance features at points. positions [n, 3], features [n, field.feature_count()].
struct FeaturesOperation {
  const Field* field;
  std::span<const float> positions;
  std::span<float> features;
};

// Colour of accumulated features. features [n, feature_count], directions [n, 3], code [code_size] or empty
// (the mean code), colours [n, 3].
struct DecodeOperation {
  const Field* field;
  std::span<const float> features;
  std::span<const float> directions;
  std::span<const float> code;
  std::span<float> colours;
};

// What a back end keeps between pictures of one field that does not change, under the same settings: derived tables, scratch memory. The
// caller owns it: hands it in empty with the first picture, and drops it before the field.
class RenderSession {
 public:
  virtual ~RenderSession() = default;
};

// A whole picture.
struct RenderOperation {
  const Field* field;
  RenderSettings settings;
  RenderRequest request;
  Picture* picture;
  RenderStats* stats;
  core::Progress* progress;
  std::unique_ptr<RenderSession>* session = nullptr;  // null: nothing is kept
};

using Operation = std::variant<DensityOperation, FeaturesOperation, DecodeOperation, RenderOperation>;
std::string_view operation_name(const Operation& operation);

class Backend {
 public:
  virtual ~Backend() = default;
  virtual std::string_view name() const = 0;
  // Why the back end can or cannot be used on this machine, for `skyline doctor`.
  virtual std::string description() const = 0;
  virtual bool supports(const Operation& operation) const = 0;
  // Expected milliseconds, to choose between back ends.
  virtual double cost(const Operation& operation) const = 0;
  virtual core::Status run(const Operation& operation) = 0;
};

// The scalar reference: the SKYLINE_HD functions in a plain loop, float. Slow; for tests.
std::unique_ptr<Backend> make_reference_backend();
std::unique_ptr<Backend> make_cpu_backend();

// All back ends of this build that work on this machine, `cpu` first.
std::vector<Backend*> available_backends();
// `auto` takes the cheapest that supports the operation; a name takes that back end and falls to `cpu` for what it lacks. Errors: no back
// end of that name here.
core::Result<Backend*> select_backend(std::string_view name, const Operation& operation);

}  // namespace skyline::nerf
