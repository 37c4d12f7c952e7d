// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "tenbin/io/text.hpp"

/// Standard output and standard error. Neither ends the program when it is closed, full or a pipe
/// that nobody reads: what standard output loses is found at the end (screen_loss), what standard
/// error loses is lost.

namespace tenbin::cli {

/// Opens descriptors 0 to 2 on /dev/null where they are closed, so that no file of ours gets such a
/// number. They are opened the wrong way round: reading from or writing to a closed one still
/// fails.
void open_closed_streams() noexcept;

/// Writes to standard output as it is: help, and text that went through printable().
void print_bytes(std::string_view bytes) noexcept;
/// Writes to standard error, at once.
void tell_bytes(std::string_view bytes) noexcept;

/// Flushes standard output. Returns 0, or the number of the system's error by which some of what
/// was printed was lost.
int screen_loss() noexcept;

/// Writes what a program may read (a table as CSV or JSON, a page) to standard output: byte by byte
/// to a file or a pipe, through printable() to a terminal.
void print_data(std::string_view bytes);

/// Prints to standard output, through printable(): names, notes and paths come from files that
/// strangers may have written. Throws bad_alloc only.
template <class... T>
void print_out(fmt::format_string<T...> words, T&&... values) {
  print_bytes(printable(fmt::format(words, std::forward<T>(values)...)));
}

/// Prints to standard error, through printable(). Says nothing where there is no memory for it.
template <class... T>
void print_error(fmt::format_string<T...> words, T&&... values) noexcept try {
  tell_bytes(printable(fmt::format(words, std::forward<T>(values)...)));
} catch (...) {  // NOLINT(bugprone-empty-catch): nobody can be told
}

}  // namespace tenbin::cli
