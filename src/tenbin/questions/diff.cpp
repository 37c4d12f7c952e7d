// SPDX-License-Identifier: Apache-2.0
// Two releases of a panel: what changed, and which conclusions moved.
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "tenbin/fit/revision.hpp"
#include "tenbin/io/tidy_file.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/questions/fitting.hpp"
#include "tenbin/questions/names.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

/// Two panels, and what a reader asked to see of them.
struct Asked {
  const Panel& before;
  const Panel& after;
  std::vector<StateIndex> wanted;  // of the earlier panel; empty: the largest
  std::size_t rows;                // of a table on the screen
};

const char* name_of(MilexKind kind) {
  static constexpr std::array names{"none", "reported", "estimate", "uncertain", "imputed"};
  return names[static_cast<std::size_t>(kind)];
}

std::ptrdiff_t in_both(const Panel& before, const Panel& after) {
  return std::ranges::count_if(before.states,
                               [&](const State& s) { return after.find(s.id).has_value(); });
}

/// Refuses panels that cannot be compared.
void require_comparable(const Panel& before, const Panel& after, const std::string& before_name,
                        const std::string& after_name, int year) {
  const auto refuse = [](const std::string& where, std::string what, std::string mend) {
    throw Error({{where, std::move(what), std::move(mend)}});
  };
  if ((before.price_year == 0) != (after.price_year == 0))
    refuse(after_name, "one panel is in constant money, the other in current money",
           "Compare panels that are both in constant or both in current money");
  if (after.last_year < before.last_year)
    refuse(after_name,
           fmt::format("it ends in {}, before {} does, in {}", after.last_year, before_name,
                       before.last_year),
           "Give the earlier release first");
  if (year > 0 && year <= after.last_year)
    refuse("--year",
           fmt::format("{} is not after the later panel's end, {}", year, after.last_year),
           fmt::format("Give {} or later", after.last_year + 1));
  if (in_both(before, after) == 0)
    refuse(after_name, fmt::format("no state of {} is in it", before_name),
           "Compare two panels of the same states");
}

/// How the three fits are made: with the settings' own priors, or, where they name none, wide ones
/// for a panel that says enough of itself and the world's for others.
ConclusionOptions conclusion_options(const Panel& before, const Panel& after,
                                     const Settings& settings) {
  const std::int64_t futures = settings.futures.value_or(8000);
  require_within("futures", futures, 100, 10'000'000);
  const auto options_for = [&](const Panel& panel, int year) {
    FitSettings fit = fit_settings(settings);
    if (!settings.priors) fit.priors = panel.size() >= fewest_for_wave ? "wide" : "world";
    return options_of(fit, *past_of(panel, year));
  };
  return {.before = options_for(before, before.last_year),
          .revised = options_for(after, before.last_year),
          .after = options_for(after, after.last_year),
          .year = settings.year.value_or(0),
          .futures = futures};
}

/// Columns state, year, what (milex, burden, kind; added, gone), before, after, change, and for a
/// kind kind_before, kind_after.
TidyTable figure_table(const Panel& before, const Panel& after, const FigureRevisions& figures) {
  TidyTable table;
  table.text("state");
  table.integer("year");
  table.text("what");
  for (const char* name : {"before", "after", "change"}) table.number(name, "{:.8g}");
  table.text("kind_before");
  table.text("kind_after");
  static constexpr std::array names{"milex", "burden", "kind"};
  for (const Revision& r : figures.all) {
    const bool kind = r.what == Revision::What::kind;
    table << r.state << r.year << names[static_cast<std::size_t>(r.what)]
          << (kind ? missing : r.before) << (kind ? missing : r.after)
          << (kind ? missing : r.change()) << (kind ? name_of(r.kind_before) : "")
          << (kind ? name_of(r.kind_after) : "");
  }
  const auto milex = [](const Panel& panel, const std::string& state, int year) {
    return panel.cell(*panel.find(state), year).milex;
  };
  for (const StateRevision& s : figures.states) {
    for (const int year : s.added)
      table << s.state << year << "added" << missing << milex(after, s.state, year) << missing << ""
            << "";
    for (const int year : s.gone)
      table << s.state << year << "gone" << milex(before, s.state, year) << missing << missing << ""
            << "";
  }
  return table;
}

/// Columns state, year, quantity, before, revised_figures, after, by_revision, by_new_years, error,
/// foretold, came.
TidyTable median_table(const Conclusions& c) {
  TidyTable table;
  table.text("state");
  table.integer("year");
  table.text("quantity");
  for (const char* name : {"before", "revised_figures", "after", "by_revision", "by_new_years",
                           "error", "foretold", "came"})
    table.number(name, "{:.8g}");
  for (const MovedMedian& m : c.medians) {
    const auto add = [&](const char* quantity, const Moved& of, double error, double foretold,
                         double came) {
      table << m.state << c.year << quantity << of.before << of.revised << of.after
            << of.revised / of.before - 1 << of.after / of.revised - 1 << error << foretold << came;
    };
    add("milex", m.milex, m.milex_error, m.foretold, m.came);
    add("burden", m.burden, m.burden_error, missing, missing);
  }
  return table;
}

std::string money_text(const Panel& p) {
  return p.price_year == 0 ? "current money" : fmt::format("constant money of {}", p.price_year);
}

/// "+3.4 %", or "4249 times" where it is no change but another number.
std::string change_text(double change) {
  if (!known(change)) return "-";
  if (change > 10) return fmt::format("{:.4g} times", 1 + change);
  if (change < -0.95) return fmt::format("1/{:.4g} of it", 1 / (1 + change));
  return signed_number(100 * change, 1) + " %";
}
std::string change_text(const Moved& m) { return change_text(m.after / m.before - 1); }

/// A change in per cent with one digit after the point.
std::string moved(double from, double to) {
  if (!known(from) || !known(to)) return "-";
  return signed_number(100 * (to / from - 1), 1);
}

/// Millions, with at least three digits.
std::string amount(double x) {
  return x < 100 ? fmt::format("{:.3g}", x) : fmt::format("{:.0f}", x);
}

/// "1990-1992 1995".
std::string years_text(const std::vector<int>& years) {
  std::string text;
  for (std::size_t k = 0; k < years.size();) {
    std::size_t end = k;
    while (end + 1 < years.size() && years[end + 1] == years[end] + 1) ++end;
    text += fmt::format("{}{}", text.empty() ? "" : " ", years[k]);
    if (end > k) text += fmt::format("-{}", years[end]);
    k = end + 1;
  }
  return text;
}

bool is_wanted(const Asked& told, const std::string& id) {
  return told.wanted.empty() || std::ranges::any_of(told.wanted, [&](StateIndex i) {
           return told.before.states[i].id == id;
         });
}

void add_counts(std::string& text, const Asked& told, const FigureRevisions& figures,
                double tolerance) {
  int milex = 0, burden = 0, kind = 0, states = 0, gone = 0, new_years = 0, earlier = 0;
  for (const StateRevision& s : figures.states) {
    milex += s.milex;
    burden += s.burden;
    kind += s.kind;
    states += s.milex > 0;
    gone += static_cast<int>(s.gone.size());
    for (const int year : s.added) (year > told.before.last_year ? new_years : earlier) += 1;
  }
  say(text, "\nFigures: {} state-years in both\n", figures.compared);
  say(text, "  added     {} after {}, {} of earlier years\n", new_years, told.before.last_year,
      earlier);
  say(text, "  gone      {}\n", gone);
  say(text,
      "  revised   milex {} ({:.1f} %, in {} states), share of GDP {}, kind {}; smaller than "
      "{:.3g} "
      "% is not counted\n",
      milex, figures.compared ? 100.0 * milex / figures.compared : 0.0, states, burden, kind,
      100 * tolerance);
  if (!figures.states_added.empty())
    say(text, "  new states: {}\n", fmt::join(figures.states_added, " "));
  if (!figures.states_gone.empty())
    say(text, "  states gone: {}\n", fmt::join(figures.states_gone, " "));
}

void add_largest(std::string& text, const Asked& told, const FigureRevisions& figures) {
  std::vector<const StateRevision*> rows;
  for (const StateRevision& s : figures.states)
    if (s.largest.year != 0 && is_wanted(told, s.state)) rows.push_back(&s);
  std::ranges::stable_sort(rows, std::ranges::greater{}, [](const StateRevision* s) {
    return std::abs(std::log(s->largest.after / s->largest.before));
  });
  const std::size_t shown = std::min(rows.size(), told.rows);
  if (shown == 0) return;
  say(text,
      "\nRevised milex (millions), and the last year that both have, where forecasts begin\n"
      "{:<6} {:>9}  {:<40} {:>5} {:>10} {:>13}\n",
      "state", "years", "largest", "last", "milex", "share of GDP");
  for (std::size_t k = 0; k < shown; ++k) {
    const StateRevision& s = *rows[k];
    say(text, "{:<6} {:>9}  {:<40} {:>5} {:>10} {:>13}\n", s.state,
        fmt::format("{} of {}", s.milex, s.in_both),
        fmt::format("{} in {}: {} to {}", change_text(s.largest.change()), s.largest.year,
                    amount(s.largest.before), amount(s.largest.after)),
        s.last, change_text(s.last_milex), change_text(s.last_burden));
  }
  if (shown < rows.size())
    say(text, "... {} states more; -o FILE.csv writes every figure, --states JPN,CHN picks\n",
        rows.size() - shown);
}

void add_earlier_years(std::string& text, const Asked& told, const FigureRevisions& figures) {
  std::vector<std::string> parts;
  for (const StateRevision& s : figures.states) {
    std::vector<int> years;
    std::ranges::copy_if(s.added, std::back_inserter(years),
                         [&](int year) { return year <= told.before.last_year; });
    if (!years.empty()) parts.push_back(fmt::format("{} {}", s.state, years_text(years)));
    if (!s.gone.empty()) parts.push_back(fmt::format("{} {} gone", s.state, years_text(s.gone)));
  }
  if (!parts.empty()) say(text, "Earlier years that only one has: {}\n", fmt::join(parts, "; "));
}

void add_tables(std::string& text, const FigureRevisions& figures) {
  constexpr std::size_t most = 5;
  for (const TableRevision& t : figures.tables) {
    say(text, "{}: {} rows added, {} gone\n", t.table, t.added.size(), t.gone.size());
    for (std::size_t k = 0; k < std::min(t.added.size(), most); ++k)
      say(text, "  + {}\n", t.added[k]);
    for (std::size_t k = 0; k < std::min(t.gone.size(), most); ++k)
      say(text, "  - {}\n", t.gone[k]);
  }
}

void add_parameters(std::string& text, const Conclusions& c) {
  if (c.parameters.empty()) return;
  const auto moved_by = [](const MovedParameter& p) {
    return std::abs(p.mean.after - p.mean.before) / p.sd.before;
  };
  const MovedParameter& most = *std::ranges::max_element(c.parameters, {}, moved_by);
  say(text,
      "\nOf the {} numbers of the spending equation {} moved most, by {:.1f} of its standard "
      "deviations{}. (tenbin parameters says what each means.)\n",
      c.parameters.size(), most.spec->name, moved_by(most),
      moved_by(most) < 0.5 ? ": the figures say of reactions what they said before" : "");
  say(text, "{:<18} {:>9} {:>9} {:>9}   {}\n", "", "before", "revised", "after",
      "moved, in sd: by revised data, by new years");
  for (const MovedParameter& p : c.parameters) {
    const bool sign = std::abs(p.above_0.after - p.above_0.before) > 0.1;
    say(text, "{:<18} {:>9.4f} {:>9.4f} {:>9.4f}   {}, {}{}\n", p.spec->name, p.mean.before,
        p.mean.revised, p.mean.after,
        signed_number((p.mean.revised - p.mean.before) / p.sd.before, 2),
        signed_number((p.mean.after - p.mean.revised) / p.sd.before, 2),
        sign ? fmt::format("; above 0 with {:.0f} %, was {:.0f} %", 100 * p.above_0.after,
                           100 * p.above_0.before)
             : "");
  }
}

const char* new_years(const Conclusions& c) {
  return c.last_after > c.last_before + 1 ? "new years" : "new year";
}

/// "Japan 2030 median of milex: +2.1 %, of which revised data +0.4, new year +1.7".
void add_sentences(std::string& text, const Asked& told, const Conclusions& c) {
  say(text, "\n");
  for (const StateIndex i : told.wanted) {
    const State& state = told.before.states[i];
    const auto m = std::ranges::find(c.medians, state.id, &MovedMedian::state);
    if (m == c.medians.end()) {
      say(text, "{}: not projected in both\n", state.name);
      continue;
    }
    say(text, "{} {} median of milex: {} %, of which revised data {}, {} {}", state.name, c.year,
        moved(m->milex.before, m->milex.after), moved(m->milex.before, m->milex.revised),
        new_years(c), moved(m->milex.revised, m->milex.after));
    if (known(m->foretold) && known(m->came))
      say(text, "; {} came {} % off what the figures up to {} foretold", c.last_after,
          moved(m->foretold, m->came), c.last_before);
    say(text, "\n");
  }
}

void add_medians(std::string& text, const Asked& told, const Conclusions& c) {
  if (!told.wanted.empty()) add_sentences(text, told, c);
  std::vector<const MovedMedian*> rows;
  for (const MovedMedian& m : c.medians)
    if (is_wanted(told, m.state)) rows.push_back(&m);
  std::ranges::stable_sort(rows, std::ranges::greater{}, [](const MovedMedian* m) {
    return std::abs(std::log(m->milex.after / m->milex.before));
  });
  const std::size_t shown = told.wanted.empty() ? std::min(rows.size(), told.rows) : rows.size();
  const bool longer = c.last_after > c.last_before;
  say(text,
      "\nMedians of {} under the baseline: moved by per cent, of which by revised data and by the "
      "{}\n{:<6} {:>24} {:>6}   {:>24} {:>6}   {:<12} {}\n",
      c.year, new_years(c), "state", "milex", "noise", "share of GDP", "noise", "% of GDP",
      longer ? fmt::format("{} against what was foretold", c.last_after) : "");
  const auto three = [](const Moved& m) {
    return fmt::format("{:>8}{:>8}{:>8}", moved(m.before, m.after), moved(m.before, m.revised),
                       moved(m.revised, m.after));
  };
  const auto noise = [](double error) {
    return known(error) ? fmt::format("{:.1f}", 200 * error) : std::string("-");
  };
  for (std::size_t k = 0; k < shown; ++k) {
    const MovedMedian& m = *rows[k];
    say(text, "{:<6} {} {:>6}   {} {:>6}   {:<12} {}\n", m.state, three(m.milex),
        noise(m.milex_error), three(m.burden), noise(m.burden_error),
        known(m.burden.before) && known(m.burden.after)
            ? fmt::format("{:.2f} > {:.2f}", 100 * m.burden.before, 100 * m.burden.after)
            : "unknown",
        longer ? moved(m.foretold, m.came) : "");
  }
  if (shown < rows.size())
    say(text, "... {} states more; --medians FILE.csv writes all, --states JPN,CHN picks\n",
        rows.size() - shown);
  say(text,
      "noise: two Monte Carlo errors of the difference of two medians; a smaller move says "
      "nothing. "
      "It is not the width of the forecast.\n");
  if (longer)
    say(text,
        "revised data: what the later panel says of the years up to {}, its other tables and its "
        "expected growth; {}: figures since then, and plans announced since then.\n",
        c.last_before, new_years(c));
}

void add_races(std::string& text, const Asked& told, const Conclusions& c) {
  for (const Panel* panel : {&told.before, &told.after})
    if (panel->rivalries.empty()) {
      say(text, "\nRaces: {} has no rivalries.csv, so none can be judged\n", panel->name);
      return;
    }
  say(text, "\nRaces by the rule, among rivals: {} before, {} after\n", c.races_before,
      c.races_after);
  if (c.races.empty()) say(text, "none came, none went\n");
  const auto because = [&](const MovedRace& r) -> std::string {
    for (const std::string& id : {r.a, r.b})
      for (const Panel* panel : {&told.before, &told.after})
        if (!panel->find(id)) return fmt::format("{} is not in {}", id, panel->name);
    return r.because == MovedRace::Because::revision ? "by revision alone, which is no race"
                                                     : "by the new years";
  };
  for (const MovedRace& r : c.races)
    say(text, "  {} {}-{} {}-{}: {}; probability {:.0f} %{}\n", r.gone ? "gone" : "new ", r.a, r.b,
        r.start, r.end, because(r), 100 * r.chance,
        known(r.chance_other) ? fmt::format(", {:.0f} % on the other figures", 100 * r.chance_other)
                              : std::string("; the other figures do not have these years of both"));
}

void add_money(std::string& text, const Asked& told, const CommonMoney& money) {
  if (told.before.currency != told.after.currency)
    say(text, "One calls its money \"{}\", the other \"{}\": they are taken for the same.\n",
        told.before.currency, told.after.currency);
  if (money.same) {
    say(text, "Both are in {}.\n", money_text(told.after));
    return;
  }
  std::vector<double> factors;
  for (const double f : money.factor)
    if (known(f)) factors.push_back(f);
  std::ranges::sort(factors);
  const auto at = [&](double part) {
    return factors[static_cast<std::size_t>(part * static_cast<double>(factors.size() - 1))];
  };
  say(text,
      "Brought to {}: figures in {} are multiplied by {:.4g} in the middle state ({:.4g} to {:.4g} "
      "in nine of ten), for prices and exchange rates; the ratio on which most of a state's years "
      "agree.\n",
      money_text(told.after), money_text(told.before), at(0.5), at(0.05), at(0.95));
  for (const StateIndex i : told.wanted)
    say(text, "  {} {:.4f}\n", told.before.states[i].id, money.factor[static_cast<std::size_t>(i)]);
  if (money.by_others.empty()) return;
  std::vector<std::string> names;
  for (const StateIndex i : money.by_others) names.push_back(told.before.states[i].id);
  say(text, "Without a year in both, by the middle state's: {}.\n", fmt::join(names, " "));
}

void add_figures(std::string& text, const Asked& told, const FigureRevisions& figures,
                 double tolerance) {
  add_counts(text, told, figures, tolerance);
  add_largest(text, told, figures);
  add_earlier_years(text, told, figures);
  add_tables(text, figures);
}

void add_conclusions(std::string& text, const Asked& told, const Conclusions& c,
                     const std::string& priors) {
  say(text,
      "\nFitted three ways, priors {}: the figures before; the later ones up to {}; all of the "
      "later "
      "ones.\n",
      priors, c.last_before);
  add_parameters(text, c);
  add_medians(text, told, c);
  add_races(text, told, c);
}

struct Diff {
  static constexpr QuestionSpec spec{
      .name = "diff",
      .about = About::releases,
      .settings =
          "priors terms chains warmup draws accept fit-seed futures year tolerance states "
          "shown figures-only medians",
      .summary = "two releases of a panel: what changed, and which conclusions moved"};

  explicit Diff(const Inputs& inputs);
  void answer(Work& work);
  TidyTable table() const { return figure_table(asked.before, asked.after, figures); }
  std::string text() const;
  std::vector<TextFile> files() const;
  Problems notes() const;

  Asked asked;
  double tolerance;
  bool figures_only;
  std::string medians;  // CSV file of every state's medians; empty: none
  CommonMoney money;
  ConclusionOptions options;
  FigureRevisions figures;
  Conclusions conclusions;
};

Diff::Diff(const Inputs& inputs)
    : asked{*inputs.panel, *inputs.later,
            states_named(inputs.settings.states.value_or(""), *inputs.panel, "--states"),
            static_cast<std::size_t>(inputs.settings.shown.value_or(15))},
      tolerance(inputs.settings.tolerance.value_or(0.001)),
      figures_only(inputs.settings.figures_only),
      medians(inputs.settings.medians.value_or("")) {
  require_comparable(asked.before, asked.after, inputs.names[0], inputs.names[1],
                     inputs.settings.year.value_or(0));
  money = common_money(asked.before, asked.after);
  if (!figures_only) options = conclusion_options(asked.before, asked.after, inputs.settings);
}

void Diff::answer(Work& work) {
  figures = compare_figures(asked.before, asked.after, money, tolerance);
  if (figures_only) return;
  conclusions = compare_conclusions(asked.before, asked.after, money, options, work.execution,
                                    work.begin("refitting both"));
}

std::string Diff::text() const {
  const Panel &before = asked.before, &after = asked.after;
  std::string text = fmt::format("{} ({}; {}-{})\nagainst\n{} ({}; {}-{})\n\n", after.name,
                                 after.vintage, after.first_year, after.last_year, before.name,
                                 before.vintage, before.first_year, before.last_year);
  add_money(text, asked, money);
  add_figures(text, asked, figures, tolerance);
  if (!figures_only) add_conclusions(text, asked, conclusions, options.after.priors.name);
  return text;
}

/// Two panels of different states are hardly two releases of one.
Problems Diff::notes() const {
  const auto shared = in_both(asked.before, asked.after);
  const auto all =
      asked.before.states.size() + asked.after.states.size() - static_cast<std::size_t>(shared);
  if (2 * static_cast<std::size_t>(shared) >= all) return {};
  return {{asked.after.name,
           fmt::format("{} of the {} states of both panels are in both: what moved may say more of "
                       "the states than of the figures",
                       shared, all),
           "Compare two releases of one panel", Problem::Kind::note}};
}

std::vector<TextFile> Diff::files() const {
  if (medians.empty() || figures_only) return {};
  return {{medians, csv_text(median_table(conclusions))}};
}

struct Medians : Diff {
  static constexpr QuestionSpec spec{
      .name = "medians",
      .about = About::releases,
      .settings =
          "priors terms chains warmup draws accept fit-seed futures year tolerance states "
          "shown",
      .summary = "medians that moved from one release to the next, by revision and by new years"};
  using Diff::Diff;
  TidyTable table() const { return median_table(conclusions); }
};

}  // namespace

QuestionEntry diff_question() { return entry_of<Diff>(); }
QuestionEntry medians_question() { return entry_of<Medians>(); }

}  // namespace tenbin
