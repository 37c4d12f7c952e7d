// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/encoding.hpp"

#include <zlib.h>

#include "tenbin/core/problem.hpp"

namespace tenbin {

std::string base64(std::string_view bytes) {
  static constexpr char digits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve(bytes.size() / 3 * 4 + 4);
  for (std::size_t k = 0; k < bytes.size(); k += 3) {
    const auto byte = [&](std::size_t o) {
      return k + o < bytes.size() ? static_cast<unsigned char>(bytes[k + o]) : 0u;
    };
    const unsigned triple = byte(0) << 16 | byte(1) << 8 | byte(2);
    for (int d = 0; d < 4; ++d)
      text += k + d > bytes.size() ? '=' : digits[triple >> (18 - 6 * d) & 63];
  }
  return text;
}

std::string deflated(std::string_view bytes) {
  uLongf size = compressBound(bytes.size());
  std::string out(size, '\0');
  const int done = compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                             reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), 9);
  TENBIN_ASSERT(done == Z_OK);
  out.resize(size);
  return out;
}

}  // namespace tenbin
