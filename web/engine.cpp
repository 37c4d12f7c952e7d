// SPDX-License-Identifier: Apache-2.0
// The engine's surface in a page: plain numbers and places in its memory. One study at a time.
#include "tenbin/page/engine/engine.hpp"

#include <algorithm>
#include <cstdlib>

namespace {
std::optional<tenbin::Engine> engine;
tenbin::Engine::Question question;
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
  question = {};
  if (study) engine.emplace(std::move(*study));
  return engine.has_value();
}

/// Takes a question, of which nothing is computed yet. `values`: a double a slider, NaN at rest.
/// 0: nothing is open, or what is asked is not there.
TENBIN_EXPORT int tenbin_engine_ask(int preset, void* values, int count, int futures, int only) {
  tenbin::PageState state{.preset = preset};
  const auto* const first = static_cast<const double*>(values);
  state.sliders.assign(first, first + count);
  std::free(values);
  if (!engine || preset < 0 || preset >= static_cast<int>(engine->study().scenarios.size()) ||
      futures < 1 || only < -1 || only >= engine->study().panel.size())
    return 0;
  question = engine->ask(state, futures, only);
  return 1;
}

/// Computes a part of the question and keeps what it finds. 0: there is no such part.
TENBIN_EXPORT int tenbin_engine_compute(int part, int parts) {
  if (question.futures == 0 || parts < 1 || part < 0 || part >= parts) return 0;
  engine->compute(question, part, parts);
  return 1;
}

/// What this engine found, as bytes for another one; how many there are.
TENBIN_EXPORT std::size_t tenbin_engine_part() {
  found = tenbin::to_bytes(question.tally);
  return found.size();
}
TENBIN_EXPORT const char* tenbin_engine_found() { return found.data(); }

/// Adds what another engine found of the same question. 0: it is of another question.
TENBIN_EXPORT int tenbin_engine_add(void* bytes, std::size_t size) {
  tenbin::Tally other = tenbin::empty_tally(question.measures, question.futures);
  const bool whole = tenbin::from_bytes({static_cast<const char*>(bytes), size}, 0, other);
  std::free(bytes);
  if (whole) tenbin::merge(question.tally, std::move(other));
  return whole;
}

/// Numbers of Engine::answer() when all parts are computed or added; how many there are.
TENBIN_EXPORT std::size_t tenbin_engine_finish() {
  numbers = question.futures > 0 ? engine->finish(question) : std::vector<double>();
  return numbers.size();
}
TENBIN_EXPORT const double* tenbin_engine_numbers() { return numbers.data(); }
