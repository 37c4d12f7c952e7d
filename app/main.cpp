// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "common.hpp"

int main(int argc, char** argv) {
  using namespace tenbin;
  const RankSession ranks(&argc, &argv);
  CLI::App app{"tenbin: what a military build-up means, from public figures"};
  app.set_version_flag("--version", "tenbin " TENBIN_VERSION);
  app.require_subcommand(1);
  app::add_brief(app);
  app::add_verify(app);
  app::add_fit_verb(app);
  app::add_loo(app);
  app::add_calibrate(app);
  app::add_backtest(app);
  app::add_races(app);
  app::add_stability(app);
  app::add_risk(app);
  app::add_disputes(app);
  app::add_richardson(app);
  app::add_priors(app);
  app::add_project(app);
  app::add_compare(app);
  app::add_solve(app);
  app::add_responses(app);
  app::add_burden(app);
  app::add_balance(app);
  app::add_reach(app);
  app::add_explain(app);
  app::add_plan(app);
  app::add_check(app);
  app::add_import(app);
  app::add_diff(app);
  app::add_new(app);
  app::add_parameters(app);
  app::watch_for_interruption();
  try {
    app.parse(argc, argv);
    return app::done;
  } catch (const CLI::RuntimeError& answer) {  // a verb's own exit code
    return answer.get_exit_code();
  } catch (const CLI::ParseError& error) {
    if (!app::first_rank()) return error.get_exit_code() == 0 ? app::done : app::usage;
    return app.exit(error) == 0 ? app::done : app::usage;
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
