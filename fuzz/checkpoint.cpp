// SPDX-License-Identifier: Apache-2.0
// What an interrupted run leaves on disk. The first byte says which file: a fit's checkpoint, that
// of futures, or the record of one origin of a back-test. Digests are put right here, so that the
// mutations reach what stands behind them.
#include <algorithm>

#include "../tests/bell.hpp"
#include "small_tally.hpp"
#include "tenbin/core/archive.hpp"
#include "tenbin/infer/sample.hpp"
#include "tenbin/io/checkpoint_file.hpp"
#include "tenbin/io/digest.hpp"
#include "tenbin/io/record_file.hpp"
#include "tenbin/io/tally_file.hpp"

namespace {

using namespace tenbin;

/// Bodies, each with its length before it in 16 bits, as blocks; then a
/// sampler goes on from what they hold.
void read_fit(fuzz::Input in) {
  static_cast<void>(checkpoint_parts_of(in.text()));
  std::string blocks;
  while (in.left() > 0) {
    const std::size_t size = in.take<std::uint16_t>();
    blocks += framed<ChainPart>(ArchiveKind::chain_part, in.take(size));
  }
  const CheckpointParts parts = checkpoint_parts_of(blocks);
  fuzz::expect(parts.good <= blocks.size());
  std::string back;
  for (const ChainPart& part : parts.done) {
    fuzz::expect(part.chain >= 0 && part.iteration > 0);
    back += checkpoint_block(part);
  }
  fuzz::expect(checkpoint_parts_of(back).done.size() == parts.done.size());
  if (parts.done.empty()) return;  // a whole run would be sampled, at a hundred times the cost
  const Journal journal{.done = parts.done, .due = {}, .save = {}};
  try {
    const Draws draws = sample(Bell{}, 1, {.warmup = 4, .draws = 4, .max_depth = 3}, {.threads = 1},
                               {"spending", {}, &journal});
    fuzz::expect(draws.size() == 4);
  } catch (const Error& error) {
    fuzz::expect(!error.problems.empty());
  }
}

void read_futures(fuzz::Input in) {
  static_cast<void>(from_archive<TallyPart>(ArchiveKind::tally_part, in.text()));
  const bool exact = in.take<std::uint8_t>() % 2 == 0;
  const auto part = from_archive<TallyPart>(ArchiveKind::tally_part,
                                            framed<TallyPart>(ArchiveKind::tally_part, in.text()));
  if (!part) return;
  Tally tally = fuzz::small_tally(exact);
  const std::string bytes = framed<Tally>(ArchiveKind::tally, part->tally);
  if (from_bytes(bytes, fuzz::small_blocks, tally)) fuzz::use(std::move(tally), exact);
}

/// SHA-256 of no key, as an archive holds a text.
const std::string kept_of_nothing = [] {
  ArchiveWriter out;
  out.put(sha256_hex(""));
  return out.bytes;
}();

void read_origin(fuzz::Input in) {
  static_cast<void>(record_of("", in.text()));
  const auto record = record_of(
      "", framed<KeptOrigin>(ArchiveKind::origin_record, kept_of_nothing + std::string(in.text())));
  if (!record) return;
  fuzz::expect(record->origin >= 0 && record->draws >= 0);
  for (const ScoredForecast& f : record->forecasts)
    fuzz::expect(static_cast<std::size_t>(f.what) < scored_names.size() && f.horizon >= 0);
  for (const JointScore& j : record->joint)
    fuzz::expect(static_cast<std::size_t>(j.what) < scored_names.size() && j.states >= 0);
  fuzz::expect(record_of("", record_bytes("", *record)).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input in(data, size);
  const auto kind = in.take<std::uint8_t>() % 3;
  if (kind == 0) read_fit(in);
  if (kind == 1) read_futures(in);
  if (kind == 2) read_origin(in);
  return 0;
}
