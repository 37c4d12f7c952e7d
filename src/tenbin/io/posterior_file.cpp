// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/posterior_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "tenbin/core/problem.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/digest.hpp"
#include "tenbin/io/netcdf_file.hpp"
#include "tenbin/io/posterior_draws.hpp"
#include "tenbin/model/parameters.hpp"

namespace tenbin {
namespace {

using namespace netcdf;

/// The numbers of chains and of their draws, from 0.
void put_coordinates(int group, const Draws& draws, int chain, int draw) {
  std::vector<int> counting(std::max(draws.chains, draws.draws_per_chain));
  for (std::size_t k = 0; k < counting.size(); ++k) counting[k] = static_cast<int>(k);
  put_integers(group, "chain", {chain}, counting);
  put_integers(group, "draw", {draw}, counting);
}

void put_draws(int file, const Draws& draws, Equation equation, const std::string& suffix) {
  const int g = group(file, ("posterior" + suffix).c_str());
  const int chain = dimension(g, "chain", draws.chains),
            draw = dimension(g, "draw", draws.draws_per_chain);
  put_coordinates(g, draws, chain, draw);
  int state = -1, year = -1;
  for (const Column& c : draws.columns) {
    const auto table = parameters(equation);
    const ParameterSpec& spec = table[parameter_index(table, c.name)];
    std::vector<int> dims{chain, draw};
    const std::vector<std::string> regions =
        spec.scope == Scope::year ? regions_of(c) : std::vector<std::string>{};
    const std::size_t size = c.size() / (1 + regions.size());  // of one series of years
    if (spec.scope == Scope::state) {
      if (state < 0)
        state = dimension(g, "state", c.size()), put_texts(g, "state", state, c.elements);
      dims.push_back(state);
    } else if (spec.scope == Scope::year) {
      if (year < 0) {
        year = dimension(g, "year", size);
        std::vector<int> years;
        for (std::size_t t = 0; t < size; ++t) years.push_back(std::stoi(c.elements[t]));
        put_integers(g, "year", {year}, years);
      }
      dims.push_back(year);
    }
    const auto put = [&](const std::string& name, std::size_t from, std::size_t count) {
      std::vector<double> values;
      values.reserve(draws.size() * count);
      for (std::size_t d = 0; d < draws.size(); ++d) {
        const auto one = draws.draw(d).subspan(c.offset + from, count);
        values.insert(values.end(), one.begin(), one.end());
      }
      put_doubles(g, name, dims, values, std::string(spec.meaning), std::string(spec.unit));
    };
    put(c.name, 0, size);
    if (regions.empty()) continue;
    const int region = dimension(g, "region", regions.size());
    put_texts(g, "region", region, regions);
    dims.insert(dims.end() - 1, region);
    put(c.name + "_region", size, c.size() - size);
  }
  const int s = group(file, ("sample_stats" + suffix).c_str());
  const std::vector<int> dims{dimension(s, "chain", draws.chains),
                              dimension(s, "draw", draws.draws_per_chain)};
  put_coordinates(s, draws, dims[0], dims[1]);
  put_doubles(s, "lp", dims, draws.log_density);
  put_doubles(s, "acceptance_rate", dims, draws.acceptance);
  put_integers(s, "tree_depth", dims, draws.tree_depth);
  put_integers(s, "n_steps", dims, draws.leapfrogs);
  put_flags(s, "diverging", dims,
            std::vector<signed char>(draws.divergent.begin(), draws.divergent.end()));
}

/// Binds summaries to their draws: whoever changes either without the other is found out.
std::string summary_digest(const Draws& draws, std::span<const double> summary) {
  std::string bytes = fmt::format("{} {} {}\n", draws.chains, draws.draws_per_chain, draws.width);
  for (const std::span<const double> numbers : {std::span<const double>(draws.values), summary})
    bytes.append(reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes());
  return sha256_hex(bytes);
}

void put_summary(int file, const Draws& draws, const std::vector<double>& summary,
                 const std::string& suffix) {
  if (summary.empty()) return;
  const int g = group(file, ("summary" + suffix).c_str());
  const std::string digest = summary_digest(draws, summary);
  check(nc_put_att_text(g, NC_GLOBAL, "digest", digest.size(), digest.data()), "digest");
  const int number = dimension(g, "number", draws.width);
  for (std::size_t k = 0; k < summary_names.size(); ++k) {
    const auto from = summary.begin() + static_cast<std::ptrdiff_t>(k * draws.width);
    put_doubles(g, std::string(summary_names[k]), {number},
                {from, from + static_cast<std::ptrdiff_t>(draws.width)});
  }
}

void put_observed(int file, const RowTable& t) {
  const int g = group(file, "observed_data");
  const int row = dimension(g, "row", static_cast<int>(t.rows.size()));
  std::vector<std::string> states;
  std::vector<int> years;
  for (const auto& entry : t.rows) {
    states.push_back(t.ids[entry.state]);
    years.push_back(entry.row.year);
  }
  put_texts(g, "state", row, states);
  put_integers(g, "year", {row}, years);
  const auto column = [&](const char* name, double Row::*member) {
    std::vector<double> values;
    for (const auto& entry : t.rows) values.push_back(entry.row.*member);
    put_doubles(g, name, {row}, values);
  };
  column("milex_growth", &Row::milex_growth);
  column("milex_growth_lag", &Row::milex_growth_lag);
  column("log_burden_lag", &Row::log_burden_lag);
  column("gdp_growth", &Row::gdp_growth);
  column("threat_lag", &Row::threat_lag);
  column("support_lag", &Row::support_lag);
  column("rival_growth_lag", &Row::rival_growth_lag);
  column("ally_growth_lag", &Row::ally_growth_lag);
}

/// A group of an open file, for read_draws(). Sizes are those that the library gives, and are
/// checked before anything is read.
class Group {
 public:
  Group(int file, const std::string& name) {
    check(nc_inq_grp_ncid(file, name.c_str(), &id_), "group " + name);
  }
  bool has(const std::string& name) const {
    int dimension;
    return nc_inq_dimid(id_, name.c_str(), &dimension) == NC_NOERR;
  }
  std::size_t length(const std::string& name) const {
    int dimension;
    std::size_t size = 0;
    check(nc_inq_dimid(id_, name.c_str(), &dimension), name);
    check(nc_inq_dimlen(id_, dimension, &size), name);
    return size;
  }
  std::vector<int> integers(const std::string& name, std::size_t size) const {
    const int id = variable(name, size);
    std::vector<int> values(size);
    check(nc_get_var_int(id_, id, values.data()), name);
    return values;
  }
  std::vector<double> doubles(const std::string& name, std::size_t size) const {
    const int id = variable(name, size);
    std::vector<double> values(size);
    check(nc_get_var_double(id_, id, values.data()), name);
    return values;
  }
  std::vector<std::string> texts(const std::string& name, std::size_t size) const {
    const int id = variable(name, size);
    nc_type type;
    check(nc_inq_vartype(id_, id, &type), name);
    if (type != NC_STRING) fail(name + " is not a text");
    std::vector<char*> pointers(size);
    check(nc_get_var_string(id_, id, pointers.data()), name);
    std::vector<std::string> values;
    for (const char* p : pointers) values.emplace_back(p ? p : "");
    nc_free_string(size, pointers.data());
    return values;
  }
  [[noreturn]] void fail(const std::string& what) const { throw Failure{what}; }

 private:
  /// Id of a variable with exactly so many values.
  int variable(const std::string& name, std::size_t expected) const {
    int id, dimensions = 0, ids[NC_MAX_VAR_DIMS];
    check(nc_inq_varid(id_, name.c_str(), &id), name);
    check(nc_inq_varndims(id_, id, &dimensions), name);
    check(nc_inq_vardimid(id_, id, ids), name);
    std::vector<std::size_t> lengths(static_cast<std::size_t>(dimensions));
    for (std::size_t k = 0; k < lengths.size(); ++k)
      check(nc_inq_dimlen(id_, ids[k], &lengths[k]), name);
    const auto size = number_of_values(lengths);
    if (!size) fail(name + " has too many values");
    if (*size != expected)
      fail(fmt::format("{} has {} values, {} were expected", name, *size, expected));
    return id;
  }

  int id_ = 0;
};

Draws get_draws(int file, Equation equation, const std::string& suffix) {
  return read_draws(Group(file, "posterior" + suffix), Group(file, "sample_stats" + suffix),
                    equation);
}

/// All attributes of a file or group that are texts.
std::map<std::string, std::string> get_attributes(int file) {
  constexpr std::size_t longest = std::size_t{1} << 20;
  std::map<std::string, std::string> attributes;
  int count = 0;
  check(nc_inq_natts(file, &count), "attributes");
  for (int k = 0; k < count; ++k) {
    char name[NC_MAX_NAME + 1];
    nc_type type;
    std::size_t size;
    check(nc_inq_attname(file, NC_GLOBAL, k, name), "attributes");
    check(nc_inq_att(file, NC_GLOBAL, name, &type, &size), name);
    if (type != NC_CHAR) continue;
    if (size > longest) throw Failure{fmt::format("its attribute {} is too long", name)};
    std::string value(size, ' ');
    check(nc_get_att_text(file, NC_GLOBAL, name, value.data()), name);
    attributes[name] = std::move(value);
  }
  return attributes;
}

/// The summaries of these draws; empty where the file has none, or those of other draws.
std::vector<double> get_summary(int file, const Draws& draws, const std::string& suffix) {
  const std::string name = "summary" + suffix;
  int id;
  if (nc_inq_grp_ncid(file, name.c_str(), &id) != NC_NOERR) return {};
  try {
    const Group g(file, name);
    std::vector<double> summary;
    for (const std::string_view statistic : summary_names) {
      const std::vector<double> one = g.doubles(std::string(statistic), draws.width);
      summary.insert(summary.end(), one.begin(), one.end());
    }
    const auto attributes = get_attributes(id);
    const auto digest = attributes.find("digest");
    if (digest != attributes.end() && digest->second == summary_digest(draws, summary))
      return summary;
  } catch (const Failure&) {  // damaged: computed again
  }
  return {};
}

}  // namespace

void write_posterior(const std::filesystem::path& path, const PosteriorFile& file,
                     const RowTable& observed) {
  const auto beside = name_beside(path);
  try {
    File out = File::create(beside);
    const int one = 1;
    check(nc_put_att_int(out.id(), NC_GLOBAL, "format", NC_INT, 1, &one), "format");
    for (const auto& [name, value] : file.attributes)
      check(nc_put_att_text(out.id(), NC_GLOBAL, name.c_str(), value.size(), value.data()), name);
    put_draws(out.id(), file.spending, Equation::spending, "");
    put_draws(out.id(), file.economy, Equation::economy, "_economy");
    put_summary(out.id(), file.spending, file.spending_summary, "");
    put_summary(out.id(), file.economy, file.economy_summary, "_economy");
    put_observed(out.id(), observed);
    out.close();
  } catch (const Failure& failure) {
    std::error_code ignored;
    std::filesystem::remove(beside, ignored);
    throw Error({{path.string(), "the posterior cannot be written: " + failure.what,
                  "Look at the folder's permissions and space"}},
                Error::Reason::output);
  } catch (...) {  // bad_alloc
    std::error_code ignored;
    std::filesystem::remove(beside, ignored);
    throw;
  }
  rename_into_place(beside, path);
}

PosteriorFile read_posterior(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored))
    throw Error({{path.string(), "there is no such file", "Write it with tenbin fit"}});
  PosteriorFile file;
  try {
    const File in = File::open(path);
    int format = 0;
    if (nc_get_att_int(in.id(), NC_GLOBAL, "format", &format) != NC_NOERR || format != 1)
      throw Failure{"its format is not 1"};
    file.attributes = get_attributes(in.id());
    file.spending = get_draws(in.id(), Equation::spending, "");
    file.economy = get_draws(in.id(), Equation::economy, "_economy");
    file.spending_summary = get_summary(in.id(), file.spending, "");
    file.economy_summary = get_summary(in.id(), file.economy, "_economy");
  } catch (const Failure& failure) {
    throw Error({{path.string(), "this is not a posterior of tenbin: " + failure.what,
                  "Write one with tenbin fit"}});
  }
  return file;
}

void require_of_panel(const PosteriorFile& file, const Panel& panel,
                      const std::filesystem::path& path) {
  const auto attribute = [&](const char* name) {
    const auto found = file.attributes.find(name);
    return found == file.attributes.end() ? std::string() : found->second;
  };
  if (attribute("panel_hash") != panel.hash)
    throw Error({{path.string(),
                  fmt::format("this posterior is of another panel (\"{}\")", attribute("panel")),
                  "Fit this panel with tenbin fit, or leave --posterior out"}});
  if (attribute("last_year") != std::to_string(panel.last_year))
    throw Error({{path.string(),
                  fmt::format("this posterior knows figures up to {}, the scenario starts in {}",
                              attribute("last_year"), panel.last_year),
                  "Leave --posterior out, so that tenbin fits what was known then"}});
}

}  // namespace tenbin
