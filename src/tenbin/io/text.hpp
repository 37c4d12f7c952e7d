// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "tenbin/core/problem.hpp"

namespace tenbin {

/// Whole file as bytes, or nothing and a problem.
std::optional<std::string> read_bytes(const std::filesystem::path& path, Problems& problems);

/// Text of a file without its byte-order mark. Refuses what is not UTF-8 (with the line) and NUL
/// bytes.
std::optional<std::string> read_text(const std::filesystem::path& path, Problems& problems);

}  // namespace tenbin
