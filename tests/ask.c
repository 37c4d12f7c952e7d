/* SPDX-License-Identifier: Apache-2.0 */
/* Answers a question over the C interface: ask QUESTION [--NAME VALUE ...]
 * [panel|scenario|posterior|file PATH ...]. Prints the arrays of the answer, one line each: the
 * name and the values with tabs; or the problems, and ends with the code. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tenbin.h"

static int refused(const tenbin_study* study, int code) {
  for (size_t k = 0; k < tenbin_problem_count(study); ++k)
    fprintf(stderr, "%s\n", tenbin_problem(study, k, TENBIN_WHOLE));
  return code;
}

static int give(tenbin_study* study, const char* what, const char* value) {
  if (strncmp(what, "--", 2) == 0) return tenbin_set(study, what + 2, value);
  if (strcmp(what, "file") == 0) return tenbin_set(study, "file", value);
  if (strcmp(what, "panel") == 0) return tenbin_read_panel(study, value);
  if (strcmp(what, "posterior") == 0) return tenbin_read_posterior(study, value);
  return tenbin_read_scenario(study, value);
}

static void print_array(const tenbin_array* a) {
  printf("%s", a->name);
  for (int64_t k = 0; k < a->size[0]; ++k) {
    const char* place = (const char*)a->data + k * a->stride[0];
    if (a->type == TENBIN_TEXT)
      printf("\t%s", *(const char* const*)place);
    else if (a->type == TENBIN_INT32)
      printf("\t%d", *(const int32_t*)place);
    else if (a->type == TENBIN_FLOAT64)
      printf("\t%.17g", *(const double*)place);
  }
  printf("\n");
}

int main(int argc, char** argv) {
  tenbin_study* study = tenbin_open();
  for (int k = 2; k + 1 < argc; k += 2) {
    const int code = give(study, argv[k], argv[k + 1]);
    if (code != TENBIN_DONE) return refused(study, code);
  }
  tenbin_result* result = NULL;
  const int code = tenbin_ask(study, argv[1], NULL, NULL, &result);
  if (code != TENBIN_DONE) return refused(study, code);
  for (size_t k = 0; k < tenbin_array_count(result); ++k) {
    tenbin_array array;
    tenbin_get_array(result, k, &array);
    print_array(&array);
  }
  tenbin_close_result(result);
  tenbin_close(study);
  return 0;
}
