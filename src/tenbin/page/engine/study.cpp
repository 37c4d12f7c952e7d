// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/engine/study.hpp"

#include <algorithm>

#include "tenbin/core/archive.hpp"
#include "tenbin/page/engine/study_check.hpp"

namespace tenbin {

Lever lever_of(const Slider& slider, double value) {
  Lever lever = slider.lever;
  lever.value = {value, 0, value, value};
  return lever;
}

std::vector<std::size_t> carried_places(const Draws& draws, int first_wave) {
  std::vector<std::size_t> kept;
  // of each series of years, the world's and the regions'
  const auto is_last = [](const Column& c, std::size_t e) {
    return e + 1 == c.size() ||
           region_and_year(c.elements[e]).first != region_and_year(c.elements[e + 1]).first;
  };
  for (const Column& c : draws.columns)
    for (std::size_t e = 0; e < c.size(); ++e)
      if (c.name != "wave" || is_last(c, e) || region_and_year(c.elements[e]).second >= first_wave)
        kept.push_back(c.offset + e);
  return kept;
}

Draws first_draws(const Draws& draws, int count, int first_wave) {
  Draws few{.equation = draws.equation,
            .chains = 1,
            .draws_per_chain = std::min(count, static_cast<int>(draws.size()))};
  const std::vector<std::size_t> kept = carried_places(draws, first_wave);
  few.width = kept.size();
  std::size_t at = 0;  // in `kept`
  for (const Column& c : draws.columns) {
    Column own{.name = c.name, .offset = at, .fixed = c.fixed};
    for (; at < kept.size() && kept[at] < c.offset + c.size(); ++at)
      if (!c.elements.empty()) own.elements.push_back(c.elements[kept[at] - c.offset]);
    few.columns.push_back(std::move(own));
  }
  for (std::size_t d = 0; d < few.size(); ++d)
    for (const std::size_t k : kept) few.values.push_back(draws.draw(d)[k]);
  return few;
}

std::string to_bytes(const PageStudy& study) { return archive(ArchiveKind::study, study); }

std::optional<PageStudy> from_bytes(std::string_view bytes, std::string* fault) {
  auto study = from_archive<PageStudy>(ArchiveKind::study, bytes);
  const std::string found =
      study ? fault_of(*study) : "its bytes end too early, or too late, or are none of a study";
  if (fault) *fault = found;
  if (!found.empty()) study.reset();
  return study;
}

}  // namespace tenbin
