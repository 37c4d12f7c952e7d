// SPDX-License-Identifier: Apache-2.0
// One verb for each question.
#include <fmt/format.h>

#include "common.hpp"
#include "tenbin/questions/long_run.hpp"
#include "tenbin/questions/output.hpp"
#include "tenbin/questions/questions.hpp"

namespace tenbin::cli {
namespace question_verb {

/// What a question is asked about, read from files.
struct Subject {
  std::shared_ptr<const Past> past;
  std::optional<Panel> before, later;
  std::optional<Runs> runs;
  Posterior posterior;                       // of a panel without scenarios, once it is fitted
  std::vector<std::filesystem::path> files;  // that were read

  Inputs inputs(const Settings& settings, const std::vector<std::string>& names) const {
    return {.settings = settings,
            .past = past.get(),
            .panel = past     ? &past->panel()
                     : before ? &*before
                              : nullptr,
            .later = later ? &*later : nullptr,
            .names = names,
            .runs = runs ? &*runs : nullptr,
            .posterior = &posterior};
  }
};

struct QuestionFlags : Flags {
  std::vector<std::string> names;  // of the scenarios, panels or file
};

/// Names of files may be those of shipped ones, and are then their paths.
Subject read_subject(const QuestionSpec& spec, QuestionFlags& flags) {
  Subject subject;
  const std::vector<std::string>& names = flags.names;
  for (std::string& name : flags.names)
    if (spec.about == About::file ||
        (spec.about == About::file_and_panel && &name == &flags.names[0]))
      name = shipped_or(name);
  subject.files.assign(names.begin(), names.end());
  if (spec.about == About::panel) subject.past = past_of(panel_to_work_on(names[0], flags));
  if (spec.about == About::file_and_panel)
    subject.past = past_of(panel_to_work_on(names[1], flags));
  if (spec.about == About::panel_and_scenarios) {
    Panel panel = panel_to_work_on(names[0], flags);
    if (names.size() > 1) {
      subject.runs = runs_of({names.begin() + 1, names.end()}, flags);
      require_same_panel(*subject.runs, panel);
      const auto read = inputs_of(*subject.runs);
      subject.files.insert(subject.files.end(), read.begin(), read.end());
    }
    subject.past = past_as_of(std::move(panel), flags.settings);
  }
  if (spec.about == About::releases) {
    subject.before = panel_to_work_on(names[0], flags);
    subject.later = panel_to_work_on(names[1], flags);
  }
  require_scenarios(spec, names.size());
  if (spec.about == About::scenario || spec.about == About::scenarios) {
    subject.runs = runs_of(names, flags);
    subject.past = subject.runs->past;
    subject.files = inputs_of(*subject.runs);
  }
  return subject;
}

/// The posterior of the scenarios or of the panel.
void add_posterior_to(Subject& subject, const Flags& flags) {
  if (subject.runs)
    subject.runs->posterior = posterior_of(*subject.past, flags);
  else
    subject.posterior = *posterior_of(*subject.past, flags);
}

void deliver(Answer& answer, const QuestionSpec& spec, const Flags& flags) {
  hold_interruption();
  const TableFormat shown = flags.json ? TableFormat::json : TableFormat::csv;
  if (!flags.out.empty() && flags.out != "-")
    answer.written.write(flags.out, table_text(answer.table(), format_of(flags.out), spec.name));
  for (const TextFile& file : answer.files) answer.written.write(file.path, file.text);
  answer.written.finish();
  if (!flags.quiet) show(answer.notes);
  if (flags.json || flags.out == "-")
    print_data(flags.json ? screen_json(table_text(answer.table(), shown, spec.name))
                          : table_text(answer.table(), shown, spec.name));
  else
    print_bytes(answer.text());
}

bool listens_to(const QuestionEntry& entry, std::string_view setting) {
  const auto all = settings_of(entry);
  return std::ranges::find(all, setting) != all.end();
}

void run(const QuestionEntry& entry, QuestionFlags flags) {
  if (!entry.spec.words.empty() && !flags.names.empty()) {
    Problems problems;
    set(flags.settings, entry.spec.words, fmt::format("{}", fmt::join(flags.names, ",")), problems);
    if (!problems.empty()) throw Error(std::move(problems), Error::Reason::usage);
  }
  // What is written as TOML has a setting of its own, for other languages.
  if (flags.out.ends_with(".toml") && listens_to(entry, "toml"))
    flags.settings.toml = std::exchange(flags.out, "");
  if (flags.out.ends_with(".nc") && listens_to(entry, "netcdf"))
    flags.settings.netcdf = std::exchange(flags.out, "");
  // A back-test keeps its records beside its output, so that the same command continues it.
  if (!flags.settings.cache && !flags.out.empty() && flags.out != "-")
    flags.settings.cache = flags.out + ".cache";
  Subject subject = read_subject(entry.spec, flags);
  check_outputs(flags, subject.files);
  if (!flags.out.empty() && flags.out != "-") format_of(flags.out);
  const PutQuestion question = entry.put(subject.inputs(flags.settings, flags.names));
  if (entry.spec.posterior) add_posterior_to(subject, flags);
  LongRun futures(flags.out == "-" ? "" : flags.out, flags.settings.resume,
                  flags.settings.keep_every.value_or(60));
  futures.on_stop = [](const std::string& kept) {
    if (execution_here(0).ranks > 1) print_error("stopped; {}\n", kept);
  };
  Work work;
  work.execution = flags.execution();
  work.observer = progress_observer(flags);
  work.tally = [&](const Measures& measures, const std::string& key) {
    hold_interruption();  // checkpoints of an earlier run are merged
    return futures.tally(measures, key, work);
  };
  Answer answer = question(work);
  if (!first_rank()) return;
  deliver(answer, entry.spec, flags);
  futures.finish();
  if (!answer.holds) throw End{no};
}

std::string upper_case(std::string_view word) {
  std::string upper(word);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return upper;
}

void add_subject(CLI::App& verb, const QuestionSpec& spec, QuestionFlags& flags) {
  const auto add = [&](const char* name, const char* meaning, int fewest, int most) {
    verb.add_option(name, flags.names, meaning)->required()->expected(fewest, most);
  };
  switch (spec.about) {
    case About::nothing:
      if (!spec.words.empty())
        verb.add_option(upper_case(spec.words), flags.names,
                        std::string(find_setting(spec.words)->meaning))
            ->expected(1, 1000);
      return;
    case About::file:
      return add(spec.most_files > 1 ? "FILES" : "FILE", "the file that is asked about", 1,
                 spec.most_files);
    case About::panel:
      return add("PANEL", "a panel's folder", 1, 1);
    case About::releases:
      return add("PANELS", "two panels' folders, the earlier release first", 2, 2);
    case About::scenario:
      return add("SCENARIO", "a scenario file", 1, 1);
    case About::scenarios:
      return add("SCENARIOS", "scenario files; the first is the baseline", 1, 1000);
    case About::panel_and_scenarios:
      return add("PANEL", "a panel's folder, then scenario files on this panel, if any", 1, 1000);
    case About::file_and_panel:
      return add("FILE", "the file that is asked about, then a panel's folder", 2, 2);
  }
}

void add_question(CLI::App& program, const QuestionEntry& entry) {
  auto flags = std::make_shared<QuestionFlags>();
  CLI::App& verb =
      *program.add_subcommand(std::string(entry.spec.name), std::string(entry.spec.summary));
  add_subject(verb, entry.spec, *flags);
  verb.add_option("-o,--out", flags->out,
                  fmt::format("file to write: .csv or .json{}; - is the screen",
                              listens_to(entry, "toml")     ? " (or .toml, as --toml)"
                              : listens_to(entry, "netcdf") ? " (or .nc, as --netcdf)"
                                                            : ""));
  verb.add_flag("--json", flags->json, "the table as JSON on the screen, instead of words");
  if (entry.spec.posterior) add_posterior(verb, *flags);
  std::vector<std::string> names = settings_of(entry);
  std::erase_if(names, [&](const std::string& name) {
    const auto fitting = words_of(fit_setting_names);
    return name == "file" ||
           (entry.spec.posterior && std::ranges::find(fitting, name) != fitting.end());
  });
  add_settings(verb, *flags, names);
  add_common(verb, *flags);
  verb.callback([flags, &entry] { run(entry, *flags); });
}

}  // namespace question_verb

void add_questions(CLI::App& program) {
  for (const QuestionEntry& entry : questions()) question_verb::add_question(program, entry);
}

}  // namespace tenbin::cli
