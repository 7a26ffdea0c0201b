#include "nerf/backend.h"

#include <array>
#include <utility>

namespace skyline::nerf {
namespace {

// One object of each back end of this build, made when first asked for.
std::vector<Backend*> all_backends() {
  static const std::array<std::unique_ptr<Backend>, 2> backends{make_cpu_backend(), make_reference_backend()};
  return {backends[0].get(), backends[1].get()};
}

}  // namespace

std::string_view operation_name(const Operation& operation) {
  constexpr std::array<std::string_view, 4> kNames{"density", "features", "decode", "render"};
  return kNames[operation.index()];
}

std::vector<Backend*> available_backends() { return all_backends(); }

core::Result<Backend*> select_backend(std::string_view name, const Operation& operation) {
  const std::vector<Backend*> backends = available_backends();
  if (name == "auto") {
    Backend* best = backends.front();
    for (Backend* backend : backends) {
      if (backend->supports(operation) && backend->cost(operation) < best->cost(operation)) best = backend;
    }
    return best;
  }
  for (Backend* backend : backends) {
    if (backend->name() == name) return backend->supports(operation) ? backend : backends.front();
  }
  if (name == "cuda") return core::Error{"cannot compute on CUDA", "this build has no CUDA back end", "use --backend cpu"};
  std::string known = "auto";
  for (const Backend* backend : backends) known += ", " + std::string(backend->name());
  return core::Error{"no such back end", std::string(name), "choose one of " + known};
}

}  // namespace skyline::nerf
