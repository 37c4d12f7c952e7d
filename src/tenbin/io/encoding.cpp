// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/encoding.hpp"

#include <openssl/evp.h>
#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

namespace tenbin {

std::string base64(std::string_view bytes) {
  constexpr std::size_t piece = 3 << 24;  // OpenSSL counts with int
  std::string text((bytes.size() + 2) / 3 * 4, '\0');
  char* to = text.data();
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    const std::string_view part = bytes.substr(at, piece);
    to += EVP_EncodeBlock(reinterpret_cast<unsigned char*>(to),
                          reinterpret_cast<const unsigned char*>(part.data()),
                          static_cast<int>(part.size()));
  }
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  const std::size_t padding = text.size() - (text.find_last_not_of('=') + 1);
  if (text.size() % 4 != 0 || text.size() > std::numeric_limits<int>::max() || padding > 2 ||
      text.find('=') < text.size() - padding)
    return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  // OpenSSL passes over spaces at both ends, and then decodes less.
  const int decoded = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                      reinterpret_cast<const unsigned char*>(text.data()),
                                      static_cast<int>(text.size()));
  if (decoded < 0 || static_cast<std::size_t>(decoded) != bytes.size()) return std::nullopt;
  bytes.resize(bytes.size() - padding);
  return bytes;
}

std::string deflated(std::string_view bytes) {
  uLongf size = compressBound(bytes.size());
  std::string out(size, '\0');
  const int done = compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                             reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), 9);
  if (done != Z_OK) throw std::bad_alloc();  // there is room, so nothing else can fail
  out.resize(size);
  return out;
}

std::optional<std::string> inflated(std::string_view bytes, std::size_t most) {
  if (bytes.size() > std::numeric_limits<uInt>::max()) return std::nullopt;
  const std::size_t piece = std::clamp<std::size_t>(4 * bytes.size(), 1 << 12, 1 << 20);
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) throw std::bad_alloc();  // nothing else can fail
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  int state = Z_OK;
  while (state == Z_OK && out.size() <= most) {
    const std::size_t had = out.size();
    out.resize(had + piece);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + had);
    stream.avail_out = static_cast<uInt>(out.size() - had);
    state = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
  }
  if (state == Z_MEM_ERROR) throw std::bad_alloc();
  const bool whole = state == Z_STREAM_END && stream.avail_in == 0 && out.size() <= most;
  inflateEnd(&stream);
  return whole ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace tenbin
