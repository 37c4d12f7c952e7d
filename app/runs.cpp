// SPDX-License-Identifier: Apache-2.0
#include "runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/digest.hpp"

namespace tenbin::app {
namespace {

/// What identifies a tally: everything that its numbers depend on.
std::string key_of(const Projection& projection, std::size_t measures, const std::string& what) {
  std::string text = fmt::format("{} {} {} {} {}\n", TENBIN_VERSION, what, measures,
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
      const auto value = [&](const Value& v) { add(std::array{v.mean, v.sd, v.low, v.high}); };
      value(l.value);
      value(l.adherence);
      for (const YearValue& y : l.path) add(std::array{y.year}), value(y.value);
    }
  }
  return sha256_hex(text);
}

/// The parts that an earlier run kept, added up and put into one, and the blocks that are in them.
struct Earlier {
  Tally tally;
  std::vector<char> done;  // by block
};
Earlier take_up(const Projection& projection, const std::vector<Measure>& measures,
                const RunFlags& flags, const std::string& key, const Execution& execution) {
  Earlier earlier{empty_tally(measures, projection.options.futures),
                  std::vector<char>(static_cast<std::size_t>(projection.blocks()), false)};
  if (!flags.resume && has_tally_parts(flags.out))
    throw Error({{flags.out, "an interrupted run left its checkpoint beside this file",
                  "Give --resume to go on with it, or remove " + flags.out + ".checkpoint.*"}});
  const std::vector<std::string> files = read_tally_parts(flags.out, key);
  std::vector<Tally> parts;
  for (const std::string& bytes : files) {
    Tally one = empty_tally(measures, projection.options.futures);
    if (from_bytes(bytes, projection.blocks(), one)) parts.push_back(std::move(one));
  }  // a damaged part is computed again
  std::ranges::stable_sort(parts, std::greater{}, [](const Tally& t) { return t.blocks.size(); });
  for (Tally& one : parts) {
    // The sum of parts is written before they are removed: then a part is in it already.
    const bool known = std::ranges::any_of(one.blocks, [&](int b) { return earlier.done[b] != 0; });
    if (known) continue;
    for (const int b : one.blocks) earlier.done[b] = true;
    merge(earlier.tally, std::move(one));
  }
  wait_for_ranks(execution);  // every rank has read
  if (execution.rank == 0 && !files.empty()) {
    write_tally_part(flags.out, "sum", {key, to_bytes(earlier.tally)});
    remove_tally_parts(flags.out, "sum");
  }
  wait_for_ranks(execution);
  return earlier;
}

/// Keeps each worker's part on disk, now and then.
class Keeping {
 public:
  Keeping(const RunFlags& flags, std::string key, const Execution& execution, int workers)
      : flags_(flags), key_(std::move(key)), rank_(execution.rank), last_(workers, Clock::now()) {}
  void maybe(int worker, const Tally& tally) {
    const std::chrono::duration<double> since = Clock::now() - last_[worker];
    if (since.count() < flags_.keep_every) return;
    write(fmt::format("{}.{}", rank_, worker), tally);
    last_[worker] = Clock::now();
  }
  /// All that this rank did, in place of its workers' parts.
  void all(const Tally& tally, int workers) {
    write(fmt::format("{}.all", rank_), tally);
    for (int w = 0; w < workers; ++w) {
      std::error_code ignored;
      std::filesystem::remove(fmt::format("{}.checkpoint.{}.{}", flags_.out, rank_, w), ignored);
    }
  }

 private:
  using Clock = std::chrono::steady_clock;
  void write(const std::string& name, const Tally& tally) {
    write_tally_part(flags_.out, name, {key_, to_bytes(tally)});
  }

  const RunFlags& flags_;
  std::string key_;
  int rank_;
  std::vector<Clock::time_point> last_;
};

/// Throws Error where the runs of all workers need more memory than a machine is likely to have.
void require_room(const Projection& projection, const std::vector<Measure>& measures, int workers) {
  const Schedule& first = *projection.runs[0].schedule;
  const double a_year = 3.0 * 8 * first.states() + static_cast<double>(first.dyads.size());
  const double rooms = workers * (a_year * futures_per_block * (first.end - first.start + 1) *
                                      static_cast<double>(projection.runs.size()) +
                                  static_cast<double>(measures.size() * sizeof(Distribution)));
  if (constexpr double most = 8e9; rooms > most)
    throw Error({{"--threads",
                  fmt::format("{} runs side by side on {} threads need {:.0f} GB of memory",
                              projection.runs.size(), workers, rooms / 1e9),
                  "Give fewer --threads, fewer scenarios, or a panel of fewer states"}});
}

}  // namespace

void add_run_flags(CLI::App& verb, RunFlags& flags, const std::string& what, bool required) {
  CLI::Option* const out = verb.add_option(
      "-o,--out", flags.out,
      what + (required ? " file to write" : " file to write, instead of a table on the screen"));
  if (required) out->required();
  add_setting(verb, "futures", flags.futures);
  add_fit(verb, flags.fit, true);
  add_common(verb, flags.common);
}

void add_resume_flags(CLI::App& verb, RunFlags& flags) {
  verb.add_flag("--resume", flags.resume, "go on with a run that was interrupted");
  verb.add_option("--keep-every", flags.keep_every,
                  "seconds after which what is done is kept on disk")
      ->check(CLI::NonNegativeNumber);
}

void add_scenario(CLI::App& verb, RunFlags& flags) {
  verb.add_option("SCENARIO", flags.scenarios, "a scenario file")->required()->expected(1, 1);
}

std::vector<std::filesystem::path> inputs_of(const RunFlags& flags, const Runs& runs) {
  std::vector<std::filesystem::path> inputs = runs.files;
  inputs.emplace_back(runs.scenarios[0].panel_folder);
  for (const std::string& file : {flags.fit.posterior, flags.fit.priors}) inputs.emplace_back(file);
  return inputs;
}

Runs prepare_runs(const RunFlags& flags) {
  Problems problems;
  Runs runs = read_runs(flags.scenarios, problems);
  if (refuses(problems)) throw Error(std::move(problems));
  if (!flags.out.empty()) check_output(flags.out, inputs_of(flags, runs));
  if (!flags.common.quiet) point_to_notes(problems, flags.scenarios.front());
  runs.posterior = posterior_of(runs.panel, flags.fit, flags.common);
  schedule_runs(runs, flags.futures);
  return runs;
}

Tally tally_aloud(const Projection& projection, const std::vector<Measure>& measures,
                  const RunFlags& flags, const std::string& resumable) {
  const Execution here = flags.common.execution();
  const int workers = threads_for(here, projection.blocks());
  const bool keeps = !resumable.empty() && !flags.out.empty();
  require_room(projection, measures, workers);
  Earlier earlier;
  std::optional<Keeping> keeping;
  if (keeps) {
    if (here.rank == 0) flags.lock.emplace(flags.out);
    const std::string key = key_of(projection, measures.size(), resumable);
    earlier = take_up(projection, measures, flags, key, here);
    keeping.emplace(flags, key, here, workers);
  }
  Progress progress("projecting", flags.common.quiet);
  TallyWatch watch;
  const double before =
      1.0 * static_cast<double>(earlier.tally.blocks.size()) / projection.blocks();
  watch.go_on = [&](double part) {
    progress.show(before + here.ranks * part);
    return !interruption_asked();
  };
  watch.wanted = [&](int block) {
    return block % here.ranks == here.rank && (earlier.done.empty() || !earlier.done[block]);
  };
  if (keeps) watch.kept = [&](int worker, const Tally& part) { keeping->maybe(worker, part); };
  Tally mine = tally(projection, measures, here, watch);
  const bool stopped = interruption_asked();
  const auto keep = [&] {
    keeping->all(mine, workers);
    return fmt::format(
        "the {} blocks of futures that were done{} are kept in {}.checkpoint.*; the "
        "same command with --resume goes on",
        mine.blocks.size(), here.ranks > 1 ? fmt::format(" on rank {}", here.rank) : "", flags.out);
  };
  std::string kept = stopped && keeps ? keep() : std::string();
  if (stopped && here.ranks > 1)  // before the others are asked: one that is dead does not answer
    fmt::print(stderr, "stopped; {}\n", keeps ? kept : "nothing was written");
  if (!all_ranks(here, !stopped)) {
    if (!keeps) throw Interrupted{};
    throw Interrupted{stopped ? kept : keep()};
  }
  gather_at_first(here, here.rank > 0 ? to_bytes(mine) : "", [&](int, const std::string& bytes) {
    Tally other = empty_tally(measures, projection.options.futures);
    if (!from_bytes(bytes, projection.blocks(), other))
      throw Error({{"a rank", "its part of the futures came damaged", "Run the command again"}});
    merge(mine, std::move(other));
  });
  if (!earlier.tally.blocks.empty() && here.rank == 0) merge(mine, std::move(earlier.tally));
  if (here.rank == 0 && !mine.exact && !flags.common.quiet)
    fmt::print(stderr, "note: quantiles are within {:.1f} % of the value, for so many futures\n",
               100 * Sketch::widest_bin);
  return mine;
}

void deliver(const RunFlags& flags, const std::string& text) {
  if (!first_rank()) return;
  if (flags.out.empty())
    fmt::print("{}", text);
  else
    write_text(flags.out, text);
  if (flags.lock) remove_tally_parts(flags.out);
}

void Certainty::tell(const RunFlags& flags, std::int64_t futures) const {
  if (unsure_ == 0 || flags.common.quiet) return;
  // Errors shrink with the root of the number, down to what the posterior's draws leave.
  fmt::print(stderr,
             "note: the Monte Carlo error of {} of {} probabilities is larger than a per cent (at "
             "most {:.1f}); {:.0f} futures would bring it there, as far as the posterior's draws "
             "allow\n",
             unsure_, seen_, 100 * worst_,
             std::ceil(static_cast<double>(futures) * (worst_ / 0.01) * (worst_ / 0.01)));
}

std::string chance_text(const Chance& c) {
  if (!known(c.p)) return "";
  const std::string p = fmt::format("{:.0f} %", 100 * c.p);
  return c.error > 0.01 ? p + fmt::format(" (+-{:.0f})", 100 * c.error) : p;
}

}  // namespace tenbin::app
