// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tenbin/capi/tenbin.h"
#include "tenbin/core/problem.hpp"
#include "tenbin/core/tidy.hpp"
#include "tenbin/fit/fit.hpp"

/// One dimension of an array, with the bytes from one element to the next.
struct Dimension {
  const char* name;
  std::size_t size;
  std::size_t stride;
};

/// Arrays and texts that outlive the study which made them. Filled once, then only read.
struct tenbin_result {
  explicit tenbin_result(int kind) : kind(kind) {}

  /// A view of numbers that `hold()` keeps alive.
  template <class Number>  // NOLINTNEXTLINE(performance-unnecessary-value-param): it is moved
  void view(std::string_view name, std::vector<Dimension> dimensions, const Number* data,
            std::string_view unit = "", std::string_view meaning = "") {
    add(name, std::move(dimensions), data, type_of(data), unit, meaning);
  }
  /// Numbers of its own, dense, the last dimension running fastest; of the dimensions only names
  /// and sizes count.
  template <class Number>
  void own(std::string_view name, std::vector<Dimension> dimensions, std::vector<Number> numbers,
           std::string_view unit = "", std::string_view meaning = "") {
    auto kept = std::make_shared<const std::vector<Number>>(std::move(numbers));
    dense(dimensions, sizeof(Number));
    view(name, std::move(dimensions), kept->data(), unit, meaning);
    hold(std::move(kept));
  }
  void texts(std::string_view name, const char* dimension, const std::vector<std::string>& texts,
             std::string_view meaning = "");
  void table(const tenbin::TidyTable& table);
  void attribute(std::string name, std::string text);
  void hold(std::shared_ptr<const void> what) { held_.push_back(std::move(what)); }

  int kind;  // TENBIN_TABLE ...
  std::vector<tenbin_array> arrays;
  std::map<std::string, std::string, std::less<>> attributes;
  // of the question "posterior": what tenbin_use_posterior() takes
  std::shared_ptr<const tenbin::Posterior> posterior;

 private:
  static int type_of(const std::int32_t*) { return TENBIN_INT32; }
  static int type_of(const double*) { return TENBIN_FLOAT64; }
  static int type_of(const std::uint8_t*) { return TENBIN_UINT8; }
  static int type_of(const char* const*) { return TENBIN_TEXT; }
  static void dense(std::vector<Dimension>& dimensions, std::size_t size);
  void add(std::string_view name, std::vector<Dimension> dimensions, const void* data, int type,
           std::string_view unit, std::string_view meaning);
  const char* keep(std::string_view text);

  std::deque<std::string> texts_;  // their addresses stay
  std::vector<std::shared_ptr<const void>> held_;
};
