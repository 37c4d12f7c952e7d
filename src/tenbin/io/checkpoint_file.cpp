// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/checkpoint_file.hpp"

#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <new>
#include <utility>

#include "tenbin/core/archive.hpp"
#include "tenbin/core/problem.hpp"
#include "tenbin/io/read_file.hpp"

namespace tenbin {
namespace {

constexpr std::uint64_t largest_checkpoint = std::uint64_t{8} << 30;  // bytes

/// Whether a chain can have left it. What state and records must be is for the sampler to check.
bool is_sound(const ChainPart& part) {
  return part.chain >= 0 && part.begin >= 0 && part.begin < part.iteration;
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
  if (errno == ENOMEM) throw std::bad_alloc();
  throw Error({{path.string(), "the checkpoint cannot be written",
                "Look at the folder's permissions and space"}},
              Error::Reason::output);
}

}  // namespace

std::string checkpoint_block(const ChainPart& part) {
  return archive(ArchiveKind::chain_part, part);
}

CheckpointParts checkpoint_parts_of(std::string_view blocks) {
  CheckpointParts parts;
  for (std::string_view rest = blocks;;) {
    auto part = take_archive<ChainPart>(ArchiveKind::chain_part, rest);
    if (!part || !is_sound(*part) || !merge(parts.done, std::move(*part))) return parts;
    parts.good = blocks.size() - rest.size();
  }
}

CheckpointFile::CheckpointFile(const std::filesystem::path& path, const std::string& key)
    : path_(path), header_(archive(ArchiveKind::checkpoint, key)), file_(nullptr, &std::fclose) {
  if (!std::filesystem::exists(path)) return;
  open("r+b");
  Problems problems;
  const auto read = read_file(path, largest_checkpoint, problems);  // an error is not its end
  if (!read) throw Error(std::move(problems));
  const std::string& bytes = *read;
  if (header_.rfind(bytes, 0) == 0) {  // killed while the header was written
    if (std::fwrite(header_.data(), 1, header_.size(), file_.get()) != header_.size())
      cannot_write(path);
    return;
  }
  if (!begins_as(ArchiveKind::checkpoint, bytes))
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
  if (there_already ||
      (::flock(::fileno(file_.get()), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK))
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
