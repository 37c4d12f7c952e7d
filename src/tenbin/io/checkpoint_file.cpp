// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/checkpoint_file.hpp"

#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>

#include "tenbin/core/problem.hpp"
#include "tenbin/io/text_file.hpp"

namespace tenbin {
namespace {

const std::string checkpoint_line = "tenbin checkpoint 1\n";
constexpr std::size_t checkpoint_digest_size = 16;

void put(std::string& bytes, const void* from, std::size_t size) {
  bytes.append(static_cast<const char*>(from), size);
}
void put_count(std::string& bytes, std::uint64_t n) { put(bytes, &n, sizeof n); }
void put_text(std::string& bytes, const std::string& text) {
  put_count(bytes, text.size());
  bytes += text;
}
void put_numbers(std::string& bytes, const std::vector<double>& x) {
  put_count(bytes, x.size());
  put(bytes, x.data(), x.size() * sizeof(double));
}
std::string digest(std::string_view bytes) {
  return sha256(bytes).substr(0, checkpoint_digest_size);
}

/// Takes pieces off the front of a text; nothing where it is too short.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  std::optional<std::string_view> take(std::uint64_t size) {
    if (rest_.size() < size) return std::nullopt;
    const auto piece = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return piece;
  }
  std::optional<std::uint64_t> count() {
    const auto piece = take(sizeof(std::uint64_t));
    if (!piece) return std::nullopt;
    std::uint64_t n;
    std::memcpy(&n, piece->data(), sizeof n);
    return n;
  }
  std::optional<std::string> text() {
    const auto n = count();
    const auto piece = n ? take(*n) : std::nullopt;
    if (!piece) return std::nullopt;
    return std::string(*piece);
  }
  std::optional<std::vector<double>> numbers() {
    const auto n = count();
    if (!n || *n > rest_.size() / sizeof(double)) return std::nullopt;
    std::vector<double> x(*n);
    const std::string_view bytes = *take(*n * sizeof(double));
    if (*n > 0) std::memcpy(x.data(), bytes.data(), bytes.size());
    return x;
  }
  std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
};

std::optional<ChainPart> part_of(Reader& file) {
  const auto size = file.count();
  const auto body = size ? file.take(*size) : std::nullopt;
  const auto sum = body ? file.take(checkpoint_digest_size) : std::nullopt;
  if (!sum || digest(*body) != *sum) return std::nullopt;
  Reader in(*body);
  const auto equation = in.text();
  const auto chain = in.count(), begin = in.count(), iteration = in.count();
  auto state = in.numbers(), records = in.numbers();
  constexpr std::uint64_t most = std::numeric_limits<int>::max();
  if (!equation || !chain || !begin || !iteration || !state || !records || in.left() > 0 ||
      *chain > most || *iteration > most || *begin >= *iteration)
    return std::nullopt;
  return ChainPart{*equation,
                   static_cast<int>(*chain),
                   static_cast<int>(*begin),
                   static_cast<int>(*iteration),
                   std::move(*state),
                   std::move(*records)};
}

/// Adds a part to its chain's; false if it does not follow the part before.
bool merge(std::vector<ChainPart>& done, ChainPart part) {
  for (ChainPart& old : done)
    if (old.equation == part.equation && old.chain == part.chain) {
      if (part.begin != old.iteration) return false;
      old.iteration = part.iteration;
      old.state = std::move(part.state);
      old.records.insert(old.records.end(), part.records.begin(), part.records.end());
      return true;
    }
  if (part.begin != 0) return false;
  done.push_back(std::move(part));
  return true;
}

[[noreturn]] void cannot_write(const std::filesystem::path& path) {
  throw Error({{path.string(), "the checkpoint cannot be written",
                "Look at the folder's permissions and space"}},
              Error::Reason::output);
}

}  // namespace

std::string checkpoint_block(const ChainPart& part) {
  std::string body;
  put_text(body, part.equation);
  put_count(body, part.chain);
  put_count(body, part.begin);
  put_count(body, part.iteration);
  put_numbers(body, part.state);
  put_numbers(body, part.records);
  std::string block;
  put_count(block, body.size());
  return block + body + digest(body);
}

CheckpointParts checkpoint_parts_of(std::string_view blocks) {
  CheckpointParts parts;
  Reader rest(blocks);
  for (auto part = part_of(rest); part && merge(parts.done, std::move(*part)); part = part_of(rest))
    parts.good = blocks.size() - rest.left();
  return parts;
}

CheckpointFile::CheckpointFile(const std::filesystem::path& path, const std::string& key)
    : path_(path), header_(checkpoint_line), file_(nullptr, &std::fclose) {
  put_text(header_, key);
  if (!std::filesystem::exists(path)) return;
  open("r+b");
  std::ifstream in(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), {});
  if (header_.rfind(bytes, 0) == 0) {  // killed while the header was written
    if (std::fwrite(header_.data(), 1, header_.size(), file_.get()) != header_.size())
      cannot_write(path);
    return;
  }
  if (bytes.rfind(checkpoint_line, 0) != 0)
    throw Error({{path.string(), "this file is no checkpoint of tenbin",
                  "Move it away, or give another --out"}});
  if (bytes.rfind(header_, 0) != 0)
    throw Error({{path.string(),
                  "this checkpoint is of a run with other figures, priors, options or version",
                  "Give the flags of that run, or remove the file to begin anew"}});
  CheckpointParts parts = checkpoint_parts_of(std::string_view(bytes).substr(header_.size()));
  done_ = std::move(parts.done);
  const std::size_t good = header_.size() + parts.good;
  if (::ftruncate(::fileno(file_.get()), static_cast<off_t>(good)) != 0 ||  // a torn block goes
      std::fseek(file_.get(), 0, SEEK_END) != 0)
    cannot_write(path);
}

void CheckpointFile::open(const char* mode) {
  file_.reset(std::fopen(path_.c_str(), mode));
  const bool there_already = !file_ && errno == EEXIST;  // made since this run looked
  if (!file_ && !there_already) cannot_write(path_);
  if (there_already || ::flock(::fileno(file_.get()), LOCK_EX | LOCK_NB) != 0)
    throw Error({{path_.string(), "another run is writing this checkpoint",
                  "Wait for it to end, or give another --out"}});
}

void CheckpointFile::append(const ChainPart& part) {
  const std::string block = checkpoint_block(part);
  const std::lock_guard lock(guard_);
  if (!file_) {
    open("wxb");
    if (std::fwrite(header_.data(), 1, header_.size(), file_.get()) != header_.size())
      cannot_write(path_);
  }
  if (std::fwrite(block.data(), 1, block.size(), file_.get()) != block.size() ||
      std::fflush(file_.get()) != 0)
    cannot_write(path_);
}

void CheckpointFile::remove() {
  file_.reset();
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

}  // namespace tenbin
