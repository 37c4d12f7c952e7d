// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tenbin/core/problem.hpp"

namespace tenbin {

/// Largest text that is read, bytes: ten times a panel of 2,000 states and 200 years.
inline constexpr std::uint64_t largest_text = std::uint64_t{256} << 20;

/// All bytes of a regular file of at most `most` bytes, or nothing and a problem: a missing file
/// (with a name that is near), a folder, a device or a pipe, a file that is too large, and a read
/// error before its end, which is never taken for the end. Throws std::bad_alloc.
std::optional<std::string> read_file(const std::filesystem::path& path, std::uint64_t most,
                                     Problems& problems);

/// Names of what is in a folder, in order. (The iterator of GCC 12's library ends the program where
/// memory is short.) Throws Error with what keeps it from being read to its end, or std::bad_alloc.
std::vector<std::string> names_in(const std::filesystem::path& folder);

}  // namespace tenbin
