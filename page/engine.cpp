// SPDX-License-Identifier: Apache-2.0
// The engine's surface in a page: plain numbers and places in its memory. One study at a time.
#include "tenbin/engine/engine.hpp"

#include <algorithm>
#include <cstdlib>

namespace {
std::optional<tenbin::Engine> engine;
tenbin::Engine::Part part;
std::int64_t futures_asked = 0;
std::vector<double> numbers;
std::string found;
}  // namespace

#define TENBIN_EXPORT extern "C" __attribute__((visibility("default"), used))

/// Room for bytes that the page writes, to be given to a function here, which frees it.
TENBIN_EXPORT void* tenbin_engine_room(std::size_t size) { return std::malloc(size); }

/// 1: the bytes are a study; 0: they are not.
TENBIN_EXPORT int tenbin_engine_open(void* bytes, std::size_t size) {
  auto study = tenbin::from_bytes({static_cast<const char*>(bytes), size});
  std::free(bytes);
  engine.reset();
  if (study) engine.emplace(std::move(*study));
  return engine.has_value();
}

/// Computes this engine's part of an answer and keeps it. `values`: a double a slider, NaN at rest.
/// 0: nothing is open, or what is asked is not there.
TENBIN_EXPORT int tenbin_engine_begin(int preset, void* values, int count, int futures, int only,
                                      int part_number, int parts) {
  tenbin::PageState state{.preset = preset};
  const auto* const first = static_cast<const double*>(values);
  state.sliders.assign(first, first + count);
  std::free(values);
  if (!engine || preset < 0 || preset >= static_cast<int>(engine->study().scenarios.size()) ||
      futures < 1 || only < -1 || only >= engine->study().panel.size() || parts < 1 ||
      part_number < 0 || part_number >= parts)
    return 0;
  futures_asked = futures;
  part = engine->begin(state, futures, only, part_number, parts);
  return 1;
}

/// What this engine found, as bytes for another one; how many there are.
TENBIN_EXPORT std::size_t tenbin_engine_part() {
  found = tenbin::to_bytes(part.tally);
  return found.size();
}
TENBIN_EXPORT const char* tenbin_engine_found() { return found.data(); }

/// Forgets what this engine found of the question: all parts are to be added.
TENBIN_EXPORT void tenbin_engine_clear() {
  part.tally = tenbin::empty_tally(part.measures, futures_asked);
}

/// Adds what an engine found of the same question. 0: it is of another question.
TENBIN_EXPORT int tenbin_engine_add(void* bytes, std::size_t size) {
  tenbin::Tally other = tenbin::empty_tally(part.measures, futures_asked);
  const bool whole = tenbin::from_bytes({static_cast<const char*>(bytes), size}, 0, other);
  std::free(bytes);
  if (whole) tenbin::merge(part.tally, std::move(other));
  return whole;
}

/// Numbers of Engine::answer() from all that was added; how many there are.
TENBIN_EXPORT std::size_t tenbin_engine_finish() {
  numbers = tenbin::Engine::finish(part);
  return numbers.size();
}
TENBIN_EXPORT const double* tenbin_engine_numbers() { return numbers.data(); }
