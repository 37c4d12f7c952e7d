// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "tenbin/evidence/announcements.hpp"
#include "tenbin/evidence/experiments.hpp"

namespace tenbin {

/// What `tenbin announcements` found.
struct AnnouncementReport {
  const Panel& panel;
  const Sample& sample;
  std::span<const TrialScore> scores;
  std::span<const TrialGroup> more;  // lines below those of the announcements
  std::span<const Experiment> experiments;
  std::span<const ExperimentRow> rows;
};

/// The report as one HTML file, in English: each announcement as a dot beside the placebos, the
/// tables of both, the natural experiments, and every announcement in a row of its own.
std::string render_announcements(const AnnouncementReport& report);

}  // namespace tenbin
