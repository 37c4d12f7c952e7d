// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/classic_netcdf.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace tenbin {
namespace {

/// Tags of the lists in a head.
constexpr std::uint32_t dimension_list = 10, variable_list = 11, attribute_list = 12;

template <class Unsigned>
void append_big(std::string& bytes, Unsigned number) {
  for (int shift = 8 * (static_cast<int>(sizeof number) - 1); shift >= 0; shift -= 8)
    bytes += static_cast<char>(number >> shift & 0xff);
}

std::uint64_t padded(std::uint64_t size) { return (size + 3) / 4 * 4; }

/// Its length, and itself up to a multiple of four bytes.
void append_text(std::string& bytes, std::string_view text) {
  append_big(bytes, std::uint64_t{text.size()});
  bytes += text;
  bytes.append(padded(text.size()) - text.size(), '\0');
}

void append_list(std::string& bytes, std::uint32_t tag, std::size_t count) {
  append_big(bytes, count == 0 ? 0U : tag);
  append_big(bytes, std::uint64_t{count});
}

void append_attributes(std::string& bytes, const std::vector<std::string>& attributes) {
  append_list(bytes, attribute_list, attributes.size());
  for (const std::string& one : attributes) bytes += one;
}

std::uint64_t width_of(NcType type) {
  return type == NcType::real ? 8 : type == NcType::integer ? 4 : 1;
}

std::uint64_t size_of(const NcLayout& layout, const NcVariable& v) {
  std::uint64_t size = width_of(v.type);
  for (const std::size_t d : v.dimensions) size *= layout.dimensions[d].size;
  return padded(size);
}

std::string head_with(const NcLayout& layout, const std::vector<std::uint64_t>& places) {
  std::string bytes("CDF\x05");
  append_big(bytes, std::uint64_t{0});  // records: there are none
  append_list(bytes, dimension_list, layout.dimensions.size());
  for (const NcDimension& d : layout.dimensions) {
    append_text(bytes, d.name);
    append_big(bytes, std::uint64_t{d.size});
  }
  append_attributes(bytes, layout.attributes);
  append_list(bytes, variable_list, layout.variables.size());
  for (std::size_t k = 0; k < layout.variables.size(); ++k) {
    const NcVariable& v = layout.variables[k];
    append_text(bytes, v.name);
    append_big(bytes, std::uint64_t{v.dimensions.size()});
    for (const std::size_t d : v.dimensions) append_big(bytes, std::uint64_t{d});
    append_attributes(bytes, v.attributes);
    append_big(bytes, static_cast<std::uint32_t>(v.type));
    append_big(bytes, size_of(layout, v));
    append_big(bytes, places[k]);
  }
  return bytes;
}

}  // namespace

std::string nc_attribute(std::string_view name, std::string_view text) {
  std::string bytes;
  append_text(bytes, name);
  append_big(bytes, static_cast<std::uint32_t>(NcType::text));
  append_text(bytes, text);
  return bytes;
}

std::string nc_attribute(std::string_view name, std::int32_t number) {
  std::string bytes;
  append_text(bytes, name);
  append_big(bytes, static_cast<std::uint32_t>(NcType::integer));
  append_big(bytes, std::uint64_t{1});
  append_nc(bytes, number);
  return bytes;
}

void append_nc(std::string& bytes, double number) {
  append_big(bytes, std::bit_cast<std::uint64_t>(number));
}
void append_nc(std::string& bytes, std::int32_t number) {
  append_big(bytes, static_cast<std::uint32_t>(number));
}

std::string NcLayout::head() const { return head_with(*this, places()); }

std::vector<std::uint64_t> NcLayout::places() const {
  const std::vector<std::uint64_t> nowhere(variables.size());
  std::vector<std::uint64_t> places{head_with(*this, nowhere).size()};
  for (const NcVariable& v : variables) places.push_back(places.back() + size_of(*this, v));
  return places;
}

std::string add_nc_texts(NcLayout& layout, const std::string& name, std::size_t of,
                         const std::vector<std::string>& texts) {
  std::size_t longest = 1;
  for (const std::string& text : texts) longest = std::max(longest, text.size());
  layout.dimensions.push_back({name + "_length", longest});
  layout.variables.push_back({name,
                              NcType::text,
                              {of, layout.dimensions.size() - 1},
                              {nc_attribute("_Encoding", "utf-8")}});
  std::string bytes;
  for (const std::string& text : texts) {
    bytes += text;
    bytes.append(longest - text.size(), '\0');
  }
  return bytes;
}

}  // namespace tenbin
