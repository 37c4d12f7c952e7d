// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/keeping_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tenbin/io/own_toml.hpp"

namespace tenbin {
namespace {

KindKeeping read_kind(const TomlNode& node, std::string_view name, Problems& problems) {
  constexpr int most = 1'000'000;
  TomlReader one(node, fmt::format("keeping of {}", name), problems);
  const KindKeeping kind{.ignored = one.number("ignored", 0, 1, true).value_or(0),
                         .mean = one.number("mean", -1, 1.5, true).value_or(0),
                         .sd = one.number("sd", 1e-6, 5, true).value_or(1),
                         .promises = one.integer("promises", 0, most, true).value_or(0),
                         .cases = one.integer("cases", 0, most, true).value_or(0)};
  one.finish();
  return kind;
}

Keeping read_year(const TomlNode& node, Problems& problems) {
  TomlReader one(node, "a keeping", problems);
  Keeping keeping{.as_of = one.integer("as_of", 1800, 2200, true).value_or(0),
                  .lateness = one.number("lateness", 0.2, 5, true).value_or(1),
                  .kinds = {}};
  for (std::size_t k = 0; k < promise_kinds; ++k)
    if (const TomlNode* kind = one.subtable(pledge_kind_names[k], true))
      keeping.kinds[k] = read_kind(*kind, pledge_kind_names[k], problems);
  one.finish();
  return keeping;
}

}  // namespace

std::vector<Keeping> read_keeping(const std::filesystem::path& path, Problems& problems) {
  std::vector<Keeping> all;
  const auto root = read_own_toml(path, problems);
  if (!root) return all;
  TomlReader top(*root, "promises", problems);
  check_format(top);
  const std::size_t before = problems.size();
  const std::vector<TomlNode>& years = top.tables("keeping", true);
  if (years.empty() && problems.size() == before)
    top.wrong("keeping", "names no year", "Give it a year, or take the file out of the folder");
  for (const TomlNode& node : years) {
    all.push_back(read_year(node, problems));
    if (all.size() > 1 && all[all.size() - 2].as_of >= all.back().as_of)
      problems.push_back({node.where(), "as_of is not after that of the one before",
                          "Put them in the order of their years, each once"});
  }
  top.finish();
  return all;
}

std::string keeping_text(const std::vector<Keeping>& all) {
  std::string text =
      "# How promises of a share of GDP are kept, learned from those that had run out: "
      "docs/model.md section 6 (Levers).\n"
      "# Written by `tenbin promises`. ignored: probability that a promise closes nothing of its "
      "gap; mean and sd: the\n# part closed otherwise; lateness: the way is ((year - from + 1) / "
      "years)^lateness.\n"
      "format = 1\n";
  for (const Keeping& one : all) {
    text += fmt::format("\n[[keeping]]\nas_of = {}\nlateness = {:.3f}\n", one.as_of, one.lateness);
    for (std::size_t k = 0; k < promise_kinds; ++k) {
      const KindKeeping& kind = one.kinds[k];
      const std::string sd =
          kind.sd < 0.001 ? fmt::format("{:.3g}", kind.sd) : fmt::format("{:.3f}", kind.sd);
      text += fmt::format(
          "{} = {{ ignored = {:.3f}, mean = {:.3f}, sd = {}, promises = {}, cases = {} }}\n",
          pledge_kind_names[k], kind.ignored, kind.mean, sd, kind.promises, kind.cases);
    }
  }
  return with_digest(text);
}

}  // namespace tenbin
