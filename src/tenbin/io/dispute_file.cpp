// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/dispute_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/own_toml.hpp"

namespace tenbin {
namespace {

constexpr const char* mend =
    "Remove the file, or write it anew: tenbin disputes PANEL --model FILE, with a panel that has "
    "disputes";

std::string judged_name(std::size_t severity) {
  return fmt::format("judged_{}", severity_names[severity]);
}

std::string judged_text(const char* name, const Classification& c) {
  std::string text = fmt::format(
      "\n[{}]\ncases = {}\nevents = {}\nauc = {:.6g}\nbrier = {:.6g}\nlog_loss = {:.6g}\nexpected "
      "= {:.6g}\ntenths = [",
      name, c.cases, c.events, c.auc, c.brier, c.log_loss, c.expected);
  for (const Reliability& r : c.tenths)
    text += fmt::format("[{}, {}, {:.6g}], ", r.cases, r.events, r.expected);
  text += "]\nclasses = [";
  for (const Reliability& r : c.classes)
    text += fmt::format("[{}, {}, {:.6g}], ", r.cases, r.events, r.expected);
  return text + "]\n";
}

/// A list of `count` numbers, else a problem.
std::vector<double> numbers(const TomlNode& list, std::size_t count, TomlReader& top,
                            std::string_view key) {
  std::vector<double> result;
  for (const TomlNode& x : list.items)
    if (x.is_number() && std::abs(x.number) < widest_number) result.push_back(x.number);
  if (result.size() != count || list.items.size() != count) {
    top.refuse(key, fmt::format("holds a list that is not {} numbers", count), mend);
    result.assign(count, 0.0);
  }
  return result;
}

/// The same of counts: whole numbers from 0 on.
std::vector<int> counts(const TomlNode& list, std::size_t count, TomlReader& top,
                        std::string_view key) {
  std::vector<int> result;
  for (const double x : numbers(list, count, top, key)) {
    if (!(x >= 0) || x != std::floor(x))
      top.refuse(key, fmt::format("holds {}, which is no count", x), mend);
    result.push_back(static_cast<int>(x));
  }
  return result;
}

DangerModel read_danger(const TomlNode& row, TomlReader& top) {
  const auto x = numbers(row, 5 + 4 * danger_covariates, top, "danger");
  DangerModel m{.first = static_cast<int>(x[0]),
                .last = static_cast<int>(x[1]),
                .rows = static_cast<int>(x[2])};
  auto from = x.begin() + 5;
  for (auto* outcome : {&m.fatal, &m.force}) {
    outcome->onsets = static_cast<int>(x[outcome == &m.fatal ? 3 : 4]);
    for (auto* to : {&outcome->slope, &outcome->error}) {
      std::copy_n(from, danger_covariates, to->begin());
      from += danger_covariates;
    }
  }
  return m;
}

Classification read_judged(TomlReader& top, std::string_view key, Problems& problems) {
  Classification c;
  const TomlNode* node = top.get(key, true);
  if (node == nullptr) return c;
  TomlReader one(*node, std::string(key), problems);
  const auto number = [&](std::string_view name) {
    return one.number(name, -widest_number, widest_number, true).value_or(0);
  };
  c.cases = one.integer("cases", 0, 1 << 30, true).value_or(0);
  c.events = one.integer("events", 1, 1 << 30, true).value_or(1);
  c.auc = number("auc");
  c.brier = number("brier");
  c.log_loss = number("log_loss");
  c.expected = number("expected");
  const auto groups = [&](std::string_view name) {
    std::vector<Reliability> all;
    if (const TomlNode* list = one.get(name, true))
      for (const TomlNode& t : list->items) {
        const auto x = numbers(t, 3, one, name);
        all.push_back({static_cast<int>(x[0]), static_cast<int>(x[1]), x[2]});
      }
    return all;
  };
  c.tenths = groups("tenths");
  const auto classes = groups("classes");
  if (classes.size() == c.classes.size())
    std::ranges::copy(classes, c.classes.begin());
  else
    one.refuse("classes", fmt::format("are not {}", c.classes.size()), mend);
  one.finish();
  return c;
}

}  // namespace

std::string disputes_text(const DisputeModel& f) {
  std::string text = fmt::format(
      "# Posterior of the dispute model (docs/model.md section 10): written by `tenbin disputes "
      "--model`.\n"
      "format = 1\nfitted_to = {}\nfirst = {}\nlast = {}\nrows = {}\nonsets = {}\njudged_on = {}\n"
      "mean = [{:.9g}]\nsd = [{:.9g}]\n"
      "# for an onset, for force in it, for a death in one with force: intercept, {}; then the "
      "two\n"
      "# slopes of the calibration\ndraws = [\n",
      toml_quote(f.fitted_to), f.first, f.last, f.rows, f.onsets, toml_quote(f.judged_on),
      fmt::join(f.scale.mean, ", "), fmt::join(f.scale.sd, ", "),
      fmt::join(dispute_covariate_names, ", "));
  for (std::size_t d = 0; d < f.draws.size(); ++d)
    text += fmt::format("  [{:.5g}],\n", fmt::join(f.draws.draw(d), ", "));
  text +=
      "]\n# spans of 1, 2, ... years of a dyad: how many, and how many with an onset\nwithin = [";
  for (const SpanRate& r : f.within) text += fmt::format("[{}, {}], ", r.spans, r.with_onset);
  text +=
      "]\n# onsets drawn from the year before the first: severity (0 any, 1 force, 2 fatal), "
      "first, "
      "last, observed, mean, 5 and 95 of 100\nsimulated = [\n";
  for (const SimulatedCount& c : f.simulated)
    text +=
        fmt::format("  [{}, {}, {}, {}, {:.6g}, {:.6g}, {:.6g}],\n", static_cast<int>(c.severity),
                    c.first, c.last, c.observed, c.mean, c.low, c.high);
  text +=
      "]\n# danger: first, last, dyad-years, fatal onsets, onsets with force; for fatal ones, then "
      "for those with force,\n# slopes and their errors of {}\ndanger = [\n";
  text.replace(text.rfind("{}"), 2, fmt::format("{}", fmt::join(danger_covariate_names, ", ")));
  for (const DangerModel& m : f.danger) {
    text += fmt::format("  [{}, {}, {}, {}, {}", m.first, m.last, m.rows, m.fatal.onsets,
                        m.force.onsets);
    for (const auto* outcome : {&m.fatal, &m.force})
      text += fmt::format(", {:.12g}, {:.6g}", fmt::join(outcome->slope, ", "),
                          fmt::join(outcome->error, ", "));
    text += "],\n";
  }
  text += "]\n" + judged_text("peace_alone", f.peace_alone);
  for (std::size_t s = 0; s < severities; ++s)
    text += judged_text(judged_name(s).c_str(), f.judged[s]);
  return with_digest(text);
}

void write_disputes(const std::filesystem::path& path, const DisputeModel& model) {
  write_text(path, disputes_text(model));
}

std::optional<DisputeModel> read_disputes(const std::filesystem::path& path, Problems& problems) {
  const std::size_t before = problems.size();
  DisputeModel f;
  constexpr std::size_t width = dispute_numbers;
  if (const auto root = read_own_toml(path, problems)) {
    TomlReader top(*root, "disputes", problems);
    check_format(top);
    f.fitted_to = top.text("fitted_to", true).value_or("");
    f.first = top.integer("first", 1800, 2200, true).value_or(0);
    f.last = top.integer("last", 1800, 2200, true).value_or(0);
    f.rows = top.integer("rows", 1, 1 << 30, true).value_or(1);
    f.onsets = top.integer("onsets", 1, 1 << 30, true).value_or(1);
    f.judged_on = top.text("judged_on", true).value_or("");
    for (const auto& [key, into] : {std::pair{"mean", &f.scale.mean}, std::pair{"sd", &f.scale.sd}})
      if (const TomlNode* list = top.get(key, true))
        std::ranges::copy(numbers(*list, dispute_covariates, top, key), into->begin());
    f.draws = {.equation = "disputes", .chains = 1, .width = width};
    if (const TomlNode* draws = top.get("draws", true)) {
      for (const TomlNode& d : draws->items)
        if (problems.size() == before)  // one bad row is enough
          for (const double x : numbers(d, width, top, "draws")) f.draws.values.push_back(x);
      if (draws->items.empty()) top.refuse("draws", "holds no draw", mend);
      f.draws.draws_per_chain = static_cast<int>(f.draws.values.size() / width);
    }
    for (const double sd : f.scale.sd)
      if (!(sd > 0)) top.refuse("sd", "holds a spread that is not above 0", mend);
    if (const TomlNode* list = top.get("within")) {
      for (const TomlNode& r : list->items) {
        const auto x = counts(r, 2, top, "within");
        f.within.push_back({x[0], x[1]});
        if (x[1] > x[0]) top.refuse("within", "has more spans with an onset than spans", mend);
      }
      if (list->items.size() != longest_span)
        top.refuse("within", fmt::format("has not {} spans", longest_span), mend);
    }
    if (const TomlNode* list = top.get("simulated"))
      for (const TomlNode& r : list->items) {
        const auto x = numbers(r, 7, top, "simulated");
        const auto severity = std::clamp(x[0], 0.0, static_cast<double>(severities - 1));
        f.simulated.push_back({static_cast<Severity>(severity), static_cast<int>(x[1]),
                               static_cast<int>(x[2]), static_cast<int>(x[3]), x[4], x[5], x[6]});
      }
    if (const TomlNode* list = top.get("danger"))
      for (const TomlNode& m : list->items) f.danger.push_back(read_danger(m, top));
    if (f.last < f.first) top.refuse("last", "is before first", mend);
    for (std::size_t d = 0; d < f.draws.size() && problems.size() == before; ++d) {
      const auto draw = f.draws.draw(d);
      const double spread = draw[dispute_numbers - 2], bend = draw[dispute_numbers - 1];
      if (!(spread > -1 && spread + bend > -1))
        top.refuse("draws", "hold a calibration that reverses the order of risks", mend);
    }
    if (f.onsets > f.rows) top.refuse("onsets", "are more than the rows", mend);
    for (std::size_t s = 0; s < severities; ++s)
      f.judged[s] = read_judged(top, judged_name(s), problems);
    f.peace_alone = read_judged(top, "peace_alone", problems);
    top.finish();
  }
  if (problems.size() > before) return std::nullopt;
  return f;
}

}  // namespace tenbin
