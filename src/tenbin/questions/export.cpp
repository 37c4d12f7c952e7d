// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/posterior_netcdf.hpp"
#include "tenbin/model/parameters.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

/// A posterior as netCDF, for other programs.
struct Export {
  static constexpr QuestionSpec spec{
      .name = "export",
      .about = About::file,
      .settings = "file netcdf",
      .summary = "a fit's file as netCDF, for xarray, ArviZ and R: what it holds"};

  explicit Export(const Inputs& inputs)
      : path(inputs.names[0]), netcdf(inputs.settings.netcdf.value_or("")) {}
  void answer(Work&) {
    file = read_posterior(path);
    if (!netcdf.empty()) bytes = posterior_netcdf(file);
  }
  TidyTable table() const;
  std::string text() const;
  std::vector<TextFile> files() const {
    return netcdf.empty() ? std::vector<TextFile>() : std::vector{TextFile{netcdf, bytes}};
  }

  std::string path, netcdf, bytes;
  PosteriorFile file;
};

const char* dimensions_of(Scope scope) {
  return scope == Scope::global  ? "chain draw"
         : scope == Scope::state ? "chain draw state"
                                 : "chain draw year";
}

/// Columns group, name, dimensions, numbers, unit, meaning: the draws of both equations.
TidyTable Export::table() const {
  TidyTable table;
  for (const char* name : {"group", "name", "dimensions"}) table.text(name);
  table.number("numbers");
  for (const char* name : {"unit", "meaning"}) table.text(name);
  for (const auto& [draws, group, equation] :
       {std::tuple{&file.spending, "posterior", Equation::spending},
        std::tuple{&file.economy, "posterior_economy", Equation::economy}})
    for (const ParameterSpec& p : parameters(equation)) {
      const Column& c = *draws->find(p.name);
      const std::size_t series = p.scope == Scope::year ? 1 + regions_of(c).size() : 1,
                        size = c.size() / series;
      const auto row = [&, group = group, draws = draws](std::string name, const char* dimensions,
                                                         std::size_t numbers) {
        table << group << std::move(name) << dimensions
              << static_cast<double>(draws->size() * numbers) << p.unit << p.meaning;
      };
      row(std::string(p.name), dimensions_of(p.scope), size);
      if (series > 1)
        row(std::string(p.name) + "_region", "chain draw region year", c.size() - size);
    }
  return table;
}

std::string Export::text() const {
  if (!netcdf.empty())
    return fmt::format("{} holds it for other programs; tenbin itself reads {} alone\n", netcdf,
                       path);
  return fmt::format(
      "{} chains of {} draws of panel {}; -o FILE.nc writes them as netCDF, -o FILE.csv lists "
      "their names\n",
      file.spending.chains, file.spending.draws_per_chain, file.attributes.at("panel"));
}

}  // namespace

QuestionEntry export_question() { return entry_of<Export>(); }

}  // namespace tenbin
