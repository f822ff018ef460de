#pragma once
#include <vector>

#include "number/midrad.hpp"

/// The mean value form of layer normalisation.
///
/// Let f(v) = c/σ with c = v − mean(v) and σ = √(mean(c²) + ε), for n entries. Its Jacobian is
///     ∂fᵢ/∂vⱼ = (δᵢⱼ − 1/n − fᵢfⱼ/n)/σ,
/// as ∂cᵢ/∂vⱼ = δᵢⱼ − 1/n and, because Σc = 0, ∂σ/∂vⱼ = cⱼ/(nσ). Evaluated as it is defined over a box with midpoint m
/// and radii r, f is enclosed 1.5 to 3 times too wide, more for few entries, since v occurs three times. But
///     |fᵢ(v) − fᵢ(m)| ≤ Σⱼ sup|∂fᵢ/∂vⱼ|·rⱼ
/// for all v in the box, where σ has no zero, by the mean value theorem along the segment from m to v; for narrow boxes
/// that is the range up to terms of second order. Source: R. E. Moore, Interval Analysis (1966), chapter 6.
namespace assay::evaluate {

/// What is known in each lane; entry e of lane l at e·lanes + l.
struct LayernormBoxes {
  std::size_t entries = 0;
  std::size_t lanes = 0;
  std::vector<MidRad> v;       ///< the boxes
  std::vector<MidRad> values;  ///< enclosures of f over them
  std::vector<double> radii;   ///< upper bounds of the rⱼ, relative to some ρ > 0 of the lane
  std::vector<MidRad> eps;     ///< one for each lane
};

/// Upper bounds K of Σⱼ sup|∂fᵢ/∂vⱼ|·rⱼ/ρ over the boxes, for each entry and lane; infinite where σ may be 0 or
/// something is not finite. Takes n² steps of two products for each lane.
[[nodiscard]] std::vector<double> layernorm_slopes(const LayernormBoxes& boxes);

}  // namespace assay::evaluate
