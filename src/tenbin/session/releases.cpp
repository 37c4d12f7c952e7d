// SPDX-License-Identifier: Apache-2.0
#include "tenbin/session/releases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tenbin {
namespace {

const char* name_of(MilexKind kind) {
  static constexpr std::array names{"none", "reported", "estimate", "uncertain", "imputed"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace

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
  if (std::ranges::none_of(before.states,
                           [&](const State& s) { return after.find(s.id).has_value(); }))
    refuse(after_name, fmt::format("no state of {} is in it", before_name),
           "Compare two panels of the same states");
}

ConclusionOptions conclusion_options(const Panel& before, const Panel& after,
                                     const FitSettings& settings, const DiffSettings& diff) {
  require_within("futures", diff.futures, 100, 10'000'000);
  const auto options_for = [&](const Panel& panel, int year) {
    FitSettings fit = settings;
    if (fit.priors.empty()) fit.priors = panel.size() >= fewest_for_wave ? "wide" : "world";
    return options_of(fit, *past_of(panel, year));
  };
  return {.before = options_for(before, before.last_year),
          .revised = options_for(after, before.last_year),
          .after = options_for(after, after.last_year),
          .year = diff.year,
          .futures = diff.futures};
}

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

}  // namespace tenbin
