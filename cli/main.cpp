// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>
#include <sstream>
#include <string_view>
#include <system_error>

#include "common.hpp"
#include "tenbin/io/nearest.hpp"
#include "tenbin/questions/long_run.hpp"
#include "tenbin/questions/text.hpp"

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
        print_out("{}\n", data_folder().string());
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

/// Help, the version, or an error that the parser alone has words for.
void show_parsers_words(const CLI::App& program, const CLI::ParseError& error) {
  std::ostringstream help, wrong;
  program.exit(error, help, wrong);
  if (!help || !wrong) throw std::bad_alloc();  // streams swallow it
  print_bytes(help.str());
  print_error("{}", wrong.str());
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
    if (first_rank()) show_parsers_words(program, error);
    return error.get_exit_code() == 0 ? done : usage;
  }
}

/// The words of the command line from the program's name on; empty where the caller gave none.
std::vector<std::string> words_of_call(int argc, char** argv) {
  return argc > 1 ? std::vector<std::string>(argv + 1, argv + argc) : std::vector<std::string>();
}

std::atomic<bool> memory_refused{false};

/// What operator new calls when there is no memory. Streams swallow bad_alloc, and some functions
/// of the library end the program without the exception: the flag tells what it was.
[[noreturn]] void note_refusal() {
  memory_refused = true;
  throw std::bad_alloc();
}

/// Whether the system refused memory, or a thread or buffer for want of it.
bool is_lack_of_memory(const std::error_code& code) {
  return code == std::errc::not_enough_memory || code == std::errc::resource_unavailable_try_again;
}

/// Ends the ranks that wait for this one; alone, returns the code.
int ended(int code) {
  if (execution_here(0).ranks > 1) end_all_ranks(code);
  return code;
}

int reported(const Error& error) {
  let_first_rank_speak();
  show(error.problems);
  switch (error.reason) {
    case Error::Reason::output:
      return ended(not_written);
    case Error::Reason::usage:
      return ended(usage);
    case Error::Reason::no:
      return ended(no);
    default:
      return ended(refused);
  }
}

int reported(const std::exception& bug) {
  print_error("tenbin has a bug: {}\nPlease report it with the command and its input.\n",
              bug.what());
  return ended(our_bug);
}

/// Says why the exception that is being handled ends the program, and returns the exit code. Throws
/// bad_alloc, and what else means a lack of memory.
int reported_exception() {
  try {
    throw;
  } catch (const End& end) {
    return end.code;
  } catch (const Error& error) {
    if (memory_refused) throw std::bad_alloc();  // what was read is not what the file says
    return reported(error);
  } catch (const OtherRank&) {
    return done;
  } catch (const Stopped& stop) {
    print_error("interrupted; {}\n", stop.kept);
    return interrupted;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::system_error& error) {
    if (is_lack_of_memory(error.code())) throw;
    if (dynamic_cast<const std::filesystem::filesystem_error*>(&error) == nullptr)
      return reported(static_cast<const std::exception&>(error));
    let_first_rank_speak();
    print_error("{}\n", error.what());
    return ended(refused);
  } catch (const std::exception& error) {
    if (memory_refused) throw std::bad_alloc();
    return reported(error);
  }
}

char verb_of_call[32] = "tenbin";  // for words that may not allocate

/// Says that there is not enough memory, without any. For use where nothing may throw.
void tell_lack_of_memory() noexcept {
  constexpr double mb = 1e-6;
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  rlimit most{};
  ::getrlimit(RLIMIT_AS, &most);
  char limit[64] = "";
  if (most.rlim_cur != RLIM_INFINITY)
    std::snprintf(limit, sizeof limit, " of the %.0f MB that ulimit -v allows",
                  mb * static_cast<double>(most.rlim_cur));
  char words[400];
  const int size = std::snprintf(
      words, sizeof words,
      "%s: there is not enough memory (%.0f MB%s in use). Close other programs or raise the limit, "
      "or ask for less: fewer scenarios, --futures, --draws or --threads\n",
      verb_of_call, mb * 1024 * static_cast<double>(used.ru_maxrss), limit);
  if (size > 0) tell_bytes({words, std::min<std::size_t>(size, sizeof words - 1)});
}

/// Ends the program without the exit handlers of libraries, which without memory may crash.
[[noreturn]] void end_without_memory() noexcept {
  tell_lack_of_memory();
  std::fflush(stdout);
  if (execution_here(0).ranks > 1) end_all_ranks(out_of_memory);
  ::_exit(out_of_memory);
}

/// What is thrown where nothing can catch it: before main, in a thread, or in a function that may
/// not throw. An abort would look like a crash.
[[noreturn]] void end_uncaught() {
  try {
    if (std::current_exception()) throw;
    if (memory_refused) end_without_memory();
    tell_bytes("tenbin has a bug: it ended itself\n");
  } catch (const std::bad_alloc&) {
    end_without_memory();
  } catch (const std::system_error& error) {
    if (is_lack_of_memory(error.code())) end_without_memory();
    print_error("tenbin has a bug: {}\n", error.what());
  } catch (const std::exception& error) {
    print_error("tenbin has a bug: {}\n", error.what());
  } catch (...) {
    tell_bytes("tenbin has a bug: an exception without words\n");
  }
  tell_bytes("Please report it with the command and its input.\n");
  ::_exit(our_bug);
}

// Before the constructors of globals, which may throw.
[[gnu::constructor(101)]] void watch_from_the_start() {
  std::set_terminate(end_uncaught);
  std::set_new_handler(note_refusal);
}

/// Runs the verb. Returns the exit code of everything but a lack of memory, which is thrown.
int guarded(int argc, char** argv) {
  try {
    const std::vector<std::string> words = usual_words(words_of_call(argc, argv));
    CLI::App program("tenbin: what a military build-up means, from public figures");
    build(program);
    return run(program, words);
  } catch (...) {
    return reported_exception();
  }
}

/// The exit code, after what was printed has left the program: an answer that nobody received is
/// not done.
int finished(int code) noexcept {
  const int loss = screen_loss();
  if (loss == 0 || (code != done && code != no)) return code;
  if (loss == EPIPE) return not_written;  // the reader has enough, as head has
  print_error(
      "the screen (standard output): cannot be written: {}. Look at the disk or pipe it goes to\n",
      std::strerror(loss));  // NOLINT(concurrency-mt-unsafe): no other thread is left
  return not_written;
}

}  // namespace

/// The whole program, between the ranks' meeting and their parting.
int program(int argc, char** argv) noexcept {
  if (argc > 1 && std::string_view(argv[1]).find_first_not_of("abcdefghijklmnopqrstuvwxyz") ==
                      std::string_view::npos)
    std::snprintf(verb_of_call, sizeof verb_of_call, "tenbin %.20s", argv[1]);
  try {
    return finished(guarded(argc, argv));
  } catch (...) {  // bad_alloc, of the work or of the words on another error
    end_without_memory();
  }
}

}  // namespace tenbin::cli

int main(int argc, char** argv) {
  tenbin::cli::open_closed_streams();
  int code = 0;
  {
    const tenbin::RankSession ranks(&argc, &argv);
    tenbin::cli::watch_for_interruption();
    code = tenbin::cli::program(argc, argv);
  }
  // Without exit handlers: HDF5's crashes where a file could not be written or memory was short.
  if (code != 0) ::_exit(code);
  return code;
}
