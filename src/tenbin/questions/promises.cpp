// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tenbin/fit/keeping.hpp"
#include "tenbin/io/keeping_file.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/past/scores.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

constexpr int first_as_of = 2000;

bool same_cases(const std::vector<PromiseCase>& a, const std::vector<PromiseCase>& b) {
  return std::ranges::equal(a, b, [](const PromiseCase& x, const PromiseCase& y) {
    return x.pledge == y.pledge && x.changes == y.changes;
  });
}

/// How the promises of the panel's ledger were kept that had run out.
struct Promises {
  static constexpr QuestionSpec spec{
      .name = "promises",
      .about = About::panel,
      .settings = "as-of chains warmup draws accept fit-seed toml",
      .summary =
          "how promises of a share of GDP were kept, by kind, and what that says of the next"};

  explicit Promises(const Inputs& inputs);
  void answer(Work& work);
  TidyTable table() const;
  std::string text() const;
  std::vector<TextFile> files() const {
    return toml.empty() ? std::vector<TextFile>()
                        : std::vector{TextFile{toml, keeping_text(by_year)}};
  }

  const Panel& panel;
  KeepingOptions options;
  int until = 0;
  std::string toml;
  KeepingFit fit;
  std::vector<Keeping> by_year;  // for the file
};

Promises::Promises(const Inputs& inputs)
    : panel(*inputs.panel),
      until(inputs.settings.as_of.value_or(panel.last_year)),
      toml(inputs.settings.toml.value_or("")) {
  const Settings& s = inputs.settings;
  options.chains = s.chains.value_or(options.chains);
  options.sampler.warmup = s.warmup.value_or(options.sampler.warmup);
  options.sampler.draws = s.draws.value_or(options.sampler.draws);
  options.sampler.target_accept = s.accept.value_or(options.sampler.target_accept);
  options.sampler.seed = s.fit_seed.value_or(options.sampler.seed);
  if (panel.pledges.empty())
    throw Error({{panel.name, "the panel has no promises",
                  "Put a pledges.csv into its folder (docs/formats.md)"}});
  if (promise_cases(panel, until).empty())
    throw Error({{panel.name,
                  fmt::format("of its promises none that can be judged had run out by {}", until),
                  "Give a later year, or a panel with the shares of the states that promised"}});
}

void Promises::answer(Work& work) {
  const auto observer = work.begin("fitting promises");
  const auto fitted = [&](int year, double begin, double end) {
    const double all =
        static_cast<double>(options.chains) * (options.sampler.warmup + options.sampler.draws);
    std::atomic<int> done{0};
    return fit_keeping(panel, year, options, work.execution, [&, all](const NutsEvent&) {
      return observer(begin + (end - begin) * ++done / all);
    });
  };
  std::vector<int> years;
  if (!toml.empty())
    for (int year = first_as_of; year < until; ++year)
      if (years.empty() ||
          !same_cases(promise_cases(panel, year), promise_cases(panel, years.back())))
        years.push_back(year);
  const double parts = static_cast<double>(years.size()) + 1;
  for (std::size_t k = 0; k < years.size(); ++k) {
    by_year.push_back(fitted(years[k], k / parts, (k + 1) / parts).keeping);
    work.finish();
  }
  fit = fitted(until, 1 - 1 / parts, 1);
  work.finish();
  by_year.push_back(fit.keeping);
}

/// Columns what (case or kind), state, pledge, kind, announced, target, from, ended, due, closed;
/// for a kind promises, cases, ignored, mean, sd, lateness.
TidyTable Promises::table() const {
  TidyTable table;
  for (const char* name : {"what", "state", "pledge", "kind"}) table.text(name);
  for (const char* name : {"announced", "from", "ended", "due", "target", "closed", "promises",
                           "cases", "ignored", "mean", "sd", "lateness"})
    table.number(name);
  for (const PromiseCase& c : fit.cases) {
    const Pledge& p = panel.pledges[c.pledge];
    table << "case" << panel.states[p.state].id << p.pledge
          << pledge_kind_names[static_cast<std::size_t>(p.kind)] << p.announced << c.from << c.ended
          << p.due() << p.target << c.closed() << missing << missing << missing << missing
          << missing << missing;
  }
  for (std::size_t k = 0; k < promise_kinds; ++k) {
    const KindKeeping& kind = fit.keeping.kinds[k];
    table << "kind"
          << ""
          << "" << pledge_kind_names[k] << missing << missing << missing << missing << missing
          << missing << kind.promises << kind.cases << kind.ignored << kind.mean << kind.sd
          << fit.keeping.lateness;
  }
  return table;
}

std::string Promises::text() const {
  std::string text = fmt::format(
      "Promises of a share of GDP that ended or were replaced by {}: {} country cases. Part of the "
      "gap closed:\n\n",
      until, fit.cases.size());
  AlignedText ended("<>>>>>");
  ended.row({"", "promises", "cases", "lowest quarter below", "median", "highest quarter above"});
  AlignedText next("<>>");
  next.row({"", "change nothing", "the others close"});
  for (std::size_t k = 0; k < promise_kinds; ++k) {
    const std::string words = promise_words(static_cast<PledgeKind>(k));
    const KindKeeping& kind = fit.keeping.kinds[k];
    std::vector<double> closed;
    for (const PromiseCase& c : fit.cases)
      if (static_cast<std::size_t>(panel.pledges[c.pledge].kind) == k) closed.push_back(c.closed());
    std::ranges::sort(closed);
    const auto at = [&](double q) {
      return closed.empty() ? std::string("-")
                            : with_minus(fmt::format("{:.0f} %", 100 * quantile_of(closed, q)));
    };
    ended.row({words, fmt::format("{}", kind.promises), fmt::format("{}", kind.cases), at(0.25),
               at(0.5), at(0.75)});
    next.row({words, fmt::format("{:.0f} of 100", 100 * kind.ignored),
              fmt::format("{:.0f} % (± {:.0f}) of the gap", 100 * kind.mean, 100 * kind.sd)});
  }
  text += ended.text() + "\nWhat to expect of the next promise:\n\n" + next.text();
  if (const Keeping* used = keeping_in(panel, until)) {
    AlignedText futures("<>>>>");
    futures.row({"", "promises", "cases", "change nothing", "the others close"});
    for (std::size_t k = 0; k < promise_kinds; ++k) {
      const KindKeeping& kind = used->kinds[k];
      futures.row({promise_words(static_cast<PledgeKind>(k)), fmt::format("{}", kind.promises),
                   fmt::format("{}", kind.cases), fmt::format("{:.0f} of 100", 100 * kind.ignored),
                   fmt::format("{:.0f} % (± {:.0f}) of the gap", 100 * kind.mean, 100 * kind.sd)});
    }
    text += fmt::format(
                "\nThese numbers are from this panel's own cases. Futures use keeping.toml, as of "
                "{}:\n\n",
                used->as_of) +
            futures.text();
  }
  text +=
      "\nA gap is the promised share over the share in the year before (log). A case is one "
      "country's promise.\nA kind with few cases follows the assumption before any case. Kept "
      "promises are easier to find than broken\nones, and the war of 2022 helped many: read the "
      "numbers as an upper bound.\n";
  const double half = 100 * exp(fit.keeping.lateness * log(0.5));
  return text + fmt::format(
                    "\nAfter half of its years, a promise has closed {:.0f} % of what it "
                    "closes in the end.\nThe table (-o FILE.csv) has every case.\n",
                    half);
}

}  // namespace

QuestionEntry promises_question() { return entry_of<Promises>(); }

}  // namespace tenbin
