// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/embedded.hpp"

#include "tenbin/io/table.hpp"

namespace tenbin {

std::vector<std::vector<std::string>> embedded_rows(const char* begin, const char* end) {
  int damaged = 0;
  const auto records =
      csv_records(std::string_view(begin, static_cast<std::size_t>(end - begin)), damaged);
  TENBIN_ASSERT(records);
  std::vector<std::vector<std::string>> rows;
  for (std::size_t k = 1; k < records->size(); ++k) rows.push_back((*records)[k].fields);
  return rows;
}

}  // namespace tenbin
