// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "tenbin/core/panel.hpp"
#include "tenbin/core/problem.hpp"

namespace tenbin {

/// A panel of the folder, or every problem of all its files. Notes come even with a good panel.
/// Files and rules: docs/formats.md.
struct PanelReading {
  std::optional<Panel> panel;
  Panel draft;  // of a refused panel: what could be read, so that a scenario can still be looked
                // through
  Problems problems;
};
/// Without `disputes_model` the folder's disputes.toml is passed over: only futures need it, and
/// the verb that writes it anew must not stumble over an old one.
PanelReading read_panel_checked(const std::filesystem::path& folder, bool disputes_model = true);

/// A problem for each file that a panel is read from and that is a link to a place outside the
/// folder: a page would show a stranger what the link names, such as a key.
Problems foreign_links(const std::filesystem::path& folder);

/// Names of the tables that a panel may have, remarks too.
const std::set<std::string>& panel_tables();

/// The panel; throws Error with every problem if it is refused.
Panel read_panel(const std::filesystem::path& folder);

}  // namespace tenbin
