// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <string>
#include <vector>

/// Three failures, three words: a Problem is in the user's data, an Error says that the run cannot
/// go on, an assertion is our own bug.

#ifdef NDEBUG
#define TENBIN_ASSERT(condition) ((void)sizeof(condition))
#else
#include <cassert>
#define TENBIN_ASSERT(condition) assert(condition)
#endif

namespace tenbin {

/// One thing wrong, or worth knowing, in what the user gave.
struct Problem {
  enum class Kind { refuse, note };
  std::string where;  // "milex.csv:112", "scenario.toml:41" or "panel.toml"
  std::string what;   // full sentence without its point
  std::string mend;   // full sentence that says what to do; may be empty
  Kind kind = Kind::refuse;

  std::string text() const {
    const bool asks = mend.ends_with('?');
    return where + ": " + what + "." + (mend.empty() ? "" : " " + mend + (asks ? "" : "."));
  }
  bool operator==(const Problem&) const = default;
};

using Problems = std::vector<Problem>;

inline bool refuses(const Problems& problems) {
  for (const Problem& p : problems)
    if (p.kind == Problem::Kind::refuse) return true;
  return false;
}

/// The run cannot go on: the answer is no (exit code 1), a setting is wrong (2), the input is
/// refused (3) or a file cannot be written (4). Problems of flags alone ("--that") are those of
/// settings.
class Error : public std::exception {
 public:
  enum class Reason { no, usage, input, output };
  explicit Error(Problems problems, Reason reason = Reason::input)
      : reason(reason), problems(std::move(problems)) {
    bool flags = !this->problems.empty();
    for (const Problem& p : this->problems) {
      text_ += p.text() + "\n";
      flags = flags && p.where.starts_with("--");
    }
    if (flags && reason == Reason::input) this->reason = Reason::usage;
  }
  const char* what() const noexcept override { return text_.c_str(); }

  Reason reason;
  Problems problems;

 private:
  std::string text_;
};

}  // namespace tenbin
