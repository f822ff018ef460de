#pragma once
#include <cstdint>
#include <vector>

#include "train/settings.hpp"

namespace assay::train {

/// The minibatches of a training over `instances` instances.
///
/// Epoch e = 0, 1, … has an order of its own: 0, …, n−1 shuffled by Fisher and Yates (Durstenfeld's form, from the end:
/// for i = n−1, …, 1 exchange i with a uniform j <= i) with the stream "epoch e" of the seed. Its batches are
/// consecutive pieces of that order; the last is smaller if the size does not divide n. A batch depends on nothing but
/// its step, so an interrupted training goes on with the batches it would have seen.
class Batches {
 public:
  /// @param instances  n >= 1
  Batches(Batching batching, std::size_t instances);

  /// The instances of step t = 0, 1, …, in the order of the permutation.
  [[nodiscard]] std::vector<std::uint32_t> of_step(std::uint64_t step);
  [[nodiscard]] std::uint64_t steps_per_epoch() const noexcept { return steps_per_epoch_; }

 private:
  void shuffle(std::uint64_t epoch);

  std::size_t size_;
  std::int64_t seed_;
  std::uint64_t steps_per_epoch_;
  std::uint64_t epoch_ = UINT64_MAX;  ///< whose order `order_` is
  std::vector<std::uint32_t> order_;
};

}  // namespace assay::train
