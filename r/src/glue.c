/* SPDX-License-Identifier: Apache-2.0 */
/* tenbin.h for R. Every call answers list(code, problems, result); R raises what is to be raised.
 * Long calls run in a thread of their own, so that this one can ask R for interrupts. */
#include <R.h>
#include <R_ext/Rdynload.h>
#include <R_ext/Visibility.h>
#include <Rinternals.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tenbin.h"

static void close_study(SEXP pointer) {
  tenbin_close(R_ExternalPtrAddr(pointer));
  R_ClearExternalPtr(pointer);
}

static void close_result(SEXP pointer) {
  tenbin_close_result(R_ExternalPtrAddr(pointer));
  R_ClearExternalPtr(pointer);
}

static SEXP study_tag, result_tag;

/* The address behind a pointer of ours; NULL for anything else, also for one from a saved session.
 */
static void* address(SEXP pointer, SEXP tag) {
  if (TYPEOF(pointer) != EXTPTRSXP || R_ExternalPtrTag(pointer) != tag) return NULL;
  return R_ExternalPtrAddr(pointer);
}
static tenbin_study* study_of(SEXP pointer) {
  tenbin_study* study = address(pointer, study_tag);
  if (!study) error("this is no study of tenbin, or one of an earlier session");
  return study;
}

static const char* text_of(SEXP text) {
  if (TYPEOF(text) != STRSXP || XLENGTH(text) != 1 || STRING_ELT(text, 0) == NA_STRING)
    error("a text is needed");
  return translateCharUTF8(STRING_ELT(text, 0));
}

static SEXP utf8(const char* text) { return text ? mkCharCE(text, CE_UTF8) : NA_STRING; }

/* --- results --------------------------------------------------------------------------------- */

/* The numbers of an array in R's order: the first dimension runs fastest. */
static SEXP values_of(const tenbin_array* a) {
  int64_t size[3] = {1, 1, 1}, stride[3] = {0, 0, 0};
  for (int d = 0; d < a->rank; ++d) size[d] = a->size[d], stride[d] = a->stride[d];
  const int type = a->type == TENBIN_TEXT ? STRSXP : a->type == TENBIN_FLOAT64 ? REALSXP : INTSXP;
  SEXP values = PROTECT(allocVector(type, (R_xlen_t)(size[0] * size[1] * size[2])));
  R_xlen_t to = 0;
  for (int64_t k = 0; k < size[2]; ++k)
    for (int64_t j = 0; j < size[1]; ++j)
      for (int64_t i = 0; i < size[0]; ++i, ++to) {
        const char* from = (const char*)a->data + i * stride[0] + j * stride[1] + k * stride[2];
        switch (a->type) {
          case TENBIN_TEXT:
            SET_STRING_ELT(values, to, utf8(*(const char* const*)from));
            break;
          case TENBIN_FLOAT64:
            REAL(values)[to] = *(const double*)from;
            break;
          case TENBIN_INT32:
            INTEGER(values)[to] = *(const int32_t*)from;
            break;
          default:
            INTEGER(values)[to] = *(const uint8_t*)from;
        }
      }
  if (a->rank > 1) {
    SEXP dim = PROTECT(allocVector(INTSXP, a->rank)), names = PROTECT(allocVector(STRSXP, a->rank));
    for (int d = 0; d < a->rank; ++d) {
      INTEGER(dim)[d] = (int)a->size[d];
      SET_STRING_ELT(names, d, utf8(a->dimension[d]));
    }
    setAttrib(values, R_DimSymbol, dim);
    setAttrib(values, install("dimensions"), names);
    UNPROTECT(2);
  }
  UNPROTECT(1);
  return values;
}

static SEXP arrays_of(const tenbin_result* result) {
  const size_t count = tenbin_array_count(result);
  SEXP list = PROTECT(allocVector(VECSXP, (R_xlen_t)count)),
       names = PROTECT(allocVector(STRSXP, (R_xlen_t)count));
  for (size_t k = 0; k < count; ++k) {
    tenbin_array a;
    tenbin_get_array(result, k, &a);
    SET_STRING_ELT(names, (R_xlen_t)k, utf8(a.name));
    SET_VECTOR_ELT(list, (R_xlen_t)k, values_of(&a));
  }
  setAttrib(list, R_NamesSymbol, names);
  UNPROTECT(2);
  return list;
}

static SEXP attributes_of(const tenbin_result* result) {
  const size_t count = tenbin_attribute_count(result);
  SEXP texts = PROTECT(allocVector(STRSXP, (R_xlen_t)count)),
       names = PROTECT(allocVector(STRSXP, (R_xlen_t)count));
  for (size_t k = 0; k < count; ++k) {
    const char* name = tenbin_attribute_name(result, k);
    SET_STRING_ELT(names, (R_xlen_t)k, utf8(name));
    SET_STRING_ELT(texts, (R_xlen_t)k, utf8(tenbin_attribute(result, name)));
  }
  setAttrib(texts, R_NamesSymbol, names);
  UNPROTECT(2);
  return texts;
}

/* A list of three with names; the values are protected by the caller. */
static SEXP named(const char* a, SEXP one, const char* b, SEXP two, const char* c, SEXP three) {
  SEXP list = PROTECT(allocVector(VECSXP, 3)), names = PROTECT(allocVector(STRSXP, 3));
  SET_VECTOR_ELT(list, 0, one);
  SET_VECTOR_ELT(list, 1, two);
  SET_VECTOR_ELT(list, 2, three);
  SET_STRING_ELT(names, 0, mkChar(a));
  SET_STRING_ELT(names, 1, mkChar(b));
  SET_STRING_ELT(names, 2, mkChar(c));
  setAttrib(list, R_NamesSymbol, names);
  UNPROTECT(2);
  return list;
}

/* list(arrays, attributes, pointer). R has copied the arrays, so that only who asks for more of a
 * result needs it open: the draws of a posterior are used again. */
static SEXP wrapped(tenbin_result* result) {
  if (!result) return R_NilValue;
  SEXP pointer = PROTECT(R_MakeExternalPtr(result, result_tag, R_NilValue));
  R_RegisterCFinalizerEx(pointer, close_result, TRUE);
  SEXP arrays = PROTECT(arrays_of(result)), attributes = PROTECT(attributes_of(result));
  if (tenbin_result_kind(result) != TENBIN_POSTERIOR) close_result(pointer);
  SEXP list = named("arrays", arrays, "attributes", attributes, "pointer", pointer);
  UNPROTECT(3);
  return list;
}

/* list(code, problems, result); problems is a matrix with columns text, where, what, mend, kind. */
static SEXP answer(int code, const tenbin_study* study, tenbin_result* result) {
  SEXP value = PROTECT(wrapped(result));
  const R_xlen_t count = (R_xlen_t)tenbin_problem_count(study);
  SEXP problems = PROTECT(allocMatrix(STRSXP, (int)count, 5));
  for (R_xlen_t k = 0; k < count; ++k)
    for (int part = TENBIN_WHOLE; part <= TENBIN_KIND; ++part)
      SET_STRING_ELT(problems, k + part * count, utf8(tenbin_problem(study, (size_t)k, part)));
  SEXP number = PROTECT(ScalarInteger(code));
  SEXP list = named("code", number, "problems", problems, "result", value);
  UNPROTECT(3);
  return list;
}

/* --- long calls ------------------------------------------------------------------------------ */

enum Verb { FIT, PROJECT, ASK, BRIEF };

typedef struct {
  enum Verb verb;
  tenbin_study* study;
  const char* text; /* the question, or the page's path */
  int flag;         /* keep, or plain */
  int code;
  tenbin_result* result;
  atomic_int stop, done;
  _Atomic double part;
} Work;

static int observe(double part, void* context) {
  Work* work = context;
  atomic_store(&work->part, part);
  return !atomic_load(&work->stop);
}

static void* run(void* context) {
  Work* work = context;
  switch (work->verb) {
    case FIT:
      work->code = tenbin_fit(work->study, observe, work);
      break;
    case PROJECT:
      work->code = tenbin_project(work->study, work->flag, observe, work, &work->result);
      break;
    case ASK:
      work->code = tenbin_ask(work->study, work->text, observe, work, &work->result);
      break;
    case BRIEF:
      work->code = tenbin_brief(work->study, work->text, work->flag, observe, work);
  }
  atomic_store(&work->done, 1);
  return NULL;
}

static void ask_for_interrupts(void* unused) {
  (void)unused;
  R_CheckUserInterrupt();
}

/* Waits for the work, hears interrupts, and shows progress where it is asked for. */
static void watch(Work* work, int progress) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, run, work) != 0) {
    run(work);
    return;
  }
  const struct timespec nap = {0, 20 * 1000 * 1000};
  int shown = -1;
  while (!atomic_load(&work->done)) {
    nanosleep(&nap, NULL);
    if (!R_ToplevelExec(ask_for_interrupts, NULL)) atomic_store(&work->stop, 1);
    const int percent = (int)(100 * atomic_load(&work->part));
    if (progress && percent > shown) REprintf("\r%3d %% ", shown = percent);
  }
  pthread_join(thread, NULL);
  if (progress) REprintf("\r      \r");
}

static SEXP tb_long(SEXP verb, SEXP study, SEXP text, SEXP flag, SEXP progress) {
  Work work = {.verb = (enum Verb)asInteger(verb), .study = study_of(study), .text = text_of(text)};
  work.flag = asLogical(flag) == TRUE;
  watch(&work, asLogical(progress) == TRUE);
  return answer(work.code, work.study, work.result);
}

/* --- short calls ----------------------------------------------------------------------------- */

static SEXP tb_open(void) {
  tenbin_study* study = tenbin_open();
  if (!study) error("there is not enough memory");
  SEXP pointer = PROTECT(R_MakeExternalPtr(study, study_tag, R_NilValue));
  R_RegisterCFinalizerEx(pointer, close_study, TRUE);
  UNPROTECT(1);
  return pointer;
}

static SEXP tb_set(SEXP pointer, SEXP name, SEXP value) {
  tenbin_study* study = study_of(pointer);
  return answer(tenbin_set(study, text_of(name), text_of(value)), study, NULL);
}

/* Reads a panel, scenario or posterior, or writes or exports a posterior. */
static SEXP tb_file(SEXP verb, SEXP pointer, SEXP path) {
  tenbin_study* study = study_of(pointer);
  static int (*const calls[])(tenbin_study*, const char*) = {
      tenbin_read_panel, tenbin_read_scenario, tenbin_read_posterior, tenbin_write_posterior};
  const int which = asInteger(verb);
  if (which < 0 || which > 3) error("there is no such call");
  return answer(calls[which](study, text_of(path)), study, NULL);
}

static SEXP tb_use(SEXP pointer, SEXP posterior) {
  tenbin_study* study = study_of(pointer);
  return answer(tenbin_use_posterior(study, address(posterior, result_tag)), study, NULL);
}

static SEXP tb_import_files(SEXP pointer, SEXP source, SEXP files, SEXP folder) {
  tenbin_study* study = study_of(pointer);
  if (TYPEOF(files) != STRSXP) error("texts are needed");
  const R_xlen_t count = XLENGTH(files);
  const char** paths = (const char**)R_alloc((size_t)count + 1, sizeof *paths);
  for (R_xlen_t k = 0; k < count; ++k) paths[k] = translateCharUTF8(STRING_ELT(files, k));
  tenbin_result* result = NULL;
  const int code =
      tenbin_import(study, text_of(source), paths, (size_t)count, text_of(folder), &result);
  return answer(code, study, result);
}

static SEXP tb_about(void) {
  SEXP texts = PROTECT(allocVector(STRSXP, 2));
  SET_STRING_ELT(texts, 0, utf8(tenbin_version()));
  SET_STRING_ELT(texts, 1, utf8(tenbin_data_folder()));
  UNPROTECT(1);
  return texts;
}

static const R_CallMethodDef calls[] = {
    {"tb_open", (DL_FUNC)&tb_open, 0},   {"tb_set", (DL_FUNC)&tb_set, 3},
    {"tb_file", (DL_FUNC)&tb_file, 3},   {"tb_use", (DL_FUNC)&tb_use, 2},
    {"tb_long", (DL_FUNC)&tb_long, 5},   {"tb_import_files", (DL_FUNC)&tb_import_files, 4},
    {"tb_about", (DL_FUNC)&tb_about, 0}, {NULL, NULL, 0}};

void attribute_visible R_init_tenbin(DllInfo* library) {
  study_tag = install("tenbin_study");
  result_tag = install("tenbin_result");
  R_registerRoutines(library, NULL, calls, NULL, NULL);
  R_useDynamicSymbols(library, FALSE);
  if (tenbin_api_version() != TENBIN_API_VERSION)
    error("libtenbin speaks version %d of its interface, this package %d", tenbin_api_version(),
          TENBIN_API_VERSION);
}
