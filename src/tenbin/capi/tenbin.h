/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TENBIN_H
#define TENBIN_H

/* The narrow C surface of tenbin, a draft (version 0: it may still change). The page's engine,
 * Python and R stand on it.
 *
 * A study is one scenario on its panel, a posterior and the futures. Every function that can fail
 * returns a code; what went wrong stands in the study's problems until its next call that can fail.
 * One study belongs to one thread at a time; different studies may be used at the same time. Texts
 * that are returned belong to the study and hold until its next call. No function prints or exits.
 */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TENBIN_API_VERSION 0

typedef struct tenbin_study tenbin_study;

/* The codes are those that the command line exits with. */
enum {
  TENBIN_DONE = 0,
  TENBIN_USAGE = 2,   /* a wrong argument, or a call before the one that it needs */
  TENBIN_REFUSED = 3, /* input refused */
  TENBIN_OUTPUT = 4,  /* could not write */
  TENBIN_STOPPED = 5, /* the observer said so */
  TENBIN_BUG = 70
};

enum { TENBIN_MILEX = 0, TENBIN_BURDEN = 1 }; /* millions of the panel's money; share of GDP */
enum { TENBIN_LEVELS = 7 };                   /* quantiles at 5, 10, 25, 50, 75, 90, 95 % */

/* Version of this surface and of the program. */
int tenbin_api_version(void);
const char* tenbin_version(void);

/* An empty study; NULL only without memory. Close every study; closing NULL does nothing. */
tenbin_study* tenbin_open(void);
void tenbin_close(tenbin_study* study);

/* Problems of the last call that failed, and notes of the one that did not. */
size_t tenbin_problem_count(const tenbin_study* study);
const char* tenbin_problem(const tenbin_study* study, size_t which); /* NULL: there is no such */

/* Reads a scenario file and its panel. */
int tenbin_read_scenario(tenbin_study* study, const char* path);

/* The posterior: one that `tenbin fit` wrote, of the same panel; or a fit now, with the default
 * options and the priors of a file (NULL: the wide ones). The observer is told the part done, 0-1,
 * and answers whether to go on (0: stop, and it is not asked again); NULL: none. It may be called
 * from other threads than the caller's, never from two at once. */
typedef int (*tenbin_observer)(double part, void* context);
int tenbin_read_posterior(tenbin_study* study, const char* path);
int tenbin_fit(tenbin_study* study, const char* priors_path, int threads, tenbin_observer observer,
               void* context);

/* Projects `futures` futures (0: the scenario's own number) on so many threads (0: one a core). */
int tenbin_project(tenbin_study* study, int64_t futures, int threads, tenbin_observer observer,
                   void* context);

/* After a scenario was read: states in the panel's order, years from the last observed one. */
size_t tenbin_state_count(const tenbin_study* study);
const char* tenbin_state_id(const tenbin_study* study, size_t state); /* NULL: there is no such */
int tenbin_start_year(const tenbin_study* study);
int tenbin_end_year(const tenbin_study* study);

/* After the projection: [year][state][level] into `out`, which holds `size` numbers and must have
 * room for exactly all of them. NaN: the state has no such futures. */
int tenbin_quantiles(tenbin_study* study, int quantity, double* out, size_t size);

#ifdef __cplusplus
}
#endif

#endif
