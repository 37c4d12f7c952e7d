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
#include <map>
#include <new>
#include <sstream>
#include <string_view>
#include <system_error>

#include "common.hpp"
#include "tenbin/io/nearest.hpp"
#include "tenbin/questions/long_run.hpp"
#include "tenbin/questions/questions.hpp"
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

/// The verb that the words call, with its kind where it has kinds ("new panel").
struct Called {
  const CLI::App* verb = nullptr;
  std::string name = "tenbin";
};
Called called_by(const CLI::App& program, const std::vector<std::string>& words) {
  Called called{&program};
  for (const std::string& word : words) {
    const auto kinds = called.verb->get_subcommands({});
    const auto kind =
        std::ranges::find_if(kinds, [&](const CLI::App* one) { return one->get_name() == word; });
    if (kind == kinds.end()) break;
    called = {*kind, called.name + " " + word};
  }
  return called;
}

/// How a verb is called, with names of what is shipped.
std::string example_of(const std::string& call) {
  static const std::map<std::string, std::string_view> special{
      {"tenbin brief", "japan-announced japan-3pct -o page.html"},
      {"tenbin fit", "east-asia -o east-asia.fit"},
      {"tenbin import", "sipri SIPRI-Milex-data-1949-2025.xlsx -o mine"},
      {"tenbin new", "panel mine"},
      {"tenbin new panel", "mine"},
      {"tenbin new scenario", "mine.toml --panel mine"},
      {"tenbin new priors", "region.toml --panel mine --world world"},
      {"tenbin check", "japan-announced"},
      {"tenbin verify", "page.html"},
      {"tenbin priors", "east-asia.fit -o priors.toml"}};
  if (const auto found = special.find(call); found != special.end())
    return fmt::format("For example: {} {}", call, found->second);
  for (const QuestionEntry& entry : questions()) {
    if (call != fmt::format("tenbin {}", entry.spec.name)) continue;
    switch (entry.spec.about) {
      case About::nothing:
        return fmt::format("For example: {}", call);
      case About::file:
        return fmt::format("For example: {} FILE", call);
      case About::panel:
        return fmt::format("For example: {} east-asia", call);
      case About::releases:
        return fmt::format("For example: {} release-2025 release-2026", call);
      case About::scenario:
        return fmt::format("For example: {} japan-announced", call);
      case About::scenarios:
        return fmt::format("For example: {} japan-announced japan-3pct", call);
      case About::panel_and_scenarios:
        return fmt::format("For example: {} east-asia japan-announced", call);
      case About::file_and_panel:
        return fmt::format("For example: {} FILE east-asia", call);
    }
  }
  return "tenbin --help lists the verbs";
}

std::string help_of(const std::string& call) {
  return fmt::format("tenbin help {} shows how it is called", call.substr(call.find(' ') + 1));
}

/// "-o", "--chains" or "PANEL".
std::string name_of(const CLI::Option& option) {
  if (option.get_positional()) return option.get_name(true);
  if (!option.get_snames().empty()) return "-" + option.get_snames()[0];
  return "--" + option.get_lnames()[0];
}
bool has_name(const CLI::Option& option, const std::string& flag) {
  return (flag.starts_with("--") && option.check_lname(flag.substr(2))) ||
         (flag.size() == 2 && flag[0] == '-' && option.check_sname(flag.substr(1)));
}

/// Flags that the verb does not have.
Problems unknown_flags(const Called& called, const std::vector<std::string>& words) {
  Problems problems;
  std::vector<std::string> flags;
  for (const CLI::Option* option : called.verb->get_options()) {
    for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
    for (const std::string& name : option->get_snames()) flags.push_back("-" + name);
  }
  const auto is_flag = [](const std::string& word) {
    return word.size() > 1 && word[0] == '-' && !(word[1] >= '0' && word[1] <= '9') &&
           word[1] != '.';
  };
  for (const std::string& word : words) {
    if (word == "--") break;  // arguments alone follow
    const std::string flag = word.substr(0, word.find('='));
    const bool joined = flag.size() > 2 && flag[1] != '-' &&
                        std::ranges::find(flags, flag.substr(0, 2)) != flags.end();  // -oNAME
    if (is_flag(flag) && !joined && std::ranges::find(flags, flag) == flags.end())
      problems.push_back({flag, called.name + " has no such flag",
                          nearest_fix(flag.starts_with("--") ? flag : "", flags,
                                      called.name == "tenbin"
                                          ? "Flags stand after the verb: tenbin fit PANEL -o FILE"
                                          : called.name + " --help lists them")});
  }
  return problems;
}

/// A verb of several kinds without one of them.
Problems no_kind(const Called& called, const std::vector<std::string>& words) {
  std::vector<std::string> kinds;
  for (const CLI::App* one : called.verb->get_subcommands({})) kinds.push_back(one->get_name());
  if (kinds.empty() || called.name == "tenbin") return {};
  const std::string given = words.size() > 1 ? words[1] : called.name;
  return {{given, fmt::format("{} needs one of: {}", called.name, fmt::join(kinds, ", ")),
           nearest_fix(given, kinds, example_of(called.name))}};
}

/// What a flag of the words is given: nothing where it needs a value, a value where it takes none,
/// or a second value. By the words alone: the parser takes a flag for another one's value.
class GivenValues {
 public:
  GivenValues(const Called& called, const std::vector<std::string>& words)
      : called_(called), words_(words) {
    for (const CLI::Option* option : called.verb->get_options())
      if (!option->get_positional()) look_at(*option);
  }
  const Problems& problems() const { return problems_; }

 private:
  bool is_flag(std::size_t k) const {
    return std::ranges::any_of(called_.verb->get_options(), [&](const CLI::Option* option) {
      return has_name(*option, words_[k].substr(0, words_[k].find('=')));
    });
  }
  void look_at(const CLI::Option& option) {
    const bool takes_value = option.get_items_expected_max() > 0;
    int times = 0;
    for (std::size_t k = 0; k < words_.size() && words_[k] != "--"; ++k) {
      const std::size_t equals = words_[k].find('=');
      const std::string flag = words_[k].substr(0, equals);
      const bool joined = takes_value && flag.size() > 2 && has_name(option, flag.substr(0, 2));
      if (!joined && !has_name(option, flag)) continue;
      ++times;
      const bool given = joined || equals != std::string::npos;
      if (takes_value && !given && (k + 1 == words_.size() || is_flag(k + 1)))
        problems_.push_back(
            {flag, "needs a value: " + option.get_description(), example_of(called_.name)});
      if (!takes_value && given)
        problems_.push_back(
            {flag, fmt::format("takes no value, and is given \"{}\"", words_[k].substr(equals + 1)),
             "Write " + flag + " alone, or leave it out"});
    }
    if (takes_value && times > 1 && option.get_expected_max() == 1)
      problems_.push_back(
          {name_of(option), fmt::format("is given {} times", times), "Give it once"});
  }

  const Called& called_;
  const std::vector<std::string>& words_;
  Problems problems_;
};

/// What the verb needs and the words do not have.
Problems missing_words(const Called& called) {
  Problems problems;
  for (const CLI::Option* option : called.verb->get_options()) {
    const auto needs = static_cast<std::size_t>(std::max(option->get_expected_min(), 1));
    if (!option->get_required() || option->count() >= needs) continue;
    const std::string name = name_of(*option), about = option->get_description();
    problems.push_back({called.name,
                        needs == 1 ? fmt::format("{} is missing: {}", name, about)
                                   : fmt::format("needs {} {}: {}", needs, name, about),
                        ""});
  }
  if (!problems.empty()) problems.back().mend = example_of(called.name);
  return problems;
}

/// Arguments of the verb that are too many.
Problems spare_words(const Called& called) {
  Problems problems;
  const auto add = [&](const std::string& word, const std::string& what) {
    problems.push_back({word, what, help_of(called.name)});
  };
  for (const CLI::Option* option : called.verb->get_options())
    if (const auto most = static_cast<std::size_t>(option->get_expected_max());
        option->get_positional() && option->count() > most)
      add(option->results()[most], fmt::format("is one {} too many for {}, which takes {}",
                                               name_of(*option), called.name, most));
  for (const std::string& word : called.verb->remaining())
    add(word, fmt::format("is one argument too many for {}", called.name));
  return problems;
}

/// Flags that do not go together.
Problems clashing_flags(const Called& called) {
  Problems problems;
  const auto options = called.verb->get_options();
  for (std::size_t k = 0; k < options.size(); ++k)
    for (std::size_t j = 0; j < k; ++j)
      if (options[k]->count() > 0 && options[j]->count() > 0 &&
          options[k]->get_excludes().contains(const_cast<CLI::Option*>(options[j])))
        problems.push_back({name_of(*options[j]), "does not go with " + name_of(*options[k]),
                            "Leave one of them out"});
  return problems;
}

/// What the parser refuses, in our own words.
Problems mistakes_of(const CLI::App& program, const std::vector<std::string>& words) {
  const Called called = called_by(program, words);
  for (Problems wrong : {unknown_flags(called, words), no_kind(called, words),
                         clashing_flags(called), spare_words(called), missing_words(called)})
    if (!wrong.empty()) return wrong;
  return {{called.name, "these words cannot be read", example_of(called.name)}};
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

/// Help or the version, which the parser writes.
void show_parsers_words(const CLI::App& program, const CLI::ParseError& asked) {
  std::ostringstream help, none;
  program.exit(asked, help, none);
  if (!help) throw std::bad_alloc();  // streams swallow it
  print_bytes(help.str());
}

/// Parses the words and runs their verb.
int run(CLI::App& program, const std::vector<std::string>& words) {
  for (const Problems& wrong : {unknown_verb(program, words), empty_values(words),
                                GivenValues(called_by(program, words), words).problems()}) {
    if (wrong.empty()) continue;
    if (first_rank()) show(wrong);
    return usage;
  }
  try {
    program.parse(std::vector<std::string>(
        words.rbegin(), words.rend()));  // the last word first, as the parser wants them
    return done;
  } catch (const CLI::ParseError& error) {  // also of --help and --version, with code 0
    const bool wrong = error.get_exit_code() != 0;
    if (first_rank() && wrong) show(mistakes_of(program, words));
    if (first_rank() && !wrong) show_parsers_words(program, error);
    return wrong ? usage : done;
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
  // Without exit handlers: after a failure, those of libraries may work on what is not whole.
  if (code != 0) ::_exit(code);
  return code;
}
