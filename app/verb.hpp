// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

/// The command line, verb by verb. Only verb.cpp includes CLI11, which compiles for seven seconds.

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace tenbin::app {

/// An exit code that a verb ends with, having said why.
struct Answer {
  int code = 0;
};

/// A flag, or a file without one, while a verb is being described.
class Flag {
 public:
  explicit Flag(CLI::Option* option) : option_(option) {}
  Flag required() const;
  /// Both may not be given.
  Flag excludes(Flag other) const;
  /// A number from `low` to `high`. Place: int, std::int64_t, double.
  template <class Place>
  Flag within(Place low, Place high) const;
  Flag not_negative() const;
  Flag one_of(std::vector<std::string> values) const;
  /// So many values, one after the other.
  Flag expected(int from, int to) const;
  /// Several values in one word, with commas.
  Flag separated_by_commas() const;
  /// What --help says the value may be.
  Flag type_name(std::string text) const;

 private:
  CLI::Option* option_;
};

/// A verb, or the program whose verbs they are: a handle, which CommandLine keeps alive.
class Verb {
 public:
  explicit Verb(CLI::App* app) : app_(app) {}
  Verb add_verb(const std::string& name, const std::string& says) const;
  /// `names`: "-o,--out", or "PANEL" for one that stands without a flag.
  /// Place: std::string, int, std::int64_t, std::size_t, double, or a vector of std::string or
  /// double.
  template <class Place>
  Flag add_option(const std::string& names, Place& place, const std::string& meaning) const;
  /// An option whose text `read` takes.
  Flag add_option(const std::string& names, std::function<void(const std::string&)> read,
                  const std::string& meaning) const;
  Flag add_flag(const std::string& names, bool& place, const std::string& meaning) const;
  void footer(const std::string& text) const;
  void needs_a_verb() const;
  /// Once every flag is read, before any verb runs.
  void when_read(std::function<void()> act) const;
  void callback(std::function<void()> act) const;

 private:
  CLI::App* app_;
};

class CommandLine {
 public:
  CommandLine(const std::string& says, const std::string& version);
  ~CommandLine();
  Verb program() { return Verb(app_.get()); }
  /// Reads the flags and runs the verb. Where they are wrong, says so (if `aloud`) and throws
  /// Answer{wrong}; after --help or --version, Answer{0}.
  void run(int argc, char** argv, bool aloud, int wrong);

 private:
  std::unique_ptr<CLI::App> app_;
};

}  // namespace tenbin::app
