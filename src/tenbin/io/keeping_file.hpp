// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tenbin/core/pledge.hpp"
#include "tenbin/core/problem.hpp"

namespace tenbin {

/// A panel's keeping.toml (docs/formats.md): how promises are kept, as of several years. In the
/// order of their years; what is wrong goes to `problems`.
std::vector<Keeping> read_keeping(const std::filesystem::path& path, Problems& problems);

std::string keeping_text(const std::vector<Keeping>& all);

}  // namespace tenbin
