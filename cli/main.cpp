// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <new>
#include <system_error>

#include "common.hpp"
#include "tenbin/io/nearest.hpp"
#include "tenbin/questions/long_run.hpp"

namespace tenbin::cli {
namespace {

std::string nearest_fix(const std::string& word, const std::vector<std::string>& names,
                        const std::string& otherwise) {
  std::string near = nearest(word, names);
  for (const std::string& name : names)  // --seed for --fit-seed
    if (near.empty() && word.starts_with("--") && name.ends_with(word.substr(1))) near = name;
  return near.empty() ? otherwise : fmt::format("Did you mean \"{}\"?", near);
}

/// "help VERB" as "VERB --help", "VERB --version" as "--version", and nothing as "--help".
std::vector<std::string> usual_words(std::vector<std::string> words) {
  if (words.empty()) return {"--help"};
  if (words[0] == "help") {
    words.erase(words.begin());
    words.emplace_back("--help");
  }
  if (words.size() > 1 && words[0][0] != '-' && words.back() == "--version") return {"--version"};
  return words;
}

constexpr const char* after_help =
    "Exit status: 0 done; 1 the answer is no; 2 wrong words or settings; 3 wrong input; 4 a file "
    "cannot be\nwritten; 5 interrupted; 6 not enough memory; 70 a bug of tenbin.\n"
    "Environment: TENBIN_DATA, the folder of the shipped figures and priors (tenbin --data prints "
    "it).\n"
    "Examples:\n"
    "  tenbin brief japan-announced japan-3pct -o page.html   two shipped scenarios as one page\n"
    "  tenbin new panel mine; tenbin check mine               a panel of your own\n"
    "  tenbin help compare                                    all flags of a verb\n"
    "A scenario or panel that is no path may be one that is shipped, by its name; - is what is "
    "piped "
    "in\n(scenario, page) or the screen (-o).";

/// The first word, where it is no verb: the parser would speak of other words.
Problems unknown_verb(const CLI::App& program, const std::vector<std::string>& words) {
  if (words[0].starts_with("-")) return {};
  std::vector<std::string> verbs;
  for (const CLI::App* one : program.get_subcommands({})) verbs.push_back(one->get_name());
  if (std::ranges::find(verbs, words[0]) != verbs.end()) return {};
  return {{words[0], "there is no such verb",
           nearest_fix(words[0], verbs, "tenbin --help lists them")}};
}

/// Flags that the verb does not have.
Problems unknown_flags(const CLI::App& program, const std::vector<std::string>& words) {
  Problems problems;
  const bool own = words[0].starts_with("-");  // the program's, before any verb
  const CLI::App* const verb = own ? &program : program.get_subcommand(words[0]);
  if (!own && !verb->get_subcommands({}).empty()) return problems;
  const std::string command = own ? "tenbin" : "tenbin " + words[0];
  std::vector<std::string> flags;
  for (const CLI::Option* option : verb->get_options()) {
    for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
    for (const std::string& name : option->get_snames()) flags.push_back("-" + name);
  }
  const auto is_flag = [](const std::string& word) {
    return word.size() > 1 && word[0] == '-' && !(word[1] >= '0' && word[1] <= '9') &&
           word[1] != '.';
  };
  for (const std::string& word : words) {
    const std::string flag = word.substr(0, word.find('='));
    const bool joined = flag.size() > 2 && flag[1] != '-' &&
                        std::ranges::find(flags, flag.substr(0, 2)) != flags.end();  // -oNAME
    if (is_flag(flag) && !joined && std::ranges::find(flags, flag) == flags.end())
      problems.push_back(
          {flag, command + " has no such flag",
           nearest_fix(flag.starts_with("--") ? flag : "", flags, command + " --help lists them")});
  }
  return problems;
}

/// Arguments of the verb that are missing or too many, in our own words.
Problems wrong_arguments(const CLI::App& program, const std::vector<std::string>& words) {
  Problems problems;
  if (words[0].starts_with("-")) return problems;
  const CLI::App* const verb = program.get_subcommand(words[0]);
  for (const CLI::Option* option : verb->get_options())
    if (const auto needs = static_cast<std::size_t>(option->get_expected_min());
        option->get_positional() && option->get_required() && option->count() < needs)
      problems.push_back({fmt::format("tenbin {}", words[0]),
                          needs == 1 ? fmt::format("{} is missing: {}", option->get_name(true),
                                                   option->get_description())
                                     : fmt::format("needs {} {}: {}", needs, option->get_name(true),
                                                   option->get_description()),
                          fmt::format("tenbin help {} shows how it is called", words[0])});
    else if (const auto most = static_cast<std::size_t>(option->get_expected_max());
             option->get_positional() && option->count() > most)
      problems.push_back({option->results()[most],
                          fmt::format("is one {} too many for tenbin {}, which takes {}",
                                      option->get_name(true), words[0], most),
                          fmt::format("tenbin help {} shows how it is called", words[0])});
  return problems;
}

/// What else the parser refuses, in our own words; empty: its words are good.
Problems other_mistakes(const CLI::App& program, const CLI::ParseError& error,
                        const std::vector<std::string>& words) {
  const std::string said = error.what();
  if (said.find("ubcommand is required") != std::string::npos && !words[0].starts_with("-")) {
    std::vector<std::string> names;
    for (const CLI::App* one : program.get_subcommand(words[0])->get_subcommands({}))
      names.push_back(one->get_name());
    const std::string given = words.size() > 1 ? words[1] : "tenbin " + words[0];
    return {{given, fmt::format("tenbin {} needs one of: {}", words[0], fmt::join(names, ", ")),
             nearest_fix(given, names,
                         fmt::format("tenbin help {} shows how it is called", words[0]))}};
  }
  const std::string flag = said.substr(0, said.find_first_of(": "));
  if (said.find("not expected") != std::string::npos)
    return {{said.substr(said.find_last_of(": ") + 1),
             fmt::format("is one argument too many for tenbin {}", words[0]),
             fmt::format("tenbin help {} shows how it is called", words[0])}};
  if (error.get_name() == "ArgumentMismatch" && said.find("required") != std::string::npos)
    return {{flag, "needs a value", fmt::format("tenbin help {} says which", words[0])}};
  if (error.get_name() == "ExcludesError")
    return {{flag, "does not go with " + said.substr(said.find_last_of(' ') + 1),
             "Leave one of them out"}};
  return {};
}

/// Empty values, such as an unset shell variable gives. No flag or argument takes one.
Problems empty_values(const std::vector<std::string>& words) {
  Problems problems;
  for (std::size_t k = 1; k < words.size(); ++k) {
    const bool bare = words[k].empty(),
               equals = words[k].starts_with("--") && words[k].back() == '=';
    if (!bare && !equals) continue;
    const std::string whose = equals ? words[k].substr(0, words[k].size() - 1)
                              : words[k - 1].starts_with("-") ? words[k - 1]
                                                              : "an argument";
    problems.push_back({whose, "is empty", "Give a value, or leave it out"});
  }
  return problems;
}

/// The program with its verbs.
void build(CLI::App& program) {
  program.name("tenbin");
  program.set_version_flag("--version", "tenbin " TENBIN_VERSION);
  program.add_flag_callback(
      "--data",
      [] {
        fmt::print("{}\n", data_folder().string());
        throw End{done};
      },
      "where the shipped figures and priors are");
  program.footer(after_help);
  program.require_subcommand(1);
  add_brief(program);
  add_fit(program);
  add_questions(program);
  add_import(program);
  add_new(program);
}

/// Parses the words and runs their verb.
int run(CLI::App& program, const std::vector<std::string>& words) {
  for (const Problems& wrong : {unknown_verb(program, words), empty_values(words)}) {
    if (wrong.empty()) continue;
    if (first_rank()) show(wrong);
    return usage;
  }
  try {
    program.parse(std::vector<std::string>(
        words.rbegin(), words.rend()));  // the last word first, as the parser wants them
    return done;
  } catch (const CLI::ParseError& error) {  // also of --help and --version, with code 0
    for (const Problems& wrong : {unknown_flags(program, words), wrong_arguments(program, words),
                                  other_mistakes(program, error, words)})
      if (error.get_exit_code() != 0 && !wrong.empty()) {
        if (first_rank()) show(wrong);
        return usage;
      }
    const int code = first_rank() ? program.exit(error) : error.get_exit_code();
    return code == 0 ? done : usage;
  }
}

}  // namespace

/// Reports that standard output cannot be written, without fmt, which would throw again.
int screen_lost() {
  std::fputs(
      "the screen (standard output): cannot be written. Look at the disk or pipe it goes to\n",
      stderr);
  return not_written;
}

}  // namespace tenbin::cli

int main(int argc, char** argv) {
  using namespace tenbin;
  const RankSession ranks(&argc, &argv);
  CLI::App program("tenbin: what a military build-up means, from public figures");
  cli::build(program);
  cli::watch_for_interruption();
  try {
    const int code = cli::run(program, cli::usual_words({argv + 1, argv + argc}));
    return std::fflush(stdout) == 0 && std::ferror(stdout) == 0 ? code : cli::screen_lost();
  } catch (const cli::End& end) {
    return end.code;
  } catch (const Error& error) {
    const int code = error.reason == Error::Reason::output  ? cli::not_written
                     : error.reason == Error::Reason::usage ? cli::usage
                     : error.reason == Error::Reason::no    ? cli::no
                                                            : cli::refused;
    cli::let_first_rank_speak();
    cli::show(error.problems);
    if (execution_here(0).ranks > 1) end_all_ranks(code);
    return code;
  } catch (const OtherRank&) {
    return cli::done;
  } catch (const Stopped& stop) {
    fmt::print(stderr, "interrupted; {}\n", stop.kept);
    return cli::interrupted;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "there is not enough memory\n");
    if (execution_here(0).ranks > 1) end_all_ranks(cli::out_of_memory);
    return cli::out_of_memory;
  } catch (const std::filesystem::filesystem_error& error) {
    cli::let_first_rank_speak();
    fmt::print(stderr, "{}\n", error.what());
    if (execution_here(0).ranks > 1) end_all_ranks(cli::refused);
    return cli::refused;
  } catch (const std::exception& error) {
    if (std::ferror(stdout) != 0 || std::ferror(stderr) != 0) {  // fmt::print throws
      if (execution_here(0).ranks > 1) end_all_ranks(cli::not_written);
      return cli::screen_lost();
    }
    fmt::print(stderr, "tenbin has a bug: {}\nPlease report it with the command and its input.\n",
               error.what());
    if (execution_here(0).ranks > 1) end_all_ranks(cli::our_bug);
    return cli::our_bug;
  }
}
