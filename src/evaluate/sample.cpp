#include "evaluate/sample.hpp"

#include <set>

#include "base/budget.hpp"

namespace assay::evaluate {

void for_each_subset(std::size_t n, std::optional<std::size_t> k, std::size_t limit,
                     const std::function<void(const std::vector<std::size_t>&)>& visit) {
  std::size_t visited = 0;
  for (std::size_t size = k.value_or(0); size <= (k ? *k : n); ++size) {
    if (size > n) return;
    std::vector<std::size_t> positions(size);
    for (std::size_t i = 0; i < size; ++i) positions[i] = i;
    for (;;) {
      if (++visited > limit) throw BudgetExceeded("more than 16 million subsets");
      visit(positions);
      std::size_t i = size;
      while (i > 0 && positions[i - 1] == n - size + i - 1) --i;
      if (i == 0) break;
      ++positions[i - 1];
      for (; i < size; ++i) positions[i] = positions[i - 1] + 1;
    }
  }
}

std::vector<std::size_t> sample_positions(std::size_t n, std::size_t count, SplitMix64& random) {
  std::set<std::size_t> chosen;
  for (std::size_t j = count < n ? n - count : 0; j < n; ++j) {
    const std::size_t draw = random.below(j + 1);
    if (!chosen.insert(draw).second) chosen.insert(j);
  }
  return {chosen.begin(), chosen.end()};
}

std::vector<std::size_t> sample_positions(std::size_t n, std::size_t count, std::int64_t seed) {
  SplitMix64 random(static_cast<std::uint64_t>(seed));
  return sample_positions(n, count, random);
}

}  // namespace assay::evaluate
