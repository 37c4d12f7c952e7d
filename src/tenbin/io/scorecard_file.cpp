// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/scorecard_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "tenbin/io/own_toml.hpp"

namespace tenbin {
namespace {

std::string item(std::string_view key, double x) {  // nothing where x is no finite number
  return std::isfinite(x) ? fmt::format(", {} = {:.6g}", key, x) : "";
}
template <class Numbers>
std::string list(const Numbers& numbers) {
  return fmt::format("[{:.6g}]", fmt::join(numbers, ", "));
}
std::string list(const std::vector<std::string>& texts) {
  std::vector<std::string> quoted;
  for (const std::string& t : texts) quoted.push_back(toml_quote(t));
  return fmt::format("[{}]", fmt::join(quoted, ", "));
}

std::string board_text(const HorizonScores& h, const std::string& state) {
  std::string text =
      fmt::format("\n[[board]]\nof = \"{}\"\n", scored_names[static_cast<std::size_t>(h.what)]);
  if (!state.empty()) text += fmt::format("state = {}\n", toml_quote(state));
  text += fmt::format("horizon = {}\ncases = {}\norigins = {}\npit = [{}]\nmethods = [\n",
                      h.horizon, h.cases, h.origins, fmt::join(h.pit, ", "));
  for (const MethodScore& m : h.methods)
    text += fmt::format(
        "  {{ name = {}, crps = {:.6g}, absolute_error = {:.6g}, coverage = "
        "{}, width = {}{}{}{}{}{}{}{}{} }},\n",
        toml_quote(m.method), m.crps, m.absolute_error, list(m.coverage), list(m.width),
        item("coverage80_se", m.coverage80_se), item("interval", m.interval),
        item("log_score", m.log_score), item("energy", m.energy), item("skill", m.skill),
        item("skill_se", m.skill_se), item("dm", m.dm), item("p", m.dm_p));
  return text + "]\n";
}

/// Reads the pieces of one file.
class ScorecardReader {
 public:
  explicit ScorecardReader(Problems& problems) : problems_(problems) {}

  void read(const TomlNode& root, Scorecard& card) {
    TomlReader top(root, "scorecard", problems_);
    check_format(top);
    card.panel = top.text("panel", true).value_or("");
    card.figures_hash = top.text("figures_hash", true).value_or("");
    card.release = top.text("release").value_or("");
    card.setup = top.text("setup").value_or("");
    card.origins = top.integer("origins", 0, 1000, true).value_or(0);
    card.first_origin = year(top, "first_origin");
    card.last_origin = year(top, "last_origin");
    card.states = top.texts("states");
    each(top, "board", [&](TomlReader& one) { board(one, card); });
    each(top, "miss", [&](TomlReader& one) {
      card.misses.push_back({one.text("state", true).value_or(""), year(one, "origin"),
                             horizon(one), number(one, "off"), number(one, "beyond"),
                             one.text("story").value_or(""), one.text("source").value_or("")});
    });
    each(top, "plan", [&](TomlReader& one) {
      PlanCase c{one.text("state", true).value_or(""), year(one, "origin"), horizon(one), {}, {}};
      numbers(one, "pit", c.pit);
      numbers(one, "crps", c.crps);
      card.plans.push_back(std::move(c));
    });
    each(top, "term", [&](TomlReader& one) {
      card.terms.push_back({one.text("name", true).value_or(""), horizon(one),
                            number(one, "change"),
                            one.number("error", -widest_number, widest_number).value_or(missing)});
    });
    top.finish();
  }

 private:
  template <class Use>
  void each(TomlReader& top, std::string_view key, const Use& use) {
    for (const TomlNode& t : top.tables(key)) {
      TomlReader one(t, std::string(key), problems_);
      use(one);
      one.finish();
    }
  }
  static int year(TomlReader& one, std::string_view key) {
    return one.integer(key, 0, 2200, true).value_or(0);
  }
  static int horizon(TomlReader& one) { return one.integer("horizon", 1, 100, true).value_or(1); }
  static double number(TomlReader& one, std::string_view key) {
    return one.number(key, -widest_number, widest_number, true).value_or(missing);
  }
  template <class Numbers>
  static void numbers(TomlReader& one, std::string_view key, Numbers& into) {
    using Number = typename Numbers::value_type;
    const TomlNode* list = one.get(key, true);
    if (list == nullptr) return;
    bool good = list->items.size() == into.size();
    for (const TomlNode& x : list->items)
      good =
          good && x.is_number() && std::abs(x.number) <= widest_number &&
          (std::is_floating_point_v<Number> || (x.kind == TomlNode::Kind::integer && x.whole >= 0));
    if (!good)
      return one.wrong(key,
                       fmt::format("is no list of {} {}", into.size(),
                                   std::is_floating_point_v<Number> ? "numbers" : "counts"),
                       "Write the scorecard anew: tenbin backtest --scorecard");
    for (std::size_t k = 0; k < into.size(); ++k)
      into[k] = static_cast<Number>(list->items[k].number);
  }
  Scored what(TomlReader& one) {
    const auto given = one.text("of", true);
    if (!given) return Scored::milex;
    const auto name = std::ranges::find(scored_names, *given);
    if (name != scored_names.end()) return static_cast<Scored>(name - scored_names.begin());
    one.wrong("of", fmt::format("is \"{}\"", *given),
              fmt::format("Write one of {}", fmt::join(scored_names, ", ")));
    return Scored::milex;
  }
  MethodScore method(TomlReader& one) {
    const auto optional = [&](std::string_view key) {
      return one.number(key, -widest_number, widest_number).value_or(missing);
    };
    MethodScore m{.method = one.text("name", true).value_or(""),
                  .crps = number(one, "crps"),
                  .log_score = optional("log_score"),
                  .absolute_error = number(one, "absolute_error"),
                  .coverage80_se = optional("coverage80_se"),
                  .interval = optional("interval"),
                  .energy = optional("energy"),
                  .skill = optional("skill"),
                  .skill_se = optional("skill_se"),
                  .dm = optional("dm"),
                  .dm_p = optional("p")};
    numbers(one, "coverage", m.coverage);
    numbers(one, "width", m.width);
    return m;
  }
  void board(TomlReader& one, Scorecard& card) {
    HorizonScores h{.what = what(one),
                    .horizon = horizon(one),
                    .cases = one.integer("cases", 1, 1 << 30, true).value_or(1),
                    .origins = one.integer("origins", 1, 1000, true).value_or(1)};
    numbers(one, "pit", h.pit);
    each(one, "methods", [&](TomlReader& m) { h.methods.push_back(method(m)); });
    if (h.methods.empty()) return one.wrong("methods", "has no method", "Write the scorecard anew");
    const auto state = one.text("state");
    if (!state)
      return Scorecard::boards(card)[static_cast<std::size_t>(h.what)]->push_back(std::move(h));
    if (card.by_state.empty() || card.by_state.back().state != *state)
      card.by_state.push_back({*state, {}});
    card.by_state.back().boards.push_back(std::move(h));
  }

  Problems& problems_;
};

}  // namespace

std::string scorecard_text(const Scorecard& card) {
  std::string text = fmt::format(
      "# How good the forecasts were in the past: written by `tenbin backtest --scorecard`, shown "
      "by `tenbin brief`.\n"
      "format = 1\npanel = {}\nfigures_hash = {}\nrelease = {}\nsetup = {}\norigins = {}\n"
      "first_origin = {}\nlast_origin = {}\nstates = {}\n",
      toml_quote(card.panel), toml_quote(card.figures_hash), toml_quote(card.release),
      toml_quote(card.setup), card.origins, card.first_origin, card.last_origin, list(card.states));
  for (const auto* boards : Scorecard::boards(card))
    for (const HorizonScores& h : *boards) text += board_text(h, "");
  for (const StateScores& s : card.by_state)
    for (const HorizonScores& h : s.boards) text += board_text(h, s.state);
  for (const Miss& m : card.misses) {
    text += fmt::format(
        "\n[[miss]]\nstate = {}\norigin = {}\nhorizon = {}\noff = {:.6g}\nbeyond = {:.6g}\n",
        toml_quote(m.state), m.origin, m.horizon, m.off, m.beyond);
    if (!m.story.empty())
      text += fmt::format("story = {}\nsource = {}\n", toml_quote(m.story), toml_quote(m.source));
  }
  for (const PlanCase& c : card.plans)
    text += fmt::format("\n[[plan]]\nstate = {}\norigin = {}\nhorizon = {}\npit = {}\ncrps = {}\n",
                        toml_quote(c.state), c.origin, c.horizon, list(c.pit), list(c.crps));
  for (const TermWorth& t : card.terms) {
    text += fmt::format("\n[[term]]\nname = {}\nhorizon = {}\nchange = {:.6g}\n",
                        toml_quote(t.term), t.horizon, t.change);
    if (known(t.error)) text += fmt::format("error = {:.6g}\n", t.error);
  }
  return with_digest(text);
}

Scorecard read_scorecard(const std::filesystem::path& path) {
  Problems problems;
  Scorecard card;
  if (const auto root = read_own_toml(path, problems)) ScorecardReader(problems).read(*root, card);
  const auto same_methods = [](const std::vector<HorizonScores>& boards) {
    return std::ranges::all_of(boards, [&](const HorizonScores& h) {
      return std::ranges::equal(h.methods, boards[0].methods, {}, &MethodScore::method,
                                &MethodScore::method);
    });
  };
  const auto boards = Scorecard::boards(card);
  if (problems.empty() &&
      !std::ranges::all_of(boards, [&](const auto* b) { return same_methods(*b); }))
    problems.push_back({path.string(), "its horizons have different methods",
                        "Write the scorecard anew: tenbin backtest --scorecard"});
  if (!problems.empty()) throw Error(std::move(problems));
  return card;
}

}  // namespace tenbin
