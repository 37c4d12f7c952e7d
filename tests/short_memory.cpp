// SPDX-License-Identifier: Apache-2.0
// A table is copied while each allocation in turn is refused: the copy throws, and frees nothing of
// the table. (The variant of GCC 12 freed what it had not made, and `tenbin register` aborted.)
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>

#include "tenbin/core/tidy.hpp"

namespace {

long allocations_left = -1;  // before one is refused; -1: none is

tenbin::TidyTable table() {
  tenbin::TidyTable t;
  t.text("a name that is too long to stand in place");
  t.number("value");
  t.integer("year");
  t.text("source");
  for (int row = 0; row < 5; ++row)
    t << std::string(40, 'x') << 0.5 << 2025 << std::string("a text that is too long, too");
  return t;
}

}  // namespace

void* operator new(std::size_t size) {
  if (allocations_left == 0) throw std::bad_alloc();
  if (allocations_left > 0) --allocations_left;
  if (void* const place = std::malloc(size)) return place;
  throw std::bad_alloc();
}
void operator delete(void* place) noexcept { std::free(place); }
void operator delete(void* place, std::size_t) noexcept { std::free(place); }

int main() {
  const tenbin::TidyTable whole = table();
  for (int refused = 0;; ++refused) {
    bool copied = false;
    allocations_left = refused;
    try {
      const tenbin::TidyTable copy = whole;  // NOLINT(performance-unnecessary-copy-initialization)
      copied = copy.rows() == whole.rows();
    } catch (const std::bad_alloc&) {  // as it should, until there is enough
    }
    allocations_left = -1;
    if (!copied) continue;
    std::printf("%d allocations refused\n", refused);
    return refused > 10 ? 0 : 1;
  }
}
