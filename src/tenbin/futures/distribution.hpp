// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

/// Distributions over futures that are added up in any order, by any worker, to the same bits:
/// every sum is one of integers.

namespace tenbin {

/// The probabilities of every band that is shown: 5, 10, 25, 50, 75, 90, 95 %.
inline constexpr std::array<double, 7> band_levels{0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95};

/// A distribution in short. Empty (NaN) where the quantity does not exist.
struct Band {
  std::array<double, 7> quantile{};  // at band_levels
  double mean = 0;
  bool exists = false;

  double median() const { return quantile[3]; }
  double low80() const { return quantile[1]; }
  double high80() const { return quantile[5]; }
};

/// Exact quantiles of values (type 7) and their mean; values with NaN do not exist.
Band band(std::vector<double> values);

/// A probability and its Monte Carlo error (one standard error).
struct Chance {
  double p = 0, error = 0;
};

/// A sketch as it is archived: its least and largest number, and the bins with a count, each as its
/// place << 32 | count, in rising order.
struct SketchBins {
  double least = 0, most = 0;
  std::vector<std::uint64_t> bins;
};

/// Counts in bins that are the same for every run: a bin holds the doubles that share sign,
/// exponent and the first nine bits of the mantissa, so it is at most 0.2 % wide. Magnitudes below
/// 2^-44 count as 0, from 2^44 on as the largest. Merging adds integers.
class Sketch {
 public:
  static constexpr int mantissa_bits = 9;
  static constexpr double widest_bin = 1.0 / (1 << mantissa_bits);  // relative to the value

  Sketch() { page_of_.fill(-1); }
  void add(double x);
  void merge(const Sketch& other);
  /// Quantiles (type 7) of what was added, `count` numbers in all; each order statistic is placed
  /// within its bin by its rank, so it is off by less than the bin; none lies outside the values.
  std::array<double, 7> quantiles(std::int64_t count) const;

  SketchBins archived() const;
  /// Takes any numbers; false where they are none of a sketch, which then must not be used.
  [[nodiscard]] bool restore(const SketchBins& all);
  /// How many numbers were added.
  std::uint64_t count() const;

 private:
  static constexpr int least_exponent = -44, exponents = 88;
  static constexpr int page_size = 1 << mantissa_bits;
  static constexpr int pages = 2 * exponents + 1;  // negative by falling size, zero, positive

  std::uint32_t* page(int k);

  double least_ = std::numeric_limits<double>::infinity(), most_ = -least_;
  std::array<std::int16_t, pages> page_of_;  // place among the pages in use, -1: empty
  std::vector<std::uint32_t> counts_;        // [page in use][bin]
};

/// Numbers in the order in which they were added, block by block. Blocks are moved, never copied
/// together, and one whose numbers are all the same takes the room of one.
class ValueBlocks {
 public:
  void add(std::span<const double> values);
  void merge(ValueBlocks&& other);
  void clear() { blocks_.clear(); }
  std::size_t size() const;
  /// All of them, in order.
  std::vector<double> all() const;

  std::vector<double> archived() const { return all(); }
  bool restore(const std::vector<double>& values) {
    clear();
    add(values);
    return true;
  }

 private:
  struct Block {
    std::size_t count;
    std::vector<double> values;  // `count` of them, or one that stands for all
  };
  std::vector<Block> blocks_;
};

/// How much of a distribution is kept.
enum class Keep {
  moments,  // mean, spread, signs
  sketch,   // and quantiles within Sketch::widest_bin
  values    // and exact quantiles
};

/// Which group of draws each future of a block belongs to: runs of neighbours. Groups are
/// consecutive draws of the posterior, so that the spread of their means holds the error of the
/// posterior's draws as well as that of the shocks.
struct GroupRun {
  int group, end;  // futures before `end` of the block
};
inline constexpr int draw_groups = 32;
/// Groups of the futures first .. first+count-1 of `futures`, future f using draw f mod draws.
std::vector<GroupRun> groups_of(std::int64_t first, int count, std::int64_t futures,
                                std::size_t draws);

/// What a distribution holds.
struct DistributionData {
  __extension__ using Wide = __int128;
  using Counts = std::array<std::uint32_t, draw_groups>;  // a future's number has 32 bits

  Keep keep = Keep::moments;
  double unit = 0x1p-40;
  bool absent = false;  // some future has no such number
  Counts counts{}, positive{}, negative{};
  std::array<Wide, draw_groups> sums{};  // in units
  Wide squares = 0;                      // in units squared
  ValueBlocks values{};                  // for Keep::values
  std::vector<Sketch> sketch{};          // one for Keep::sketch, else none
};

/// One quantity over all futures.
class Distribution {
 public:
  /// `unit`: to which each number is rounded in sums (not in quantiles); numbers beyond 2^57 units
  /// are cut.
  explicit Distribution(Keep keep = Keep::moments, double unit = 0x1p-40)
      : data_{.keep = keep,
              .unit = unit,
              .sketch = std::vector<Sketch>(keep == Keep::sketch ? 1 : 0)} {}

  void add(std::span<const double> values, std::span<const GroupRun> groups);
  void merge(Distribution&& other);

  std::int64_t count() const;
  bool exists() const { return !data_.absent && count() > 0; }
  double mean() const;
  double sd() const;
  /// Standard error of the mean: from the spread between groups of draws.
  double mean_error() const;
  /// Parts of the futures above and below 0.
  Chance positive() const { return chance(data_.positive); }
  Chance negative() const { return chance(data_.negative); }
  Band band() const;
  /// What was added, in order, where values are kept; else nothing.
  std::vector<double> values() const { return data_.values.all(); }

  const DistributionData& archived() const { return data_; }
  /// Takes anything; is_part_of() says whether it can be used.
  bool restore(DistributionData&& data) {
    data_ = std::move(data);
    return true;
  }
  /// Whether it can be merged into `whole` after any restore(): it is of the same kind and unit,
  /// and at most `futures` (up to 2^32) can have left its sums, so that no sum of parts overflows.
  bool is_part_of(const Distribution& whole, std::int64_t futures) const;

 private:
  using Wide = DistributionData::Wide;
  using Counts = DistributionData::Counts;
  Chance chance(const Counts& of) const;

  DistributionData data_;
};

}  // namespace tenbin
