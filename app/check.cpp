// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "common.hpp"
#include "tenbin/io/panel_reader.hpp"

namespace tenbin::app {

void add_check(CLI::App& app) {
  struct Flags {
    std::string path;
  };
  auto flags = std::make_shared<Flags>();
  CLI::App* verb =
      app.add_subcommand("check", "every problem of a scenario or a panel, each with its mend");
  verb->add_option("FILE|FOLDER", flags->path, "a scenario file or a panel's folder")->required();
  verb->callback([flags] {
    Problems problems;
    if (std::filesystem::is_directory(flags->path))
      problems = read_panel_checked(flags->path).problems;
    else
      problems = read_scenario_checked(flags->path).problems;
    show(problems);
    if (refuses(problems)) throw CLI::RuntimeError(refused);
    fmt::print("{}: good{}\n", flags->path, problems.empty() ? "" : ", with notes");
  });
}

}  // namespace tenbin::app
