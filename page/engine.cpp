// SPDX-License-Identifier: Apache-2.0
// The engine's surface in a page: plain numbers and places in its memory. One study at a time.
#include "tenbin/engine/engine.hpp"

#include <algorithm>
#include <cstdlib>

namespace {
std::optional<tenbin::Engine> engine;
std::vector<double> numbers;
}  // namespace

#define TENBIN_EXPORT extern "C" __attribute__((visibility("default"), used))

/// Room for bytes that the page writes, to be given to open() or answer(), which free it.
TENBIN_EXPORT void* tenbin_engine_room(std::size_t size) { return std::malloc(size); }

/// 1: the bytes are a study; 0: they are not.
TENBIN_EXPORT int tenbin_engine_open(void* bytes, std::size_t size) {
  auto study = tenbin::from_bytes({static_cast<const unsigned char*>(bytes), size});
  std::free(bytes);
  engine.reset();
  if (study) engine.emplace(std::move(*study));
  return engine.has_value();
}

/// Numbers of answer() in the order of engine.hpp; how many there are. 0: nothing is open, or what
/// is asked is not there. `values`: a double a slider, NaN at rest.
TENBIN_EXPORT std::size_t tenbin_engine_answer(int preset, void* values, int count, int futures,
                                               int only) {
  numbers.clear();
  tenbin::PageState state{.preset = preset};
  const auto* const first = static_cast<const double*>(values);
  state.sliders.assign(first, first + count);
  std::free(values);
  if (!engine || preset < 0 || preset >= static_cast<int>(engine->study().scenarios.size()) ||
      futures < 1 || only < -1 || only >= engine->study().panel.size())
    return 0;
  numbers = engine->answer(state, futures, only);
  return numbers.size();
}
TENBIN_EXPORT const double* tenbin_engine_numbers() { return numbers.data(); }
