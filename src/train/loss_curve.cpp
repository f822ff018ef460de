#include "train/loss_curve.hpp"

#include <nlohmann/json.hpp>

#include "base/error.hpp"

namespace assay::train {

LossCurve::LossCurve(std::vector<Point> points) : points_(std::move(points)) {
  if (points_.size() > 1) stride_ = points_[1].step;
  bool regular = points_.size() <= most_points && stride_ != 0 && (stride_ & (stride_ - 1)) == 0;
  for (std::size_t i = 0; i < points_.size(); ++i) regular = regular && points_[i].step == i * stride_;
  if (!regular) throw InputError("the saved loss curve is damaged", "Train again without --resume.");
}

void LossCurve::add(std::uint64_t step, double loss) {
  if (step % stride_ != 0 || (!points_.empty() && step <= points_.back().step)) return;
  if (points_.size() == most_points) {
    stride_ *= 2;
    std::erase_if(points_, [this](const Point& point) { return point.step % stride_ != 0; });
    if (step % stride_ != 0) return;
  }
  points_.push_back({step, loss});
}

std::string LossCurve::to_json(const Point& last) const {
  nlohmann::json all = nlohmann::json::array();
  for (const Point& point : points_) all.push_back({point.step, point.loss});
  if (points_.empty() || points_.back().step < last.step) all.push_back({last.step, last.loss});
  return all.dump();
}

}  // namespace assay::train
