// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/record_file.hpp"

#include <fmt/format.h>

#include <algorithm>
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

double number(const std::string& text) { return parse_number(text).value_or(missing); }
int integer(const std::string& text) { return static_cast<int>(number(text)); }

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
  OriginRecord r;
  std::stringstream lines(body);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("origin ")) {
      const auto f = fields_of(line, ' ');
      r.origin = integer(f[1]), r.rhat_max = number(f[2]), r.divergences = integer(f[3]),
      r.draws = integer(f[4]);
      continue;
    }
    const auto f = fields_of(line, '\t');
    const auto what = static_cast<Scored>(integer(f[2]));
    if (f[0] == "joint") {
      r.joint.push_back({f[1], what, integer(f[3]), integer(f[4]), integer(f[5]), number(f[6])});
      continue;
    }
    const auto x = [&](std::size_t k) { return number(f[6 + k]); };
    r.forecasts.push_back({.method = f[1],
                           .what = what,
                           .state = f[3],
                           .origin = integer(f[4]),
                           .horizon = integer(f[5]),
                           .observed = x(0),
                           .mean = x(1),
                           .sd = x(2),
                           .median = x(3),
                           .crps = x(4),
                           .log_score = x(5),
                           .pit = x(6),
                           .low = {x(7), x(8), x(9)},
                           .high = {x(10), x(11), x(12)}});
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
