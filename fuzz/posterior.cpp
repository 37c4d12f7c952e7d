// SPDX-License-Identifier: Apache-2.0
// A posterior's file, first as it is, then as the body of one whose digests are put right here, so
// that the mutations reach what stands behind them. What is accepted is written back as it was, is
// what a fit can have written, and can be summarised and exported.
#include <cmath>

#include "expect.hpp"
#include "tenbin/core/archive.hpp"
#include "tenbin/core/problem.hpp"
#include "tenbin/infer/diagnostics.hpp"
#include "tenbin/io/posterior_file.hpp"
#include "tenbin/model/draws_check.hpp"

namespace {

using namespace tenbin;

constexpr std::size_t most_here = 4096;  // numbers that are summarised

void use(const Draws& draws, Equation equation) {
  fuzz::expect(has_shape(draws) && fault_of(draws, equation).empty());
  fuzz::expect(draws.log_density.size() == draws.size() && draws.divergent.size() == draws.size());
  for (const double x : draws.values) fuzz::expect(std::isfinite(x));
  if (draws.values.size() > most_here) return;
  const auto summaries = summarise(draws);
  fuzz::expect(summaries.size() == draws.width);
  fuzz::expect(health(draws, summaries, 10).draws == draws.size());
}

void read(std::string_view bytes) {
  PosteriorFile file;
  try {
    file = posterior_of(bytes, "x.fit");
  } catch (const Error& error) {
    fuzz::expect(!error.problems.empty());
    for (const Problem& p : error.problems) fuzz::expect(!p.what.empty() && !p.mend.empty());
    return;
  }
  fuzz::expect(posterior_bytes(file) == bytes);
  use(file.spending, Equation::spending);
  use(file.economy, Equation::economy);
  const Panel panel{.name = "another", .first_year = 1990, .last_year = 2020};
  try {
    require_of_panel(file, panel, "x.fit");
  } catch (const Error& error) {
    fuzz::expect(!error.problems.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::Input in(data, size);
  read(in.text());
  read(with_sha256(framed<PosteriorArchive>(ArchiveKind::posterior, in.text())));
  return 0;
}
