// SPDX-License-Identifier: Apache-2.0
/* Loaded before a program (LD_PRELOAD), it makes one call of the system fail, or kills the process
 * there: FAULT="read:5:2:milex.csv" is errno 5 at the second read of a file whose path ends so;
 * "rename:KILL:3" kills the process at its third rename. FAULT_COUNT names a file to which the
 * number of calls of that kind is written. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static int calls;

/* Whether this call is the one. */
static int hit(const char* kind, const char* path) {
  const char* fault = getenv("FAULT");
  char wanted[16] = "", what[16] = "", end[256] = "";
  int at = 0;
  if (!fault || sscanf(fault, "%15[^:]:%15[^:]:%d:%255s", wanted, what, &at, end) < 3) return 0;
  if (strcmp(kind, wanted) != 0) return 0;
  if (path && strncmp(path, "pipe:", 5) == 0) return 0; /* between processes, not a disk */
  const size_t n = strlen(end), m = path ? strlen(path) : 0;
  if (n > 0 && (m < n || strcmp(path + m - n, end) != 0)) return 0;
  const int now = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
  const char* count = getenv("FAULT_COUNT");
  if (count) {
    FILE* out = fopen(count, "w");
    if (out) fprintf(out, "%d\n", now), fclose(out);
  }
  if (now != at) return 0;
  if (strcmp(what, "KILL") == 0) kill(getpid(), SIGKILL);
  errno = atoi(what);
  return 1;
}

static const char* path_of(int file, char* place, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const ssize_t n = readlink(link, place, size - 1);
  place[n > 0 ? n : 0] = 0;
  return place;
}

/* The function of that name that this one stands before. */
#define REAL(name)                   \
  static __typeof__(&name) real = 0; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t read(int file, void* to, size_t size) {
  REAL(read);
  char place[4096];
  const char* fault = getenv("FAULT");
  if (fault && strncmp(fault, "read:", 5) == 0 && hit("read", path_of(file, place, sizeof place)))
    return -1;
  return real(file, to, size);
}
ssize_t write(int file, const void* from, size_t size) {
  REAL(write);
  char place[4096];
  const char* fault = getenv("FAULT");
  if (file > 2 && fault && strncmp(fault, "write:", 6) == 0 &&
      hit("write", path_of(file, place, sizeof place)))
    return -1;
  return real(file, from, size);
}
ssize_t writev(int file, const struct iovec* parts, int count) {
  REAL(writev);
  char place[4096];
  const char* fault = getenv("FAULT");
  if (file > 2 && fault && strncmp(fault, "write:", 6) == 0 &&
      hit("write", path_of(file, place, sizeof place)))
    return -1;
  return real(file, parts, count);
}
/* Writes at a place count as writes. */
static int hit_at_place(int file) {
  char place[4096];
  const char* fault = getenv("FAULT");
  return file > 2 && fault && strncmp(fault, "write:", 6) == 0 &&
         hit("write", path_of(file, place, sizeof place));
}
ssize_t pwrite(int file, const void* from, size_t size, off_t at) {
  REAL(pwrite);
  return hit_at_place(file) ? -1 : real(file, from, size, at);
}
ssize_t pwrite64(int file, const void* from, size_t size, off64_t at) {
  REAL(pwrite64);
  return hit_at_place(file) ? -1 : real(file, from, size, at);
}
int fsync(int file) {
  REAL(fsync);
  return hit("fsync", "") ? -1 : real(file);
}
int rename(const char* from, const char* to) {
  REAL(rename);
  return hit("rename", to) ? -1 : real(from, to);
}
