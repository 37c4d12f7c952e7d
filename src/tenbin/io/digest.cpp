// SPDX-License-Identifier: Apache-2.0
// OpenSSL's general functions (EVP_Digest) need memory: refused some, OpenSSL 3.0 crashes while it
// sets itself up, or gives no digest. Those of SHA-256 alone need none and cannot fail.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "tenbin/io/digest.hpp"

#include <fmt/format.h>
#include <openssl/sha.h>

#include <array>

namespace tenbin {

std::string sha256(std::string_view bytes) {
  SHA256_CTX state;
  SHA256_Init(&state);
  SHA256_Update(&state, bytes.data(), bytes.size());
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
  SHA256_Final(digest.data(), &state);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string sha256_hex(std::string_view bytes) {
  std::string hex;
  for (const unsigned char c : sha256(bytes)) hex += fmt::format("{:02x}", c);
  return hex;
}

}  // namespace tenbin
