// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/futures/distribution.hpp"
#include "tenbin/futures/project.hpp"

namespace tenbin {

/// One number of every future: a view of a row, or what it puts into `room`.
using Reading =
    std::function<std::span<const double>(std::span<const Ensemble> runs, std::span<double> room)>;
/// Two measures with quantiles whose difference a third one is: later less earlier, future by
/// future. Where their values are kept, those of the third are not: its quantiles come from theirs.
struct Between {
  std::size_t earlier, later;  // places in the list of measures
};
struct Measure {
  Reading read;
  double unit = 0x1p-40;  // of its sums; its size must stay below 2^57 units
  bool quantiles = true;  // whether its band is asked for
  std::optional<Between> between{};
};
inline constexpr double milex_unit = 0x1p-20;  // M USD: up to 1.4e11
inline constexpr double chance_unit = 0x1p-40;
inline constexpr double share_unit = 0x1p-46;   // shares of GDP: up to 2,000
inline constexpr double change_unit = 0x1p-43;  // changes of a log, relative changes: up to 16,000

/// What has been added up of a projection so far; the parts belong to the measures in their order.
struct Tally {
  std::vector<int> blocks;  // that are in it, in any order
  std::vector<Distribution> parts;
  std::vector<std::optional<Between>> between;  // of each part whose values are not kept
  bool exact = true;  // quantiles are those of all values, not of a sketch

  /// Quantiles and mean of a part.
  Band band(std::size_t part) const;
};

/// Quantiles are exact up to so many futures, and as long as all values together stay below
/// most_exact_values (0.8 GB); beyond, they come from a Sketch.
inline constexpr std::int64_t most_exact_futures = 8192;
inline constexpr std::int64_t most_exact_values = 100'000'000;

/// An empty tally of so many futures.
Tally empty_tally(std::span<const Measure> measures, std::int64_t futures);

/// What a long tally asks and tells.
struct TallyWatch {
  std::function<bool(double part)> go_on;              // before each block, with the part done
  std::function<bool(int block)> wanted;               // empty: all blocks
  std::function<void(int worker, const Tally&)> kept;  // now and then, of each worker, at the
                                                       // same time; for checkpoints
  std::function<void(std::span<const Ensemble> runs)> block;  // every block, at the same time
};

/// Runs the projection and adds up the measures, block by block. The same bits for any number of
/// threads; memory does not depend on the number of futures beyond most_exact_futures. If stopped,
/// the blocks that were done are in the result.
Tally tally(const Projection& projection, std::span<const Measure> measures,
            const Execution& execution, const TallyWatch& watch = {});

/// Adds what the measures read of one block of `futures`, of a posterior of so many draws.
void add_block(Tally& tally, std::span<const Measure> measures, std::span<const Ensemble> runs,
               std::int64_t futures, std::size_t draws);

/// Adds the blocks of one tally to another of the same measures.
void merge(Tally& into, Tally&& from);

/// A tally in a frame (core/archive.hpp).
std::string to_bytes(const Tally& tally);
/// Puts the bytes in the place of an empty tally of the same measures, of a projection of so many
/// blocks (0: blocks were added without their numbers). Any bytes may be given: false, and `tally`
/// as it was, where they are none of such a tally.
[[nodiscard]] bool from_bytes(std::string_view bytes, int blocks, Tally& tally);

}  // namespace tenbin
