/* SPDX-License-Identifier: Apache-2.0 */
/* The C interface from C: a whole study, and what a wrong call gets. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tenbin.h"

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

static tenbin_array array_of(const tenbin_result* result, const char* name) {
  tenbin_array array;
  for (size_t k = 0; k < tenbin_array_count(result); ++k) {
    CHECK(tenbin_get_array(result, k, &array) == TENBIN_DONE);
    if (strcmp(array.name, name) == 0) return array;
  }
  printf("there is no array %s\n", name);
  exit(1);
}

static double number_at(const tenbin_array* a, int64_t i, int64_t j, int64_t k) {
  const int64_t at[] = {i, j, k};
  const char* place = a->data;
  for (int d = 0; d < a->rank; ++d) place += at[d] * a->stride[d];
  return *(const double*)place;
}

/* Wrong calls: each has a code and words, and changes nothing. */
static void wrong_calls(tenbin_study* study, const char* scenario) {
  tenbin_result* result = (tenbin_result*)study; /* must become NULL */
  CHECK(tenbin_read_scenario(NULL, scenario) == TENBIN_USAGE);
  CHECK(tenbin_problem(NULL, 0, TENBIN_WHOLE) == NULL);
  CHECK(tenbin_project(study, 0, NULL, NULL, &result) == TENBIN_USAGE && result == NULL);
  CHECK(tenbin_problem_count(study) == 1);
  CHECK(tenbin_project(study, 0, NULL, NULL, NULL) == TENBIN_USAGE);
  CHECK(tenbin_read_scenario(study, "no-such-file.toml") == TENBIN_REFUSED);
  CHECK(strstr(tenbin_problem(study, 0, TENBIN_WHOLE), "no-such-file.toml") != NULL);
  CHECK(strcmp(tenbin_problem(study, 0, TENBIN_WHERE), "no-such-file.toml") == 0);
  CHECK(strcmp(tenbin_problem(study, 0, TENBIN_KIND), "refuse") == 0);
  CHECK(tenbin_problem(study, 0, 99) == NULL && tenbin_problem(study, 99, 0) == NULL);
  CHECK(tenbin_read_scenario(study, NULL) == TENBIN_USAGE);
  CHECK(tenbin_set(study, "chains", "0") == TENBIN_USAGE);
  CHECK(strcmp(tenbin_problem(study, 0, TENBIN_WHOLE),
               "--chains: 0 is out of range. Give a whole number from 1 to 64.") == 0);
  CHECK(tenbin_set(study, "chians", "4") == TENBIN_USAGE);
  CHECK(strstr(tenbin_problem(study, 0, TENBIN_MEND), "\"chains\"") != NULL);
  CHECK(tenbin_ask(study, "no such question", NULL, NULL, &result) == TENBIN_USAGE);
  CHECK(tenbin_ask(study, "posterior", NULL, NULL, &result) == TENBIN_USAGE && result == NULL);
  CHECK(tenbin_use_posterior(study, NULL) == TENBIN_USAGE);
  CHECK(tenbin_import(study, "sipri", NULL, 0, "x", &result) == TENBIN_USAGE);
  tenbin_array array;
  CHECK(tenbin_array_count(NULL) == 0 && tenbin_get_array(NULL, 0, &array) == TENBIN_USAGE);
  CHECK(tenbin_attribute(NULL, "digest") == NULL && tenbin_attribute_count(NULL) == 0);
  CHECK(tenbin_result_kind(NULL) == -1);
}

static void kinds_and_texts(const tenbin_result* table, const tenbin_result* futures,
                            const tenbin_result* posterior) {
  CHECK(tenbin_result_kind(table) == TENBIN_TABLE);
  CHECK(tenbin_result_kind(futures) == TENBIN_FUTURES);
  CHECK(tenbin_result_kind(posterior) == TENBIN_POSTERIOR);
  CHECK(tenbin_attribute_count(table) == 2 && tenbin_attribute_name(table, 2) == NULL);
  CHECK(strcmp(tenbin_attribute_name(table, 1), "text") == 0);
  CHECK(strstr(tenbin_attribute(table, "text"), tenbin_attribute(futures, "digest")) != NULL);
}

static tenbin_result* fitted(tenbin_study* study, const char* scenario) {
  CHECK(tenbin_read_scenario(study, scenario) == TENBIN_DONE);
  CHECK(tenbin_read_panel(study, "anything") == TENBIN_USAGE);
  CHECK(tenbin_read_posterior(study, scenario) == TENBIN_REFUSED);
  CHECK(tenbin_set(study, "priors", "wide") == TENBIN_DONE);
  CHECK(tenbin_set(study, "draws", "250") == TENBIN_DONE);
  CHECK(tenbin_fit(study, stop, NULL) == TENBIN_STOPPED);
  int calls = 0;
  CHECK(tenbin_fit(study, count_and_go_on, &calls) == TENBIN_DONE && calls > 10);
  tenbin_result* posterior = NULL;
  CHECK(tenbin_ask(study, "posterior", NULL, NULL, &posterior) == TENBIN_DONE);
  tenbin_array target = array_of(posterior, "target");
  CHECK(target.rank == 3 && target.size[0] == 4 && target.size[1] == 250 && target.size[2] >= 3);
  CHECK(strcmp(target.dimension[0], "chain") == 0 && strcmp(target.dimension[2], "state") == 0);
  CHECK(number_at(&target, 3, 249, target.size[2] - 1) < 0);
  return posterior;
}

static tenbin_result* projected(tenbin_study* study) {
  tenbin_result* futures = NULL;
  CHECK(tenbin_set(study, "futures", "600") == TENBIN_DONE);
  CHECK(tenbin_project(study, 0, stop, NULL, &futures) == TENBIN_STOPPED && futures == NULL);
  CHECK(tenbin_set(study, "threads", "1") == TENBIN_DONE);
  CHECK(tenbin_project(study, 1, NULL, NULL, &futures) == TENBIN_DONE);
  return futures;
}

/* The same futures `one` in another study, on two threads. */
static tenbin_result* projected_again(tenbin_study* other, const char* scenario,
                                      const tenbin_result* posterior, const tenbin_result* one) {
  tenbin_result* two = NULL;
  CHECK(tenbin_read_scenario(other, scenario) == TENBIN_DONE);
  CHECK(tenbin_use_posterior(other, one) == TENBIN_USAGE);
  CHECK(tenbin_use_posterior(other, posterior) == TENBIN_DONE);
  CHECK(tenbin_set(other, "futures", "600") == TENBIN_DONE);
  CHECK(tenbin_set(other, "threads", "2") == TENBIN_DONE);
  CHECK(tenbin_project(other, 1, NULL, NULL, &two) == TENBIN_DONE);
  CHECK(strcmp(tenbin_attribute(one, "digest"), tenbin_attribute(two, "digest")) == 0);
  CHECK(strlen(tenbin_attribute(one, "digest")) == 64);
  return two;
}

static void same_futures(const tenbin_result* one, const tenbin_result* two) {
  tenbin_array burden = array_of(one, "burden"), again = array_of(two, "burden"),
               quantile = array_of(one, "burden_quantile");
  CHECK(burden.rank == 3 && burden.size[0] == 11 && burden.size[1] == 4 && burden.size[2] == 600);
  for (int64_t year = 0; year < burden.size[0]; ++year)
    for (int64_t state = 0; state < burden.size[1]; ++state)
      for (int64_t future = 0; future < burden.size[2]; ++future) {
        const double a = number_at(&burden, year, state, future),
                     b = number_at(&again, year, state, future);
        CHECK(a == b || (isnan(a) && isnan(b)));
      }
  int below = 0; /* the quantiles are those of the futures */
  for (int64_t future = 0; future < 600; ++future)
    below += number_at(&burden, 10, 1, future) <= number_at(&quantile, 10, 1, 3);
  CHECK(below >= 299 && below <= 301);
}

static void brief_is_whole_or_none(tenbin_study* study, const char* page) {
  CHECK(tenbin_brief(study, page, 1, stop, NULL) == TENBIN_STOPPED);
  CHECK(fopen(page, "r") == NULL); /* nothing half written */
  CHECK(tenbin_brief(study, page, 1, NULL, NULL) == TENBIN_DONE);
  CHECK(tenbin_problem_count(study) == 1 && fopen(page, "r") != NULL);
  remove(page);
  CHECK(tenbin_brief(study, "/no/such/folder/page.html", 1, NULL, NULL) == TENBIN_OUTPUT);
}

int main(int argc, char** argv) {
  CHECK(argc == 3);
  const char *scenario = argv[1], *page = argv[2];
  CHECK(tenbin_api_version() == TENBIN_API_VERSION);
  CHECK(strlen(tenbin_version()) > 0 && strlen(tenbin_data_folder()) > 0);
  tenbin_close(NULL);
  tenbin_close_result(NULL);
  tenbin_study* study = tenbin_open();
  CHECK(study != NULL);
  wrong_calls(study, scenario);

  tenbin_result *posterior = fitted(study, scenario), *one = projected(study), *table = NULL;
  tenbin_study* other = tenbin_open();
  tenbin_result* two = projected_again(other, scenario, posterior, one);
  tenbin_close(study); /* results outlive their study */
  same_futures(one, two);
  CHECK(tenbin_ask(other, "project", NULL, NULL, &table) == TENBIN_DONE);
  tenbin_array states = array_of(table, "state");
  CHECK(states.type == TENBIN_TEXT && states.rank == 1 && states.size[0] > 40);
  CHECK(strlen(*(const char* const*)states.data) > 0);
  kinds_and_texts(table, one, posterior);
  brief_is_whole_or_none(other, page);
  tenbin_close_result(table);
  tenbin_close_result(posterior);
  tenbin_close_result(one);
  tenbin_close_result(two);
  tenbin_close(other);
  puts("the C interface holds");
  return 0;
}
