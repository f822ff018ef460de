#include "train/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace assay::train {

double rate_factor(const Schedule& schedule, std::uint64_t update, std::uint64_t steps) {
  if (schedule.form == Schedule::Form::constant) return 1;
  if (update < schedule.warmup) return static_cast<double>(update) / static_cast<double>(schedule.warmup);
  if (schedule.form == Schedule::Form::warmup || steps <= schedule.warmup) return 1;
  const double progress = static_cast<double>(update - schedule.warmup) / static_cast<double>(steps - schedule.warmup);
  const double wave = (1 + std::cos(std::numbers::pi * std::min(progress, 1.0))) / 2;
  return schedule.final + (1 - schedule.final) * wave;
}

}  // namespace assay::train
