// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "tenbin/core/members.hpp"

/// The one binary format of tenbin's own files and messages: a frame, and in it the members of a
/// plain struct in the order of their declarations, found by the compiler (members.hpp).
///
/// Numbers are little-endian; sizes and counts have 64 bits; true is 1. A text or a vector is its
/// count and its elements; an array its elements; an optional or a pointer a bool and what it
/// holds. A class takes part by `archived()`, which returns a struct, and `restore(struct)`, which
/// returns false where the struct cannot be one of the class.
///
/// Any bytes may be read. A count is refused if its elements need more bytes than are left, before
/// memory is asked for, so that what is read takes at most `widest_element` times the bytes; what
/// numbers mean is for the reader's caller to check.

namespace tenbin {

/// What a frame holds. Numbers are not used again.
enum class ArchiveKind : std::uint32_t {
  study = 1,      // PageStudy, in a page
  page_record,    // PageRecord, in a page
  checkpoint,     // the key of a fit's checkpoint
  chain_part,     // ChainPart, in a checkpoint
  tally,          // Tally, between ranks and between a page's workers
  tally_part,     // TallyPart, beside the output of a run
  origin_record,  // KeptOrigin, in a back-test's cache
  posterior       // PosteriorArchive, in the file of a fit
};

/// "tenbin", and line ends that a transfer as text would change.
inline constexpr std::array<char, 8> archive_magic{'t', 'e', 'n', 'b', 'i', 'n', '\r', '\n'};
inline constexpr std::uint32_t archive_version = 1;  // of the rules above

/// What stands before a body. Behind it stand 64 bits: digest_of() all that is before them.
struct ArchiveHeader {
  std::array<char, 8> magic = archive_magic;
  ArchiveKind kind{};
  std::uint32_t version = archive_version;
  std::uint64_t layout = 0;  // layout_of() the body: changes with the types and order of members
  std::uint64_t length = 0;  // bytes of the body

  bool operator==(const ArchiveHeader&) const = default;
};

namespace detail {

__extension__ using Int128 = __int128;

template <class T>
inline constexpr bool is_std_array = false;
template <class T, std::size_t N>
inline constexpr bool is_std_array<std::array<T, N>> = true;

/// Whose bytes are copied; any bytes are such a number.
template <class T>
concept Number = (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) || std::is_enum_v<T> ||
                 std::is_same_v<T, Int128>;
/// A size has other widths on other machines.
template <class T>
inline constexpr std::size_t archived_size = std::is_same_v<T, std::size_t> ? sizeof(std::uint64_t)
                                                                            : sizeof(T);
template <class T>
inline constexpr bool is_copied = Number<T>&& archived_size<T> == sizeof(T) &&
                                  (std::endian::native == std::endian::little || sizeof(T) == 1);

template <class T>
concept Sequence = requires(T x) {
  x.resize(1), x.data();
};
template <class T>
concept Optional = requires(T x) {
  x.emplace(), x.has_value();
};
template <class T>
concept Pointer = requires(T x) {
  x.get(), x.use_count();
};
template <class T>
concept Archived = requires(const T& x) {
  x.archived();
};

template <class T>
using ArchivedAs = std::remove_cvref_t<decltype(std::declval<const T&>().archived())>;
template <class T>
using Target = std::remove_cvref_t<decltype(*std::declval<const T&>())>;

constexpr std::uint64_t mixed(std::uint64_t h, std::uint64_t x) {
  h = (h ^ x) * 0x9E3779B97F4A7C15;
  return h ^ (h >> 32);
}

template <class T>
constexpr std::uint64_t layout();
template <class T>
constexpr std::uint64_t layout_of_members(std::uint64_t h) {
  using All = decltype(members(std::declval<T&>()));
  return [&]<std::size_t... K>(std::index_sequence<K...>) {
    ((h = mixed(h, layout<std::remove_cvref_t<std::tuple_element_t<K, All>>>())), ...);
    return h;
  }
  (std::make_index_sequence<std::tuple_size_v<All>>{});
}
template <class T>
constexpr std::uint64_t layout() {
  if constexpr (std::is_same_v<T, bool>)
    return 1;
  else if constexpr (Number<T>)
    return 8 * archived_size<T> + std::is_floating_point_v<T>;
  else if constexpr (is_std_array<T>)
    return mixed(mixed(2, std::tuple_size_v<T>), layout<typename T::value_type>());
  else if constexpr (Sequence<T>)
    return mixed(3, layout<typename T::value_type>());
  else if constexpr (Optional<T> || Pointer<T>)
    return mixed(4, layout<Target<T>>());
  else if constexpr (Archived<T>)
    return layout<ArchivedAs<T>>();
  else
    return layout_of_members<T>(5);
}

/// Bytes of the shortest T that can be written: every text and list in it empty, every optional
/// without a value.
template <class T>
constexpr std::size_t smallest();
template <class T>
constexpr std::size_t smallest_of_members() {
  using All = decltype(members(std::declval<T&>()));
  return []<std::size_t... K>(std::index_sequence<K...>) {
    return (std::size_t{0} + ... + smallest<std::remove_cvref_t<std::tuple_element_t<K, All>>>());
  }
  (std::make_index_sequence<std::tuple_size_v<All>>{});
}
template <class T>
constexpr std::size_t smallest() {
  if constexpr (std::is_same_v<T, bool>)
    return 1;
  else if constexpr (Number<T>)
    return archived_size<T>;
  else if constexpr (is_std_array<T>)
    return std::tuple_size_v<T> * smallest<typename T::value_type>();
  else if constexpr (Sequence<T>)
    return sizeof(std::uint64_t);
  else if constexpr (Optional<T> || Pointer<T>)
    return 1;
  else if constexpr (Archived<T>)
    return smallest<ArchivedAs<T>>();
  else
    return smallest_of_members<T>();
}

}  // namespace detail

/// Bytes in memory for each byte that is read, at most: no element of a list may be wider beside
/// the shortest that can be written.
inline constexpr std::size_t widest_element = 32;

/// A number for the types of all that T is made of, in their order; the same on every machine.
template <class T>
inline constexpr std::uint64_t layout_of = detail::layout<T>();

/// Tells changed bytes: a change within eight bytes always changes it, any other one all but
/// always.
inline std::uint64_t digest_of(std::string_view bytes) {
  constexpr std::size_t eight = sizeof(std::uint64_t);
  const auto word = [](const char* from, std::size_t size) {
    unsigned char raw[eight] = {};
    std::memcpy(raw, from, size);
    std::uint64_t x = 0;
    for (std::size_t k = 0; k < eight; ++k) x |= std::uint64_t{raw[k]} << 8 * k;
    return x;
  };
  std::uint64_t h = bytes.size();
  std::size_t at = 0;
  for (; at + eight <= bytes.size(); at += eight)
    h = detail::mixed(h, word(bytes.data() + at, eight));
  return at < bytes.size() ? detail::mixed(h, word(bytes.data() + at, bytes.size() - at)) : h;
}

/// Appends values to bytes, without a frame.
class ArchiveWriter {
 public:
  std::string bytes;

  template <class T>
  void put(const T& x) {
    if constexpr (std::is_same_v<T, bool>)
      put(static_cast<unsigned char>(x));
    else if constexpr (detail::archived_size<T> != sizeof(T) && std::is_integral_v<T>)
      put(static_cast<std::uint64_t>(x));
    else if constexpr (detail::Number<T>)
      put_number(x);
    else if constexpr (detail::is_std_array<T>)
      put_elements(x);
    else if constexpr (detail::Sequence<T>)
      put(static_cast<std::uint64_t>(x.size())), put_elements(x);
    else if constexpr (detail::Optional<T> || detail::Pointer<T>)
      put_target(x);
    else if constexpr (detail::Archived<T>)
      put(x.archived());
    else
      std::apply([&](const auto&... member) { (put(member), ...); }, members(x));
  }

 private:
  template <class T>
  void put_number(const T& x) {
    char raw[sizeof(T)];
    std::memcpy(raw, &x, sizeof x);
    if constexpr (std::endian::native == std::endian::big) std::reverse(raw, raw + sizeof x);
    bytes.append(raw, sizeof x);
  }
  template <class All>
  void put_elements(const All& all) {
    using T = typename All::value_type;
    if constexpr (detail::is_copied<T>)
      bytes.append(reinterpret_cast<const char*>(all.data()), all.size() * sizeof(T));
    else
      for (const T& x : all) put(x);
  }
  template <class T>
  void put_target(const T& x) {
    const bool there = static_cast<bool>(x);
    put(there);
    if (there) put(*x);
  }
};

/// Takes values off the front of bytes, without a frame. Never reads past the end: what is missing
/// is zero or empty, and `failed` says so.
class ArchiveReader {
 public:
  explicit ArchiveReader(std::string_view bytes) : rest_(bytes) {}
  bool failed = false;

  /// Whether all was read, and nothing is left.
  bool whole() const { return !failed && rest_.empty(); }
  std::size_t left() const { return rest_.size(); }

  template <class T>
  void take(T& x) {
    if constexpr (std::is_same_v<T, bool>)
      x = take_bool();
    else if constexpr (detail::archived_size<T> != sizeof(T) && std::is_integral_v<T>)
      x = take_size();
    else if constexpr (detail::Number<T>)
      take_number(x);
    else if constexpr (detail::is_std_array<T>)
      take_elements(x);
    else if constexpr (detail::Sequence<T>)
      take_sequence(x);
    else if constexpr (detail::Optional<T>)
      take_bool() ? take(x.emplace()) : x.reset();
    else if constexpr (detail::Pointer<T>)
      take_pointer(x);
    else if constexpr (detail::Archived<T>)
      take_class(x);
    else
      std::apply([&](auto&... member) { (take(member), ...); }, members(x));
  }

 private:
  void fail() {
    failed = true;
    rest_ = {};
  }
  /// The next so many bytes, or as many zeros.
  void copy(char* to, std::size_t size) {
    if (size > rest_.size()) fail();
    if (failed)
      std::fill_n(to, size, '\0');
    else
      std::memcpy(to, rest_.data(), size), rest_.remove_prefix(size);
  }
  bool take_bool() {
    unsigned char byte = 0;
    take(byte);
    if (byte > 1) fail();
    return byte == 1;
  }
  std::size_t take_size() {
    std::uint64_t wide = 0;
    take_number(wide);
    const auto size = static_cast<std::size_t>(wide);
    if (size != wide) fail();
    return size;
  }
  template <class T>
  void take_number(T& x) {
    char raw[sizeof(T)];
    copy(raw, sizeof x);
    if constexpr (std::endian::native == std::endian::big) std::reverse(raw, raw + sizeof x);
    std::memcpy(&x, raw, sizeof x);
  }
  template <class All>
  void take_elements(All& all) {
    using T = typename All::value_type;
    if constexpr (detail::is_copied<T>) {
      if (!all.empty()) copy(reinterpret_cast<char*>(all.data()), all.size() * sizeof(T));
    } else {
      for (T& x : all) take(x);
    }
  }
  template <class All>
  void take_sequence(All& all) {
    using T = typename All::value_type;
    constexpr std::size_t shortest = detail::smallest<T>();
    static_assert(sizeof(T) <= widest_element * shortest);
    const std::size_t size = take_size();
    all.clear();
    if (size > rest_.size() / shortest) return fail();
    if constexpr (detail::is_copied<T>) {
      all.resize(size);
      take_elements(all);
    } else {
      all.reserve(size);  // growth by doubling would hold three times as much for a moment
      for (std::size_t k = 0; k < size && !failed; ++k) take(all.emplace_back());
    }
  }
  template <class T>
  void take_pointer(T& x) {
    x = nullptr;
    if (!take_bool()) return;
    auto target = std::make_shared<detail::Target<T>>();
    take(*target);
    x = std::move(target);
  }
  template <class T>
  void take_class(T& x) {
    detail::ArchivedAs<T> read;
    take(read);
    if (!failed && !x.restore(std::move(read))) fail();
  }

  std::string_view rest_;
};

/// A body in a frame of T. archive() calls it; a test that changes a body puts the digest right.
template <class T>
std::string framed(ArchiveKind kind, std::string_view body) {
  ArchiveWriter out;
  out.put(ArchiveHeader{.kind = kind, .layout = layout_of<T>, .length = body.size()});
  out.bytes += body;
  out.put(digest_of(out.bytes));
  return std::move(out.bytes);
}

/// Whether bytes begin as a frame of this kind does, whatever its version, layout and state.
inline bool begins_as(ArchiveKind kind, std::string_view bytes) {
  ArchiveReader in(bytes);
  ArchiveHeader header;
  in.take(header.magic);
  in.take(header.kind);
  return !in.failed && header.magic == archive_magic && header.kind == kind;
}

/// A value in a frame.
template <class T>
std::string archive(ArchiveKind kind, const T& x) {
  ArchiveWriter body;
  body.put(x);
  return framed<T>(kind, body.bytes);
}

/// Takes a frame off the front of `bytes` and returns its value. Nothing, with `bytes` as they
/// were, where they do not begin with a whole and undamaged frame of this kind, version and layout.
template <class T>
std::optional<T> take_archive(ArchiveKind kind, std::string_view& bytes) {
  ArchiveReader in(bytes);
  ArchiveHeader header;
  in.take(header);
  const std::size_t start = bytes.size() - in.left();
  if (in.failed ||
      header != ArchiveHeader{.kind = kind, .layout = layout_of<T>, .length = header.length})
    return std::nullopt;
  if (header.length > in.left() || in.left() - header.length < sizeof(std::uint64_t))
    return std::nullopt;
  const auto length = static_cast<std::size_t>(header.length);
  ArchiveReader end(bytes.substr(start + length));
  std::uint64_t digest = 0;
  end.take(digest);
  if (digest != digest_of(bytes.substr(0, start + length))) return std::nullopt;
  std::optional<T> x(std::in_place);
  ArchiveReader body(bytes.substr(start, length));
  body.take(*x);
  if (!body.whole()) return std::nullopt;
  bytes = bytes.substr(bytes.size() - end.left());
  return x;
}

/// The value of a frame with nothing behind it.
template <class T>
std::optional<T> from_archive(ArchiveKind kind, std::string_view bytes) {
  auto x = take_archive<T>(kind, bytes);
  return bytes.empty() ? std::move(x) : std::nullopt;
}

}  // namespace tenbin
