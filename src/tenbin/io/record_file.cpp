// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/record_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <sstream>

#include "tenbin/io/table.hpp"
#include "tenbin/io/text_file.hpp"

namespace tenbin {
namespace {

/// A body of words: lines "forecast ...", "joint ...", numbers with all their bits.
std::string body_of(const OriginRecord& r) {
  std::string body =
      fmt::format("origin {} {} {} {}\n", r.origin, r.rhat_max, r.divergences, r.draws);
  for (const ScoredForecast& f : r.forecasts) {
    body += fmt::format("forecast\t{}\t{}\t{}\t{}\t{}", f.method, static_cast<int>(f.what), f.state,
                        f.origin, f.horizon);
    for (const double x : {f.observed, f.mean, f.sd, f.median, f.crps, f.log_score, f.pit, f.low[0],
                           f.low[1], f.low[2], f.high[0], f.high[1], f.high[2]})
      body += fmt::format("\t{}", x);
    body += "\n";
  }
  for (const JointScore& j : r.joint)
    body += fmt::format("joint\t{}\t{}\t{}\t{}\t{}\t{}\n", j.method, static_cast<int>(j.what),
                        j.origin, j.horizon, j.states, j.energy);
  return body;
}

std::vector<std::string> fields_of(const std::string& line, char mark) {
  std::vector<std::string> fields;
  std::stringstream in(line);
  for (std::string field; std::getline(in, field, mark);) fields.push_back(field);
  return fields;
}

/// Reads the fields of one line in turn; `failed` says that one was missing or no number.
class Line {
 public:
  Line(const std::string& line, char mark) : fields_(fields_of(line, mark)) {}
  bool failed = false;
  std::string text() {
    if (at_ == fields_.size()) failed = true;
    return failed ? std::string() : fields_[at_++];
  }
  double number() {
    const std::string word = text();
    const auto x = parse_number(word);
    if (!x && word != "nan" && word != "-nan" && word != "inf" && word != "-inf") failed = true;
    return x.value_or(missing);
  }
  int count() {
    const double x = number();
    if (!(x >= 0 && x <= std::numeric_limits<int>::max())) failed = true;
    return failed ? 0 : static_cast<int>(x);
  }
  Scored what() {
    const int which = count();
    if (which >= static_cast<int>(scored_names.size())) failed = true;
    return static_cast<Scored>(failed ? 0 : which);
  }
  /// Whether all fields were read, and were what they should be.
  bool whole() const { return !failed && at_ == fields_.size(); }

 private:
  std::vector<std::string> fields_;
  std::size_t at_ = 0;
};

bool take_origin(Line f, OriginRecord& r) {
  f.text();
  r.origin = f.count(), r.rhat_max = f.number(), r.divergences = f.count(), r.draws = f.count();
  return f.whole();
}
bool take_joint(Line f, OriginRecord& r) {
  f.text();
  JointScore j{.method = f.text()};
  j.what = f.what(), j.origin = f.count(), j.horizon = f.count(), j.states = f.count();
  j.energy = f.number();
  r.joint.push_back(std::move(j));
  return f.whole();
}
bool take_forecast(Line f, OriginRecord& r) {
  f.text();
  ScoredForecast x{.method = f.text()};
  x.what = f.what(), x.state = f.text(), x.origin = f.count(), x.horizon = f.count();
  for (double* number : {&x.observed, &x.mean, &x.sd, &x.median, &x.crps, &x.log_score, &x.pit,
                         &x.low[0], &x.low[1], &x.low[2], &x.high[0], &x.high[1], &x.high[2]})
    *number = f.number();
  r.forecasts.push_back(std::move(x));
  return f.whole();
}

std::string title(const std::string& key, const std::string& body) {
  return fmt::format("tenbin record 1 {} {}", sha256_hex(key), sha256_hex(body));
}

}  // namespace

void write_record(const std::filesystem::path& path, const std::string& key,
                  const OriginRecord& record) {
  const std::string body = body_of(record);
  write_text(path, title(key, body) + "\n" + body);
}

std::optional<OriginRecord> read_record(const std::filesystem::path& path, const std::string& key) {
  Problems ignored;
  const auto text = read_bytes(path, ignored);
  if (!text) return std::nullopt;
  const std::size_t end = text->find('\n');
  if (end == std::string::npos) return std::nullopt;
  const std::string body = text->substr(end + 1);
  if (text->substr(0, end) != title(key, body)) return std::nullopt;
  return record_of(body);
}

std::optional<OriginRecord> record_of(const std::string& body) {
  OriginRecord r;
  std::stringstream lines(body);
  for (std::string line; std::getline(lines, line);) {
    const bool whole = line.starts_with("origin ")      ? take_origin({line, ' '}, r)
                       : line.starts_with("joint\t")    ? take_joint({line, '\t'}, r)
                       : line.starts_with("forecast\t") ? take_forecast({line, '\t'}, r)
                                                        : false;
    if (!whole) return std::nullopt;
  }
  return r;
}

std::vector<OutsideForecast> read_outside_forecasts(const std::filesystem::path& path) {
  Problems problems;
  enum { state, origin, h, model, mean, sd, what };
  const Table table(
      path, {{"state"}, {"origin"}, {"h"}, {"model"}, {"mean"}, {"sd"}, {"what", false}}, problems);
  std::vector<OutsideForecast> result;
  if (table.usable())
    table.each([&](const Table::RowView& row) {
      const auto id = row.required_text(state), method = row.required_text(model);
      const auto year = row.year(origin), ahead = row.integer(h, 1, 100);
      const auto centre = row.number(mean, -100, 100, "a log of millions, or of a share"),
                 spread = row.number(sd, 1e-12, 1000, "a positive number");
      const std::string of = row.empty(what) ? "milex" : row.text(what);
      const auto name = std::ranges::find(scored_names, of);
      if (name == scored_names.end())
        row.refuse("\"" + of + "\" is neither milex nor burden", "Write one of them");
      if (id && method && year && ahead && centre && spread && name != scored_names.end())
        result.push_back({*method, static_cast<Scored>(name - scored_names.begin()), *id, *year,
                          *ahead, *centre, *spread});
    });
  std::erase_if(problems, [](const Problem& p) { return p.kind != Problem::Kind::refuse; });
  if (!problems.empty()) throw Error(std::move(problems));
  return result;
}

}  // namespace tenbin
