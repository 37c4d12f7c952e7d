// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "common.hpp"

int main(int argc, char** argv) {
  using namespace tenbin;
  const RankSession ranks(&argc, &argv);
  CLI::App program("tenbin: what a military build-up means, from public figures");
  program.set_version_flag("--version", "tenbin " TENBIN_VERSION);
  program.require_subcommand(1);
  app::add_brief(program);
  app::add_verify(program);
  app::add_fit_verb(program);
  app::add_loo(program);
  app::add_calibrate(program);
  app::add_backtest(program);
  app::add_races(program);
  app::add_stability(program);
  app::add_risk(program);
  app::add_disputes(program);
  app::add_richardson(program);
  app::add_priors(program);
  app::add_project(program);
  app::add_compare(program);
  app::add_solve(program);
  app::add_responses(program);
  app::add_burden(program);
  app::add_balance(program);
  app::add_reach(program);
  app::add_explain(program);
  app::add_plan(program);
  app::add_check(program);
  app::add_import(program);
  app::add_diff(program);
  app::add_new(program);
  app::add_parameters(program);
  app::watch_for_interruption();
  try {
    program.parse(argc, argv);
    return app::done;
  } catch (const CLI::ParseError& error) {  // also of --help and --version, with code 0
    const int code = app::first_rank() ? program.exit(error) : error.get_exit_code();
    return code == 0 ? app::done : app::usage;
  } catch (const app::Answer& answer) {
    return answer.code;
  } catch (const Error& error) {
    const int code = error.reason == Error::Reason::output  ? app::not_written
                     : error.reason == Error::Reason::usage ? app::usage
                                                            : app::refused;
    app::let_first_rank_speak();
    app::show(error.problems);
    if (execution_here(0).ranks > 1) end_all_ranks(code);
    return code;
  } catch (const app::Interrupted& stop) {
    fmt::print(stderr, "interrupted; {}\n", stop.kept);
    return app::interrupted;
  } catch (const std::filesystem::filesystem_error& error) {
    app::let_first_rank_speak();
    fmt::print(stderr, "{}\n", error.what());
    if (execution_here(0).ranks > 1) end_all_ranks(app::refused);
    return app::refused;
  } catch (const std::exception& error) {
    fmt::print(stderr, "tenbin has a bug: {}\nPlease report it with the command and its input.\n",
               error.what());
    if (execution_here(0).ranks > 1) end_all_ranks(app::our_bug);
    return app::our_bug;
  }
}
