// SPDX-License-Identifier: Apache-2.0
// The study that a page carries, in a frame that is put right: a body that is accepted is written
// back as it was, and an engine computes an answer from it. Large studies are read only, since a
// run must stay short.
#include <numeric>

#include "expect.hpp"
#include "tenbin/core/archive.hpp"
#include "tenbin/page/engine/engine.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tenbin;
  const std::string bytes = framed<PageStudy>(ArchiveKind::study, fuzz::Input(data, size).text());
  std::string fault;
  auto study = from_bytes(bytes, &fault);
  fuzz::expect(study.has_value() == fault.empty());
  if (!study) return 0;
  fuzz::expect(to_bytes(*study) == bytes);
  const Scenario& base = study->scenarios[0];
  const auto levers = [](std::size_t n, const Scenario& s) { return n + s.levers.size(); };
  if (study->panel.states.size() > 6 || base.end - base.start > 8 || study->panel.years() > 40 ||
      std::accumulate(study->scenarios.begin(), study->scenarios.end(), std::size_t{0}, levers) >
          20)
    return 0;
  PageState state{.preset = static_cast<int>(study->scenarios.size()) - 1};
  for (const Slider& s : study->sliders) state.sliders.push_back((s.low + s.high) / 2);
  const StateIndex focus = base.focus;
  Engine engine(std::move(*study));
  fuzz::expect(!engine.answer(state, 1, size % 2 ? focus : -1).empty());
  return 0;
}
