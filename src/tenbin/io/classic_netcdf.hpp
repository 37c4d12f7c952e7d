// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Classic netCDF with 64-bit counts (CDF-5), by the specification of its makers
/// (https://docs.unidata.ucar.edu/netcdf-c/current/file_format_specifications.html): a head, and
/// then the numbers of each variable in a place that is known before the first is written. So they
/// can be written in any order, by any number of threads, and the bytes are the same.

namespace tenbin {

enum class NcType : std::uint32_t { byte = 1, text = 2, integer = 4, real = 6 };

/// The bytes of an attribute.
std::string nc_attribute(std::string_view name, std::string_view text);
std::string nc_attribute(std::string_view name, std::int32_t number);

/// Numbers with the highest byte first, as the format has them.
void append_nc(std::string& bytes, double number);
void append_nc(std::string& bytes, std::int32_t number);

struct NcDimension {
  std::string name;
  std::size_t size;
};
struct NcVariable {
  std::string name;
  NcType type;
  std::vector<std::size_t> dimensions;  // places among those of the layout; the last runs fastest
  std::vector<std::string> attributes;
};

/// What a file holds. `attributes` are the file's own.
struct NcLayout {
  std::vector<NcDimension> dimensions;
  std::vector<std::string> attributes;
  std::vector<NcVariable> variables;

  std::string head() const;
  /// Where the numbers of each variable begin; at last, where the file ends.
  std::vector<std::uint64_t> places() const;
};

/// Adds texts as a variable of characters, with a dimension for the longest, and returns their
/// bytes. The dimension `of` is theirs too.
std::string add_nc_texts(NcLayout& layout, const std::string& name, std::size_t of,
                         const std::vector<std::string>& texts);

}  // namespace tenbin
