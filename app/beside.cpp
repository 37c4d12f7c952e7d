// SPDX-License-Identifier: Apache-2.0
#include "beside.hpp"

#include <fmt/format.h>

#include "tenbin/io/dispute_file.hpp"
#include "tenbin/io/scorecard_file.hpp"

namespace tenbin::app {
namespace {

/// The scorecard, if it is of these very figures.
void read_record(const std::filesystem::path& folder, const Panel& panel, Beside& beside) {
  const auto path = folder / "scorecard.toml";
  const std::string mend =
      "tenbin backtest --scorecard writes a scorecard.toml into the panel's folder";
  if (!std::filesystem::exists(path)) {
    beside.no_record =
        "Nobody has tried yet how good these forecasts would have been on this panel's past: " +
        mend;
    return;
  }
  Scorecard card = read_scorecard(path);
  if (card.figures_hash == panel.figures_hash)
    beside.record = std::move(card);
  else
    beside.no_record =
        "The scorecard beside this panel was made before one of its tables changed, and is not "
        "shown: " +
        mend;
}

/// The risk of disputes, by the posterior beside the panel.
void read_risks(const std::filesystem::path& folder, const Panel& panel, int start,
                Beside& beside) {
  const auto path = folder / "disputes.toml";
  if (!std::filesystem::exists(path)) {
    beside.no_disputes =
        "The panel's folder holds no disputes.toml (tenbin disputes writes one), so the risk of "
        "disputes is not judged";
    return;
  }
  DisputeFile file = read_disputes(path);
  auto risks = dispute_risks(panel, start, file.draws, file.scale);
  if (risks.empty()) {
    beside.no_disputes = fmt::format(
        "The panel tells of no dyad's past up to {}, so the risk of disputes is not judged", start);
    return;
  }
  beside.disputes = {
      std::move(risks), std::move(file.judged), file.judged_on, file.first, file.last, file.rows,
      file.onsets};
}

}  // namespace

Beside read_beside(const Runs& runs) {
  Beside beside;
  const Scenario& base = runs.scenarios[0];
  read_record(base.panel_folder, runs.panel, beside);
  read_risks(base.panel_folder, runs.panel, base.start, beside);
  return beside;
}

}  // namespace tenbin::app
