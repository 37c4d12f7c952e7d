// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <concepts>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tenbin/core/problem.hpp"
#include "tenbin/core/tidy.hpp"
#include "tenbin/io/outputs.hpp"
#include "tenbin/parallel/execution.hpp"
#include "tenbin/questions/runs.hpp"
#include "tenbin/questions/settings.hpp"
#include "tenbin/questions/text.hpp"

/// A question: one thing that can be asked, in one file of one form. questions.hpp lists them all;
/// the command line makes its verbs from that list, and the C interface, Python and R their
/// functions.

namespace tenbin {

/// What a question is about.
enum class About {
  nothing,
  file,                 // the file that the setting `file` names
  panel,                // a panel, or that of the scenarios as known at their start
  releases,             // two panels, the earlier first
  scenario,             // one scenario
  scenarios,            // several, the first of which is the baseline
  panel_and_scenarios,  // a panel, and perhaps scenarios on it; or scenarios alone, with their
                        // panel
  file_and_panel,       // the file that the setting `file` names, and a panel
};

struct QuestionSpec {
  std::string_view name;  // "burden": tenbin burden, tenbin_ask(study, "burden"), tenbin.burden()
  About about = About::nothing;
  bool posterior = false;     // whether it needs one
  std::string_view settings;  // those that it listens to beside threads, with spaces
  std::string_view summary;   // one line
  int fewest_scenarios = 1;   // of About::scenarios
  int most_files = 1;         // of About::file
  std::string_view words{};   // of About::nothing: the setting that words of the command line set
};

/// What a question is asked about. All of it outlives the question.
struct Inputs {
  const Settings& settings;
  const Past* past = nullptr;            // of the panel, or of the scenarios at their start
  const Panel* panel = nullptr;          // the same; the first of About::releases
  const Panel* later = nullptr;          // the second of About::releases
  std::vector<std::string> names;        // of the panels or scenarios, as the user wrote them
  const Runs* runs = nullptr;            // the scenarios; with a posterior once the work begins
  const Posterior* posterior = nullptr;  // of a panel without scenarios, once the work begins

  /// The posterior of a question that needs one, once the work begins.
  const Posterior& fitted() const { return runs ? *runs->posterior : *posterior; }
};

/// Thrown where the observer of some work stops it.
struct Stopped {
  std::string kept = "nothing was written";  // what there is of the work
};

/// Measures of simulated futures that one or several questions want, in one projection. It begins
/// with one run, that of the first scenario.
struct Measures {
  Projection projection;
  std::vector<Measure> list;
};

/// How the work of a question is done.
class Work {
 public:
  /// Called with what is being done and progress in [0, 1]. Return false to stop.
  using Observer = std::function<bool(std::string_view doing, double part)>;

  Execution execution;
  Observer observer;  // may be empty
  /// Adds up the measures. `key` identifies what is asked, so that an interrupted run is continued
  /// by the same question only.
  std::function<Tally(const Measures&, const std::string& key)> tally;

  /// An observer for one part of the work. After it has said no, finish() throws.
  std::function<bool(double)> begin(std::string doing) {
    return [this, doing = std::move(doing)](double part) {
      if (observer && !observer(doing, part)) stopped_ = true;
      return !stopped_;
    };
  }
  /// Throws Stopped if the work was stopped: its result is then of no use.
  void finish() const {
    if (stopped_) throw Stopped{};
  }

 private:
  std::atomic<bool> stopped_ = false;
};

/// A text file that a question writes beside its table.
struct TextFile {
  std::string path, text;
};

/// An answered question.
struct Answer {
  std::function<TidyTable()> table;
  std::function<std::string()> text;  // for the terminal
  std::vector<TextFile> files;        // to be written
  Outputs written;                    // files that are finished, but for their names
  Problems notes;
  bool holds = true;  // false: the answer is "no", and the command line ends with 1
};

/// A question that was put: its settings are checked, its work is not done yet.
using PutQuestion = std::function<Answer(Work&)>;

struct QuestionEntry {
  QuestionSpec spec;
  bool asks_futures = false;
  /// Throws Error with what is wrong with the settings or inputs.
  std::function<PutQuestion(const Inputs&)> put;
};

/// The form of a question. It answers by ask() and read() if it wants measures of futures,
/// otherwise by answer(). Further functions are optional: prepare() before the work,
/// hand_over() of what it has written itself, files(), notes(), holds().
template <class Q>
concept Question = std::constructible_from<Q, const Inputs&> && requires(const Q& q) {
  { Q::spec } -> std::convertible_to<const QuestionSpec&>;
  { q.table() } -> std::same_as<TidyTable>;
  { q.text() } -> std::same_as<std::string>;
};
template <class Q>
concept AsksFutures = requires(Q q, Measures& measures, const Tally& tally) {
  q.ask(measures);
  q.read(tally);
};

/// A list that is written with spaces.
std::vector<std::string> words_of(std::string_view list);
/// All settings that a question listens to.
std::vector<std::string> settings_of(const QuestionEntry& entry);
/// The measures of no question yet, on the first scenario.
Measures measures_of(const Runs& runs);
/// Throws Error (usage) if a question has fewer scenarios than it needs.
void require_scenarios(const QuestionSpec& spec, std::size_t given);
/// What decides the answer of a question: its name and settings.
std::string key_of(const QuestionSpec& spec, const Settings& settings);

/// A question's text as a terminal shows it. That of a question whose text is a file (Q::is_file)
/// keeps its signs.
template <Question Q>
std::string shown_text(std::string text) {
  text = printable(std::move(text));
  if constexpr (requires { Q::is_file; })
    return text;
  else
    return with_minus(text);
}

template <Question Q>
QuestionEntry entry_of() {
  return {Q::spec, AsksFutures<Q>, [](const Inputs& inputs) -> PutQuestion {
            const auto q = std::make_shared<Q>(inputs);
            return [q, inputs](Work& work) {
              if constexpr (requires { q->prepare(work); }) q->prepare(work);
              if constexpr (AsksFutures<Q>) {
                Measures measures = measures_of(*inputs.runs);
                q->ask(measures);
                if (!measures.list.empty())
                  q->read(work.tally(measures, key_of(Q::spec, inputs.settings)));
              } else if constexpr (requires { q->answer(work); }) {
                q->answer(work);
              }
              work.finish();
              Answer answer{
                  [q] { return q->table(); }, [q] { return shown_text<Q>(q->text()); }, {}, {}, {}};
              if constexpr (requires { q->hand_over(answer.written); })
                q->hand_over(answer.written);
              if constexpr (requires { q->files(); }) answer.files = q->files();
              if constexpr (requires { q->notes(); }) answer.notes = q->notes();
              if (inputs.runs && Q::spec.posterior)
                for (Problem& p : unknown_notes(*inputs.runs)) answer.notes.push_back(std::move(p));
              if constexpr (requires { q->holds(); }) answer.holds = q->holds();
              return answer;
            };
          }};
}

}  // namespace tenbin
