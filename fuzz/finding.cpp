// SPDX-License-Identifier: Apache-2.0
// A finding's file: what is accepted has parameters within the rows of its computation, and its
// result is written as TOML.
#include <cmath>

#include "in_memory.hpp"
#include "tenbin/evidence/measures.hpp"
#include "tenbin/io/finding_file.hpp"
#include "tenbin/io/toml_tree.hpp"

namespace {

using namespace tenbin;

void expect_parameters(const Finding& finding) {
  const ComputationSpec* spec = computation_spec(finding.computation);
  fuzz::expect(spec != nullptr);
  for (const MeasureParameter& p : spec->parameters) {
    const auto given = finding.parameters.find(p.name);
    fuzz::expect(given != finding.parameters.end() || !p.required);
    if (given == finding.parameters.end()) continue;
    const ParameterValues& values = given->second;
    const std::size_t count = values.numbers.size() + values.words.size();
    fuzz::expect(p.is_list() ? count > 0 : count == 1);
    fuzz::expect(p.is_number() ? values.words.empty() : values.numbers.empty());
    for (const double x : values.numbers) fuzz::expect(x >= p.low && x <= p.high);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::MemoryFile file;
  static const auto names = computation_names();
  const std::string_view text = fuzz::Input(data, size).text();
  file.write(text);
  Problems problems;
  const auto finding = read_finding(file.path(), computation_spec, names, problems);
  fuzz::expect_said(problems, text);
  fuzz::expect(finding.has_value() == problems.empty());
  if (!finding) return 0;
  expect_parameters(*finding);
  fuzz::expect(finding->expected.low <= finding->expected.high);
  fuzz::expect(static_cast<std::size_t>(finding->verdict) < verdict_names.size());
  const Computed& found = finding->found.computed;
  if (!finding->recorded) return 0;
  fuzz::expect(std::isfinite(found.estimate) && found.cases > 0);
  fuzz::expect(
      parse_toml(found_text(*finding, found, finding->found.release), "x", problems).has_value());
  return 0;
}
