#pragma once
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "train/objective.hpp"
#include "train/settings.hpp"

namespace assay::train {

/// A point's loss and gradient.
struct LossAndGradient {
  double loss = 0;
  std::vector<double> gradient;
};

/// Named arrays of doubles: what an optimizer remembers between updates.
using OptimizerState = std::map<std::string, std::vector<double>>;

enum class Update : std::uint8_t {
  moved,                ///< the weights have changed
  moved_and_evaluated,  ///< and loss and gradient are those of the new weights
  stalled               ///< no step lowers the loss; nothing has changed
};

/// Moves weights so that a loss falls. What an update does is a function of the state, the arguments and nothing else.
class Optimizer {
 public:
  Optimizer() = default;
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;
  virtual ~Optimizer() = default;

  /// One update.
  /// @param at      loss and gradient at `weights`, finite.
  /// @param factor  of the learning rate, from the schedule.
  [[nodiscard]] virtual Update update(Objective& objective, std::span<double> weights, LossAndGradient& at,
                                      double factor) = 0;
  [[nodiscard]] virtual OptimizerState state() const = 0;
  /// Goes on from a saved state. @throws InputError if it is none of this optimizer for `size` weights.
  virtual void restore(OptimizerState state) = 0;
};

/// @param size  number of weights.
[[nodiscard]] std::unique_ptr<Optimizer> make_optimizer(const OptimizerSettings& settings, std::size_t size);

/// The array `name` of a saved state, checked to have `size` entries. @throws InputError
[[nodiscard]] std::vector<double> take_array(OptimizerState& state, const std::string& name, std::size_t size);
/// The count in the one-entry array `name`. @throws InputError unless it is an integer from 0 to 2^53.
[[nodiscard]] std::uint64_t take_count(OptimizerState& state, const std::string& name);

}  // namespace assay::train
