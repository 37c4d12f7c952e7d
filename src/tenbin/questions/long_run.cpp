// SPDX-License-Identifier: Apache-2.0
#include "tenbin/questions/long_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <functional>

#include "tenbin/io/digest.hpp"
#include "tenbin/io/tally_file.hpp"
#include "tenbin/parallel/ranks.hpp"

namespace tenbin {
namespace {

/// What identifies a tally: everything that its numbers depend on.
std::string digest_of(const Measures& asked, const std::string& key) {
  const Projection& projection = asked.projection;
  std::string text = fmt::format("{} {} {} {} {}\n", TENBIN_VERSION, key, asked.list.size(),
                                 projection.options.futures, futures_per_block);
  const auto add = [&](const auto& numbers) {
    text.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(numbers[0]));
  };
  add(projection.spending->values);
  add(projection.economy->values);
  for (const Run& run : projection.runs) {
    const Schedule& s = *run.schedule;
    text += fmt::format("{} {} {} {}\n", s.first, s.start, s.end, s.seed);
    add(s.log_milex);
    add(s.log_gdp);
    add(s.stock);
    add(s.expected_growth);
    add(run.follows);
    for (const Dyad& d : run.dyads()) {
      text += fmt::format("{} {} {} {} {}\n", d.a, d.b, d.past.last, d.past.pattern,
                          static_cast<int>(run.disputes));
      add(std::array{d.log_distance, d.democracy, s.share_of_world});
    }
    if (!run.dyads().empty())
      add(s.dispute_model->draws.values), add(s.dispute_model->scale.mean),
          add(s.dispute_model->scale.sd);
    for (const Relations<double>& r : s.base) add(r.threat_weight), add(r.cover_weight);
    for (const Lever& l : s.levers) {
      text += fmt::format("{} {} {} {} {} {} {}\n", static_cast<int>(l.kind), l.state, l.other,
                          l.from, l.by, static_cast<int>(l.as), static_cast<int>(l.reaction));
      add(l.states);
      const auto value = [&](const Value& v) {
        add(std::array{v.mean, v.sd, v.low, v.high, v.ignored});
      };
      value(l.value);
      value(l.adherence);
      add(std::array{l.lateness});
      for (const YearValue& y : l.path) add(std::array{y.year}), value(y.value);
    }
  }
  return sha256_hex(text);
}

/// The parts that an earlier run kept, merged, and the blocks that are in them.
struct KeptBlocks {
  Tally tally;
  std::vector<char> done;  // by block
};

KeptBlocks read_kept(const Measures& asked, const std::string& out, bool resume,
                     const std::string& digest, const Execution& execution) {
  const std::int64_t futures = asked.projection.options.futures;
  const int blocks = asked.projection.blocks();
  KeptBlocks kept{empty_tally(asked.list, futures),
                  std::vector<char>(static_cast<std::size_t>(blocks), false)};
  if (!resume && has_tally_parts(out))
    throw Error({{out, "an interrupted run left its checkpoint beside this file",
                  "Give --resume to go on with it, or remove " + out + ".checkpoint.*"}});
  const std::vector<std::string> files = read_tally_parts(out, digest);
  std::vector<Tally> parts;
  for (const std::string& bytes : files) {  // a damaged part is computed again
    Tally one = empty_tally(asked.list, futures);
    if (from_bytes(bytes, blocks, one)) parts.push_back(std::move(one));
  }
  std::ranges::stable_sort(parts, std::greater{}, [](const Tally& t) { return t.blocks.size(); });
  for (Tally& one : parts) {
    // The sum of parts is written before they are removed: then a part is in it already.
    const bool known = std::ranges::any_of(one.blocks, [&](int b) { return kept.done[b] != 0; });
    if (known) continue;
    for (const int b : one.blocks) kept.done[b] = true;
    merge(kept.tally, std::move(one));
  }
  wait_for_ranks(execution);  // every rank has read
  if (execution.rank == 0 && !files.empty()) {
    write_tally_part(out, "sum", {digest, to_bytes(kept.tally)});
    remove_tally_parts(out, "sum");
  }
  wait_for_ranks(execution);
  return kept;
}

/// Writes each worker's part of a tally from time to time.
class Checkpoints {
 public:
  Checkpoints(std::string out, std::string digest, double every, const Execution& execution,
              int workers)
      : out_(std::move(out)),
        digest_(std::move(digest)),
        every_(every),
        rank_(execution.rank),
        last_(static_cast<std::size_t>(workers), Clock::now()) {}
  void write_if_due(int worker, const Tally& tally) {
    Clock::time_point& last = last_[static_cast<std::size_t>(worker)];
    const std::chrono::duration<double> since = Clock::now() - last;
    if (since.count() < every_) return;
    write(fmt::format("{}.{}", rank_, worker), tally);
    last = Clock::now();
  }
  /// All that this rank did, in place of its workers' parts.
  void write_all(const Tally& tally) {
    write(fmt::format("{}.all", rank_), tally);
    for (std::size_t w = 0; w < last_.size(); ++w) {
      std::error_code ignored;
      std::filesystem::remove(fmt::format("{}.checkpoint.{}.{}", out_, rank_, w), ignored);
    }
  }

 private:
  using Clock = std::chrono::steady_clock;
  void write(const std::string& name, const Tally& tally) {
    write_tally_part(out_, name, {digest_, to_bytes(tally)});
  }

  std::string out_, digest_;
  double every_;
  int rank_;
  std::vector<Clock::time_point> last_;
};

/// Throws Error where the runs of all workers need more memory than a machine is likely to have.
void require_room(const Measures& asked, int workers) {
  const Projection& projection = asked.projection;
  const Schedule& first = *projection.runs[0].schedule;
  const double a_year = 3.0 * 8 * first.states() + static_cast<double>(first.dyads.size());
  const double rooms = workers * (a_year * futures_per_block * (first.end - first.start + 1) *
                                      static_cast<double>(projection.runs.size()) +
                                  static_cast<double>(asked.list.size() * sizeof(Distribution)));
  if (constexpr double most = 8e9; rooms > most)
    throw Error({{"--threads",
                  fmt::format("{} runs side by side on {} threads need {:.0f} GB of memory",
                              projection.runs.size(), workers, rooms / 1e9),
                  "Give fewer --threads, fewer scenarios, or a panel of fewer states"}});
}

/// What other ranks did, merged into this one's part.
void gather(const Measures& asked, const Execution& here, Tally& mine) {
  gather_at_first(here, here.rank > 0 ? to_bytes(mine) : "", [&](int, const std::string& bytes) {
    Tally other = empty_tally(asked.list, asked.projection.options.futures);
    if (!from_bytes(bytes, asked.projection.blocks(), other))
      throw Error({{"a rank", "its part of the futures arrived damaged", "Run the command again"}});
    merge(mine, std::move(other));
  });
}

}  // namespace

Tally LongRun::tally(const Measures& asked, const std::string& key, Work& work) {
  const Execution& here = work.execution;
  const int workers = threads_for(here, asked.projection.blocks());
  require_room(asked, workers);
  KeptBlocks earlier;
  std::optional<Checkpoints> checkpoints;
  if (!out_.empty()) {
    if (here.rank == 0) lock_.emplace(out_);
    const std::string digest = digest_of(asked, key);
    earlier = read_kept(asked, out_, resume_, digest, here);
    checkpoints.emplace(out_, digest, keep_every_, here, workers);
  }
  const auto observer = work.begin("projecting");
  TallyWatch watch;
  const double before =
      1.0 * static_cast<double>(earlier.tally.blocks.size()) / asked.projection.blocks();
  std::atomic<bool> stopped = false;
  watch.go_on = [&](double part) {
    if (!observer(before + here.ranks * part)) stopped = true;
    return !stopped;
  };
  watch.wanted = [&](int block) {
    return block % here.ranks == here.rank &&
           (earlier.done.empty() || !earlier.done[static_cast<std::size_t>(block)]);
  };
  if (checkpoints)
    watch.kept = [&](int worker, const Tally& part) { checkpoints->write_if_due(worker, part); };
  Tally mine = tenbin::tally(asked.projection, asked.list, here, watch);
  const auto keep = [&] {
    checkpoints->write_all(mine);
    return fmt::format(
        "the {} blocks of futures that were done{} are kept in {}.checkpoint.*; the "
        "same command with --resume goes on",
        mine.blocks.size(), here.ranks > 1 ? fmt::format(" on rank {}", here.rank) : "", out_);
  };
  std::string kept = stopped && checkpoints ? keep() : Stopped{}.kept;
  if (stopped && on_stop) on_stop(kept);  // before the other ranks are asked: a dead one is silent
  if (!all_ranks(here, !stopped)) throw Stopped{!stopped && checkpoints ? keep() : kept};
  gather(asked, here, mine);
  if (here.rank > 0) throw OtherRank{};
  if (!earlier.tally.blocks.empty()) merge(mine, std::move(earlier.tally));
  return mine;
}

}  // namespace tenbin
