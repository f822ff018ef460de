#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// What a training minimizes, as the optimisers see it: a differentiable function of one flat vector of weights.
namespace assay::train {

/// A real function of `size()` weights in machine doubles, with its gradient. Nothing here is trusted: a trained
/// network is data, of which claims are proved afterwards.
class Objective {
 public:
  Objective() = default;
  Objective(const Objective&) = delete;
  Objective& operator=(const Objective&) = delete;
  virtual ~Objective() = default;

  [[nodiscard]] virtual std::size_t size() const = 0;
  /// The value at `weights`; writes the gradient, of the same size. May be NaN or infinite, which is for the caller to
  /// notice.
  virtual double evaluate(std::span<const double> weights, std::span<double> gradient) = 0;
  /// Number of instances of the outermost `mean` of the loss; 0 if it has none, and then there are no minibatches.
  [[nodiscard]] virtual std::size_t instances() const = 0;
  /// From now on the outermost mean runs over these instances only (positions in its domain); empty: over all.
  virtual void restrict_to(std::vector<std::uint32_t> instances) = 0;
};

}  // namespace assay::train
