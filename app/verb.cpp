// SPDX-License-Identifier: Apache-2.0
#include "verb.hpp"

#include <CLI/CLI.hpp>
#include <utility>

namespace tenbin::app {

Flag Flag::required() const {
  option_->required();
  return *this;
}
Flag Flag::excludes(Flag other) const {
  option_->excludes(other.option_);
  return *this;
}
template <class Place>
Flag Flag::within(Place low, Place high) const {
  option_->check(CLI::Range(low, high));
  return *this;
}
Flag Flag::not_negative() const {
  option_->check(CLI::NonNegativeNumber);
  return *this;
}
Flag Flag::one_of(std::vector<std::string> values) const {
  option_->check(CLI::IsMember(std::move(values)));
  return *this;
}
Flag Flag::expected(int from, int to) const {
  option_->expected(from, to);
  return *this;
}
Flag Flag::separated_by_commas() const {
  option_->delimiter(',');
  return *this;
}
Flag Flag::type_name(std::string text) const {
  option_->type_name(std::move(text));
  return *this;
}
template Flag Flag::within(int, int) const;
template Flag Flag::within(std::int64_t, std::int64_t) const;
template Flag Flag::within(double, double) const;

Verb Verb::add_verb(const std::string& name, const std::string& says) const {
  return Verb(app_->add_subcommand(name, says));
}
template <class Place>
Flag Verb::add_option(const std::string& names, Place& place, const std::string& meaning) const {
  return Flag(app_->add_option(names, place, meaning));
}
template Flag Verb::add_option(const std::string&, std::string&, const std::string&) const;
template Flag Verb::add_option(const std::string&, int&, const std::string&) const;
template Flag Verb::add_option(const std::string&, std::int64_t&, const std::string&) const;
template Flag Verb::add_option(const std::string&, std::size_t&, const std::string&) const;
template Flag Verb::add_option(const std::string&, double&, const std::string&) const;
template Flag Verb::add_option(const std::string&, std::vector<std::string>&,
                               const std::string&) const;
template Flag Verb::add_option(const std::string&, std::vector<double>&, const std::string&) const;
Flag Verb::add_option(const std::string& names, std::function<void(const std::string&)> read,
                      const std::string& meaning) const {
  return Flag(app_->add_option_function<std::string>(names, read, meaning));
}
Flag Verb::add_flag(const std::string& names, bool& place, const std::string& meaning) const {
  return Flag(app_->add_flag(names, place, meaning));
}
void Verb::footer(const std::string& text) const { app_->footer(text); }
void Verb::needs_a_verb() const { app_->require_subcommand(1); }
void Verb::when_read(std::function<void()> act) const {
  app_->parse_complete_callback(std::move(act));
}
void Verb::callback(std::function<void()> act) const { app_->callback(std::move(act)); }

CommandLine::CommandLine(const std::string& says, const std::string& version)
    : app_(std::make_unique<CLI::App>(says)) {
  app_->set_version_flag("--version", version);
  app_->require_subcommand(1);
}
CommandLine::~CommandLine() = default;

void CommandLine::run(int argc, char** argv, bool aloud, int wrong) {
  try {
    app_->parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = aloud ? app_->exit(error) : error.get_exit_code();
    throw Answer{code == 0 ? 0 : wrong};
  }
}

}  // namespace tenbin::app
