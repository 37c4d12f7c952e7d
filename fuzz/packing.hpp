// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

/// Zip packages for tests and fuzzing: checksums hold, so that what is inside reaches the readers.

namespace tenbin::fuzz {

inline void put_number(std::string& out, std::uint32_t value, int bytes) {
  for (int k = 0; k < bytes; ++k) out += static_cast<char>(value >> (8 * k));
}

/// A zip package of stored members.
class Packing {
 public:
  void add(std::string_view name, std::string_view bytes) {
    const auto crc = static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
    const auto at = static_cast<std::uint32_t>(body_.size());
    const auto common = [&](std::string& out) {
      put_number(out, 20, 2);
      put_number(out, 0, 2);
      put_number(out, 0, 2);
      put_number(out, 0x00210000, 4);  // 1980-01-01
      put_number(out, crc, 4);
      put_number(out, static_cast<std::uint32_t>(bytes.size()), 4);
      put_number(out, static_cast<std::uint32_t>(bytes.size()), 4);
      put_number(out, static_cast<std::uint32_t>(name.size()), 2);
      put_number(out, 0, 2);
    };
    body_ += "PK\x03\x04";
    common(body_);
    body_ += name;
    body_ += bytes;
    list_ += "PK\x01\x02";
    put_number(list_, 20, 2);
    common(list_);
    put_number(list_, 0, 2);  // comment
    put_number(list_, 0, 2);  // disk
    put_number(list_, 0, 2);  // attributes
    put_number(list_, 0, 4);
    put_number(list_, at, 4);
    list_ += name;
    ++count_;
  }
  std::string packed() const {
    std::string out = body_ + list_ + "PK\x05\x06";
    put_number(out, 0, 4);
    put_number(out, count_, 2);
    put_number(out, count_, 2);
    put_number(out, static_cast<std::uint32_t>(list_.size()), 4);
    put_number(out, static_cast<std::uint32_t>(body_.size()), 4);
    put_number(out, 0, 2);
    return out;
  }

 private:
  std::string body_, list_;
  std::uint32_t count_ = 0;
};

/// A package of parts that are written one after the other, each after a line "=== NAME".
inline std::string packed_parts(std::string_view rest) {
  Packing packing;
  while (!rest.empty()) {
    if (rest.starts_with("=== ")) rest.remove_prefix(4);
    const auto line = std::min(rest.find('\n'), rest.size());
    const std::string_view name = rest.substr(0, std::min<std::size_t>(line, 200));
    rest.remove_prefix(std::min(line + 1, rest.size()));
    const auto end = std::min(rest.find("=== "), rest.size());
    packing.add(name, rest.substr(0, end));
    rest.remove_prefix(end);
  }
  return packing.packed();
}

}  // namespace tenbin::fuzz
