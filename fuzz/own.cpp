// SPDX-License-Identifier: Apache-2.0
// A TOML file that tenbin writes for itself, behind a first line that says that it was changed on
// purpose: what is read is written, and read again as the same.
#include "in_memory.hpp"
#include "tenbin/io/dispute_file.hpp"
#include "tenbin/io/keeping_file.hpp"
#include "tenbin/io/priors_file.hpp"
#include "tenbin/io/scorecard_file.hpp"

namespace tenbin {

using Path = std::filesystem::path;

// What the writer makes of what the reader reads. TENBIN_AGAIN is one of them; each throws Error.
inline std::string again_priors(const Path& path) { return priors_text(read_priors(path)); }
inline std::string again_scorecard(const Path& path) {
  return scorecard_text(read_scorecard(path));
}
inline std::string again_disputes(const Path& path) {
  Problems problems;
  const auto model = read_disputes(path, problems);
  fuzz::expect(model.has_value() == problems.empty());
  if (!model) throw Error(std::move(problems));
  return disputes_text(*model);
}
inline std::string again_keeping(const Path& path) {
  Problems problems;
  const auto years = read_keeping(path, problems);
  if (!problems.empty()) throw Error(std::move(problems));
  return keeping_text(years);
}

}  // namespace tenbin

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tenbin;
  static const fuzz::MemoryFile file;
  const std::string text = "digest = \"edited\"\n" + std::string(fuzz::Input(data, size).text());
  file.write(text);
  std::string once;
  try {
    once = TENBIN_AGAIN(file.path());
  } catch (const Error& error) {
    fuzz::expect(!error.problems.empty());
    fuzz::expect_said(error.problems, text);
    return 0;
  }
  file.write(once);
  try {
    fuzz::expect(TENBIN_AGAIN(file.path()) == once);
  } catch (const Error& error) {
    // Five digits may bring a calibration that hardly keeps an order over the edge.
    for (const Problem& p : error.problems)
      fuzz::expect(p.what.find("reverses the order of risks") != std::string::npos);
  }
  return 0;
}
