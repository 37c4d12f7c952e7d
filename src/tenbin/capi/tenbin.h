/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TENBIN_H
#define TENBIN_H

/* The C interface of tenbin: the Python and R packages stand on it, and so may any program.
 *
 * A study holds what is asked about (a panel, or scenarios on one panel), the settings and a
 * posterior. Every question gives a result: arrays with names and dimensions, which are read where
 * they lie. Results outlive their study and never change.
 *
 * Errors. Every function that can fail returns a code; what went wrong stands in the study's
 * problems until its next call that can fail, in the words of the command line. After TENBIN_DONE
 * they are notes. No function prints, exits or throws, whatever it is given for a text or number;
 * pointers to texts and places must be NULL or valid. A study or result that is closed, or that
 * never was one, is TENBIN_USAGE (or NULL, 0, -1): what a caller holds is a number that is not used
 * again, never an address.
 *
 * Threads. Any number of studies may be used at the same time. Calls on one study wait for each
 * other; an observer that calls the study whose work it observes gets TENBIN_USAGE. The texts of a
 * study's problems hold until its next call that can fail, so who shares a study between threads
 * keeps others away until they are read. A result may be read by any number of threads. A process
 * may fork at any time: in the child, a study that another thread was using is TENBIN_USAGE.
 *
 * Policy. TENBIN_API_VERSION counts changes that break a program that was built before: a function
 * or member that is gone or means something else, an array that has another name, type or order of
 * dimensions. Functions, settings, questions, arrays and attributes may be added without a new
 * number; numbers may change with the model, and CHANGELOG.md says so first. Compare
 * tenbin_api_version() with TENBIN_API_VERSION before anything else.
 */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define TENBIN_API __attribute__((visibility("default")))
#else
#define TENBIN_API
#endif

#define TENBIN_API_VERSION 2

typedef struct tenbin_study tenbin_study;
typedef struct tenbin_result tenbin_result;

/* The codes are those that the command line exits with. */
enum {
  TENBIN_DONE = 0,
  TENBIN_USAGE = 2,   /* a wrong argument, or a call before the one that it needs */
  TENBIN_REFUSED = 3, /* input refused */
  TENBIN_OUTPUT = 4,  /* could not write */
  TENBIN_STOPPED = 5, /* the observer said so */
  TENBIN_MEMORY = 6,  /* not enough memory; the study is as it was */
  TENBIN_BUG = 70
};

/* Versions of this interface and of the program. */
TENBIN_API int tenbin_api_version(void);
TENBIN_API const char* tenbin_version(void);
/* The folder of the panels, priors and templates that are shipped with it; not to be freed. */
TENBIN_API const char* tenbin_data_folder(void);

/* An empty study; NULL only without memory. Close every study. Closing NULL, or one that is closed,
 * does nothing; a call that is using it goes on to its end. */
TENBIN_API tenbin_study* tenbin_open(void);
TENBIN_API void tenbin_close(tenbin_study* study);

/* Problems of the last call, each in parts. Kinds are "refuse" and "note". */
enum { TENBIN_WHOLE, TENBIN_WHERE, TENBIN_WHAT, TENBIN_MEND, TENBIN_KIND };
TENBIN_API size_t tenbin_problem_count(const tenbin_study* study);
TENBIN_API const char* tenbin_problem(const tenbin_study* study, size_t which,
                                      int part); /* NULL: there is no such */

/* Sets a setting, by the name of its flag on the command line ("chains"), as text ("4"). The
 * question "settings" lists them, "questions" says which call or question listens to which. It
 * holds for what is asked from now on. */
TENBIN_API int tenbin_set(tenbin_study* study, const char* name, const char* value);

/* Reads a panel's folder. The first is the panel of the questions, a second one the later release
 * that "figures" and "medians" compare it with. */
TENBIN_API int tenbin_read_panel(tenbin_study* study, const char* folder);
/* Reads a scenario file with its panel. The first is the baseline; the others must share its panel,
 * start, end and seed. A study has either scenarios or panels. */
TENBIN_API int tenbin_read_scenario(tenbin_study* study, const char* path);

/* Told the part done, 0-1; answers whether to go on (0: stop, and it is not asked again). It may be
 * called from other threads than the caller's, never from two at once. */
typedef int (*tenbin_observer)(double part, void* context);

/* The posterior: fitted now, by the settings priors, terms, without, leave-out, as-of, chains,
 * warmup, draws, accept, fit-seed; or one that `tenbin fit` or tenbin_write_posterior() wrote, a
 * .fit file; or the one of a result of the question "posterior". It must be of this panel, up to
 * the scenarios' start. Observers may be NULL everywhere. */
TENBIN_API int tenbin_fit(tenbin_study* study, tenbin_observer observer, void* context);
TENBIN_API int tenbin_read_posterior(tenbin_study* study, const char* path);
TENBIN_API int tenbin_use_posterior(tenbin_study* study, const tenbin_result* posterior);
/* Writes a .fit file, or, if the name ends in .nc, netCDF for other programs, which tenbin does not
 * read. */
TENBIN_API int tenbin_write_posterior(tenbin_study* study, const char* path);

/* Projects the first scenario, by the settings futures and threads. The result has the quantiles
 * burden_quantile and milex_quantile [year][state][level] (NaN: none) and the means burden_mean
 * and milex_mean [year][state]; with `keep` also every future: burden and milex
 * [year][state][future], and dispute [year][dyad][future] where disputes are drawn. Its attribute
 * "digest" is that of `tenbin project`. */
TENBIN_API int tenbin_project(tenbin_study* study, int keep, tenbin_observer observer,
                              void* context, tenbin_result** result);

/* Answers a question with a result, by the settings. The question "questions" lists them all, with
 * what must have been read before (nothing, the setting "file", a panel, two panels, scenarios, a
 * posterior) and the settings that each listens to. A result is the table that the verb of that
 * name writes, one array a column, all of the dimension "row"; its attribute "text" is what the
 * verb prints, and "holds" is "0" where the command line ends with 1. Files that settings such as
 * "plot" name are written. Five questions are answered by arrays of more dimensions: panel,
 * posterior, posterior_economy, sample_stats, sample_stats_economy (docs/c.md). */
TENBIN_API int tenbin_ask(tenbin_study* study, const char* question, tenbin_observer observer,
                          void* context, tenbin_result** result);

/* Writes the briefing of the scenarios as one HTML file. `plain`: without a script. Its headline is
 * the one note of the call. */
TENBIN_API int tenbin_brief(tenbin_study* study, const char* path, int plain,
                            tenbin_observer observer, void* context);

/* Puts `count` published files of a source into a panel's folder, new or not, as `tenbin import`
 * does, by the settings states and add-states. The study itself is not changed. The result tells of
 * each table. */
TENBIN_API int tenbin_import(tenbin_study* study, const char* source, const char* const* files,
                             size_t count, const char* folder, tenbin_result** result);

/* An array of a result. Element [i][j]... lies at data + i * stride[0] + j * stride[1] ...; strides
 * are in bytes. Everything it points to belongs to the result. */
enum { TENBIN_TEXT, TENBIN_INT32, TENBIN_FLOAT64, TENBIN_UINT8 }; /* TENBIN_TEXT: const char* */
enum { TENBIN_MOST_DIMENSIONS = 3 };
typedef struct {
  const char* name;                              /* "milex" */
  const char* unit;                              /* "" where it has none */
  const char* meaning;                           /* one line */
  int type;                                      /* TENBIN_TEXT ... */
  int rank;                                      /* number of dimensions, 1 to 3 */
  const char* dimension[TENBIN_MOST_DIMENSIONS]; /* names: "year" */
  int64_t size[TENBIN_MOST_DIMENSIONS];
  int64_t stride[TENBIN_MOST_DIMENSIONS];
  const void* data;
} tenbin_array;

TENBIN_API size_t tenbin_array_count(const tenbin_result* result);
/* TENBIN_USAGE: there is no such. */
TENBIN_API int tenbin_get_array(const tenbin_result* result, size_t which, tenbin_array* array);
/* What kind of result it is; -1 for NULL. */
enum { TENBIN_TABLE, TENBIN_PANEL, TENBIN_POSTERIOR, TENBIN_SAMPLING, TENBIN_FUTURES };
TENBIN_API int tenbin_result_kind(const tenbin_result* result);
/* Texts that belong to a result, such as "digest", and their names in alphabetical order. NULL:
 * there is no such. */
TENBIN_API size_t tenbin_attribute_count(const tenbin_result* result);
TENBIN_API const char* tenbin_attribute_name(const tenbin_result* result, size_t which);
TENBIN_API const char* tenbin_attribute(const tenbin_result* result, const char* name);
TENBIN_API void tenbin_close_result(tenbin_result* result);

#ifdef __cplusplus
}
#endif

#endif
