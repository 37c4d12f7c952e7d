// SPDX-License-Identifier: Apache-2.0
#include "tenbin/capi/result.hpp"

using namespace tenbin;

const char* tenbin_result::keep(std::string_view text) { return texts_.emplace_back(text).c_str(); }

void tenbin_result::dense(std::vector<Dimension>& dimensions, std::size_t size) {
  for (auto d = dimensions.rbegin(); d != dimensions.rend(); ++d) {
    d->stride = size;
    size *= d->size;
  }
}

void tenbin_result::add(std::string_view name, std::vector<Dimension> dimensions, const void* data,
                        int type, std::string_view unit, std::string_view meaning) {
  TENBIN_ASSERT(!dimensions.empty() && dimensions.size() <= TENBIN_MOST_DIMENSIONS);
  tenbin_array a{};
  a.name = keep(name);
  a.unit = keep(unit);
  a.meaning = keep(meaning);
  a.type = type;
  a.rank = static_cast<int>(dimensions.size());
  for (std::size_t k = 0; k < dimensions.size(); ++k) {
    a.dimension[k] = keep(dimensions[k].name);
    a.size[k] = static_cast<std::int64_t>(dimensions[k].size);
    a.stride[k] = static_cast<std::int64_t>(dimensions[k].stride);
  }
  a.data = data;
  arrays.push_back(a);
}

void tenbin_result::texts(std::string_view name, const char* dimension,
                          const std::vector<std::string>& texts, std::string_view meaning) {
  std::vector<const char*> pointers;
  pointers.reserve(texts.size());
  for (const std::string& text : texts) pointers.push_back(keep(text));
  own(name, {{dimension, texts.size(), 0}}, std::move(pointers), "", meaning);
}

void tenbin_result::table(const TidyTable& table) {
  for (const TidyColumn& c : table.columns()) {
    if (const auto* words = std::get_if<std::vector<std::string>>(&c.values))
      texts(c.name, "row", *words);
    else if (const auto* whole = std::get_if<std::vector<std::int32_t>>(&c.values))
      own(c.name, {{"row", whole->size(), 0}}, *whole);
    else if (const auto* numbers = std::get_if<std::vector<double>>(&c.values))
      own(c.name, {{"row", numbers->size(), 0}}, *numbers);
  }
}

void tenbin_result::attribute(std::string name, std::string text) {
  attributes.insert_or_assign(std::move(name), std::move(text));
}
