// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/digest.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

namespace tenbin {

std::string sha256(std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr);
  return {reinterpret_cast<const char*>(digest), size};
}

std::string sha256_hex(std::string_view bytes) {
  std::string hex;
  for (const unsigned char c : sha256(bytes)) hex += fmt::format("{:02x}", c);
  return hex;
}

}  // namespace tenbin
