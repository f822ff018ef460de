#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace assay::train {

/// The losses of a training, thinned to at most `most_points`: those of the steps that are multiples of a stride, which
/// doubles whenever there would be more.
class LossCurve {
 public:
  static constexpr std::size_t most_points = 999;
  struct Point {
    std::uint64_t step;  ///< updates done before
    double loss;
    bool operator==(const Point&) const = default;
  };

  LossCurve() = default;
  /// A curve that was saved. @throws InputError unless its steps are the multiples of a power of two, ascending from 0.
  explicit LossCurve(std::vector<Point> points);

  /// Takes the loss of a step; steps come in ascending order.
  void add(std::uint64_t step, double loss);
  [[nodiscard]] const std::vector<Point>& points() const noexcept { return points_; }
  /// [[step, loss], …] as JSON, with the last point given behind if its step is beyond the others.
  [[nodiscard]] std::string to_json(const Point& last) const;

 private:
  std::vector<Point> points_;
  std::uint64_t stride_ = 1;
};

}  // namespace assay::train
