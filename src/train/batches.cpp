#include "train/batches.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "base/contract.hpp"
#include "train/random_weights.hpp"

namespace assay::train {

Batches::Batches(Batching batching, std::size_t instances)
    : size_(static_cast<std::size_t>(std::min<std::uint64_t>(batching.size, instances))),
      seed_(batching.seed),
      steps_per_epoch_(0),
      order_(instances) {
  ASSAY_ENSURE(size_ >= 1 && instances <= UINT32_MAX, "there are batches of at least one instance");
  steps_per_epoch_ = (instances + size_ - 1) / size_;
}

void Batches::shuffle(std::uint64_t epoch) {
  std::iota(order_.begin(), order_.end(), 0U);
  SplitMix64 random(stream_seed(seed_, "epoch " + std::to_string(epoch)));
  for (std::size_t i = order_.size() - 1; i > 0; --i) std::swap(order_[i], order_[random.below(i + 1)]);
  epoch_ = epoch;
}

std::vector<std::uint32_t> Batches::of_step(std::uint64_t step) {
  const std::uint64_t epoch = step / steps_per_epoch_;
  if (epoch != epoch_) shuffle(epoch);
  const std::size_t begin = static_cast<std::size_t>(step % steps_per_epoch_) * size_;
  const std::size_t end = std::min(begin + size_, order_.size());
  return {order_.begin() + static_cast<std::ptrdiff_t>(begin), order_.begin() + static_cast<std::ptrdiff_t>(end)};
}

}  // namespace assay::train
