// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace tenbin::fuzz {

/// Ends the run where a promise is broken.
inline void expect(bool holds) {
  if (!holds) std::abort();
}

/// Takes values off the front of an input; zeros behind its end.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : rest_(data, size) {}
  std::size_t left() const { return rest_.size(); }
  std::span<const unsigned char> rest() const { return rest_; }
  std::string_view text() const {
    return {reinterpret_cast<const char*>(rest_.data()), rest_.size()};
  }
  template <class T>
  T take() {
    T x{};
    const std::size_t size = std::min(sizeof x, rest_.size());
    if (size > 0) std::memcpy(&x, rest_.data(), size);
    rest_ = rest_.subspan(size);
    return x;
  }
  /// The next so many bytes, or all that are left.
  std::string_view take(std::size_t count) {
    const std::string_view piece = text().substr(0, count);
    rest_ = rest_.subspan(piece.size());
    return piece;
  }

 private:
  std::span<const unsigned char> rest_;
};

}  // namespace tenbin::fuzz
