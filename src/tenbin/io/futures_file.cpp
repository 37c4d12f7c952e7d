// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/futures_file.hpp"

#include <algorithm>

#include "tenbin/core/problem.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/netcdf_file.hpp"

namespace tenbin {

struct FuturesFile::Open {
  netcdf::File file;
  int milex = 0, burden = 0, dispute = 0;
};

namespace {

using namespace netcdf;

constexpr std::size_t futures_a_chunk = 256;

int variable(int file, const char* name, int type, const std::vector<int>& dims,
             const std::vector<std::size_t>& chunk, const char* meaning, const std::string& unit) {
  int id;
  check(nc_def_var(file, name, type, static_cast<int>(dims.size()), dims.data(), &id), name);
  check(nc_def_var_chunking(file, id, NC_CHUNKED, chunk.data()), name);
  check(nc_put_att_text(file, id, "long_name", std::string_view(meaning).size(), meaning), name);
  check(nc_put_att_text(file, id, "units", unit.size(), unit.data()), name);
  return id;
}

/// Turns a failure of the library into an error of the output.
template <class Work>
void writing(const std::filesystem::path& path, Work&& work) {
  try {
    work();
  } catch (const Failure& failure) {
    throw Error({{path.string(), "the futures cannot be written: " + failure.what,
                  "Look at the folder and at the space on the disk"}},
                Error::Reason::output);
  }
}

}  // namespace

FuturesFile::FuturesFile(const std::filesystem::path& path)
    : path_(path), beside_(name_beside(path)) {}

// Delegates, so that the destructor removes the part where this constructor throws.
FuturesFile::FuturesFile(const std::filesystem::path& path, const Panel& panel, int start, int end,
                         std::int64_t futures,
                         const std::vector<std::pair<StateIndex, StateIndex>>& dyads,
                         const std::map<std::string, std::string>& attributes)
    : FuturesFile(path) {
  writing(path_, [&] {
    open_ = std::make_unique<Open>(Open{File::create(beside_)});
    const int file = open_->file.id();
    std::vector<int> years;
    for (int year = start; year <= end; ++year) years.push_back(year);
    std::vector<std::string> ids;
    for (const State& s : panel.states) ids.push_back(s.id);
    const std::vector<int> dims{dimension(file, "year", years.size()),
                                dimension(file, "state", ids.size()),
                                dimension(file, "future", static_cast<std::size_t>(futures))};
    const std::vector<std::size_t> chunk{
        years.size(), ids.size(),
        std::min<std::size_t>(futures_a_chunk, static_cast<std::size_t>(futures))};
    const int format = 1;
    check(nc_put_att_int(file, NC_GLOBAL, "format", NC_INT, 1, &format), "format");
    for (const auto& [name, text] : attributes)
      check(nc_put_att_text(file, NC_GLOBAL, name.c_str(), text.size(), text.data()), name);
    put_integers(file, "year", {dims[0]}, years);
    put_texts(file, "state", dims[1], ids);
    open_->milex = variable(file, "milex", NC_DOUBLE, dims, chunk, "military expenditure",
                            "millions of " + panel.currency);
    open_->burden = variable(file, "burden", NC_DOUBLE, dims, chunk,
                             "military expenditure as share of GDP", "1");
    if (dyads.empty()) return;
    std::vector<std::string> pairs;
    for (const auto& [a, b] : dyads) pairs.push_back(ids[a] + "-" + ids[b]);
    const int dyad = dimension(file, "dyad", pairs.size());
    put_texts(file, "dyad", dyad, pairs);
    open_->dispute =
        variable(file, "dispute", NC_BYTE, {dims[0], dyad, dims[2]},
                 {chunk[0], pairs.size(), chunk[2]}, "1 where a militarised dispute began", "1");
  });
}

FuturesFile::~FuturesFile() {
  open_.reset();
  std::error_code ignored;
  if (!beside_.empty()) std::filesystem::remove(beside_, ignored);
}

void FuturesFile::add(const Ensemble& b) {
  writing(path_, [&] {
    const std::size_t begin[] = {0, 0, static_cast<std::size_t>(b.first)};
    const std::size_t count[] = {static_cast<std::size_t>(b.years()),
                                 static_cast<std::size_t>(b.states),
                                 static_cast<std::size_t>(b.futures)};
    for (const auto& [id, values] :
         {std::pair{open_->milex, &b.milexes}, std::pair{open_->burden, &b.burdens}}) {
      room_.clear();
      for (std::size_t row = 0; row < count[0] * count[1]; ++row)
        room_.insert(room_.end(), values->begin() + static_cast<std::ptrdiff_t>(row * b.stride),
                     values->begin() + static_cast<std::ptrdiff_t>(row * b.stride + count[2]));
      check(nc_put_vara_double(open_->file.id(), id, begin, count, room_.data()), "futures");
    }
    if (b.dyads.empty()) return;
    const std::size_t onsets[] = {count[0], b.dyads.size(), count[2]};
    flags_.clear();
    for (int year = b.start; year <= b.end; ++year)
      for (std::size_t d = 0; d < b.dyads.size(); ++d)
        flags_.insert(flags_.end(), b.dispute(year, d).begin(), b.dispute(year, d).end());
    check(nc_put_vara_schar(open_->file.id(), open_->dispute, begin, onsets, flags_.data()),
          "disputes");
  });
}

void FuturesFile::finish(Outputs& outputs) {
  writing(path_, [&] { open_->file.close(); });
  open_.reset();
  outputs.add(beside_, path_);
  beside_.clear();
}

}  // namespace tenbin
