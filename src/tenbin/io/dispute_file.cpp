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
    if (x.is_number() && std::abs(x.number) <= widest_number) result.push_back(x.number);
  if (result.size() != count || list.items.size() != count) {
    top.wrong(key, fmt::format("must be a list of {} numbers", count), mend);
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
      top.wrong(key, fmt::format("is {}; a count is a whole number, 0 or more", x), mend);
    result.push_back(static_cast<int>(x));
  }
  return result;
}

constexpr double most_cases = 1 << 30;  // sums of two are whole numbers still

/// A number that must be whole and within a range, else a problem.
int whole(double x, double low, double high, TomlReader& top, std::string_view key) {
  if (x >= low && x <= high && x == std::floor(x)) return static_cast<int>(x);
  top.wrong(key, fmt::format("is {}; it must be a whole number from {} to {}", x, low, high), mend);
  return static_cast<int>(low);
}

DangerModel read_danger(const TomlNode& row, TomlReader& top) {
  const auto x = numbers(row, 5 + 4 * danger_covariates, top, "danger");
  DangerModel m{.first = whole(x[0], 0, 2200, top, "danger"),
                .last = whole(x[1], 0, 2200, top, "danger"),
                .rows = whole(x[2], 0, most_cases, top, "danger")};
  auto from = x.begin() + 5;
  for (auto* outcome : {&m.fatal, &m.force}) {
    outcome->onsets = whole(x[outcome == &m.fatal ? 3 : 4], 0, most_cases, top, "danger");
    for (auto* to : {&outcome->slope, &outcome->error}) {
      std::copy_n(from, danger_covariates, to->begin());
      from += danger_covariates;
    }
  }
  return m;
}

SimulatedCount read_simulated(const TomlNode& row, TomlReader& top) {
  const auto x = numbers(row, 7, top, "simulated");
  return {static_cast<Severity>(whole(x[0], 0, severities - 1, top, "simulated")),
          whole(x[1], 0, 2200, top, "simulated"),
          whole(x[2], 0, 2200, top, "simulated"),
          whole(x[3], 0, most_cases, top, "simulated"),
          x[4],
          x[5],
          x[6]};
}

/// An empty list is what is written of a model without them.
std::vector<SpanRate> read_within(TomlReader& top) {
  std::vector<SpanRate> within;
  const std::vector<TomlNode>& rows = top.list("within");
  for (const TomlNode& r : rows) {
    const auto x = counts(r, 2, top, "within");
    within.push_back({x[0], x[1]});
    if (x[1] > x[0])
      top.wrong("within", "counts more spans with an onset than there are spans", mend);
  }
  if (!rows.empty() && rows.size() != longest_span)
    top.wrong("within", fmt::format("must have {} spans", longest_span), mend);
  return within;
}

/// The draws, whose first row that is none is reported.
Draws read_draws(TomlReader& top, const Problems& problems) {
  constexpr std::size_t width = dispute_numbers;
  const std::size_t before = problems.size();
  Draws draws{.equation = "disputes", .chains = 1, .width = width};
  const std::vector<TomlNode>& rows = top.list("draws", true);
  for (const TomlNode& row : rows)
    if (problems.size() == before)
      for (const double x : numbers(row, width, top, "draws")) draws.values.push_back(x);
  if (rows.empty() && problems.size() == before) top.wrong("draws", "has no draws", mend);
  draws.draws_per_chain = static_cast<int>(draws.values.size() / width);
  for (std::size_t d = 0; d < draws.size() && problems.size() == before; ++d) {
    const auto draw = draws.draw(d);
    const double spread = draw[width - 2], bend = draw[width - 1];
    if (!(spread > -1 && spread + bend > -1))
      top.wrong("draws", "have a calibration that would reverse the order of risks", mend);
  }
  return draws;
}

Classification read_judged(TomlReader& top, std::string_view key, Problems& problems) {
  Classification c;
  const TomlNode* node = top.subtable(key, true);
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
    for (const TomlNode& t : one.list(name, true)) {
      const auto x = numbers(t, 3, one, name);
      all.push_back(
          {whole(x[0], 0, most_cases, one, name), whole(x[1], 0, most_cases, one, name), x[2]});
    }
    return all;
  };
  c.tenths = groups("tenths");
  const auto classes = groups("classes");
  if (classes.size() == c.classes.size())
    std::ranges::copy(classes, c.classes.begin());
  else
    one.wrong("classes", fmt::format("must have {} rows", c.classes.size()), mend);
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
    f.draws = read_draws(top, problems);
    const auto above_0 = [](double sd) { return sd > 0; };
    if (top.has("sd") && !std::ranges::all_of(f.scale.sd, above_0))
      top.wrong("sd", "must have spreads above 0", mend);
    f.within = read_within(top);
    for (const TomlNode& row : top.list("simulated"))
      f.simulated.push_back(read_simulated(row, top));
    for (const TomlNode& row : top.list("danger")) f.danger.push_back(read_danger(row, top));
    if (f.last < f.first) top.wrong("last", "is before first", mend);
    if (f.onsets > f.rows) top.wrong("onsets", "are more than the rows", mend);
    for (std::size_t s = 0; s < severities; ++s)
      f.judged[s] = read_judged(top, judged_name(s), problems);
    f.peace_alone = read_judged(top, "peace_alone", problems);
    top.finish();
  }
  if (problems.size() > before) return std::nullopt;
  return f;
}

}  // namespace tenbin
