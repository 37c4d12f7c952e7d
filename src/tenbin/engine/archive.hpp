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
/// `fields(archive, value)` that names all of its members once for both ways and returns
/// `archive(members...)`; a member that has no bytes is named in `left_out()`. A forgotten member
/// does not compile.

namespace tenbin {

/// A member without bytes: a reader leaves it as it is.
template <class T>
struct Unwritten {};
template <class T>
Unwritten<T> left_out(const T&) {
  return {};
}

namespace detail {

template <class T>
struct is_std_array : std::false_type {};
template <class T, std::size_t N>
struct is_std_array<std::array<T, N>> : std::true_type {};

/// Stands for any value where only the number of initialisers counts.
struct Anything {
  template <class T>
  requires(!requires(T x) { x.emplace(), x.has_value(); })  // an optional takes its value's type
  operator T() const;
};
template <class T, class... Initialisers>
constexpr std::size_t member_count() {
  if constexpr (requires { T{Initialisers{}..., Anything{}}; })
    return member_count<T, Initialisers..., Anything>();
  else
    return sizeof...(Initialisers);
}
struct Counter {
  template <class... T>
  std::integral_constant<std::size_t, sizeof...(T)> operator()(T&&...) const;
};
template <class T>
constexpr bool names_every_member() {
  if constexpr (std::is_aggregate_v<T> && !is_std_array<T>::value)
    return decltype(fields(std::declval<Counter&>(), std::declval<T&>()))::value ==
           member_count<T>();
  return true;
}

/// Numbers whose bytes in memory are those of the archive, and of which any bytes are one.
template <class T>
inline constexpr bool is_plain =
    (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) || std::is_enum_v<T>;

/// Sizes have other widths on other machines; in an archive they have 64 bits.
template <class T>
inline constexpr bool is_widened =
    std::is_same_v<T, std::size_t> && !std::is_same_v<std::size_t, std::uint64_t>;
}  // namespace detail

class ArchiveWriter {
 public:
  std::vector<unsigned char> bytes;

  template <class... T>
  void operator()(T&&... values) {
    (put(values), ...);
  }

 private:
  template <class T>
  void put(Unwritten<T>&) {}
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
      static_assert(detail::names_every_member<T>(), "fields() forgets a member");
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
  void operator()(T&&... values) {
    (take(values), ...);
  }
  /// Whether all was read, and nothing is left.
  bool whole() const { return !failed && rest_.empty(); }
  std::size_t left() const { return rest_.size(); }
  /// The next `count` numbers, in one piece.
  template <class T>
  void take_all(T* to, std::size_t count) {
    if (count > rest_.size() / sizeof(T)) return fail();
    if (count > 0) std::memcpy(to, rest_.data(), count * sizeof(T));
    rest_ = rest_.subspan(count * sizeof(T));
  }
  void fail() {
    failed = true;
    rest_ = {};
  }

 private:
  template <class T>
  void take(Unwritten<T>&) {}
  template <class T>
  void take(T& x) {
    if constexpr (std::is_same_v<T, bool>) {
      unsigned char byte = 0;
      take(byte);
      if (byte > 1) fail();
      x = byte == 1;
    } else if constexpr (detail::is_widened<T>) {
      std::uint64_t wide = 0;
      take(wide);
      x = static_cast<T>(wide);
      if (x != wide) fail();
    } else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
      x = T{};
      take_all(&x, 1);
    } else {
      fields(*this, x);
    }
  }

  std::span<const unsigned char> rest_;
};

template <class Container>
void write_elements(ArchiveWriter& ar, Container& x) {
  auto size = static_cast<std::uint32_t>(x.size());
  ar(size);
  for (auto& one : x) ar(one);
}
/// Memory grows with what is read, whatever the number of elements says.
template <class Container>
void read_elements(ArchiveReader& ar, Container& x) {
  using T = typename Container::value_type;
  std::uint32_t size = 0;
  ar(size);
  x.clear();
  if constexpr (detail::is_plain<T> && !detail::is_widened<T>) {
    if (size > ar.left() / sizeof(T)) return ar.fail();
    x.resize(size);
    ar.take_all(x.data(), size);
  } else {
    for (std::uint32_t k = 0; k < size && !ar.failed; ++k) ar(x.emplace_back());
  }
}

inline void fields(ArchiveWriter& ar, std::string& x) { write_elements(ar, x); }
inline void fields(ArchiveReader& ar, std::string& x) { read_elements(ar, x); }
template <class T>
void fields(ArchiveWriter& ar, std::vector<T>& x) {
  write_elements(ar, x);
}
template <class T>
void fields(ArchiveReader& ar, std::vector<T>& x) {
  read_elements(ar, x);
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
