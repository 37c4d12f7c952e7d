// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstdlib>
#include <sstream>

#include "common.hpp"
#include "tenbin/io/posterior_file.hpp"
#include "tenbin/io/priors_file.hpp"
#include "tenbin/questions/output.hpp"

namespace tenbin::cli {

void add_priors(CLI::App& program) {
  struct Flags {
    std::string in, out;
  };
  auto flags = std::make_shared<Flags>();
  CLI::App& verb =
      *program.add_subcommand("priors", "hyperparameters of a fit as priors for another panel");
  verb.add_option("FILE", flags->in, "a posterior that tenbin fit wrote")->required();
  verb.add_option("-o,--out", flags->out, "TOML file to write")->required();
  verb.callback([flags] {
    check_output(flags->out, {flags->in});
    PosteriorFile file = read_posterior(flags->in);
    Posterior posterior{.spending = std::move(file.spending), .economy = std::move(file.economy)};
    summarise(posterior);
    const PriorSet set = priors_from(posterior, file.attributes["panel"]);
    std::vector<std::string> left_out;
    std::stringstream ids(file.attributes["left_out"]);
    for (std::string id; ids >> id;) left_out.push_back(id);
    if (!file.attributes["without"].empty())
      throw Error(
          {{flags->in, "this fit switched terms off: " + file.attributes["without"],
            "Fit with --terms all and no --without; a parameter held at 0 gives no prior"}});
    write_priors(flags->out, {set.name,
                              fmt::format("panel {}, {}, hash {}, priors {}",
                                          file.attributes["panel"], file.attributes["vintage"],
                                          file.attributes["panel_hash"], file.attributes["priors"]),
                              left_out, std::atoi(file.attributes["last_year"].c_str()),
                              set.spending, set.economy});
  });
}

}  // namespace tenbin::cli
