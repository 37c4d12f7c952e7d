// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

/// Values as bytes and back, little-endian, without names: for what a page carries to its own
/// engine, never for a file that another version reads. A struct takes part by a function
/// `fields(archive, value)` that names its members once for both ways.

namespace tenbin {

namespace detail {
/// Sizes have other widths on other machines; in an archive they have 64 bits.
template <class T>
inline constexpr bool is_widened =
    std::is_same_v<T, std::size_t> && !std::is_same_v<std::size_t, std::uint64_t>;
}  // namespace detail

class ArchiveWriter {
 public:
  std::vector<unsigned char> bytes;

  template <class... T>
  void operator()(T&... values) {
    (put(values), ...);
  }

 private:
  template <class T>
  void put(T& x) {
    if constexpr (detail::is_widened<T>) {
      auto wide = static_cast<std::uint64_t>(x);
      put(wide);
    } else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
      unsigned char raw[sizeof(T)];
      std::memcpy(raw, &x, sizeof x);
      bytes.insert(bytes.end(), raw, raw + sizeof x);
    } else {
      fields(*this, x);
    }
  }
};

/// Never reads past the end: what is missing is zero or empty, and `failed` says so.
class ArchiveReader {
 public:
  explicit ArchiveReader(std::span<const unsigned char> bytes) : rest_(bytes) {}
  bool failed = false;

  template <class... T>
  void operator()(T&... values) {
    (take(values), ...);
  }
  /// Whether all was read, and nothing is left.
  bool whole() const { return !failed && rest_.empty(); }
  std::size_t left() const { return rest_.size(); }

 private:
  template <class T>
  void take(T& x) {
    if constexpr (std::is_same_v<T, bool>) {
      unsigned char byte = 0;
      take(byte);
      x = byte != 0;
    } else if constexpr (detail::is_widened<T>) {
      std::uint64_t wide = 0;
      take(wide);
      x = static_cast<T>(wide);
    } else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
      if (rest_.size() < sizeof x) {
        failed = true;
        rest_ = {};
        x = T{};
        return;
      }
      std::memcpy(&x, rest_.data(), sizeof x);
      rest_ = rest_.subspan(sizeof x);
    } else {
      fields(*this, x);
    }
  }

  std::span<const unsigned char> rest_;
};

namespace detail {
/// Writes or reads a number of elements; a reader refuses more than there are bytes left.
template <class Container>
void archive_size(ArchiveWriter& ar, Container& x) {
  auto size = static_cast<std::uint32_t>(x.size());
  ar(size);
}
template <class Container>
void archive_size(ArchiveReader& ar, Container& x) {
  std::uint32_t size = 0;
  ar(size);
  if (size > ar.left()) ar.failed = true, size = 0;
  x.resize(size);
}
}  // namespace detail

template <class Ar>
void fields(Ar& ar, std::string& x) {
  detail::archive_size(ar, x);
  for (char& c : x) ar(c);
}
template <class Ar, class T>
void fields(Ar& ar, std::vector<T>& x) {
  detail::archive_size(ar, x);
  for (T& one : x) ar(one);
}
template <class Ar, class T, std::size_t N>
void fields(Ar& ar, std::array<T, N>& x) {
  for (T& one : x) ar(one);
}
template <class Ar, class T>
void fields(Ar& ar, std::optional<T>& x) {
  bool there = x.has_value();
  ar(there);
  if (there && !x) x.emplace();
  if (there) ar(*x);
}

}  // namespace tenbin
