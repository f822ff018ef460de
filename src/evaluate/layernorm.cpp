#include "evaluate/layernorm.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::evaluate {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t tile = 256;

/// A lower bound of σ over the box of a lane; 0 if there is no positive one.
double least_deviation(const LayernormBoxes& boxes, std::size_t lane) {
  const auto entry = [&](std::size_t e) { return boxes.v[e * boxes.lanes + lane]; };
  const MidRad count = midrad_from(static_cast<std::int64_t>(boxes.entries));
  MidRad mean{0, 0};
  for (std::size_t e = 0; e < boxes.entries; ++e) mean = add(mean, entry(e));
  if (divide(mean, MidRad(mean), count) != Status::ok) return 0;
  MidRad variance{0, 0};
  for (std::size_t e = 0; e < boxes.entries; ++e) variance = add(variance, square(subtract(entry(e), mean)));
  if (divide(variance, MidRad(variance), count) != Status::ok) return 0;
  const double least = lower(add(variance, boxes.eps[lane]));
  return least > 0 ? error_free::round_down(std::sqrt(least)) : 0;
}

/// The sums over j of a lane: of |aⱼ|·rⱼ and dⱼ·rⱼ, where aⱼ ± dⱼ encloses fⱼ.
struct Sums {
  double mid = 0;
  double rad = 0;
};

}  // namespace

/// With fᵢ ∈ aᵢ ± dᵢ,  |nδᵢⱼ − 1 − fᵢfⱼ| ≤ |nδᵢⱼ − 1 − aᵢaⱼ| + |aᵢ|dⱼ + dᵢ(|aⱼ| + dⱼ), so that
///     n·σ·K ≤ Σⱼ |nδᵢⱼ − 1 − aᵢaⱼ|·rⱼ + |aᵢ|·Σdⱼrⱼ + dᵢ·(Σ|aⱼ|rⱼ + Σdⱼrⱼ).
/// Rounding: fl(aᵢaⱼ) is off by u|aᵢaⱼ| + η/2 at most, over all j by u|aᵢ|Σ|aⱼ|rⱼ + nη as rⱼ ≤ 2; 2u is taken. What is
/// then left are sums of at most n + 2 non-negative terms of a few factors each: a factor (1 − u)^(n + 12) and nη at
/// most, for which 1 + 2(n + 16)u and the nη make up as long as nu is small.
std::vector<double> layernorm_slopes(const LayernormBoxes& boxes) {
  const std::size_t n = boxes.entries;
  const std::size_t lanes = boxes.lanes;
  const double count = static_cast<double>(n);
  const double rounding = 1 + (count + 16) * 0x1p-52;
  const double underflow = 4 * count * error_free::smallest;
  std::vector<double> mids(n * lanes);
  std::vector<Sums> sums(lanes);
  for (std::size_t e = 0; e < n; ++e)
    for (std::size_t l = 0; l < lanes; ++l) {
      const std::size_t i = e * lanes + l;
      mids[i] = boxes.values[i].mid;
      sums[l].mid += std::fabs(mids[i]) * boxes.radii[i];
      sums[l].rad += boxes.values[i].rad * boxes.radii[i];
    }
  std::vector<double> deviations(lanes);
  for (std::size_t l = 0; l < lanes; ++l) deviations[l] = least_deviation(boxes, l);
  std::vector<double> slopes(n * lanes, infinity);
  std::vector<double> total(tile);
  for (std::size_t first = 0; first < lanes; first += tile) {
    const std::size_t width = std::min(tile, lanes - first);
    for (std::size_t e = 0; e < n; ++e) {
      const double* own = &mids[e * lanes + first];
      std::fill(total.begin(), total.end(), 0.0);
      for (std::size_t j = 0; j < n; ++j) {
        const double* other = &mids[j * lanes + first];
        const double* radius = &boxes.radii[j * lanes + first];
        const double constant = j == e ? count - 1 : -1;
        for (std::size_t l = 0; l < width; ++l) total[l] += std::fabs(constant - own[l] * other[l]) * radius[l];
      }
      for (std::size_t l = 0; l < width; ++l) {
        const Sums& of = sums[first + l];
        const double a = std::fabs(own[l]);
        const double d = boxes.values[e * lanes + first + l].rad;
        const double bound = total[l] + a * (of.rad + 0x1p-52 * of.mid) + d * (of.mid + of.rad) + underflow;
        const double slope = bound * rounding / (count * deviations[first + l]) * (1 + 0x1p-50) + error_free::smallest;
        if (deviations[first + l] > 0 && std::isfinite(slope)) slopes[e * lanes + first + l] = slope;
      }
    }
  }
  return slopes;
}

}  // namespace assay::evaluate
