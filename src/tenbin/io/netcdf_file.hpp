// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>
#include <hdf5.h>
#include <netcdf.h>
#include <pthread.h>

#include <atomic>
#include <filesystem>
#include <mutex>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A thin layer over netCDF's C interface, for the readers and writers of this folder only.

namespace tenbin::netcdf {

/// A netCDF call that failed; caught in the files that include this.
struct Failure {
  std::string what;
};
inline void check(int status, std::string_view what) {
  if (status != NC_NOERR) throw Failure{fmt::format("{}: {}", what, nc_strerror(status))};
}

/// The library is not safe for threads: while a file is open, others wait. A process that is forked
/// while another thread has a file open cannot use the library: that thread is gone, and the
/// library is in the midst of its work.
struct Library {
  std::mutex guard;
  std::atomic<bool> lost = false;
  Library() { ::pthread_atfork(nullptr, nullptr, in_child); }
  static Library& get() {
    static Library& library = *new Library;
    return library;
  }
  static void in_child() {
    if (get().guard.try_lock())
      get().guard.unlock();
    else
      get().lost = true;
  }
};
/// Throws where the library cannot be used.
inline std::mutex& library() {
  if (Library::get().lost)
    throw Failure{"another thread was using netCDF when this process was forked"};
  return Library::get().guard;
}

/// Throws bad_alloc if there is not the memory that the library may want: one that is refused some
/// in the midst of its work says "HDF error", damages its heap, or crashes when the program ends.
inline void require_room() {
  constexpr std::size_t most = 32 << 20;  // bytes; its caches of chunks and metadata
  ::operator delete(::operator new(most));
}

/// An open netCDF file, closed when it goes, by the thread that opened it.
class File {
 public:
  static File create(const std::filesystem::path& path) {
    require_room();
    File f;
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // or it prints its errors, in each thread anew
    check(nc_create(path.c_str(), NC_NETCDF4 | NC_CLOBBER, &f.id_), "create");
    return f;
  }
  static File open(const std::filesystem::path& path) {
    require_room();
    File f;
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    check(nc_open(path.c_str(), NC_NOWRITE, &f.id_), "open");
    return f;
  }
  File(File&& other) noexcept
      : id_(std::exchange(other.id_, -1)), alone_(std::move(other.alone_)) {}
  ~File() {
    if (id_ >= 0) nc_close(id_);
  }
  void close() { check(nc_close(std::exchange(id_, -1)), "close"); }
  int id() const { return id_; }

 private:
  File() = default;
  int id_ = -1;
  std::unique_lock<std::mutex> alone_{library()};
};

inline int group(int file, const char* name) {
  int id;
  check(nc_def_grp(file, name, &id), name);
  return id;
}

inline int dimension(int group, const char* name, std::size_t size) {
  int id;
  check(nc_def_dim(group, name, size, &id), name);
  return id;
}

inline void put_doubles(int group, const std::string& name, const std::vector<int>& dims,
                        const std::vector<double>& values, const std::string& meaning = {},
                        const std::string& unit = {}) {
  int id;
  check(nc_def_var(group, name.c_str(), NC_DOUBLE, static_cast<int>(dims.size()), dims.data(), &id),
        name);
  if (!meaning.empty())
    check(nc_put_att_text(group, id, "long_name", meaning.size(), meaning.data()), name);
  if (!unit.empty()) check(nc_put_att_text(group, id, "units", unit.size(), unit.data()), name);
  check(nc_put_var_double(group, id, values.data()), name);
}

inline void put_integers(int group, const std::string& name, const std::vector<int>& dims,
                         const std::vector<int>& values) {
  int id;
  check(nc_def_var(group, name.c_str(), NC_INT, static_cast<int>(dims.size()), dims.data(), &id),
        name);
  check(nc_put_var_int(group, id, values.data()), name);
}

/// Yes or no as xarray and ArviZ keep it: bytes that are read back as truth values.
inline void put_flags(int group, const std::string& name, const std::vector<int>& dims,
                      const std::vector<signed char>& values) {
  int id;
  check(nc_def_var(group, name.c_str(), NC_BYTE, static_cast<int>(dims.size()), dims.data(), &id),
        name);
  check(nc_put_att_text(group, id, "dtype", 4, "bool"), name);
  check(nc_put_var_schar(group, id, values.data()), name);
}

inline void put_texts(int group, const std::string& name, int dim,
                      const std::vector<std::string>& values) {
  int id;
  check(nc_def_var(group, name.c_str(), NC_STRING, 1, &dim, &id), name);
  std::vector<const char*> pointers;
  for (const std::string& v : values) pointers.push_back(v.c_str());
  check(nc_put_var_string(group, id, pointers.data()), name);
}

}  // namespace tenbin::netcdf
