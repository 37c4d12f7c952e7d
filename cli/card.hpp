// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace tenbin::cli {

/// Writes an SVG drawing as a PNG file of its size in pixels, with the fonts of this machine.
/// Throws Error (output) where that cannot be done.
void write_png(const std::filesystem::path& path, const std::string& svg);

}  // namespace tenbin::cli
