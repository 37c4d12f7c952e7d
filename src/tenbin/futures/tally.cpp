// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/tally.hpp"

#include <atomic>

#include "tenbin/core/archive.hpp"

namespace tenbin {

Tally empty_tally(std::span<const Measure> measures, std::int64_t futures) {
  Tally t;
  std::int64_t wanted = 0;
  for (const Measure& m : measures) wanted += m.quantiles;
  t.exact = futures <= most_exact_futures && wanted * futures <= most_exact_values;
  t.parts.reserve(measures.size());
  for (const Measure& m : measures) {
    const bool by_others = t.exact && m.quantiles && m.between;
    t.between.push_back(by_others ? m.between : std::nullopt);
    t.parts.emplace_back(!m.quantiles || by_others ? Keep::moments
                         : t.exact                 ? Keep::values
                                                   : Keep::sketch,
                         m.unit);
  }
  return t;
}

Band Tally::band(std::size_t part) const {
  const Distribution& d = parts[part];
  if (!between[part] || !d.exists()) return d.band();
  const std::vector<double> from = parts[between[part]->earlier].values();
  std::vector<double> values = parts[between[part]->later].values();
  for (std::size_t f = 0; f < values.size(); ++f) values[f] -= from[f];
  Band b = tenbin::band(std::move(values));
  b.mean = d.mean();
  return b;
}

Tally tally(const Projection& projection, std::span<const Measure> measures,
            const Execution& execution, const TallyWatch& watch) {
  const int blocks = projection.blocks();
  const std::int64_t futures = projection.options.futures;
  std::vector<Tally> workers(threads_for(execution, blocks));
  for (Tally& t : workers) t = empty_tally(measures, futures);
  std::atomic<int> done{0};
  project_blocks(
      projection, execution,
      [&](int worker, int block, std::span<const Ensemble> runs) {
        Tally& mine = workers[worker];
        add_block(mine, measures, runs, futures, projection.spending->size());
        mine.blocks.push_back(block);
        if (watch.block) watch.block(runs);
        ++done;
        if (watch.kept) watch.kept(worker, mine);
      },
      watch.wanted, [&] { return !watch.go_on || watch.go_on(1.0 * done / blocks); });
  for (std::size_t w = 1; w < workers.size(); ++w) merge(workers[0], std::move(workers[w]));
  return std::move(workers[0]);
}

void add_block(Tally& tally, std::span<const Measure> measures, std::span<const Ensemble> runs,
               std::int64_t futures, std::size_t draws) {
  const auto groups = groups_of(runs[0].first, runs[0].futures, futures, draws);
  std::array<double, futures_per_block> room;
  const auto part = std::span(room).first(static_cast<std::size_t>(runs[0].futures));
  for (std::size_t m = 0; m < measures.size(); ++m)
    tally.parts[m].add(measures[m].read(runs, part), groups);
}

void merge(Tally& into, Tally&& from) {
  for (std::size_t k = 0; k < into.parts.size(); ++k) into.parts[k].merge(std::move(from.parts[k]));
  into.blocks.insert(into.blocks.end(), from.blocks.begin(), from.blocks.end());
}

std::string to_bytes(const Tally& tally) { return archive(ArchiveKind::tally, tally); }

bool from_bytes(std::string_view bytes, int blocks, Tally& tally) {
  auto read = from_archive<Tally>(ArchiveKind::tally, bytes);
  if (!read || read->exact != tally.exact || read->parts.size() != tally.parts.size()) return false;
  std::vector<char> there(static_cast<std::size_t>(blocks), false);
  for (const int b : read->blocks) {
    if (b < 0 || b >= blocks || there[b]) return false;
    there[b] = true;
  }
  const std::int64_t futures =
      blocks == 0 ? most_futures
                  : static_cast<std::int64_t>(read->blocks.size()) * futures_per_block;
  for (std::size_t k = 0; k < tally.parts.size(); ++k)
    if (!read->parts[k].is_part_of(tally.parts[k], futures)) return false;
  read->between = std::move(tally.between);
  tally = std::move(*read);
  return true;
}

}  // namespace tenbin
