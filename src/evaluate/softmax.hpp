#pragma once
#include "evaluate/value.hpp"
#include "number/end.hpp"

/// Sharp ranges of softmax and log_sum_exp over boxes, written once for the enclosing arithmetics.
///
/// Evaluated as they are defined, the entries of v occur several times in softmax(v), so that the enclosure of a
/// confident one has a radius far above its range, and exp of a large entry overflows. But softmax(v)ᵢ = e^vᵢ/Σⱼ e^vⱼ
/// is increasing in vᵢ and decreasing in every other vⱼ, and log_sum_exp is increasing in all: over a box with the ends
/// aⱼ ≤ bⱼ,
///
///     softmax(v)ᵢ ∈ [e^aᵢ/(e^aᵢ + Σ_{j≠i} e^bⱼ), e^bᵢ/(e^bᵢ + Σ_{j≠i} e^aⱼ)],
///     log Σ e^vⱼ ∈ [log Σ e^aⱼ, log Σ e^bⱼ],
///
/// and these ends are attained. Both are computed of v − s, for a number s that keeps the exponentials in reach; any s
/// is right, as softmax(v) = softmax(v − s) and log Σ e^vⱼ = s + log Σ e^(vⱼ − s).
///
/// Everything below is an operation on enclosures of exact numbers, so that there are no rounding errors to be bounded
/// here. Sums are made along trees: with n terms a rounding error enters at most 2⌈log₂ n⌉ times instead of n times.
///
/// Arrays are those of the evaluator: entry e of lane l is at e·lanes + l, and loops over lanes are innermost.
namespace assay::evaluate {

/// Σ_{k≠e} terms(k, l) for each entry e and lane l; 0 if there is no other.
///
/// In the tree whose node k has the children 2k and 2k + 1 and whose leaves are n, …, 2n − 1, first each node gets the
/// sum of the leaves below it, from the leaves upwards, then that of the leaves not below it, from the root downwards.
template <class A>
[[nodiscard]] typename A::RealArray sums_of_others(const A& arithmetic, const typename A::RealArray& terms,
                                                   std::size_t entries, std::size_t lanes) {
  typename A::RealArray tree(2 * entries * lanes);
  const auto row = [lanes](std::size_t node, std::size_t lane) { return node * lanes + lane; };
  for (std::size_t i = 0; i < entries * lanes; ++i) tree.set(entries * lanes + i, terms.get(i));
  typename A::Real sum;
  for (std::size_t node = entries - 1; node > 1; --node)
    for (std::size_t l = 0; l < lanes; ++l) {
      static_cast<void>(arithmetic.add(sum, tree.get(row(2 * node, l)), tree.get(row(2 * node + 1, l))));
      tree.set(row(node, l), sum);
    }
  for (std::size_t l = 0; l < lanes; ++l) tree.set(row(1, l), arithmetic.real(0));
  for (std::size_t node = 1; node < entries; ++node)
    for (std::size_t l = 0; l < lanes; ++l) {
      const typename A::Real outside = tree.get(row(node, l));
      const typename A::Real left = tree.get(row(2 * node, l));
      static_cast<void>(arithmetic.add(sum, outside, tree.get(row(2 * node + 1, l))));
      tree.set(row(2 * node, l), sum);
      static_cast<void>(arithmetic.add(sum, outside, left));
      tree.set(row(2 * node + 1, l), sum);
    }
  typename A::RealArray others(entries * lanes);
  for (std::size_t i = 0; i < entries * lanes; ++i) others.set(i, tree.get(entries * lanes + i));
  return others;
}

/// Σ_e terms(e, l) for each lane l, by halving: the terms are used up.
template <class A>
[[nodiscard]] typename A::RealArray sums_of_all(const A& arithmetic, typename A::RealArray terms, std::size_t entries,
                                                std::size_t lanes) {
  typename A::Real sum;
  for (std::size_t left = entries; left > 1; left = (left + 1) / 2)
    for (std::size_t e = 0; e < left / 2; ++e)
      for (std::size_t l = 0; l < lanes; ++l) {
        const std::size_t other = (e + (left + 1) / 2) * lanes + l;
        static_cast<void>(arithmetic.add(sum, terms.get(e * lanes + l), terms.get(other)));
        terms.set(e * lanes + l, sum);
      }
  return terms;
}

/// In each lane a point about where the largest of those ends of the entries is.
template <class A>
[[nodiscard]] std::vector<typename A::Real> largest_ends(const A& arithmetic, End end, const typename A::RealArray& x,
                                                         std::size_t entries, std::size_t lanes) {
  std::vector<typename A::Real> largest(lanes);
  for (std::size_t l = 0; l < lanes; ++l) largest[l] = arithmetic.point_near(end, x.get(l));
  for (std::size_t e = 1; e < entries; ++e)
    for (std::size_t l = 0; l < lanes; ++l)
      static_cast<void>(arithmetic.maximum(largest[l], largest[l], arithmetic.point_near(end, x.get(e * lanes + l))));
  return largest;
}

/// exp(end of x(e, l) − shift[l]).
template <class A>
[[nodiscard]] typename A::RealArray exponentials(const A& arithmetic, End end, const typename A::RealArray& x,
                                                 const std::vector<typename A::Real>& shift, std::size_t entries) {
  const std::size_t lanes = shift.size();
  typename A::RealArray out(entries * lanes);
  for (std::size_t e = 0; e < entries; ++e)
    for (std::size_t l = 0; l < lanes; ++l)
      out.set(e * lanes + l, arithmetic.exp_at(end, x.get(e * lanes + l), shift[l]));
  return out;
}

/// Whether all entries of all lanes are points, so that both ends are the same.
template <class A>
[[nodiscard]] bool are_points(const A& arithmetic, const typename A::RealArray& x, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i)
    if (!arithmetic.is_order_exact(x.get(i), x.get(i))) return false;
  return true;
}

/// Lanes with an entry of which nothing is known are open.
template <class A>
[[nodiscard]] std::vector<Status> open_where_unknown(const A& arithmetic, const typename A::RealArray& x,
                                                     std::size_t entries, std::size_t lanes) {
  std::vector<Status> statuses(lanes, Status::ok);
  for (std::size_t e = 0; e < entries; ++e)
    for (std::size_t l = 0; l < lanes; ++l)
      if (!arithmetic.is_finite(x.get(e * lanes + l))) statuses[l] = Status::open;
  return statuses;
}

/// softmax over the entries of each lane; entries > 0.
///
/// The shift is about the largest lower end, m. Then in each quotient below some term of the denominator is about 1 or
/// larger: the entry with aₖ ≈ m gives e^(bₖ − m) to the lower ends of the others and e^(aₖ − m) to its own, likewise
/// for upper ends. So underflow does no harm, and only e^(bⱼ − m) may overflow. Then the quotient is no number, and 0
/// or 1 is taken, which bound every softmax; the end is as close to it as e^(m − bⱼ).
template <class A>
[[nodiscard]] typename A::RealArray softmax(const A& arithmetic, const typename A::RealArray& x, std::size_t entries,
                                            std::size_t lanes, std::vector<Status>& statuses) {
  using Real = typename A::Real;
  using Array = typename A::RealArray;
  statuses = open_where_unknown(arithmetic, x, entries, lanes);
  const bool points = are_points(arithmetic, x, entries * lanes);
  const std::vector<Real> shift = largest_ends(arithmetic, End::lower, x, entries, lanes);
  Array low(entries * lanes);
  Array high(entries * lanes);
  for (std::size_t e = 0; e < entries; ++e)
    for (std::size_t l = 0; l < lanes; ++l) {
      Real least;
      Real most;
      arithmetic.exp_at_ends(least, most, x.get(e * lanes + l), shift[l]);
      low.set(e * lanes + l, std::move(least));
      high.set(e * lanes + l, std::move(most));
    }
  const Array low_others = sums_of_others(arithmetic, low, entries, lanes);
  const Array high_others = points ? Array() : sums_of_others(arithmetic, high, entries, lanes);
  const Real zero = arithmetic.real(0);
  const Real one = arithmetic.real(1);
  const Real anything = arithmetic.between(zero, one);
  Real value;
  const auto share = [&](const Real& of, const Real& others, const Real& otherwise) {
    Real sum;
    static_cast<void>(arithmetic.add(sum, of, others));
    return arithmetic.divide(value, of, sum) == Status::ok ? value : otherwise;
  };
  Array out(entries * lanes);
  for (std::size_t i = 0; i < entries * lanes; ++i) {
    const Real range = points ? share(low.get(i), low_others.get(i), anything)
                              : arithmetic.between(share(low.get(i), high_others.get(i), zero),
                                                   share(high.get(i), low_others.get(i), one));
    static_cast<void>(arithmetic.relu(value, range));  // a share is not negative, whatever rounding says
    out.set(i, value);
  }
  return out;
}

/// log Σ_e exp(end of x(e, l)) in each lane; open where its logarithm has no value here.
template <class A>
[[nodiscard]] typename A::RealArray log_sum_exp_at(const A& arithmetic, End end, const typename A::RealArray& x,
                                                   std::size_t entries, std::size_t lanes,
                                                   std::vector<Status>& statuses) {
  const std::vector<typename A::Real> shift = largest_ends(arithmetic, end, x, entries, lanes);
  const typename A::RealArray sums =
      sums_of_all(arithmetic, exponentials(arithmetic, end, x, shift, entries), entries, lanes);
  typename A::RealArray out(lanes);
  typename A::Real value;
  for (std::size_t l = 0; l < lanes; ++l) {
    if (arithmetic.apply(Elementary::log, value, sums.get(l)) != Status::ok) statuses[l] = Status::open;
    static_cast<void>(arithmetic.add(value, shift[l], value));
    out.set(l, value);
  }
  return out;
}

/// log Σ_e exp x(e, l) in each lane; entries > 0.
template <class A>
[[nodiscard]] typename A::RealArray log_sum_exp(const A& arithmetic, const typename A::RealArray& x,
                                                std::size_t entries, std::size_t lanes, std::vector<Status>& statuses) {
  statuses = open_where_unknown(arithmetic, x, entries, lanes);
  if (entries == 1) return x;
  typename A::RealArray low = log_sum_exp_at(arithmetic, End::lower, x, entries, lanes, statuses);
  if (are_points(arithmetic, x, entries * lanes)) return low;
  const typename A::RealArray high = log_sum_exp_at(arithmetic, End::upper, x, entries, lanes, statuses);
  typename A::RealArray out(lanes);
  for (std::size_t l = 0; l < lanes; ++l) out.set(l, arithmetic.between(low.get(l), high.get(l)));
  return out;
}

}  // namespace assay::evaluate
