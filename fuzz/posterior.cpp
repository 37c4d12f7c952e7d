// SPDX-License-Identifier: Apache-2.0
// A posterior's file behind netCDF: groups that give any lengths, texts and numbers. The library
// itself (netCDF, HDF5) is not run: it is not written for hostile files, and its faults are its
// own. What is accepted is summarised, as the first thing that is done with a posterior.
#include <cmath>

#include "expect.hpp"
#include "tenbin/infer/diagnostics.hpp"
#include "tenbin/io/posterior_draws.hpp"

namespace {

using namespace tenbin;

struct Refused {};

constexpr std::size_t most_here = 4096;  // values of a variable

/// A group whose answers are read off the input, one after the other.
class Group {
 public:
  explicit Group(fuzz::Input& in) : in_(in) {}
  bool has(const std::string&) const { return in_.take<std::uint8_t>() % 4 == 0; }
  std::size_t length(const std::string&) const { return number(); }
  std::vector<std::string> texts(const std::string&, std::size_t size) const {
    return values<std::string>(size,
                               [&] { return std::string(in_.take(in_.take<std::uint8_t>() % 4)); });
  }
  std::vector<int> integers(const std::string&, std::size_t size) const {
    int next = in_.take<std::int16_t>();
    return values<int>(size, [&] {
      const auto code = in_.take<std::uint8_t>();
      return code == 255 ? in_.take<int>() : next += code % 4;
    });
  }
  /// Mostly numbers that fit every parameter but df, which lies above 2.
  std::vector<double> doubles(const std::string& name, std::size_t size) const {
    return values<double>(size, [&] {
      const auto code = in_.take<std::uint8_t>();
      return code == 255 ? in_.take<double>() : (name == "df" ? 2 : 0) + code / 256.0;
    });
  }
  void fail(const std::string& what) const {
    fuzz::expect(!what.empty());
    throw Refused{};
  }

 private:
  /// A small number, or any.
  std::size_t number() const {
    const auto code = in_.take<std::uint8_t>();
    return code == 255 ? static_cast<std::size_t>(in_.take<std::uint64_t>()) : code % 16;
  }
  /// A variable of the right size, or one with lengths of its own, as the file's group checks them.
  template <class T, class Next>
  std::vector<T> values(std::size_t size, const Next& next) const {
    const auto dimensions = in_.take<std::uint8_t>();
    if (dimensions >= 250) {
      std::vector<std::size_t> lengths;
      for (int k = dimensions; k > 250; --k) lengths.push_back(number());
      if (number_of_values(lengths) != size) fail("another number of values was expected");
    }
    if (size > most_here) throw Refused{};
    std::vector<T> all;
    for (std::size_t k = 0; k < size; ++k) all.push_back(next());
    return all;
  }

  fuzz::Input& in_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input in(data, size);
  const auto equation = in.take<std::uint8_t>() % 2 ? Equation::economy : Equation::spending;
  Draws draws;
  try {
    const Group posterior(in), statistics(in);
    draws = read_draws(posterior, statistics, equation);
  } catch (const Refused&) {
    return 0;
  }
  fuzz::expect(has_shape(draws) && fault_of(draws, equation).empty());
  fuzz::expect(draws.log_density.size() == draws.size() && draws.divergent.size() == draws.size());
  for (const double x : draws.values) fuzz::expect(std::isfinite(x));
  if (draws.values.size() > most_here) return 0;
  const auto summaries = summarise(draws);
  fuzz::expect(summaries.size() == draws.width);
  fuzz::expect(health(draws, summaries, 10).draws == draws.size());
  return 0;
}
