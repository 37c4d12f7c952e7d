// SPDX-License-Identifier: Apache-2.0
// A file of Richardson's equations: what is accepted has the sizes and ranges that the solver
// relies on.
#include <cmath>

#include "in_memory.hpp"
#include "tenbin/io/richardson_file.hpp"

namespace {

using namespace tenbin;

void expect_sound(const RichardsonFile& file) {
  if (!file.totals.empty()) {
    fuzz::expect(file.totals.size() >= 4 && file.first_year >= 1800);
    for (const double x : file.totals) fuzz::expect(x >= 0 && std::isfinite(x));
    return;
  }
  const std::size_t n = file.states.size();
  const Richardson& r = file.system;
  fuzz::expect(n > 0 && r.fatigue.size() == n && r.grievance.size() == n && file.start.size() == n);
  for (const double x : r.fatigue) fuzz::expect(x >= 0 && std::isfinite(x));
  for (int i = 0; i < static_cast<int>(n); ++i)
    for (int j = 0; j < static_cast<int>(n); ++j)
      fuzz::expect(r.defence(i, j) >= 0 && std::isfinite(r.defence(i, j)));
  for (const int year : file.years) fuzz::expect(year >= 0 && year <= 1000);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::MemoryFile file;
  const std::string_view text = fuzz::Input(data, size).text();
  file.write(text);
  try {
    expect_sound(read_richardson(file.path()));
  } catch (const Error& error) {
    fuzz::expect(!error.problems.empty());
    fuzz::expect_said(error.problems, text);
  }
  return 0;
}
