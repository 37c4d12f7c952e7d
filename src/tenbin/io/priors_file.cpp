// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/priors_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tenbin/io/own_toml.hpp"

namespace tenbin {
namespace {

Priors read_equation(TomlReader& top, Equation equation, Problems& problems) {
  Priors priors;
  const TomlNode* table = top.subtable(equation_name(equation), true);
  if (!table) return priors;
  TomlReader names(*table, fmt::format("priors of {}", equation_name(equation)), problems);
  for (const ParameterSpec& p : parameters(equation)) {
    if (p.scope != Scope::global) continue;
    const TomlNode* node = names.subtable(p.name, true);
    if (!node) continue;
    TomlReader one(*node, fmt::format("prior of {}", p.name), problems);
    const auto mean = one.number("mean", -1e6, 1e6, true), sd = one.number("sd", 1e-9, 1e6, true);
    one.finish();
    priors.push_back({Prior::Kind::normal, mean.value_or(0), sd.value_or(1)});
  }
  names.finish();
  return priors;
}

PlaceboVerdict read_placebo(const TomlNode& node, Problems& problems) {
  TomlReader one(node, "a placebo", problems);
  const PlaceboVerdict verdict{.term = one.text("term", true).value_or(""),
                               .p = one.number("p", 0, 1, true).value_or(1),
                               .spread = one.number("spread", 0, 10, true).value_or(0),
                               .exchanges = one.integer("exchanges", 1, 1'000'000).value_or(0)};
  one.finish();
  return verdict;
}

std::string equation_text(Equation equation, const Priors& priors) {
  std::string text = fmt::format("\n[{}]\n", equation_name(equation));
  for (std::size_t k = 0; k < priors.size(); ++k)
    text += fmt::format("{} = {{ mean = {:.6g}, sd = {:.6g} }}\n", parameters(equation)[k].name,
                        priors[k].a, priors[k].b);
  return text;
}

}  // namespace

PriorsFile read_priors(const std::filesystem::path& path) {
  Problems problems;
  PriorsFile file;
  if (const auto root = read_own_toml(path, problems)) {
    TomlReader top(*root, "priors", problems);
    check_format(top);
    file.name = top.text("name", true).value_or("");
    file.fitted_to = top.text("fitted_to").value_or("");
    file.left_out = top.texts("left_out");
    for (const TomlNode& one : top.tables("placebo"))
      file.placebos.push_back(read_placebo(one, problems));
    file.last_year = top.integer("last_year", 1800, 2200).value_or(0);
    file.spending = read_equation(top, Equation::spending, problems);
    file.economy = read_equation(top, Equation::economy, problems);
    top.finish();
  }
  if (!problems.empty()) throw Error(std::move(problems));
  return file;
}

std::string priors_text(const PriorsFile& file) {
  std::string text =
      "# Priors for a fit of another panel: the hyperparameters' posterior of a fit, widened "
      "(docs/model.md section 4).\n"
      "# Written by `tenbin priors`; each is a normal cut to its parameter's bounds.\n"
      "format = 1\n";
  text +=
      fmt::format("name = {}\nfitted_to = {}\n", toml_quote(file.name), toml_quote(file.fitted_to));
  std::vector<std::string> quoted;
  for (const std::string& id : file.left_out) quoted.push_back(toml_quote(id));
  text += fmt::format("left_out = [{}]\n", fmt::join(quoted, ", "));
  if (!file.placebos.empty()) {
    text +=
        "# Placebo tests of the answers to rivals and allies: p is the share of random partners "
        "with "
        "at least as large\n# an answer, spread the standard deviation of their answers. Above p = "
        "0.05 the prior has mean 0.\nplacebo = [\n";
    for (const PlaceboVerdict& v : file.placebos)
      text += fmt::format("  {{ term = {}, p = {:.2g}, spread = {:.3g}, exchanges = {} }},\n",
                          toml_quote(v.term), v.p, v.spread, v.exchanges);
    text += "]\n";
  }
  if (file.last_year > 0) text += fmt::format("last_year = {}\n", file.last_year);
  return with_digest(text + equation_text(Equation::spending, file.spending) +
                     equation_text(Equation::economy, file.economy));
}

}  // namespace tenbin
