// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tenbin/core/panel.hpp"
#include "tenbin/core/scenario.hpp"
#include "tenbin/io/toml_tree.hpp"

namespace tenbin {

/// Reads the levers of one scenario file against its panel. What is wrong goes to the problems,
/// and what a lever does to another one goes there as a note.
class LeverReader {
 public:
  /// `drafted`: the panel has problems itself, so that what it lacks is not held against a lever.
  LeverReader(const Panel& panel, bool drafted, Problems& problems)
      : panel_(panel), drafted_(drafted), problems_(problems) {}

  /// Adds a lever to the scenario, whose years are known.
  void read(const TomlNode& node, Scenario& scenario);
  /// The state that a key names.
  std::optional<StateIndex> state(TomlReader& reader, std::string_view key);
  std::vector<StateIndex> states_of(const std::vector<TomlNode>& items, const std::string& what);

 private:
  /// `key`: what the node is called in a message about its type.
  std::optional<StateIndex> state_of(const TomlNode& node, const std::string& what,
                                     std::string_view key);
  std::optional<double> share_or_number(const TomlNode& node, TomlReader& reader,
                                        std::string_view key, Unit unit);
  /// `ignored`: a table of this value may give Value::ignored.
  std::optional<Value> value(TomlReader& reader, std::string_view key, double low, double high,
                             Unit unit, bool ignored = false);
  void read_key(TomlReader& reader, const LeverKey& key, Lever& lever);
  void read_states(TomlReader& reader, const LeverKey& key, Lever& lever);
  void read_list(TomlReader& reader, const LeverKey& key, Lever& lever);
  void bring_to_panel(TomlReader& reader, double factor, Lever& lever);
  void read_mode(TomlReader& reader, std::string_view key, Lever& lever);
  void read_reaction(TomlReader& reader, std::string_view key, Lever& lever);
  void read_path(TomlReader& reader, std::string_view key, Lever& lever);
  void check_pair(TomlReader& reader, const Lever& lever);
  void check_burdens(TomlReader& reader, const Lever& lever, const Scenario& scenario);
  bool check_years(TomlReader& reader, const Lever& lever, const Scenario& scenario);
  void note_odd_sum(TomlReader& reader, const Lever& lever, const Scenario& scenario);
  void note_idle(TomlReader& reader, const Lever& lever, const Scenario& scenario);
  void note_displaced(TomlReader& reader, const Lever& lever, const Scenario& scenario);
  std::vector<bool> moved_by(const Lever& lever) const;
  void note_overlap(TomlReader& reader, const Lever& lever, const std::vector<bool>& moved,
                    const Scenario& scenario);

  const Panel& panel_;
  bool drafted_;
  Problems& problems_;
  // of each lever of the scenario: its file and line, and the states whose spending it moves
  std::vector<std::string> places_;
  std::vector<std::vector<bool>> moved_;
};

}  // namespace tenbin
