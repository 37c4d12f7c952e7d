// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/claims.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

/// The claims of the README and the page, with the experiment behind each of them.
struct Evidence {
  static constexpr QuestionSpec spec{
      .name = "evidence",
      .summary = "each claim, how strong its evidence is, and what would refute it"};

  explicit Evidence(const Inputs&) {}
  TidyTable table() const;
  std::string text() const;
};

/// Columns claim, where, words, says, strength, experiment, result, refuted_by.
TidyTable Evidence::table() const {
  TidyTable table;
  for (const char* name :
       {"claim", "where", "words", "says", "strength", "experiment", "result", "refuted_by"})
    table.text(name);
  for (const Claim& c : claims())
    table << c.id << c.where << c.words << c.claim << c.strength << c.experiment << c.result
          << c.refuted_by;
  return table;
}

std::string Evidence::text() const {
  std::string text;
  for (const Claim& c : claims())
    say(text, "{} ({}; {})\n  Test: {}\n  Result: {}\n  Would be refuted by: {}\n\n", c.claim,
        c.where, c.strength, c.experiment, c.result, c.refuted_by);
  return text;
}

}  // namespace

QuestionEntry evidence_question() { return entry_of<Evidence>(); }

}  // namespace tenbin
