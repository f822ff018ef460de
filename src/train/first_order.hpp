#pragma once
#include "train/optimizer.hpp"

/// Optimizers that use the gradient at the present weights only; their formulas are in train/settings.hpp.
namespace assay::train {

class SgdOptimizer final : public Optimizer {
 public:
  SgdOptimizer(const Sgd& settings, std::size_t size);
  [[nodiscard]] Update update(Objective& objective, std::span<double> weights, LossAndGradient& at,
                              double factor) override;
  [[nodiscard]] OptimizerState state() const override;
  void restore(OptimizerState state) override;

 private:
  Sgd settings_;
  std::vector<double> velocity_;  ///< empty without momentum
};

class AdamOptimizer final : public Optimizer {
 public:
  AdamOptimizer(const Adam& settings, std::size_t size);
  [[nodiscard]] Update update(Objective& objective, std::span<double> weights, LossAndGradient& at,
                              double factor) override;
  [[nodiscard]] OptimizerState state() const override;
  void restore(OptimizerState state) override;

 private:
  Adam settings_;
  std::uint64_t updates_ = 0;
  std::vector<double> first_moment_;
  std::vector<double> second_moment_;
};

}  // namespace assay::train
