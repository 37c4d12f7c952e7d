// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/distribution.hpp"

#include <algorithm>
#include <iterator>

#include "tenbin/core/panel.hpp"
#include "tenbin/core/problem.hpp"
#include "tenbin/num/elementary.hpp"

namespace tenbin {
namespace {
constexpr int square_shift = 12;  // squares are of numbers 4,096 units coarser: 128 bits hold them
constexpr int unit_bits = 57;     // a number has at most 2^57 units
}  // namespace

Band band(std::vector<double> x) {
  Band b;
  if (x.empty() || std::any_of(x.begin(), x.end(), [](double v) { return v != v; })) return b;
  b.exists = true;
  for (const double v : x) b.mean += v / static_cast<double>(x.size());
  auto begin = x.begin();
  for (std::size_t k = 0; k < band_levels.size(); ++k) {
    const double place = band_levels[k] * static_cast<double>(x.size() - 1);
    const auto low = x.begin() + static_cast<std::ptrdiff_t>(place);
    std::nth_element(begin, low, x.end());
    const double next = low + 1 == x.end() ? *low : *std::min_element(low + 1, x.end());
    b.quantile[k] = *low + (place - static_cast<double>(low - x.begin())) * (next - *low);
    begin = low;
  }
  return b;
}

std::vector<GroupRun> groups_of(std::int64_t first, int count, std::int64_t futures,
                                std::size_t draws) {
  const auto used = std::min<std::int64_t>(futures, static_cast<std::int64_t>(draws));
  std::vector<GroupRun> runs;
  for (int k = 0; k < count; ++k) {
    const std::int64_t draw = (first + k) % static_cast<std::int64_t>(draws);
    const int group = static_cast<int>(draw * draw_groups / used);
    if (runs.empty() || runs.back().group != group) runs.push_back({group, k});
    runs.back().end = k + 1;
  }
  return runs;
}

// ---- ValueBlocks ----

void ValueBlocks::add(std::span<const double> values) {
  if (values.empty()) return;
  const bool same = std::all_of(values.begin(), values.end(),
                                [&](double x) { return bits(x) == bits(values[0]); });
  const auto kept = same ? values.first(1) : values;
  blocks_.push_back({values.size(), {kept.begin(), kept.end()}});
}

void ValueBlocks::merge(ValueBlocks&& other) {
  blocks_.reserve(blocks_.size() + other.blocks_.size());
  std::move(other.blocks_.begin(), other.blocks_.end(), std::back_inserter(blocks_));
  std::vector<Block>().swap(other.blocks_);
}

std::size_t ValueBlocks::size() const {
  std::size_t n = 0;
  for (const Block& b : blocks_) n += b.count;
  return n;
}

std::vector<double> ValueBlocks::all() const {
  std::vector<double> values;
  values.reserve(size());
  for (const Block& b : blocks_) {
    if (b.values.size() == b.count)
      values.insert(values.end(), b.values.begin(), b.values.end());
    else
      values.insert(values.end(), b.count, b.values[0]);
  }
  return values;
}

// ---- Sketch: pages stand in the order of the numbers they hold ----

std::uint32_t* Sketch::page(int k) {
  if (page_of_[k] < 0) {
    page_of_[k] = static_cast<std::int16_t>(counts_.size() / page_size);
    counts_.resize(counts_.size() + page_size);
  }
  return counts_.data() + static_cast<std::size_t>(page_of_[k]) * page_size;
}

void Sketch::add(double x) {
  least_ = minimum(least_, x);
  most_ = maximum(most_, x);
  const std::int64_t b = bits(x);
  const int exponent = static_cast<int>((b >> 52) & 0x7ff) - 1023;
  int bin = static_cast<int>((b >> (52 - mantissa_bits)) & (page_size - 1));
  int e = exponent - least_exponent;
  if (e < 0) {
    ++page(exponents)[0];
    return;
  }
  if (e >= exponents) e = exponents - 1, bin = page_size - 1;
  ++page(b < 0 ? exponents - 1 - e : exponents + 1 + e)[bin];
}

void Sketch::merge(const Sketch& other) {
  least_ = minimum(least_, other.least_);
  most_ = maximum(most_, other.most_);
  for (int k = 0; k < pages; ++k) {
    if (other.page_of_[k] < 0) continue;
    std::uint32_t* mine = page(k);
    const std::uint32_t* theirs =
        other.counts_.data() + static_cast<std::size_t>(other.page_of_[k]) * page_size;
    for (int bin = 0; bin < page_size; ++bin) mine[bin] += theirs[bin];
  }
}

std::array<double, 7> Sketch::quantiles(std::int64_t count) const {
  std::array<double, 14> values{};  // of the two ranks beside each level
  std::array<std::int64_t, 14> ranks{};
  for (std::size_t k = 0; k < band_levels.size(); ++k) {
    const auto low = static_cast<std::int64_t>(band_levels[k] * static_cast<double>(count - 1));
    ranks[2 * k] = low;
    ranks[2 * k + 1] = std::min(low + 1, count - 1);
  }
  // Ranks rise but for neighbours of close levels, so each is found from the start of its bin.
  std::int64_t before = 0;
  std::array<bool, 14> found{};
  for (int k = 0; k < pages; ++k) {
    if (page_of_[k] < 0) continue;
    const std::uint32_t* page = counts_.data() + static_cast<std::size_t>(page_of_[k]) * page_size;
    const bool negative = k < exponents, zero = k == exponents;
    const int e = zero ? 0 : negative ? exponents - 1 - k : k - exponents - 1;
    const double scale =
        zero ? 0.0
             : from_bits(static_cast<std::int64_t>(e + least_exponent + 1023) << 52) /
                   (1 << mantissa_bits);
    for (int step = 0; step < page_size; ++step) {
      const int bin = negative ? page_size - 1 - step : step;
      const std::int64_t here = page[bin];
      if (here == 0) continue;
      for (std::size_t r = 0; r < ranks.size(); ++r) {
        if (found[r] || ranks[r] < before || ranks[r] >= before + here) continue;
        const double part =
            (static_cast<double>(ranks[r] - before) + 0.5) / static_cast<double>(here);
        const double place = page_size + bin + (negative ? 1 - part : part);
        values[r] = clamp(negative ? -scale * place : scale * place, least_, most_);
        found[r] = true;
      }
      before += here;
    }
  }
  std::array<double, 7> quantiles{};
  for (std::size_t k = 0; k < band_levels.size(); ++k) {
    const double place = band_levels[k] * static_cast<double>(count - 1);
    quantiles[k] = values[2 * k] + (place - static_cast<double>(ranks[2 * k])) *
                                       (values[2 * k + 1] - values[2 * k]);
  }
  return quantiles;
}

SketchBins Sketch::archived() const {
  SketchBins all{least_, most_, {}};
  for (int k = 0; k < pages; ++k) {
    if (page_of_[k] < 0) continue;
    const std::uint32_t* page = counts_.data() + static_cast<std::size_t>(page_of_[k]) * page_size;
    for (int bin = 0; bin < page_size; ++bin)
      if (page[bin] != 0)  // at most 2^32 futures, and place below 2^17
        all.bins.push_back(static_cast<std::uint64_t>(k * page_size + bin) << 32 | page[bin]);
  }
  return all;
}

bool Sketch::restore(const SketchBins& all) {
  *this = Sketch();
  least_ = all.least;
  most_ = all.most;
  std::int64_t before = -1;
  for (const std::uint64_t entry : all.bins) {
    const auto place = static_cast<std::int64_t>(entry >> 32);
    if (place <= before || place >= pages * page_size || static_cast<std::uint32_t>(entry) == 0)
      return false;
    page(static_cast<int>(place / page_size))[place % page_size] =
        static_cast<std::uint32_t>(entry);
    before = place;
  }
  return counts_.empty() ? least_ > most_ : least_ <= most_;
}

std::uint64_t Sketch::count() const {
  std::uint64_t n = 0;
  for (const std::uint32_t c : counts_) n += c;
  return n;
}

// ---- Distribution ----

void Distribution::add(std::span<const double> values, std::span<const GroupRun> groups) {
  constexpr double most = std::int64_t{1} << unit_bits;
  const double scale = 1 / data_.unit;
  std::size_t k = 0;
  for (const GroupRun& run : groups) {
    Wide sum = 0;
    std::uint32_t above = 0, below = 0;
    const std::size_t begin = k;
    for (; k < static_cast<std::size_t>(run.end); ++k) {
      const double x = values[k];
      if (x != x) {
        data_.absent = true;
        return;
      }
      above += x > 0;
      below += x < 0;
      const double scaled = clamp(x * scale, -most, most);
      const auto whole = static_cast<std::int64_t>(scaled + (scaled < 0 ? -0.5 : 0.5));
      sum += whole;
      const std::int64_t coarse = whole >> square_shift;
      data_.squares += static_cast<Wide>(coarse) * coarse;
    }
    data_.sums[run.group] += sum;
    data_.counts[run.group] += static_cast<std::uint32_t>(k - begin);
    data_.positive[run.group] += above;
    data_.negative[run.group] += below;
  }
  if (data_.keep == Keep::values) data_.values.add(values);
  for (Sketch& sketch : data_.sketch)
    for (const double x : values) sketch.add(x);
}

void Distribution::merge(Distribution&& other) {
  TENBIN_ASSERT(data_.keep == other.data_.keep && data_.unit == other.data_.unit);
  data_.absent = data_.absent || other.data_.absent;
  for (int g = 0; g < draw_groups; ++g) {
    data_.counts[g] += other.data_.counts[g];
    data_.positive[g] += other.data_.positive[g];
    data_.negative[g] += other.data_.negative[g];
    data_.sums[g] += other.data_.sums[g];
  }
  data_.squares += other.data_.squares;
  data_.values.merge(std::move(other.data_.values));
  if (data_.keep == Keep::sketch) data_.sketch[0].merge(other.data_.sketch[0]);
}

std::int64_t Distribution::count() const {
  std::int64_t n = 0;
  for (const std::uint32_t c : data_.counts) n += c;
  return n;
}

double Distribution::mean() const {
  Wide total = 0;
  for (const Wide s : data_.sums) total += s;
  return static_cast<double>(total) / static_cast<double>(count()) * data_.unit;
}

double Distribution::sd() const {
  const auto n = static_cast<double>(count());
  const double unit = data_.unit * (1 << square_shift);
  const double m = mean() / unit;
  const double variance = static_cast<double>(data_.squares) / n - m * m;
  return variance > 0 && n > 1 ? square_root(variance * n / (n - 1)) * unit : 0.0;
}

namespace {

/// Standard error of a mean from the means of groups: sqrt(sum w^2 (m_g - m)^2 G / (G - 1)).
double error_between(std::span<const double> sums, std::span<const std::uint32_t> counts) {
  double n = 0, total = 0;
  int groups = 0;
  for (std::size_t g = 0; g < sums.size(); ++g)
    if (counts[g] > 0) n += static_cast<double>(counts[g]), total += sums[g], ++groups;
  if (groups < 2) return 0;
  double squares = 0;
  for (std::size_t g = 0; g < sums.size(); ++g) {
    if (counts[g] == 0) continue;
    const double off = sums[g] - static_cast<double>(counts[g]) * total / n;
    squares += off * off;
  }
  return square_root(squares * groups / (groups - 1)) / n;
}

}  // namespace

double Distribution::mean_error() const {
  std::array<double, draw_groups> sums{};
  for (int g = 0; g < draw_groups; ++g) sums[g] = static_cast<double>(data_.sums[g]) * data_.unit;
  return maximum(error_between(sums, data_.counts),
                 sd() / square_root(static_cast<double>(maximum<double>(1, count()))));
}

/// At 0 and at 1 the error is that of one future more (rule of succession).
Chance Distribution::chance(const Counts& of) const {
  const auto n = static_cast<double>(count());
  if (n == 0) return {};
  double total = 0;
  std::array<double, draw_groups> sums{};
  for (int g = 0; g < draw_groups; ++g) sums[g] = static_cast<double>(of[g]), total += sums[g];
  const double near = (total + 1) / (n + 2);
  return {total / n,
          maximum(error_between(sums, data_.counts), square_root(near * (1 - near) / (n + 2)))};
}

Band Distribution::band() const {
  if (!exists()) return {};
  if (data_.keep == Keep::values) {
    Band b = tenbin::band(data_.values.all());
    b.mean = mean();
    return b;
  }
  Band b{.mean = mean(), .exists = true};
  if (data_.keep == Keep::sketch)
    b.quantile = data_.sketch[0].quantiles(count());
  else
    b.quantile.fill(missing);
  return b;
}

bool Distribution::is_part_of(const Distribution& whole, std::int64_t futures) const {
  if (data_.keep != whole.data_.keep || data_.unit != whole.data_.unit) return false;
  if (data_.sketch.size() != whole.data_.sketch.size()) return false;
  std::int64_t total = 0;
  for (int g = 0; g < draw_groups; ++g) {
    const std::int64_t n = data_.counts[g], above = data_.positive[g], below = data_.negative[g];
    if (n < 0 || n > futures || above < 0 || above > n || below < 0 || below > n - above)
      return false;
    const Wide most = static_cast<Wide>(n) << unit_bits;
    if (data_.sums[g] > most || data_.sums[g] < -most) return false;
    total += n;
  }
  if (total > futures || data_.squares < 0 ||
      data_.squares > static_cast<Wide>(futures) << 2 * (unit_bits - square_shift))
    return false;
  const auto all = static_cast<std::uint64_t>(total);
  const std::uint64_t kept = data_.keep == Keep::values   ? data_.values.size()
                             : data_.keep == Keep::sketch ? data_.sketch[0].count()
                                                          : all;
  if (data_.keep != Keep::values && data_.values.size() != 0) return false;
  return data_.absent ? kept <= all || data_.keep == Keep::moments : kept == all;
}

}  // namespace tenbin
