// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tenbin {

/// A claim of the README or the page, and its evidence: a row of data/evidence/claims.csv.
struct Claim {
  std::string id;
  std::string where;       // README or page
  std::string words;       // a part of the text there, word for word
  std::string claim;       // the whole claim in one sentence
  std::string strength;    // one of claim_strengths
  std::string tag;         // what the label of a page's answer shows; empty: none
  std::string experiment;  // the command or document that tests the claim
  std::string result;      // what the experiment found
  std::string refuted_by;  // the observation that would refute the claim
};

/// The strengths of evidence, the strongest first. docs/evidence.md defines them.
inline constexpr std::string_view claim_strengths[] = {
    "experiment", "natural experiment", "robust association", "association", "assumption"};

/// All claims, in the order of their table.
std::span<const Claim> claims();
/// The claim of an id, which the table has.
const Claim& claim_of(std::string_view id);

}  // namespace tenbin
