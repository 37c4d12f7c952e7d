// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/logit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <type_traits>

#include "tenbin/core/problem.hpp"
#include "tenbin/num/elementary.hpp"

namespace tenbin {
namespace {

constexpr int logit_width = 4;  // on every machine, so that the sums have one order
using Four = Lane<logit_width>;
constexpr std::size_t n = Logit::most_columns;  // of each block; those not used hold zeros
constexpr double no_row = -700;                 // offset that leaves a row no say

/// What a batch of blocks says: log density, and its slope and curvature by offset + beta x. In
/// stages, each a loop whose rounds do not wait for each other.
struct Said {
  static constexpr std::size_t batch = 16;
  Four eta[batch], slope[batch], curvature[batch], factor[batch];  // the density holds -log factor

  TENBIN_INLINE Said(const Four* block, const Four* beta) {
    Four e[batch];
    for (std::size_t b = 0; b < batch; ++b) {
      const Four* x = block + b * (n + 2);
      eta[b] = x[0];
      for (std::size_t k = 0; k < n; ++k) eta[b] += beta[k] * x[2 + k];
    }
    for (std::size_t b = 0; b < batch; ++b) e[b] = exp(-absolute(eta[b]));
    for (std::size_t b = 0; b < batch; ++b) {
      factor[b] = Four(1.0) + e[b];
      const Four inverse = Four(1.0) / factor[b], less = e[b] * inverse;
      slope[b] = block[b * (n + 2) + 1] - select(eta[b] > Four(0.0), inverse, less);
      curvature[b] = less * inverse;
    }
  }
};

/// Adds up log density (first) and slopes of all rows. The logs are taken of products of a batch's
/// factors, which lie between 1 and 2.
TENBIN_CLONES void add_rows(const Four* block, std::size_t blocks, const Four* beta, Four* sums) {
  Four density(0.0), slopes[n];
  for (Four& slope : slopes) slope = Four(0.0);
  for (std::size_t first = 0; first < blocks; first += Said::batch) {
    const Said s(block, beta);
    Four product(1.0);
    for (std::size_t b = 0; b < Said::batch; ++b, block += n + 2) {
      density += block[1] * s.eta[b] - maximum(s.eta[b], Four(0.0));
      product *= s.factor[b];
      for (std::size_t k = 0; k < n; ++k) slopes[k] += s.slope[b] * block[2 + k];
    }
    density -= log(product);
  }
  sums[0] = density;
  for (std::size_t k = 0; k < n; ++k) sums[1 + k] = slopes[k];
}

TENBIN_CLONES void add_curvature(const Four* block, std::size_t blocks, const Four* beta,
                                 Four* sums) {
  for (std::size_t first = 0; first < blocks; first += Said::batch) {
    const Said s(block, beta);
    for (std::size_t b = 0; b < Said::batch; ++b, block += n + 2)
      for (std::size_t i = 0; i < n; ++i) {
        const Four weighted = s.curvature[b] * block[2 + i];
        for (std::size_t j = 0; j <= i; ++j) sums[i * n + j] += weighted * block[2 + j];
      }
  }
}

/// Each slope four times over; those of unused columns are 0.
std::array<Four, n> side_by_side(std::span<const double> beta) {
  std::array<Four, n> all;
  for (std::size_t k = 0; k < n; ++k) all[k] = Four(k < beta.size() ? beta[k] : 0.0);
  return all;
}

}  // namespace

Logit::Logit(const LogitRows& rows, std::vector<Prior> priors) : priors_(std::move(priors)) {
  TENBIN_ASSERT(rows.columns == size() && size() <= n);
  auto packed = std::make_shared<Packed>();
  constexpr std::size_t batch = Said::batch * logit_width;  // rows
  packed->blocks = (rows.size() + batch - 1) / batch * Said::batch;
  packed->values.assign(packed->blocks * (n + 2), Four(0.0));
  for (std::size_t r = 0; r < packed->blocks * logit_width; ++r) {
    Four* block = &packed->values[r / logit_width * (n + 2)];
    const int k = static_cast<int>(r % logit_width);
    put(block[0], k, r >= rows.size() ? no_row : rows.offset.empty() ? 0.0 : rows.offset[r]);
    if (r >= rows.size()) continue;
    put(block[1], k, rows.came[r] ? 1.0 : 0.0);
    for (std::size_t c = 0; c < size(); ++c) put(block[2 + c], k, rows.x[r * size() + c]);
  }
  packed_ = std::move(packed);
}

double Logit::operator()(std::span<const double> beta, std::span<double> grad) const {
  const auto all = side_by_side(beta);
  std::array<Four, n + 1> sums;
  add_rows(packed_->values.data(), packed_->blocks, all.data(), sums.data());
  double density = sum(sums[0]);
  for (std::size_t k = 0; k < size(); ++k) {
    const double q = (beta[k] - priors_[k].mean) / priors_[k].sd;
    density -= 0.5 * q * q;
    grad[k] = sum(sums[1 + k]) - q / priors_[k].sd;
  }
  return density - density == 0 ? density : -std::numeric_limits<double>::infinity();
}

std::vector<double> Logit::curvature(std::span<const double> beta) const {
  const auto all = side_by_side(beta);
  std::vector<Four> sums(n * n, Four(0.0));
  add_curvature(packed_->values.data(), packed_->blocks, all.data(), sums.data());
  std::vector<double> result(size() * size());
  for (std::size_t i = 0; i < size(); ++i)
    for (std::size_t j = 0; j <= i; ++j)
      result[i * size() + j] = result[j * size() + i] =
          sum(sums[i * n + j]) + (i == j ? 1 / (priors_[i].sd * priors_[i].sd) : 0.0);
  return result;
}

Logit::Mode Logit::mode() const {
  constexpr int most_steps = 100, most_halvings = 40;
  constexpr double near = 1e-12;
  std::vector<double> beta, grad(size()), next_grad(size());
  for (const Prior& p : priors_) beta.push_back(p.mean);
  double density = (*this)(beta, grad);
  for (int step = 0;; ++step) {
    auto factor = Cholesky::of(curvature(beta), size());
    TENBIN_ASSERT(factor);  // the priors make it positive definite
    std::vector<double> move = factor->solve(grad), next(size());
    double size_of_move = 0;
    for (const double m : move) size_of_move = std::max(size_of_move, std::abs(m));
    if (size_of_move < near || step == most_steps) return {beta, *std::move(factor)};
    double part = 1, there = density;
    for (int h = 0; h < most_halvings; ++h, part /= 2) {
      for (std::size_t k = 0; k < size(); ++k) next[k] = beta[k] + part * move[k];
      there = (*this)(next, next_grad);
      if (there >= density - 1e-9 * std::abs(density)) break;
    }
    beta = next, grad = next_grad, density = there;
  }
}

}  // namespace tenbin
