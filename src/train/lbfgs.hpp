#pragma once
#include <deque>

#include "train/optimizer.hpp"

namespace assay::train {

/// Limited-memory BFGS: Nocedal & Wright, "Numerical Optimization", 2nd ed., algorithm 7.5, whose direction −H∇f is
/// found by the two-loop recursion (7.4) from the last pairs s = change of the weights, y = change of the gradient, and
/// H⁰ = ⟨s, y⟩/⟨y, y⟩ of the newest pair. Where a line search fails the pairs are forgotten and steepest descent is
/// tried.
class LbfgsOptimizer final : public Optimizer {
 public:
  LbfgsOptimizer(const Lbfgs& settings, std::size_t size) : settings_(settings), size_(size) {}
  /// `factor` is not used: the line search chooses the length of the step.
  [[nodiscard]] Update update(Objective& objective, std::span<double> weights, LossAndGradient& at,
                              double factor) override;
  [[nodiscard]] OptimizerState state() const override;
  void restore(OptimizerState state) override;

 private:
  struct Pair {
    std::vector<double> step;    ///< s
    std::vector<double> change;  ///< y
    double product = 0;          ///< ⟨s, y⟩ > 0
  };

  [[nodiscard]] std::vector<double> direction(std::span<const double> gradient) const;
  [[nodiscard]] bool advance(Objective& objective, std::span<double> weights, LossAndGradient& at);
  void remember(Pair pair);

  Lbfgs settings_;
  std::size_t size_;
  std::deque<Pair> pairs_;  ///< oldest first
};

}  // namespace assay::train
