// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/text_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <fstream>
#include <numeric>
#include <sstream>

namespace tenbin {
namespace {

/// Place of the first byte that is not UTF-8 (no overlong forms, no surrogates), or npos.
std::size_t first_not_utf8(std::string_view s) {
  const auto byte = [&](std::size_t k) {
    return k < s.size() ? static_cast<unsigned char>(s[k]) : 0u;
  };
  for (std::size_t k = 0; k < s.size();) {
    const unsigned c = byte(k);
    if (c < 0x80) {
      ++k;
      continue;
    }
    const int extra = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
    if (c < 0xC2 || c > 0xF4) return k;
    unsigned low = 0x80, high = 0xBF;  // range of the second byte
    if (c == 0xE0) low = 0xA0;
    if (c == 0xED) high = 0x9F;
    if (c == 0xF0) low = 0x90;
    if (c == 0xF4) high = 0x8F;
    if (byte(k + 1) < low || byte(k + 1) > high) return k;
    for (int e = 2; e <= extra; ++e)
      if (byte(k + e) < 0x80 || byte(k + e) > 0xBF) return k;
    k += extra + 1;
  }
  return std::string_view::npos;
}

Error output_error(const std::filesystem::path& path, std::string what, std::string mend) {
  return Error({{path.string(), std::move(what), std::move(mend)}}, Error::Reason::output);
}

}  // namespace

std::optional<std::string> read_bytes(const std::filesystem::path& path, Problems& problems) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    problems.push_back({path.string(), "this is a folder, not a file", "Give the file"});
    return std::nullopt;
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    const bool there = std::filesystem::exists(path, ignored);
    problems.push_back({path.string(), there ? "the file cannot be read" : "there is no such file",
                        there ? "Look at its permissions" : "Look at the name and the folder"});
    return std::nullopt;
  }
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return std::move(bytes).str();
}

std::optional<std::string> read_text(const std::filesystem::path& path, Problems& problems) {
  auto text = read_bytes(path, problems);
  if (!text) return text;
  if (text->starts_with("\xEF\xBB\xBF")) text->erase(0, 3);
  const auto line_of = [&](std::size_t at) {
    return 1 + std::count(text->begin(), text->begin() + at, '\n');
  };
  if (const auto at = text->find('\0'); at != std::string::npos) {
    problems.push_back({fmt::format("{}:{}", path.string(), line_of(at)),
                        "the file holds a NUL byte, so it is not UTF-8 text (perhaps UTF-16)",
                        "Save it as UTF-8"});
    return std::nullopt;
  }
  if (const auto at = first_not_utf8(*text); at != std::string::npos) {
    problems.push_back(
        {fmt::format("{}:{}", path.string(), line_of(at)),
         fmt::format("byte 0x{:02x} is not UTF-8", static_cast<unsigned char>((*text)[at])),
         "Save the file as UTF-8"});
    return std::nullopt;
  }
  return text;
}

std::filesystem::path name_beside(const std::filesystem::path& path) {
  std::error_code ignored;
  const auto status = std::filesystem::status(path, ignored);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
    throw output_error(path, "this is not a file",
                       "Give the name of a file; it is written beside and then renamed");
  return path.parent_path() / fmt::format(".{}.{}.part", path.filename().string(), ::getpid());
}

void rename_into_place(const std::filesystem::path& beside, const std::filesystem::path& path) {
  const int file = ::open(beside.c_str(), O_RDONLY);
  const bool flushed = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  std::error_code failure;
  if (flushed) std::filesystem::rename(beside, path, failure);
  if (flushed && !failure) return;
  std::error_code ignored;
  std::filesystem::remove(beside, ignored);
  throw output_error(path,
                     flushed ? "the finished file cannot take its name: " + failure.message()
                             : std::string("the file cannot be flushed to disk"),
                     "Nothing was changed; look at the folder's permissions and space");
}

void write_text(const std::filesystem::path& path, std::string_view text) {
  const auto beside = name_beside(path);
  {
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (!out) {
      const std::string reason = std::strerror(errno);
      std::error_code ignored;
      std::filesystem::remove(beside, ignored);
      throw output_error(path, "the file cannot be written: " + reason,
                         "Give a folder that exists, may be written and has space");
    }
  }
  rename_into_place(beside, path);
}

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

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& c :
       candidates) {  // Levenshtein distance, ignoring case, a swap counted as one
    std::vector<std::size_t> before2, before(c.size() + 1), row(c.size() + 1);
    std::iota(before.begin(), before.end(), 0);
    for (std::size_t i = 1; i <= word.size(); ++i) {
      row[0] = i;
      for (std::size_t j = 1; j <= c.size(); ++j) {
        const bool same = lower(word[i - 1]) == lower(c[j - 1]);
        row[j] = std::min({before[j] + 1, row[j - 1] + 1, before[j - 1] + !same});
        if (i > 1 && j > 1 && lower(word[i - 1]) == lower(c[j - 2]) &&
            lower(word[i - 2]) == lower(c[j - 1]))
          row[j] = std::min(row[j], before2[j - 2] + 1);
      }
      before2 = before;
      before = row;
    }
    if (before[c.size()] < best_distance) best_distance = before[c.size()], best = c;
  }
  return best;
}

}  // namespace tenbin
