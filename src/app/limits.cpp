#include "app/commands.hpp"
#include "base/budget.hpp"

namespace assay::app {

void set_limits(Budget& budget, const Limits& limits) {
  if (limits.seconds > 0) budget.set_time_limit(limits.seconds);
  budget.set_memory_limit(limits.memory);
  budget.set_precision_limit(limits.precision);
}

}  // namespace assay::app
