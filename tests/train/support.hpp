#pragma once
#include <cmath>
#include <functional>
#include <vector>

#include "train/training.hpp"

/// Objectives with known gradients.
namespace assay::train::testing {

/// Any function of the weights; writes its gradient.
class FunctionObjective : public Objective {
 public:
  using Function = std::function<double(std::span<const double>, std::span<double>)>;
  FunctionObjective(std::size_t size, Function function) : size_(size), function_(std::move(function)) {}

  [[nodiscard]] std::size_t size() const override { return size_; }
  double evaluate(std::span<const double> weights, std::span<double> gradient) override {
    ++evaluations;
    return function_(weights, gradient);
  }
  [[nodiscard]] std::size_t instances() const override { return 0; }
  void restrict_to(std::vector<std::uint32_t> /*instances*/) override {}

  int evaluations = 0;

 private:
  std::size_t size_;
  Function function_;
};

/// Σ aᵢ(wᵢ − tᵢ)²/2 with a = (1, 10, 100), t = (1, −2, 1/2): the loss of the facts from PyTorch.
inline FunctionObjective quadratic() {
  return {3, [](std::span<const double> w, std::span<double> g) {
            const double a[] = {1, 10, 100};
            const double t[] = {1, -2, 0.5};
            double loss = 0;
            for (std::size_t i = 0; i < 3; ++i) {
              g[i] = a[i] * (w[i] - t[i]);
              loss += g[i] * (w[i] - t[i]) / 2;
            }
            return loss;
          }};
}
inline const std::vector<double> quadratic_start = {0.5, -1.0, 2.0};

/// Σ 100(x_{2i+1} − x_{2i}²)² + (1 − x_{2i})², minimal at (1, …, 1).
inline FunctionObjective rosenbrock(std::size_t pairs) {
  return {2 * pairs, [](std::span<const double> x, std::span<double> g) {
            double loss = 0;
            for (std::size_t i = 0; i < x.size(); i += 2) {
              const double u = x[i + 1] - x[i] * x[i];
              const double v = 1 - x[i];
              loss += 100 * u * u + v * v;
              g[i] = -400 * u * x[i] - 2 * v;
              g[i + 1] = 200 * u;
            }
            return loss;
          }};
}

/// mean over instances i of (w₀ + w₁xᵢ − yᵢ)², xᵢ = i/n, yᵢ = sin(3xᵢ); remembers which instances it was asked for.
class Regression : public Objective {
 public:
  explicit Regression(std::size_t instances) : instances_(instances) {}
  [[nodiscard]] std::size_t size() const override { return 2; }
  [[nodiscard]] std::size_t instances() const override { return instances_; }
  void restrict_to(std::vector<std::uint32_t> instances) override { chosen_ = std::move(instances); }
  double evaluate(std::span<const double> w, std::span<double> g) override {
    seen.push_back(chosen_);
    g[0] = g[1] = 0;
    double loss = 0;
    const std::size_t count = chosen_.empty() ? instances_ : chosen_.size();
    for (std::size_t k = 0; k < count; ++k) {
      const double x = static_cast<double>(chosen_.empty() ? k : chosen_[k]) / static_cast<double>(instances_);
      const double r = w[0] + w[1] * x - std::sin(3 * x);
      loss += r * r / static_cast<double>(count);
      g[0] += 2 * r / static_cast<double>(count);
      g[1] += 2 * r * x / static_cast<double>(count);
    }
    return loss;
  }

  std::vector<std::vector<std::uint32_t>> seen;

 private:
  std::size_t instances_;
  std::vector<std::uint32_t> chosen_;
};

}  // namespace assay::train::testing
