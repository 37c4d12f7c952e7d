// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/nearest.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <numeric>

namespace tenbin {

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  if (word.size() >= 3) {  // "JAP" for Japan: where one alone begins so
    std::vector<const std::string*> begun;
    for (const std::string& c : candidates)
      if (c.size() > word.size() &&
          std::equal(word.begin(), word.end(), c.begin(),
                     [&](char a, char b) { return lower(a) == lower(b); }))
        begun.push_back(&c);
    if (begun.size() == 1) return *begun.front();
  }
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& c :
       candidates) {  // Levenshtein distance, ignoring case, a swap counted as one
    std::vector<std::size_t> before2, before(c.size() + 1), row(c.size() + 1);
    std::iota(before.begin(), before.end(), 0);
    for (std::size_t i = 1; i <= word.size(); ++i) {
      row[0] = i;
      for (std::size_t j = 1; j <= c.size(); ++j) {
        const bool same = lower(word[i - 1]) == lower(c[j - 1]);
        row[j] = std::min({before[j] + 1, row[j - 1] + 1, before[j - 1] + !same});
        if (i > 1 && j > 1 && lower(word[i - 1]) == lower(c[j - 2]) &&
            lower(word[i - 2]) == lower(c[j - 1]))
          row[j] = std::min(row[j], before2[j - 2] + 1);
      }
      before2 = before;
      before = row;
    }
    if (before[c.size()] < best_distance) best_distance = before[c.size()], best = c;
  }
  return best;
}

}  // namespace tenbin
