#include "train/first_order.hpp"

#include <cmath>

#include "base/error.hpp"
#include "train/lbfgs.hpp"

namespace assay::train {

namespace {

constexpr const char* fresh_start = "Train again without --resume.";

/// x^n by squaring: unlike the library's pow, the same bits everywhere.
double power(double x, std::uint64_t n) {
  double result = 1;
  while (n > 0) {
    if ((n & 1U) != 0) result *= x;
    x *= x;
    n >>= 1U;
  }
  return result;
}

}  // namespace

std::vector<double> take_array(OptimizerState& state, const std::string& name, std::size_t size) {
  const auto found = state.find(name);
  if (found == state.end() || found->second.size() != size)
    throw InputError(
        "the saved state of the optimizer has no array '" + name + "' of " + std::to_string(size) + " numbers",
        fresh_start);
  return std::move(found->second);
}

std::uint64_t take_count(OptimizerState& state, const std::string& name) {
  const double count = take_array(state, name, 1)[0];
  if (!(count >= 0 && count <= 0x1p53 && std::floor(count) == count))
    throw InputError("the saved state of the optimizer has no count '" + name + "'", fresh_start);
  return static_cast<std::uint64_t>(count);
}

SgdOptimizer::SgdOptimizer(const Sgd& settings, std::size_t size)
    : settings_(settings), velocity_(settings.momentum != 0 ? size : 0, 0.0) {}

Update SgdOptimizer::update(Objective& /*objective*/, std::span<double> weights, LossAndGradient& at, double factor) {
  const double rate = settings_.rate * factor;
  const double decay = settings_.weight_decay;
  const double momentum = settings_.momentum;
  const double* gradient = at.gradient.data();
  if (momentum == 0) {
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] -= rate * (gradient[i] + decay * weights[i]);
    return Update::moved;
  }
  // The first update finds v = 0, and momentum·0 + g = g as in PyTorch.
  double* velocity = velocity_.data();
  const double looked_ahead = settings_.nesterov ? momentum : 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double g = gradient[i] + decay * weights[i];
    velocity[i] = momentum * velocity[i] + g;
    weights[i] -= rate * (settings_.nesterov ? g + looked_ahead * velocity[i] : velocity[i]);
  }
  return Update::moved;
}

OptimizerState SgdOptimizer::state() const { return {{"velocity", velocity_}}; }

void SgdOptimizer::restore(OptimizerState state) { velocity_ = take_array(state, "velocity", velocity_.size()); }

AdamOptimizer::AdamOptimizer(const Adam& settings, std::size_t size)
    : settings_(settings), first_moment_(size, 0.0), second_moment_(size, 0.0) {}

Update AdamOptimizer::update(Objective& /*objective*/, std::span<double> weights, LossAndGradient& at, double factor) {
  ++updates_;
  const double rate = settings_.rate * factor;
  const double beta1 = settings_.beta1;
  const double beta2 = settings_.beta2;
  const double shrink = settings_.decoupled ? 1 - rate * settings_.weight_decay : 1;
  const double decay = settings_.decoupled ? 0 : settings_.weight_decay;
  const double step_length = rate / (1 - power(beta1, updates_));
  const double root_of_correction = std::sqrt(1 - power(beta2, updates_));
  const double epsilon = settings_.epsilon;
  const double* gradient = at.gradient.data();
  double* w = weights.data();
  double* m = first_moment_.data();
  double* v = second_moment_.data();
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double g = gradient[i] + decay * w[i];
    m[i] = beta1 * m[i] + (1 - beta1) * g;
    v[i] = beta2 * v[i] + (1 - beta2) * (g * g);
    w[i] = shrink * w[i] - step_length * (m[i] / (std::sqrt(v[i]) / root_of_correction + epsilon));
  }
  return Update::moved;
}

OptimizerState AdamOptimizer::state() const {
  return {
      {"first moment", first_moment_}, {"second moment", second_moment_}, {"updates", {static_cast<double>(updates_)}}};
}

void AdamOptimizer::restore(OptimizerState state) {
  updates_ = take_count(state, "updates");
  first_moment_ = take_array(state, "first moment", first_moment_.size());
  second_moment_ = take_array(state, "second moment", second_moment_.size());
}

std::unique_ptr<Optimizer> make_optimizer(const OptimizerSettings& settings, std::size_t size) {
  if (const auto* sgd = std::get_if<Sgd>(&settings)) return std::make_unique<SgdOptimizer>(*sgd, size);
  if (const auto* adam = std::get_if<Adam>(&settings)) return std::make_unique<AdamOptimizer>(*adam, size);
  return std::make_unique<LbfgsOptimizer>(std::get<Lbfgs>(settings), size);
}

const char* name_of(const OptimizerSettings& settings) noexcept {
  if (std::holds_alternative<Sgd>(settings)) return "sgd";
  if (const auto* adam = std::get_if<Adam>(&settings)) return adam->decoupled ? "adamw" : "adam";
  return "lbfgs";
}

}  // namespace assay::train
