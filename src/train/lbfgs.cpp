#include "train/lbfgs.hpp"

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "train/inner_product.hpp"
#include "train/line_search.hpp"

namespace assay::train {

namespace {

void add_multiple(std::vector<double>& x, double factor, const std::vector<double>& y) {
  for (std::size_t i = 0; i < x.size(); ++i) x[i] += factor * y[i];
}

/// Σ |xᵢ|
double sum_norm(std::span<const double> x) {
  double sum = 0;
  for (const double entry : x) sum += std::fabs(entry);
  return sum;
}

}  // namespace

/// −H∇f: algorithm 7.4.
std::vector<double> LbfgsOptimizer::direction(std::span<const double> gradient) const {
  std::vector<double> q(gradient.size());
  std::transform(gradient.begin(), gradient.end(), q.begin(), [](double g) { return -g; });
  std::vector<double> alphas(pairs_.size());
  for (std::size_t i = pairs_.size(); i-- > 0;) {
    alphas[i] = inner_product(pairs_[i].step, q) / pairs_[i].product;
    add_multiple(q, -alphas[i], pairs_[i].change);
  }
  if (!pairs_.empty()) {
    const Pair& newest = pairs_.back();
    const double scale = newest.product / inner_product(newest.change, newest.change);
    for (double& entry : q) entry *= scale;
  }
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    const double beta = inner_product(pairs_[i].change, q) / pairs_[i].product;
    add_multiple(q, alphas[i] - beta, pairs_[i].step);
  }
  return q;
}

/// A step along the direction of the present pairs; false if there is none.
bool LbfgsOptimizer::advance(Objective& objective, std::span<double> weights, LossAndGradient& at) {
  const std::vector<double> p = direction(at.gradient);
  const double slope = inner_product(at.gradient, p);
  if (!(slope < 0) || !std::isfinite(slope)) return false;
  // Without curvature the length of the gradient says nothing about that of the step; PyTorch begins so, too.
  const double first = pairs_.empty() ? std::min(1.0, 1 / sum_norm(at.gradient)) : 1.0;
  LineSearch search(objective, weights, p, at, settings_);
  if (!search.run(first)) return false;
  Pair pair{search.weights(), search.found().gradient, 0};
  for (std::size_t i = 0; i < weights.size(); ++i) pair.step[i] -= weights[i];
  for (std::size_t i = 0; i < weights.size(); ++i) pair.change[i] -= at.gradient[i];
  std::copy(search.weights().begin(), search.weights().end(), weights.begin());
  std::swap(at, search.found());
  remember(std::move(pair));
  return true;
}

/// The Wolfe conditions make ⟨s, y⟩ positive; rounding, or a search that gave up, may not.
void LbfgsOptimizer::remember(Pair pair) {
  pair.product = inner_product(pair.step, pair.change);
  const double lengths =
      std::sqrt(inner_product(pair.step, pair.step)) * std::sqrt(inner_product(pair.change, pair.change));
  if (!(pair.product > 0x1p-52 * lengths) || !std::isfinite(lengths)) return;
  pairs_.push_back(std::move(pair));
  if (pairs_.size() > settings_.history) pairs_.pop_front();
}

Update LbfgsOptimizer::update(Objective& objective, std::span<double> weights, LossAndGradient& at, double /*factor*/) {
  if (advance(objective, weights, at)) return Update::moved_and_evaluated;
  if (pairs_.empty()) return Update::stalled;
  pairs_.clear();
  return advance(objective, weights, at) ? Update::moved_and_evaluated : Update::stalled;
}

OptimizerState LbfgsOptimizer::state() const {
  OptimizerState state{{"pairs", {static_cast<double>(pairs_.size())}}};
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    state["step " + std::to_string(i)] = pairs_[i].step;
    state["change " + std::to_string(i)] = pairs_[i].change;
  }
  return state;
}

void LbfgsOptimizer::restore(OptimizerState state) {
  const std::uint64_t count = take_count(state, "pairs");
  if (count > settings_.history)
    throw InputError("the saved state of the optimizer has more pairs than `history`", "Train again without --resume.");
  pairs_.clear();
  for (std::size_t i = 0; i < count; ++i)
    remember({take_array(state, "step " + std::to_string(i), size_),
              take_array(state, "change " + std::to_string(i), size_), 0});
}

}  // namespace assay::train
