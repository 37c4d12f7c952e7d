// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace tenbin::cli {

/// An SVG drawing as the bytes of a PNG file of its size in pixels, with the fonts of this machine.
/// Throws Error (output) where that cannot be done; `path` is for its words.
std::string png_of(const std::string& svg, const std::filesystem::path& path);

}  // namespace tenbin::cli
