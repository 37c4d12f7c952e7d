/* SPDX-License-Identifier: Apache-2.0 */
/* The C surface from C: a whole study, and what a wrong call gets. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tenbin/capi/tenbin.h"

#define CHECK(yes)                                               \
  do {                                                           \
    if (!(yes)) {                                                \
      printf("%s:%d: not true: %s\n", __FILE__, __LINE__, #yes); \
      exit(1);                                                   \
    }                                                            \
  } while (0)

static int count_and_go_on(double part, void* context) {
  CHECK(part >= 0 && part <= 1);
  ++*(int*)context;
  return 1;
}

static int stop(double part, void* context) {
  (void)part;
  (void)context;
  return 0;
}

int main(int argc, char** argv) {
  CHECK(argc == 2);
  CHECK(tenbin_api_version() == TENBIN_API_VERSION);
  CHECK(strlen(tenbin_version()) > 0);
  tenbin_close(NULL);
  CHECK(tenbin_read_scenario(NULL, argv[1]) == TENBIN_USAGE);
  CHECK(tenbin_problem(NULL, 0) == NULL);

  tenbin_study* study = tenbin_open();
  CHECK(study != NULL);
  CHECK(tenbin_project(study, 0, 0, NULL, NULL) == TENBIN_USAGE);
  CHECK(tenbin_problem_count(study) == 1);
  CHECK(tenbin_read_scenario(study, "no-such-file.toml") == TENBIN_REFUSED);
  CHECK(strstr(tenbin_problem(study, 0), "no-such-file.toml") != NULL);
  CHECK(tenbin_problem(study, 99) == NULL);
  CHECK(tenbin_read_scenario(study, NULL) == TENBIN_USAGE);
  CHECK(tenbin_state_count(study) == 0 && tenbin_state_id(study, 0) == NULL);

  CHECK(tenbin_read_scenario(study, argv[1]) == TENBIN_DONE);
  const size_t states = tenbin_state_count(study);
  const int start = tenbin_start_year(study), end = tenbin_end_year(study);
  CHECK(states == 4 && strcmp(tenbin_state_id(study, 1), "JPN") == 0);
  CHECK(start == 2025 && end == 2035);
  CHECK(tenbin_read_posterior(study, argv[1]) == TENBIN_REFUSED);
  CHECK(tenbin_fit(study, NULL, 0, stop, NULL) == TENBIN_STOPPED);
  int calls = 0;
  CHECK(tenbin_fit(study, NULL, 2, count_and_go_on, &calls) == TENBIN_DONE);
  CHECK(calls > 10);
  CHECK(tenbin_project(study, -1, 1, NULL, NULL) == TENBIN_USAGE);
  CHECK(tenbin_project(study, 600, 2, stop, NULL) == TENBIN_STOPPED);
  const size_t size = (size_t)(end - start + 1) * states * TENBIN_LEVELS;
  double* one = malloc(size * sizeof *one);
  double* two = malloc(size * sizeof *two);
  CHECK(tenbin_quantiles(study, TENBIN_BURDEN, one, size) == TENBIN_USAGE); /* nothing projected */
  CHECK(tenbin_project(study, 600, 1, NULL, NULL) == TENBIN_DONE);
  CHECK(tenbin_quantiles(study, 7, one, size) == TENBIN_USAGE);
  CHECK(tenbin_quantiles(study, TENBIN_BURDEN, one, size - 1) == TENBIN_USAGE);
  CHECK(tenbin_quantiles(study, TENBIN_BURDEN, one, size) == TENBIN_DONE);
  const double* japan_in_the_end = one + ((size_t)(end - start) * states + 1) * TENBIN_LEVELS;
  for (int k = 1; k < TENBIN_LEVELS; ++k) CHECK(japan_in_the_end[k] > japan_in_the_end[k - 1]);
  CHECK(japan_in_the_end[3] > 0.001 && japan_in_the_end[3] < 0.2);

  CHECK(tenbin_project(study, 600, 2, NULL, NULL) == TENBIN_DONE); /* the same bits */
  CHECK(tenbin_quantiles(study, TENBIN_BURDEN, two, size) == TENBIN_DONE);
  for (size_t k = 0; k < size; ++k) CHECK(one[k] == two[k] || (isnan(one[k]) && isnan(two[k])));
  CHECK(tenbin_quantiles(study, TENBIN_MILEX, two, size) == TENBIN_DONE);
  CHECK(two[0] > 1);
  free(one);
  free(two);
  tenbin_close(study);
  puts("the C surface holds");
  return 0;
}
