/* SPDX-License-Identifier: Apache-2.0 */
/* The first example of docs/c.md: Japan's share of GDP in the last year, the middle of the futures.
 */
#include <stdio.h>
#include <string.h>
#include <tenbin.h>

static int failed(tenbin_study* study) {
  for (size_t k = 0; k < tenbin_problem_count(study); ++k)
    fprintf(stderr, "%s\n", tenbin_problem(study, k, TENBIN_WHOLE));
  return 1;
}

int main(void) {
  if (tenbin_api_version() != TENBIN_API_VERSION) return 1;
  tenbin_study* study = tenbin_open();
  tenbin_result* futures = NULL;
  char path[4096];
  snprintf(path, sizeof path, "%s/../scenarios/japan-announced.toml", tenbin_data_folder());
  if (tenbin_read_scenario(study, path) != TENBIN_DONE) return failed(study);
  tenbin_set(study, "draws", "200");
  if (tenbin_fit(study, NULL, NULL) != TENBIN_DONE) return failed(study);
  if (tenbin_project(study, 0, NULL, NULL, &futures) != TENBIN_DONE) return failed(study);

  tenbin_array states, quantile;
  int64_t japan = -1;
  for (size_t k = 0; k < tenbin_array_count(futures); ++k) {
    tenbin_array array;
    tenbin_get_array(futures, k, &array);
    if (strcmp(array.name, "state") == 0) states = array;
    if (strcmp(array.name, "burden_quantile") == 0) quantile = array;
  }
  for (int64_t i = 0; i < states.size[0]; ++i)
    if (strcmp(((const char* const*)states.data)[i], "JPN") == 0) japan = i;
  const char* place = quantile.data;
  place += (quantile.size[0] - 1) * quantile.stride[0] + japan * quantile.stride[1];
  printf("data in %s\n", tenbin_data_folder());
  printf("Japan, last year: %.2f %% of GDP in the middle of the futures; %s\n",
         100 * *(const double*)(place + 3 * quantile.stride[2]),
         tenbin_attribute(futures, "digest"));
  tenbin_close_result(futures);
  tenbin_close(study);
  return 0;
}
