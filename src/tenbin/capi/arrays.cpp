// SPDX-License-Identifier: Apache-2.0
// Results that are arrays: a panel, draws, futures.
#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <new>
#include <optional>

#include "tenbin/capi/study.hpp"
#include "tenbin/questions/fitting.hpp"
#include "tenbin/questions/project.hpp"

using namespace tenbin;

namespace {

std::vector<std::string> ids_of(const Panel& panel) {
  std::vector<std::string> ids;
  for (const State& s : panel.states) ids.push_back(s.id);
  return ids;
}

std::vector<std::int32_t> numbers(int first, int count) {
  std::vector<std::int32_t> result(static_cast<std::size_t>(count));
  for (int k = 0; k < count; ++k) result[static_cast<std::size_t>(k)] = first + k;
  return result;
}

std::string milex_unit_text(const Panel& panel) { return "millions of " + panel.currency; }

void add_panel_attributes(tenbin_result& result, const Panel& panel) {
  result.attribute("panel", panel.name);
  result.attribute("panel_hash", panel.hash);
  result.attribute("currency", panel.currency);
  result.attribute("price_year", std::to_string(panel.price_year));
  result.attribute("vintage", panel.vintage);
}

/// Room for every future of one quantity, [year][state or dyad][future].
template <class Number>
class Kept {
 public:
  Kept(int years, std::size_t rows, std::int64_t futures)
      : rows_(static_cast<std::size_t>(years) * rows),
        futures_(static_cast<std::size_t>(futures)),
        numbers_(room(rows_ * futures_ * sizeof(Number)), [](Number* p) { std::free(p); }) {}
  /// Copies rows of a block, which lie `stride` apart, to the block's own futures.
  void take(const Number* rows, std::size_t stride, std::int64_t first, int futures) {
    for (std::size_t row = 0; row < rows_; ++row)
      std::copy_n(rows + row * stride, futures, numbers_.get() + row * futures_ + first);
  }
  void give(tenbin_result& result, const char* name, std::vector<Dimension> shape,
            const std::string& unit, const char* meaning) const {
    shape[2].stride = sizeof(Number);
    shape[1].stride = shape[2].stride * shape[2].size;
    shape[0].stride = shape[1].stride * shape[1].size;
    result.view(name, std::move(shape), static_cast<const Number*>(numbers_.get()), unit, meaning);
    result.hold(numbers_);
  }

 private:
  /// Bytes that are not set to 0 first, since every block writes its own; large ones in large
  /// pages, because blocks write far apart.
  static Number* room(std::size_t bytes) {
    constexpr std::size_t page = std::size_t{1} << 21;
    const std::size_t pages = std::max<std::size_t>(1, (bytes + page - 1) / page);
    void* memory = bytes < page ? std::malloc(std::max<std::size_t>(bytes, 1))
                                : std::aligned_alloc(page, pages * page);
    if (memory == nullptr) throw std::bad_alloc();
    if (bytes >= page) madvise(memory, pages * page, MADV_HUGEPAGE);  // may be refused: only slower
    return static_cast<Number*>(memory);
  }

  std::size_t rows_, futures_;
  std::shared_ptr<Number[]> numbers_;
};

void add_fan(tenbin_result& result, const std::string& name, const Fan& fan,
             const std::string& unit) {
  const std::size_t states = static_cast<std::size_t>(fan.states),
                    years = fan.bands.size() / states;
  std::vector<double> quantiles, means;
  for (const Band& b : fan.bands) {
    for (const double q : b.quantile) quantiles.push_back(b.exists ? q : missing);
    means.push_back(b.exists ? b.mean : missing);
  }
  result.own(name + "_quantile",
             {{"year", years, 0}, {"state", states, 0}, {"level", band_levels.size(), 0}},
             std::move(quantiles), unit);
  result.own(name + "_mean", {{"year", years, 0}, {"state", states, 0}}, std::move(means), unit);
}

std::unique_ptr<tenbin_result> panel_result(const Panel& panel) {
  auto result = std::make_unique<tenbin_result>(TENBIN_PANEL);
  add_panel_attributes(*result, panel);
  result->attribute("licence", panel.licence);
  result->attribute("notice", panel.notice);
  result->texts("state", "state", ids_of(panel));
  std::vector<std::string> names;
  for (const State& s : panel.states) names.push_back(s.name);
  result->texts("name", "state", names);
  const std::size_t states = panel.states.size(), years = static_cast<std::size_t>(panel.years());
  result->own("year", {{"year", years, 0}}, numbers(panel.first_year, panel.years()));
  std::vector<double> milex, burden;
  std::vector<std::uint8_t> kind;
  for (const MilexCell& c : panel.milex) {
    milex.push_back(c.milex);
    burden.push_back(c.burden);
    kind.push_back(static_cast<std::uint8_t>(c.kind));
  }
  const std::vector<Dimension> shape{{"state", states, 0}, {"year", years, 0}};
  result->own("milex", shape, std::move(milex), milex_unit_text(panel), "military expenditure");
  result->own("burden", shape, std::move(burden), "1", "military expenditure as share of GDP");
  result->own("kind", shape, std::move(kind), "",
              "0 none, 1 reported, 2 estimate, 3 uncertain, 4 imputed");
  return result;
}

std::unique_ptr<tenbin_result> draws_result(const tenbin_study& study, Equation equation) {
  const Posterior& p = posterior_of(study);
  const Draws& draws = equation == Equation::spending ? p.spending : p.economy;
  auto result = std::make_unique<tenbin_result>(TENBIN_POSTERIOR);
  result->hold(study.posterior);
  result->posterior = study.posterior;
  for (const auto& [name, text] : provenance(study.fitted->panel(), p.asked))
    result->attribute(name, text);
  const std::size_t chains = static_cast<std::size_t>(draws.chains),
                    per_chain = static_cast<std::size_t>(draws.draws_per_chain),
                    a_draw = draws.width * sizeof(double);
  result->own("chain", {{"chain", chains, 0}}, numbers(0, draws.chains));
  result->own("draw", {{"draw", per_chain, 0}}, numbers(0, draws.draws_per_chain));
  const auto specs = parameters(equation);
  std::vector<std::string> coordinates;
  for (const Column& c : draws.columns) {
    const ParameterSpec& spec = specs[parameter_index(specs, c.name)];
    std::vector<Dimension> shape{{"chain", chains, per_chain * a_draw},
                                 {"draw", per_chain, a_draw}};
    const std::vector<std::string> regions =
        spec.scope == Scope::year ? regions_of(c) : std::vector<std::string>{};
    const std::size_t years = c.size() / (1 + regions.size());  // of one series
    if (spec.scope != Scope::global) {
      const char* dimension = spec.scope == Scope::state ? "state" : "year";
      shape.push_back({dimension, years, sizeof(double)});
      if (std::ranges::find(coordinates, dimension) == coordinates.end()) {
        coordinates.emplace_back(dimension);
        if (spec.scope == Scope::state)
          result->texts("state", "state", c.elements);
        else
          result->own("year", {{"year", years, 0}},
                      numbers(std::stoi(c.elements.front()), static_cast<int>(years)));
      }
    }
    const double* const first = draws.values.data() + c.offset;
    if (!regions.empty()) {
      result->texts("region", "region", regions);
      result->view(c.name + "_region",
                   {shape[0],
                    shape[1],
                    {"region", regions.size(), years * sizeof(double)},
                    {"year", years, sizeof(double)}},
                   first + years, spec.unit, "the same of a region");
    }
    result->view(c.name, std::move(shape), first, spec.unit, spec.meaning);
  }
  return result;
}

std::unique_ptr<tenbin_result> sampling_result(const tenbin_study& study, Equation equation) {
  const Posterior& p = posterior_of(study);
  const Draws& draws = equation == Equation::spending ? p.spending : p.economy;
  auto result = std::make_unique<tenbin_result>(TENBIN_SAMPLING);
  result->hold(study.posterior);
  const std::size_t chains = static_cast<std::size_t>(draws.chains),
                    per_chain = static_cast<std::size_t>(draws.draws_per_chain);
  const auto shape = [&](std::size_t size) {
    return std::vector<Dimension>{{"chain", chains, per_chain * size}, {"draw", per_chain, size}};
  };
  result->view("lp", shape(sizeof(double)), draws.log_density.data(), "", "log density");
  result->view("acceptance_rate", shape(sizeof(double)), draws.acceptance.data());
  result->view("tree_depth", shape(sizeof(int)), draws.tree_depth.data());
  result->view("n_steps", shape(sizeof(int)), draws.leapfrogs.data());
  result->view("diverging", shape(1),
               reinterpret_cast<const std::uint8_t*>(draws.divergent.data()));
  return result;
}

}  // namespace

std::unique_ptr<tenbin_result> array_answer(const tenbin_study& study,
                                            const std::string& question) {
  if (question == "panel") return panel_result(panel_of(study));
  if (question == "posterior") return draws_result(study, Equation::spending);
  if (question == "posterior_economy") return draws_result(study, Equation::economy);
  if (question == "sample_stats") return sampling_result(study, Equation::spending);
  if (question == "sample_stats_economy") return sampling_result(study, Equation::economy);
  return nullptr;
}

namespace {

Runs of_one(Runs runs) {
  if (runs.schedules.size() > 1)
    refuse_call("scenario", fmt::format("{} were read", runs.schedules.size()),
                "Project one at a time, or ask \"project\" or \"compare\" of several");
  return runs;
}

}  // namespace

std::unique_ptr<tenbin_result> project_study(const tenbin_study& study, bool keep,
                                             const Asking& asking) {
  const Runs runs = of_one(runs_of(study));
  const Schedule& s = runs.schedules[0];
  Project asked(
      {.settings = study.settings, .past = runs.past.get(), .panel = &runs.panel(), .runs = &runs});
  Measures measures = measures_of(runs);
  asked.ask(measures);
  const Projection& projection = measures.projection;
  const std::size_t states = static_cast<std::size_t>(s.states()), dyads = s.drawn().size();
  const std::int64_t futures = projection.options.futures;
  const int years = s.end - s.start + 1;
  std::optional<Kept<double>> milex, burden;
  std::optional<Kept<std::uint8_t>> disputes;
  Work work;
  prepare(work, study, asking);
  TallyWatch watch{.go_on = work.begin("projecting")};
  if (keep) {
    milex.emplace(years, states, futures);
    burden.emplace(years, states, futures);
    disputes.emplace(years, dyads, futures);
    watch.block = [&](std::span<const Ensemble> block) {
      const Ensemble& e = block[0];
      milex->take(e.milexes.data(), e.stride, e.first, e.futures);
      burden->take(e.burdens.data(), e.stride, e.first, e.futures);
      if (dyads > 0) disputes->take(e.disputes.data(), e.stride, e.first, e.futures);
    };
  }
  const Tally t = tally(projection, measures.list, work.execution, watch);
  work.finish();
  asked.read(t);

  auto result = std::make_unique<tenbin_result>(TENBIN_FUTURES);
  add_panel_attributes(*result, runs.panel());
  result->attribute("scenario", runs.scenarios[0].id);
  result->attribute("exact", t.exact ? "1" : "0");
  for (std::size_t k = 0; k < s.notes.size(); ++k)
    result->attribute(fmt::format("note {:02}", k + 1), s.notes[k]);
  result->own("year", {{"year", static_cast<std::size_t>(years), 0}}, numbers(s.start, years));
  result->texts("state", "state", ids_of(runs.panel()));
  result->own("level", {{"level", band_levels.size(), 0}},
              std::vector<double>(band_levels.begin(), band_levels.end()));
  add_fan(*result, "burden", asked.burden, "1");
  add_fan(*result, "milex", asked.milex, milex_unit_text(runs.panel()));
  result->attribute("digest", quantile_digest(asked.burden, asked.milex));
  if (!keep) return result;
  const std::vector<Dimension> shape{{"year", static_cast<std::size_t>(years), 0},
                                     {"state", states, 0},
                                     {"future", static_cast<std::size_t>(futures), 0}};
  milex->give(*result, "milex", shape, milex_unit_text(runs.panel()), "military expenditure");
  burden->give(*result, "burden", shape, "1", "military expenditure as share of GDP");
  if (dyads == 0) return result;
  std::vector<std::string> pairs;
  for (const Dyad& d : s.drawn())
    pairs.push_back(runs.panel().states[d.a].id + "-" + runs.panel().states[d.b].id);
  result->texts("dyad", "dyad", pairs);
  disputes->give(*result, "dispute", {shape[0], {"dyad", dyads, 0}, shape[2]}, "1",
                 "1 where a militarised dispute began");
  return result;
}
