// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/record_file.hpp"

#include <algorithm>
#include <utility>

#include "tenbin/core/archive.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/digest.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/io/text.hpp"

namespace tenbin {
namespace {

bool is_named(Scored what) { return static_cast<std::size_t>(what) < scored_names.size(); }

}  // namespace

bool is_sound(const OriginRecord& r) {
  return r.origin >= 0 && r.divergences >= 0 && r.draws >= 0 &&
         std::ranges::all_of(r.forecasts,
                             [](const ScoredForecast& f) {
                               return is_named(f.what) && f.origin >= 0 && f.horizon >= 0;
                             }) &&
         std::ranges::all_of(r.joint, [](const JointScore& j) {
           return is_named(j.what) && j.origin >= 0 && j.horizon >= 0 && j.states >= 0;
         });
}

std::string record_bytes(const std::string& key, const OriginRecord& record) {
  return archive(ArchiveKind::origin_record, KeptOrigin{sha256_hex(key), record});
}

std::optional<OriginRecord> record_of(const std::string& key, std::string_view bytes) {
  auto kept = from_archive<KeptOrigin>(ArchiveKind::origin_record, bytes);
  if (!kept || kept->of != sha256_hex(key) || !is_sound(kept->record)) return std::nullopt;
  return std::move(kept->record);
}

void write_record(const std::filesystem::path& path, const std::string& key,
                  const OriginRecord& record) {
  write_text(path, record_bytes(key, record));
}

std::optional<OriginRecord> read_record(const std::filesystem::path& path, const std::string& key) {
  Problems ignored;
  const auto bytes = read_bytes(path, ignored);
  return bytes ? record_of(key, *bytes) : std::nullopt;
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
