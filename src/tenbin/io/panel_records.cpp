// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/panel_records.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <span>

#include "tenbin/io/ledger_check.hpp"
#include "tenbin/io/states.hpp"
#include "tenbin/model/covariates.hpp"
#include "tenbin/model/draws_check.hpp"

namespace tenbin {
namespace {

namespace fs = std::filesystem;

/// Year of a date of the calendar, "1976-11-05", or of "1976-11" or "1976".
std::optional<int> year_of_date(const std::string& date) {
  std::array<int, 3> parts{0, 1, 1};  // year, month, day
  std::size_t at = 0;
  for (std::size_t k = 0; k < parts.size() && at < date.size(); ++k) {
    const std::size_t digits = k == 0 ? 4 : 2;
    if (k > 0 && date[at++] != '-') return std::nullopt;
    const auto [end, error] =
        std::from_chars(&date[at], &date[0] + std::min(at + digits, date.size()), parts[k]);
    if (error != std::errc() || end != &date[0] + at + digits) return std::nullopt;
    at += digits;
  }
  const std::chrono::year_month_day day{std::chrono::year(parts[0]),
                                        std::chrono::month(static_cast<unsigned>(parts[1])),
                                        std::chrono::day(static_cast<unsigned>(parts[2]))};
  if (at != date.size() || !is_year(parts[0]) || !day.ok()) return std::nullopt;
  return parts[0];
}

/// Reads the tables of one panel, one member a table.
class RecordReader {
 public:
  RecordReader(const fs::path& folder, Panel& panel, Problems& problems)
      : folder_(folder), panel_(panel), problems_(problems) {}

  void disputes() {
    enum { state_a, state_b, year, level, fatality };
    each("disputes.csv",
         {{"state_a"},
          {"state_b"},
          {"year"},
          {"hostility_level"},
          {"fatality_level", false},
          {"source", false}},
         [&](const Table::RowView& row) {
           const auto pair = dyad(row, state_a, state_b);
           const auto y = row.year(year);
           const auto h = row.integer(level, 1, 5);
           const auto deaths =
               row.empty(fatality) ? std::optional(0) : row.integer(fatality, -9, 6);
           if (pair && y && h && deaths)
             panel_.disputes.push_back({pair->first, pair->second, *y, *h, std::max(*deaths, 0)});
           if (y) panel_.disputes_until = std::max(panel_.disputes_until, *y);
         });
  }
  void dispute_history() {
    enum { state_a, state_b, as_of, last, recent, basis, status };
    std::map<std::string, int> seen;
    each("dispute_history.csv",
         {{"state_a"}, {"state_b"}, {"as_of"}, {"last"}, {"recent"}, {"basis"}, {"status"}},
         [&](const Table::RowView& row) {
           const auto pair = dyad(row, state_a, state_b);
           const auto year = row.year(as_of), then = row.year(last);
           const auto count = row.integer(recent, 0, 10);
           if (row.text(status) != "judgement" && row.text(status) != "known")
             row.unknown(status, "Write known (general knowledge) or judgement");
           if (year && then && *then > *year)
             row.refuse(fmt::format("the last onset, {}, is after {}", *then, *year),
                        "Correct the years");
           if (year && then && count &&
               ((*count > 0) != (*then > *year - 10) ||
                (*count > 0 && *count > 10 - (*year - *then)))) {
             row.refuse(fmt::format("{} of the ten years up to {} with a dispute, the last in {}",
                                    *count, *year, *then),
                        "Correct the count or the year");
             return;
           }
           if (pair && year &&
               !first_of(
                   seen,
                   fmt::format("{} {} {}", panel_.states[std::min(pair->first, pair->second)].id,
                               panel_.states[std::max(pair->first, pair->second)].id, *year),
                   row))
             return;
           if (pair && year && then && count)
             panel_.dispute_past.push_back({pair->first, pair->second, *year, *then, *count,
                                            row.text(basis), row.text(status)});
         });
  }
  void contiguity() {
    enum { state_a, state_b, type, start, end };
    each("contiguity.csv",
         {{"state_a"}, {"state_b"}, {"type"}, {"start"}, {"end"}, {"source", false}},
         [&](const Table::RowView& row) {
           const auto pair = dyad(row, state_a, state_b);
           const auto kind = row.integer(type, 1, 5);
           const auto years = years_of(row, start, end);
           if (pair && kind && years)
             panel_.borders.push_back(
                 {pair->first, pair->second, *kind, years->first, years->second});
         });
  }
  void majors() {
    enum { state, start, end };
    each("majors.csv", {{"state"}, {"start"}, {"end"}, {"source", false}},
         [&](const Table::RowView& row) {
           const auto i = row.state(state, panel_);
           const auto years = years_of(row, start, end);
           if (i && years) panel_.majors.push_back({*i, years->first, years->second});
         });
  }
  void regime() {
    enum { state, year, democracy };
    each_state_year("regime.csv", {{"state"}, {"year"}, {"democracy"}, {"source", false}},
                    [&](const Table::RowView& row, StateIndex i, int y, bool first) {
                      if (row.empty(democracy)) return;
                      const auto d = row.number(democracy, 0, 1, "Give a number from 0 to 1");
                      if (d && first) panel_.regime.push_back({i, y, *d});
                    });
  }
  void personnel() {
    enum { state, year, personnel };
    each_state_year("personnel.csv", {{"state"}, {"year"}, {"personnel"}, {"source", false}},
                    [&](const Table::RowView& row, StateIndex i, int y, bool first) {
                      if (row.empty(personnel)) return;
                      const auto p =
                          row.number(personnel, 0, 1e9, "Give persons under arms, from 0 to 1e9");
                      if (p && first) panel_.personnel.push_back({i, y, *p});
                    });
  }
  void regions() {
    enum { state, region };
    std::map<std::string, int> seen;
    each("regions.csv", {{"state"}, {"region"}, {"source", false}}, [&](const Table::RowView& row) {
      const auto i = row.state(state, panel_);
      const auto name = row.required_text(region);
      if (i && name && first_of(seen, panel_.states[*i].id, row)) panel_.states[*i].region = *name;
    });
  }
  void presence() {
    enum { guest, host, year, troops };
    std::map<std::string, int> seen;
    each("presence.csv", {{"guest"}, {"host"}, {"year"}, {"troops"}, {"source", false}},
         [&](const Table::RowView& row) {
           const auto pair = dyad(row, guest, host);
           const auto y = row.year(year);
           if (row.empty(troops)) return;
           const auto count = row.number(troops, 0, 1e7, "Give active-duty troops, from 0 to 1e7");
           if (pair && y && count &&
               first_of(seen,
                        fmt::format("{} {} {}", panel_.states[pair->first].id,
                                    panel_.states[pair->second].id, *y),
                        row))
             panel_.presence.push_back({pair->first, pair->second, *y, *count});
         });
  }
  void nuclear() {
    enum { state, year, warheads };
    each_state_year("nuclear.csv", {{"state"}, {"year"}, {"warheads"}, {"source", false}},
                    [&](const Table::RowView& row, StateIndex i, int y, bool first) {
                      if (row.empty(warheads)) return;
                      const auto n = row.number(warheads, 0, 1e5, "Give warheads, from 0 to 1e5");
                      if (n && first) panel_.nuclear.push_back({i, y, *n});
                    });
  }
  void aggressions() {
    enum { aggressor, start, end, lat, lon, region, name, source, intensity };
    each("aggressions.csv",
         {{"aggressor"},
          {"start"},
          {"end"},
          {"lat"},
          {"lon"},
          {"exposed_region"},
          {"name"},
          {"source", false},
          {"intensity", false}},
         [&](const Table::RowView& row) {
           const auto i = row.state(aggressor, panel_);
           const auto years = years_of(row, start, end);
           const auto north = row.number(lat, -90, 90, "Give degrees from -90 to 90"),
                      east = row.number(lon, -180, 180, "Give degrees from -180 to 180");
           const auto exposed = row.required_text(region), called = row.required_text(name);
           const auto felt = row.empty(intensity)
                                 ? std::optional(1.0)
                                 : row.number(intensity, 0, 3, "Give a factor from 0 to 3");
           if (i && years && north && east && exposed && called && felt)
             panel_.aggressions.push_back(
                 {*i, years->first, years->second, *north, *east, *exposed, *called, *felt});
         });
  }
  void price_levels() {
    enum { state, year, gdp, military };
    each_state_year("price_levels.csv",
                    {{"state"}, {"year"}, {"gdp"}, {"military"}, {"source", false}},
                    [&](const Table::RowView& row, StateIndex i, int y, bool first) {
                      const char* mend =
                          "Give the price level relative to the United States at market rates, "
                          "such as 0.45";
                      const auto of_gdp = row.number(gdp, 0.01, 10, mend),
                                 of_arms = row.number(military, 0.01, 10, mend);
                      if (of_gdp && of_arms && first)
                        panel_.price_levels.push_back({i, y, *of_gdp, *of_arms});
                    });
  }
  void economy() {
    enum { state, year, real_growth, per_head };
    each_state_year(
        "economy.csv",
        {{"state"}, {"year"}, {"real_growth", false}, {"gdp_per_head", false}, {"source", false}},
        [&](const Table::RowView& row, StateIndex i, int y, bool first) {
          EconomyRow own{i, y};
          bool read = first;
          if (!row.empty(real_growth)) {
            const auto g =
                row.share(real_growth, -1, 1, "Give growth a year as a share: 0.02 or \"2 %\"");
            own.real_growth = g.value_or(missing), read = read && g;
          }
          if (!row.empty(per_head)) {
            const auto y =
                row.number(per_head, 10, 1e6, "Give dollars a head from 10 to 1e6, such as 41000");
            own.gdp_per_head = y.value_or(missing), read = read && y;
          }
          if (row.empty(real_growth) && row.empty(per_head))
            row.refuse("the row has neither real_growth nor gdp_per_head",
                       "Give one of them or both");
          else if (read)
            panel_.economy.push_back(own);
        });
  }
  void expectations() {
    enum { published, state, year, growth };
    std::map<std::string, int> seen;
    each("expectations.csv", {{"published"}, {"state"}, {"year"}, {"growth"}, {"source", false}},
         [&](const Table::RowView& row) {
           const auto i = row.state(state, panel_);
           const auto edition = row.year(published), y = row.year(year);
           const auto g = row.share(growth, -Limits::gdp_growth, Limits::gdp_growth,
                                    "Give growth a year as a share: 0.02 or \"2 %\"");
           if (i && edition && y && g &&
               first_of(seen, fmt::format("{} {} {}", *edition, panel_.states[*i].id, *y), row))
             panel_.expectations.push_back({*edition, *i, *y, *g});
         });
  }
  void outside_danger() {
    enum { state, year, outside };
    each_state_year("outside_danger.csv",
                    {{"state"}, {"year"}, {"outside"}, {"fatal", false}, {"source", false}},
                    [&](const Table::RowView& row, StateIndex i, int y, bool first) {
                      if (row.empty(outside)) return;
                      const auto p = row.number(outside, 0, 1, "Give a probability, 0 to 1");
                      if (p && first) panel_.outside_danger.push_back({i, y, *p});
                    });
  }
  void indicators() {
    enum { actor, target, year, indicator, value, unit, source };
    std::map<std::string, int> seen;
    each("indicators.csv",
         {{"actor"},
          {"target"},
          {"year"},
          {"indicator"},
          {"value"},
          {"unit", false},
          {"source", false}},
         [&](const Table::RowView& row) {
           const auto state = [&](int column) -> std::optional<StateIndex> {
             if (row.text(column).empty()) return -1;
             return row.state(column, panel_);
           };
           const auto who = state(actor), whom = state(target);
           const auto y = row.year(year);
           const auto name = row.required_text(indicator);
           if (who == -1 && whom == -1)
             row.refuse("neither actor nor target is named", "Name one of them or both");
           if (row.empty(value)) return;
           const auto x = row.number(value, 0, 1e9, "Give a count, from 0 to 1e9");
           if (who && whom && y && name && x &&
               first_of(seen,
                        fmt::format("{} {} {} {}", row.text(actor), row.text(target), *y, *name),
                        row))
             panel_.indicators.push_back(
                 {*who, *whom, *y, *name, *x, row.text(unit), row.text(source)});
         });
  }
  void stories() {
    enum { state, year, story, source };
    each_state_year("stories.csv", {{"state"}, {"year"}, {"story"}, {"source"}},
                    [&](const Table::RowView& row, StateIndex i, int y, bool first) {
                      const auto text = row.required_text(story), from = row.required_text(source);
                      if (text && from && first) panel_.stories.push_back({i, y, *text, *from});
                    });
  }
  void events() {
    enum { date, states, kind, title, title_ja, detail, source, weight };
    std::map<std::string, int> seen;
    each("events.csv",
         {{"date"},
          {"states"},
          {"kind"},
          {"title"},
          {"title_ja", false},
          {"detail", false},
          {"source"},
          {"weight", false}},
         [&](const Table::RowView& row) {
           Event e{.date = row.text(date),
                   .year = year_of_date(row.text(date)).value_or(0),
                   .kind = row.text(kind),
                   .title_ja = row.text(title_ja),
                   .detail = row.text(detail)};
           if (e.year == 0)
             row.refuse(fmt::format("\"{}\" is no date", e.date),
                        "Write 1976-11-05, 1976-11 or 1976");
           if (std::ranges::find(event_kinds, e.kind) == event_kinds.end())
             row.unknown(kind, fmt::format("Write one of {}", fmt::join(event_kinds, ", ")));
           const auto named = concerned(row, states);
           const auto said = row.required_text(title), from = row.required_text(source);
           const auto rank = row.empty(weight) ? std::optional(3) : row.integer(weight, 1, 3);
           if (e.year == 0 || !named || !said || !from || !rank ||
               !first_of(seen, e.date + " " + *said, row))
             return;
           e.states = *named, e.title = *said, e.source = *from, e.weight = *rank;
           if (!e.states.empty()) panel_.events.push_back(std::move(e));
         });
    std::ranges::stable_sort(panel_.events, {}, &Event::date);
  }
  void own_shares() {
    enum { state, year, share, definition, status, source };
    each_state_year(
        "own_shares.csv",
        {{"state"}, {"year"}, {"share"}, {"definition", false}, {"status"}, {"source"}},
        [&](const Table::RowView& row, StateIndex i, int y, bool first) {
          const auto x = row.share(share, 1e-6, 0.5, "Write a share such as 0.02 or \"2 %\"");
          const auto how = one_of(row, status, std::array<std::string_view, 2>{"seen", "known"});
          const auto cite = row.required_text(source);
          if (x && how && cite && first)
            panel_.own_shares.push_back({i, y, *x, row.text(definition), row.text(status), *cite});
        });
  }
  /// Columns of pledges.csv.
  struct PledgeColumns {
    enum {
      state,
      pledge,
      kind,
      announced,
      from,
      by,
      target,
      measure,
      source,
      status,
      definition,
      target_is,
      as,
      scope,
      same_as,
      to_panel,
      withdrawn,
      notes
    };
  };
  void pledges() {
    std::map<std::string, int> seen;
    each("pledges.csv",
         {{"state"},
          {"pledge"},
          {"kind"},
          {"announced"},
          {"from"},
          {"by"},
          {"target"},
          {"measure"},
          {"source"},
          {"status"},
          {"definition", false},
          {"target_is", false},
          {"as", false},
          {"scope", false},
          {"same_as", false},
          {"to_panel", false},
          {"withdrawn_or_replaced", false},
          {"notes", false}},
         [&](const Table::RowView& row) {
           const auto named = concerned(row, PledgeColumns::state);
           auto promise = promised(row);
           if (!named || !promise ||
               !first_of(seen, row.text(PledgeColumns::state) + " " + promise->pledge, row))
             return;
           for (const StateIndex i : *named) {
             promise->state = i;
             panel_.pledges.push_back(*promise);
           }
         });
    std::ranges::stable_sort(panel_.pledges, {},
                             [](const Pledge& p) { return std::pair(p.state, p.announced); });
  }
  /// A promise, without its state.
  std::optional<Pledge> promised(const Table::RowView& row) {
    using C = PledgeColumns;
    constexpr std::array<std::string_view, 2> scopes{"all", "part"}, statuses{"seen", "known"};
    const auto name = row.required_text(C::pledge), cite = row.required_text(C::source);
    const auto kind = one_of(row, C::kind, pledge_kind_names);
    const auto measure = one_of(row, C::measure, pledge_measure_names);
    const auto form = one_of(row, C::target_is, pledge_form_names, "year");
    const auto as = one_of(row, C::as, plan_mode_names, "at-least");
    const auto scope = one_of(row, C::scope, scopes, "all");
    const auto status = one_of(row, C::status, statuses);
    const auto announced = row.year(C::announced), from = row.year(C::from);
    const auto by = row.empty(C::by) ? std::optional(0) : row.year(C::by);
    const auto withdrawn = row.empty(C::withdrawn) ? std::optional(0) : row.year(C::withdrawn);
    const auto target =
        measure && *measure == static_cast<std::size_t>(PledgeMeasure::share_of_gdp)
            ? row.share(C::target, 1e-6, 0.5, "A target is a share of GDP: write 0.02 or \"2 %\"")
            : row.number(C::target, 1e-6, 1e18, "Give the target, above 0 and at most 1e18");
    const auto factor =
        row.empty(C::to_panel)
            ? std::optional(0.0)
            : row.number(C::to_panel, 0.1, 10,
                         "Give the factor from the announcer's share to the panel's, such as 0.9");
    if (from && by && *by > 0 && *by < *from)
      row.refuse(fmt::format("the promise is for {}, before it starts in {}", *by, *from),
                 "Swap or correct the years");
    if (announced && withdrawn && *withdrawn > 0 && *withdrawn < *announced)
      row.refuse(
          fmt::format("withdrawn in {}, before it was announced in {}", *withdrawn, *announced),
          "Correct one of the years");
    if (!name || !cite || !kind || !measure || !form || !as || !scope || !status || !announced ||
        !from || !by || !withdrawn || !target || !factor)
      return std::nullopt;
    return Pledge{.pledge = *name,
                  .kind = static_cast<PledgeKind>(*kind),
                  .announced = *announced,
                  .from = *from,
                  .by = *by,
                  .target = *target,
                  .measure = static_cast<PledgeMeasure>(*measure),
                  .form = static_cast<PledgeForm>(*form),
                  .as = static_cast<PlanMode>(*as),
                  .part = *scope == 1,
                  .same_as = row.text(C::same_as),
                  .definition = row.text(C::definition),
                  .to_panel = *factor,
                  .withdrawn = *withdrawn,
                  .status = std::string(statuses[*status]),
                  .source = *cite,
                  .notes = row.text(C::notes)};
  }
  void base_rates() {
    enum { what, cases, of, from, to, rule, source };
    std::map<std::string, int> seen;
    each("base_rates.csv",
         {{"what"}, {"cases"}, {"of"}, {"from"}, {"to"}, {"rule"}, {"source", false}},
         [&](const Table::RowView& row) {
           constexpr int most = 1'000'000;
           const auto name = row.required_text(what), how = row.required_text(rule);
           const auto came = row.integer(cases, 0, most), could = row.integer(of, 1, most);
           const auto years = years_of(row, from, to);
           if (came && could && *came > *could)
             return row.refuse(fmt::format("{} cases of {}", *came, *could),
                               "Correct the counts; cases must be at most of");
           if (name && how && came && could && years &&
               first_of(seen, fmt::format("{} {}", *name, years->second), row))
             panel_.base_rates.push_back(
                 {*name, *came, *could, years->first, years->second, *how, row.text(source)});
         });
  }
  void rates() {
    enum { currency, rate, year };
    std::map<std::string, int> seen;
    each("rates.csv", {{"currency"}, {"rate"}, {"year", false}, {"source", false}},
         [&](const Table::RowView& row) {
           const auto code = row.required_text(currency);
           const auto units =
               row.number(rate, 1e-9, 1e9, "Give units of this currency, above 0 and at most 1e9");
           if (code && units && first_of(seen, *code, row)) panel_.rates.push_back({*code, *units});
         });
  }
  void races() {
    enum { race, state_a, state_b, start, end };
    each(
        "races.csv", {{"race"}, {"state_a"}, {"state_b"}, {"start"}, {"end"}, {"source", false}},
        [&](const Table::RowView& row) {
          const auto pair = dyad(row, state_a, state_b);
          const auto years = years_of(row, start, end);
          if (pair && years)
            panel_.listed_races.push_back({pair->first, pair->second, years->first, years->second});
        });
  }
  void price_index() {
    std::map<std::string, int> seen;
    enum { year, index };
    each("price_index.csv", {{"year"}, {"us_prices_2024"}, {"source", false}},
         [&](const Table::RowView& row) {
           const auto y = row.year(year);
           const auto x =
               row.number(index, 1e-6, 1e6, "Give the price level, above 0 and at most 1e6");
           if (y && x && first_of(seen, std::to_string(*y), row))
             panel_.price_index.push_back({*y, *x});
         });
  }
  void ledger() {
    enum {
      table,
      column,
      source,
      label,
      release,
      date,
      first,
      last,
      file,
      sha256,
      cite,
      price_year,
      earlier,
      table_sha256
    };
    std::vector<LedgerEntry> entries;
    each("ledger.csv",
         {{"table"},
          {"column"},
          {"source"},
          {"label"},
          {"release"},
          {"date"},
          {"first"},
          {"last"},
          {"file"},
          {"sha256"},
          {"cite", false},
          {"price_year", false},
          {"earlier", false},
          {"table_sha256", false}},
         [&](const Table::RowView& row) {
           const auto from = row.required_text(table), of = row.required_text(column),
                      name = row.required_text(label);
           const auto begin = row.integer(first, 1000, 2200), until = row.integer(last, 1000, 2200);
           if (begin && until && *until < *begin)
             row.refuse(
                 fmt::format("the source ends in {}, before it starts in {}", *until, *begin),
                 "Swap or correct the years");
           if (from && of && name && begin && until)
             panel_.ledger.push_back({*from, *of, *name, row.text(release), row.text(date),
                                      row.text(file), *begin, *until});
           std::optional<int> money;
           if (!row.empty(price_year)) money = row.integer(price_year, 0, 2200);
           if (from && name)
             entries.push_back({*from, *name, row.text(file), money, row.text(table_sha256)});
         });
    check_ledger(folder_, panel_, entries, problems_);
    for (const LedgerRow& row : panel_.ledger)  // years without a dispute are known, too
      if (row.table == "disputes.csv")
        panel_.disputes_until = std::max(panel_.disputes_until, row.last);
  }
  void wars(const fs::path& path, bool elsewhere) {
    enum { state, start, end, war, against, source, place };
    const Table table(path,
                      {{"state"},
                       {"start"},
                       {"end"},
                       {"war"},
                       {"against", false},
                       {"source", false},
                       {"place", false}},
                      problems_);
    table.each([&](const Table::RowView& row) {
      if (elsewhere && !panel_.find(row.text(state))) return;
      const auto i = row.state(state, panel_);
      const auto years = years_of(row, start, end);
      const auto name = row.required_text(war);
      StateIndex enemy = -1;
      if (!row.empty(against) && !(elsewhere && !panel_.find(row.text(against))))
        enemy = row.state(against, panel_).value_or(-1);
      const std::string at = row.text(place);
      if (!at.empty() && at != "home" && at != "abroad") row.unknown(place, "Write home or abroad");
      if (i && years && name)
        panel_.wars.push_back({*i, enemy, years->first, years->second, *name,
                               at == "home"     ? WarPlace::home
                               : at == "abroad" ? WarPlace::abroad
                                                : WarPlace::none});
    });
  }
  void own_wars() {
    if (there("wars.csv")) wars(folder_ / "wars.csv", false);
  }

 private:
  bool there(const char* name) const { return fs::exists(folder_ / name); }
  template <class Use>
  void each(const char* name, std::vector<ColumnSpec> columns, const Use& use) {
    if (!there(name)) return;
    Table(folder_ / name, std::move(columns), problems_).each(use);
  }
  /// Tables whose first two columns are a state and a year, each pair once.
  template <class Use>
  void each_state_year(const char* name, std::vector<ColumnSpec> columns, const Use& use) {
    std::map<std::string, int> seen;
    each(name, std::move(columns), [&](const Table::RowView& row) {
      const auto i = row.state(0, panel_);
      const auto y = row.year(1);
      if (i && y)
        use(row, *i, *y, first_of(seen, fmt::format("{} {}", panel_.states[*i].id, *y), row));
    });
  }
  /// Place of a field among names; an empty one is `otherwise`, where there is one.
  std::optional<std::size_t> one_of(const Table::RowView& row, int column,
                                    std::span<const std::string_view> names,
                                    std::string_view otherwise = "") {
    const std::string text = row.empty(column) ? std::string(otherwise) : row.text(column);
    const auto found = std::ranges::find(names, text);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    row.unknown(column, fmt::format("Write one of {}", fmt::join(names, ", ")));
    return std::nullopt;
  }
  std::optional<std::pair<StateIndex, StateIndex>> dyad(const Table::RowView& row, int first,
                                                        int second) {
    const auto a = row.state(first, panel_), b = row.state(second, panel_);
    if (!a || !b) return std::nullopt;
    if (*a == *b) {
      row.refuse("both states are the same", "Name two states");
      return std::nullopt;
    }
    return std::pair(*a, *b);
  }

  /// The states of a list that the panel has. Refuses ids that no state of the world has.
  std::optional<std::vector<StateIndex>> concerned(const Table::RowView& row, int column) const {
    std::vector<StateIndex> found;
    bool known = true;
    for (const std::string& id : listed_states(row.text(column))) {
      if (const auto i = panel_.find(id)) {
        found.push_back(*i);
      } else if (!KnownStates::all().by_id(id)) {
        row.refuse(fmt::format("\"{}\" is no state of this panel or of the world", id),
                   "Write ids of states.csv, with ; between them");
        known = false;
      }
    }
    if (!row.required_text(column) || !known) return std::nullopt;
    return found;
  }

  const fs::path& folder_;
  Panel& panel_;
  Problems& problems_;
};

}  // namespace

bool first_of(std::map<std::string, int>& seen, const std::string& key, const Table::RowView& row) {
  const auto [found, fresh] = seen.emplace(key, row.line());
  if (!fresh)
    row.refuse(fmt::format("{} stands already in line {}", key, found->second),
               "Keep one of the rows");
  return fresh;
}

std::optional<std::pair<int, int>> years_of(const Table::RowView& row, int start_column,
                                            int end_column) {
  const auto start = row.year(start_column);
  std::optional<int> end = still_going;
  if (!row.empty(end_column)) end = row.year(end_column);
  if (!start || !end) return std::nullopt;
  if (*end >= *start) return std::pair(*start, *end);
  row.refuse(fmt::format("the spell ends in {}, before it starts in {}", *end, *start),
             "Swap or correct the years");
  return std::nullopt;
}

void read_records(const fs::path& folder, Panel& panel, Problems& problems) {
  RecordReader reader(folder, panel, problems);
  reader.disputes();
  reader.dispute_history();
  reader.contiguity();
  reader.majors();
  reader.regime();
  reader.personnel();
  reader.own_wars();
  reader.races();
  reader.price_index();
  reader.regions();
  reader.presence();
  reader.nuclear();
  reader.aggressions();
  reader.price_levels();
  reader.economy();
  reader.expectations();
  reader.outside_danger();
  reader.indicators();
  reader.stories();
  reader.events();
  reader.base_rates();
  reader.rates();
  reader.pledges();
  reader.own_shares();
  reader.ledger();
}

std::vector<War> read_wars(const fs::path& path, const Panel& panel) {
  Problems problems;
  Panel with = panel;
  with.wars.clear();
  RecordReader(path.parent_path(), with, problems).wars(path, true);
  std::erase_if(problems, [](const Problem& p) { return p.kind != Problem::Kind::refuse; });
  if (!problems.empty()) throw Error(std::move(problems));
  return std::move(with.wars);
}

}  // namespace tenbin
