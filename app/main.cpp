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
  app::add_fit_verb(app);
  app::add_loo(app);
  app::add_calibrate(app);
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
  } catch (const Error& error) {  // of the input: every rank has it
    if (app::first_rank() || error.reason == Error::Reason::output) app::show(error.problems);
    if (error.reason == Error::Reason::output && execution_here(0).ranks > 1)
      end_all_ranks(app::not_written);
    return error.reason == Error::Reason::output ? app::not_written : app::refused;
  } catch (const app::Interrupted& stop) {
    fmt::print(stderr, "interrupted; {}\n", stop.kept);
    return app::interrupted;
  } catch (const std::filesystem::filesystem_error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return app::refused;
  } catch (const std::exception& error) {
    fmt::print(stderr, "tenbin has a bug: {}\nPlease report it with the command and its input.\n",
               error.what());
    if (execution_here(0).ranks > 1) end_all_ranks(app::our_bug);
    return app::our_bug;
  }
}
