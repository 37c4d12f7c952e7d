// SPDX-License-Identifier: Apache-2.0
#pragma once

/// SIGINT, SIGTERM and SIGHUP. One that was inherited as ignored (nohup, a script's background job)
/// stays ignored. Before hold_interruption() a signal ends the process at once with exit code 5:
/// until then files are only read. After it, the first signal asks the work to stop and keep what
/// is done; a second one ends the process at once. SIGPIPE is ignored: a note to a pipe that nobody
/// reads must not end a fit.

namespace tenbin::cli {

void watch_for_interruption() noexcept;
/// From here on there is work to keep or a file half written.
void hold_interruption() noexcept;
bool interruption_asked() noexcept;

}  // namespace tenbin::cli
