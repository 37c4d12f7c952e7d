// SPDX-License-Identifier: Apache-2.0
#include "tenbin/questions/questions.hpp"

#include <fmt/format.h>

#include "tenbin/io/nearest.hpp"

namespace tenbin {

std::span<const QuestionEntry> questions() {
#define TENBIN_ENTRY(name) name##_question(),
  static const std::vector<QuestionEntry> all{TENBIN_QUESTIONS(TENBIN_ENTRY)};
#undef TENBIN_ENTRY
  return all;
}

const QuestionEntry& question_named(const std::string& name) {
  std::vector<std::string> names;
  for (const QuestionEntry& q : questions()) {
    if (name == q.spec.name) return q;
    names.emplace_back(q.spec.name);
  }
  const std::string near = nearest(name, names);
  throw Error({{"question", fmt::format("there is no question \"{}\"", name),
                near.empty() ? "The question \"questions\" lists them"
                             : fmt::format("Did you mean \"{}\"?", near)}},
              Error::Reason::usage);
}

}  // namespace tenbin
