// SPDX-License-Identifier: Apache-2.0
/* Loaded before a program (LD_PRELOAD), it makes one call of the system fail, or kills the process
 * there, from the program's own constructors on: FAULT="read:5:2:milex.csv" is errno 5 at the
 * second read of a file whose path ends so; "write:28:3+" is a disk that is full from the third
 * write on; "memory:12:100" refuses the hundredth allocation, "memory:12:1:libz" the first one of
 * that library; "rename:KILL:3" kills the process at its third rename. FAULT_COUNT names a file of
 * 64-bit numbers: the calls that the fault was looked for in, how many of them failed, and the
 * calls of each kind in the order of `kinds`. FAULT_TRACE names a file to which the stack of the
 * first call that fails is written. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { READ, WRITE, OPEN, CLOSE, FSYNC, RENAME, FOLDER, MKDIR, LOCK, ROOM, STAT, MEMORY, KINDS };
static const char* const kinds[KINDS] = {"read",   "write", "open", "close", "fsync", "rename",
                                         "folder", "mkdir", "lock", "room",  "stat",  "memory"};

static uint64_t private_counts[2 + KINDS];
static uint64_t* counts = private_counts;
static struct {
  int kind, error, kills, lasting;
  uint64_t at;
  char end[256];
} fault = {.kind = -1};
static pid_t process;       /* not that of a child that works for it */
static volatile int begun;  /* the libraries are loaded */
static __thread int inside; /* what this library itself calls does not count */

__attribute__((constructor)) static void read_fault(void) {
  const char* const given = getenv("FAULT");
  char kind[16] = "", what[16] = "", sign[2] = "";
  unsigned long at = 0;
  int size = 0;
  if (given && sscanf(given, "%15[^:]:%15[^:]:%lu%n", kind, what, &at, &size) == 3) {
    sscanf(given + size, "%1[+]", sign);
    sscanf(given + size + strlen(sign), ":%255s", fault.end);
    for (int k = 0; k < KINDS; ++k)
      if (strcmp(kinds[k], kind) == 0) fault.kind = k;
    fault.at = at, fault.lasting = sign[0] == '+';
    fault.kills = strcmp(what, "KILL") == 0, fault.error = atoi(what);
  }
  process = getpid();
  const char* const file = getenv("FAULT_COUNT");
  const int out = file ? open(file, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644) : -1;
  if (out < 0) return;
  void* place = MAP_FAILED;
  if (ftruncate(out, sizeof private_counts) == 0)
    place = mmap(0, sizeof private_counts, PROT_READ | PROT_WRITE, MAP_SHARED, out, 0);
  if (place != MAP_FAILED) counts = place;
  close(out);
}

/* The function of that name that this one stands before. */
#define REAL(name)                   \
  static __typeof__(&name) real = 0; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

int __libc_start_main(int (*main)(int, char**, char**), int argc, char** argv, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void* stack_end);
int __libc_start_main(int (*main)(int, char**, char**), int argc, char** argv, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void* stack_end) {
  REAL(__libc_start_main);
  begun = 1;
  return real(main, argc, argv, init, fini, rtld_fini, stack_end);
}

/* What the system's libraries read for themselves (fonts, locales), and what is no file. */
static int is_of_system(const char* path) {
  static const char* const begins[] = {"/usr/", "/etc/", "/var/", "/proc/",  "/sys/",
                                       "/dev/", "/lib",  "pipe:", "socket:", "anon_inode:"};
  for (size_t k = 0; k < sizeof begins / sizeof *begins; ++k)
    if (strncmp(path, begins[k], strlen(begins[k])) == 0) return 1;
  return 0;
}

static void trace(void) {
  const char* const file = getenv("FAULT_TRACE");
  const int out = file ? open(file, O_WRONLY | O_CREAT | O_EXCL, 0644) : -1;
  if (out < 0) return;
  void* stack[60];
  backtrace_symbols_fd(stack, backtrace(stack, 60), out);
  close(out);
}

/* Whether this call, which is of the fault's kind, is to fail. */
static int fails_now(void) {
  const uint64_t now = __atomic_add_fetch(&counts[0], 1, __ATOMIC_SEQ_CST);
  if (fault.lasting ? now < fault.at : now != fault.at) return 0;
  __atomic_add_fetch(&counts[1], 1, __ATOMIC_SEQ_CST);
  if (fault.kills) {
    if (getpid() != process) kill(process, SIGKILL);
    kill(getpid(), SIGKILL);
  }
  trace();
  errno = fault.error;
  return 1;
}

/* Whether this call is the one: of a file by its path, or by its descriptor where there is no path.
 */
static int hit(int kind, const char* path, int file) {
  if (!begun || inside) return 0;
  inside = 1;
  const int before = errno;
  int yes = 0;
  char place[4096] = "";
  if (!path && file > 2) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t n = readlink(link, place, sizeof place - 1);
    place[n > 0 ? n : 0] = 0;
    path = place;
  }
  errno = before;
  if (path && !is_of_system(path)) {
    __atomic_add_fetch(&counts[2 + kind], 1, __ATOMIC_SEQ_CST);
    const size_t n = strlen(fault.end), m = strlen(path);
    if (kind == fault.kind && m >= n && strcmp(path + m - n, fault.end) == 0) yes = fails_now();
  }
  inside = 0;
  return yes;
}
static int hit_file(int kind, int file) { return file > 2 && hit(kind, 0, file); }
static int hit_stream(int kind, FILE* stream) {
  return stream && stream != stdin && stream != stdout && stream != stderr &&
         hit(kind, 0, fileno(stream));
}

ssize_t read(int file, void* to, size_t size) {
  REAL(read);
  return hit_file(READ, file) ? -1 : real(file, to, size);
}
ssize_t pread(int file, void* to, size_t size, off_t at) {
  REAL(pread);
  return hit_file(READ, file) ? -1 : real(file, to, size, at);
}
ssize_t pread64(int file, void* to, size_t size, off64_t at) {
  REAL(pread64);
  return hit_file(READ, file) ? -1 : real(file, to, size, at);
}
size_t fread(void* to, size_t size, size_t count, FILE* stream) {
  REAL(fread);
  return hit_stream(READ, stream) ? 0 : real(to, size, count, stream);
}
ssize_t write(int file, const void* from, size_t size) {
  REAL(write);
  return hit_file(WRITE, file) ? -1 : real(file, from, size);
}
ssize_t writev(int file, const struct iovec* parts, int count) {
  REAL(writev);
  return hit_file(WRITE, file) ? -1 : real(file, parts, count);
}
ssize_t pwrite(int file, const void* from, size_t size, off_t at) {
  REAL(pwrite);
  return hit_file(WRITE, file) ? -1 : real(file, from, size, at);
}
ssize_t pwrite64(int file, const void* from, size_t size, off64_t at) {
  REAL(pwrite64);
  return hit_file(WRITE, file) ? -1 : real(file, from, size, at);
}
size_t fwrite(const void* from, size_t size, size_t count, FILE* stream) {
  REAL(fwrite);
  return hit_stream(WRITE, stream) ? 0 : real(from, size, count, stream);
}
int fflush(FILE* stream) {
  REAL(fflush);
  return hit_stream(WRITE, stream) ? EOF : real(stream);
}

/* The mode of a new file, which follows the flags. */
#define MODE                           \
  mode_t mode = 0;                     \
  if (flags & (O_CREAT | O_TMPFILE)) { \
    va_list more;                      \
    va_start(more, flags);             \
    mode = va_arg(more, mode_t);       \
    va_end(more);                      \
  }
int open(const char* path, int flags, ...) {
  REAL(open);
  MODE return hit(OPEN, path, -1) ? -1 : real(path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  REAL(open64);
  MODE return hit(OPEN, path, -1) ? -1 : real(path, flags, mode);
}
int openat(int folder, const char* path, int flags, ...) {
  REAL(openat);
  MODE return hit(OPEN, path, -1) ? -1 : real(folder, path, flags, mode);
}
int openat64(int folder, const char* path, int flags, ...) {
  REAL(openat64);
  MODE return hit(OPEN, path, -1) ? -1 : real(folder, path, flags, mode);
}
int mkostemps(char* path, int end, int flags) {
  REAL(mkostemps);
  return hit(OPEN, path, -1) ? -1 : real(path, end, flags);
}
FILE* fopen(const char* path, const char* mode) {
  REAL(fopen);
  return hit(OPEN, path, -1) ? 0 : real(path, mode);
}
FILE* fopen64(const char* path, const char* mode) {
  REAL(fopen64);
  return hit(OPEN, path, -1) ? 0 : real(path, mode);
}
FILE* tmpfile(void) {
  REAL(tmpfile);
  return hit(OPEN, "tmpfile", -1) ? 0 : real();
}
FILE* tmpfile64(void) {
  REAL(tmpfile64);
  return hit(OPEN, "tmpfile", -1) ? 0 : real();
}
/* The system takes the descriptor also where it says that closing failed. */
int close(int file) {
  REAL(close);
  const int fails = hit_file(CLOSE, file), why = errno, result = real(file);
  if (fails) errno = why;
  return fails ? -1 : result;
}
int fclose(FILE* stream) {
  REAL(fclose);
  const int fails = hit_stream(CLOSE, stream), why = errno, result = real(stream);
  if (fails) errno = why;
  return fails ? EOF : result;
}
int fsync(int file) {
  REAL(fsync);
  return hit_file(FSYNC, file) ? -1 : real(file);
}
int rename(const char* from, const char* to) {
  REAL(rename);
  return hit(RENAME, to, -1) ? -1 : real(from, to);
}
int link(const char* from, const char* to) {
  REAL(link);
  return hit(RENAME, to, -1) ? -1 : real(from, to);
}
DIR* opendir(const char* path) {
  REAL(opendir);
  return hit(FOLDER, path, -1) ? 0 : real(path);
}
DIR* fdopendir(int file) {
  REAL(fdopendir);
  return hit_file(FOLDER, file) ? 0 : real(file);
}
struct dirent* readdir(DIR* folder) {
  REAL(readdir);
  return hit_file(FOLDER, dirfd(folder)) ? 0 : real(folder);
}
struct dirent64* readdir64(DIR* folder) {
  REAL(readdir64);
  return hit_file(FOLDER, dirfd(folder)) ? 0 : real(folder);
}
int mkdir(const char* path, mode_t mode) {
  REAL(mkdir);
  return hit(MKDIR, path, -1) ? -1 : real(path, mode);
}
int flock(int file, int how) {
  REAL(flock);
  return hit_file(LOCK, file) ? -1 : real(file, how);
}
int ftruncate(int file, off_t size) {
  REAL(ftruncate);
  return hit_file(ROOM, file) ? -1 : real(file, size);
}
int ftruncate64(int file, off64_t size) {
  REAL(ftruncate64);
  return hit_file(ROOM, file) ? -1 : real(file, size);
}
int posix_fallocate(int file, off_t at, off_t size) {
  REAL(posix_fallocate);
  return hit_file(ROOM, file) ? fault.error : real(file, at, size);
}
int posix_fallocate64(int file, off64_t at, off64_t size) {
  REAL(posix_fallocate64);
  return hit_file(ROOM, file) ? fault.error : real(file, at, size);
}
int stat(const char* path, struct stat* about) {
  REAL(stat);
  return hit(STAT, path, -1) ? -1 : real(path, about);
}
int stat64(const char* path, struct stat64* about) {
  REAL(stat64);
  return hit(STAT, path, -1) ? -1 : real(path, about);
}
int lstat(const char* path, struct stat* about) {
  REAL(lstat);
  return hit(STAT, path, -1) ? -1 : real(path, about);
}
int lstat64(const char* path, struct stat64* about) {
  REAL(lstat64);
  return hit(STAT, path, -1) ? -1 : real(path, about);
}
int fstat(int file, struct stat* about) {
  REAL(fstat);
  return hit_file(STAT, file) ? -1 : real(file, about);
}
int fstat64(int file, struct stat64* about) {
  REAL(fstat64);
  return hit_file(STAT, file) ? -1 : real(file, about);
}

/* Memory: the allocator itself is reached by its own names, since dlsym() allocates. */
void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* old, size_t size);
void* __libc_memalign(size_t alignment, size_t size);

static int is_in_library(const void* caller, const char* name) {
  Dl_info about;
  return dladdr(caller, &about) && about.dli_fname && strstr(about.dli_fname, name);
}
static int refused(const void* caller) {
  if (!begun || inside) return 0;
  __atomic_add_fetch(&counts[2 + MEMORY], 1, __ATOMIC_RELAXED);
  if (fault.kind != MEMORY || (fault.end[0] && !is_in_library(caller, fault.end))) return 0;
  inside = 1;
  const int before = errno, yes = fails_now();
  if (!yes) errno = before;
  inside = 0;
  return yes;
}
#define CALLER __builtin_return_address(0)
void* malloc(size_t size) { return refused(CALLER) ? 0 : __libc_malloc(size); }
void* calloc(size_t count, size_t size) { return refused(CALLER) ? 0 : __libc_calloc(count, size); }
void* realloc(void* old, size_t size) {
  return size > 0 && refused(CALLER) ? 0 : __libc_realloc(old, size);
}
void* memalign(size_t alignment, size_t size) {
  return refused(CALLER) ? 0 : __libc_memalign(alignment, size);
}
void* aligned_alloc(size_t alignment, size_t size) {
  return refused(CALLER) ? 0 : __libc_memalign(alignment, size);
}
int posix_memalign(void** to, size_t alignment, size_t size) {
  void* const place = refused(CALLER) ? 0 : __libc_memalign(alignment, size);
  if (!place) return ENOMEM;
  *to = place;
  return 0;
}
