// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <chrono>

#include "tenbin/io/panel_reader.hpp"
#include "tenbin/model/density.hpp"
#include "tenbin/num/random.hpp"
using namespace tenbin;
template <class D>
void go(const char* name, D d) {
  auto theta = d.start();
  std::vector<double> g(theta.size());
  for (auto& x : theta) x += 0.01;
  double s = 0;
  const int n = 5000;
  auto t0 = clock();
  for (int i = 0; i < n; ++i) {
    theta[i % theta.size()] += 1e-9;
    s += d(theta, g);
  }
  double us = double(clock() - t0) / CLOCKS_PER_SEC / n * 1e6;
  fmt::print("{}: {:.2f} us ({})\n", name, us, s);
}
int main(int, char** w) {
  const Panel panel = read_panel(w[1]);
  const auto rows = fitted_rows(panel);
  const RowTable a = row_table(Equation::spending, rows, panel),
                 b = row_table(Equation::economy, rows, panel);
  go("spending", SpendingDensity(a, wide_priors(Equation::spending)));
  go("economy", EconomyDensity(b, wide_priors(Equation::economy)));
}
