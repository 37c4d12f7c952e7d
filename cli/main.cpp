// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <new>

#include "common.hpp"
#include "tenbin/questions/long_run.hpp"

int main(int argc, char** argv) {
  using namespace tenbin;
  const RankSession ranks(&argc, &argv);
  CLI::App program("tenbin: what a military build-up means, from public figures");
  program.set_version_flag("--version", "tenbin " TENBIN_VERSION);
  program.require_subcommand(1);
  cli::add_brief(program);
  cli::add_fit(program);
  cli::add_questions(program);
  cli::add_priors(program);
  cli::add_import(program);
  cli::add_new(program);
  cli::watch_for_interruption();
  try {
    program.parse(argc, argv);
    return cli::done;
  } catch (const CLI::ParseError& error) {  // also of --help and --version, with code 0
    const int code = cli::first_rank() ? program.exit(error) : error.get_exit_code();
    return code == 0 ? cli::done : cli::usage;
  } catch (const cli::End& end) {
    return end.code;
  } catch (const Error& error) {
    const int code = error.reason == Error::Reason::output  ? cli::not_written
                     : error.reason == Error::Reason::usage ? cli::usage
                                                            : cli::refused;
    cli::let_first_rank_speak();
    cli::show(error.problems);
    if (execution_here(0).ranks > 1) end_all_ranks(code);
    return code;
  } catch (const OtherRank&) {
    return cli::done;
  } catch (const Stopped& stop) {
    fmt::print(stderr, "interrupted; {}\n", stop.kept);
    return cli::interrupted;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "there is not enough memory\n");
    if (execution_here(0).ranks > 1) end_all_ranks(cli::out_of_memory);
    return cli::out_of_memory;
  } catch (const std::filesystem::filesystem_error& error) {
    cli::let_first_rank_speak();
    fmt::print(stderr, "{}\n", error.what());
    if (execution_here(0).ranks > 1) end_all_ranks(cli::refused);
    return cli::refused;
  } catch (const std::exception& error) {
    fmt::print(stderr, "tenbin has a bug: {}\nPlease report it with the command and its input.\n",
               error.what());
    if (execution_here(0).ranks > 1) end_all_ranks(cli::our_bug);
    return cli::our_bug;
  }
}
