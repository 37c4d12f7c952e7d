// SPDX-License-Identifier: Apache-2.0
#include "tenbin/questions/certainty.hpp"

#include <fmt/format.h>

#include <cmath>

#include "tenbin/core/panel.hpp"
#include "tenbin/fit/reading.hpp"

namespace tenbin {

Problems Certainty::notes(std::int64_t futures) const {
  if (unsure_ == 0) return {};
  // Errors shrink with the root of the number, down to what the posterior's draws leave.
  const double needed = std::ceil(static_cast<double>(futures) * (worst_ / 0.01) * (worst_ / 0.01));
  return {
      {fmt::format("{} futures", futures),
       fmt::format("the Monte Carlo error of {} of {} probabilities is larger than a percentage "
                   "point (at most {:.1f})",
                   unsure_, seen_, 100 * worst_),
       fmt::format("{:.0f} futures would bring it there, as far as the posterior's draws allow",
                   needed),
       Problem::Kind::note}};
}

std::string chance_text(const Chance& c) {
  if (!known(c.p)) return "";
  const std::string p = fmt::format("{:.0f} %", 100 * c.p);
  return c.error > 0.01 ? p + fmt::format(" (\u00b1{:.0f})", 100 * c.error) : p;
}

std::string placebo_line(const Posterior& posterior) {
  const std::string sentence = placebo_sentence(posterior.asked);
  return sentence.empty() ? "" : "\n" + sentence + "\n";
}

}  // namespace tenbin
