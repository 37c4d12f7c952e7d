// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>
#include <netcdf.h>
#include <netcdf_mem.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A thin layer over netCDF's C interface, for the exporter of this folder only. Nothing is read by
/// it, and it is used in a process of its own (io/in_child.hpp): the library is not safe for
/// threads, and crashes where its memory is short.

namespace tenbin::netcdf {

/// A netCDF call that failed; caught in the files that include this.
struct Failure {
  std::string what;
};
inline void check(int status, std::string_view what) {
  if (status != NC_NOERR) throw Failure{fmt::format("{}: {}", what, nc_strerror(status))};
}

/// A netCDF file in memory: the library never sees a disk that may be full.
class MemoryFile {
 public:
  MemoryFile() { check(nc_create_mem("tenbin", NC_NETCDF4 | NC_CLOBBER, 0, &id_), "create"); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() {
    if (id_ >= 0) nc_close(id_);
  }
  int id() const { return id_; }
  /// Ends the file and returns its bytes.
  std::string close() {
    NC_memio image{};
    check(nc_close_memio(std::exchange(id_, -1), &image), "close");
    const std::unique_ptr<void, decltype(&std::free)> held(image.memory, &std::free);
    return {static_cast<const char*>(image.memory), image.size};
  }

 private:
  int id_ = -1;
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
