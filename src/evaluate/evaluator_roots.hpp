#pragma once
#include "evaluate/evaluator_relations.hpp"
#include "evaluate/linear_algebra.hpp"
#include "evaluate/rungs.hpp"
#include "linear/pivots.hpp"
#include "number/radius.hpp"
#include "number/rational.hpp"

/// Evaluator: solutions of systems of equations, for definite descriptions and for `exists` over a box.
///
/// A solution is guessed by Newton's method and proved by Krawczyk's test (linear/krawczyk.hpp) in a small box about
/// the guess; that there is no other one in the whole box follows if the Jacobian, enclosed over the whole box,
/// contains regular matrices only: F(x) − F(y) = M·(x − y) for a matrix M of that enclosure (mean value theorem, row by
/// row), so that F takes no value twice.
namespace assay::evaluate {

extern template class Evaluator<BallArithmetic>;

/// What was found out about the solutions of F(t) = 0 in a box.
template <class A>
struct Root {
  RootTest test = RootTest::open;  ///< `unique`: exactly one; `none`: none
  bool exists = false;             ///< there is one at least
  bool is_candidate = false;       ///< at most one, which lies in `numbers`; some equations were not needed for that
  std::vector<typename A::Real> numbers;  ///< enclosures of the solution
  std::size_t kept = 0;                   ///< coordinates that were kept as they are at the centre of the box
  std::string reason;                     ///< why nothing more could be shown
};

/// F and its Jacobian over a set of points.
template <class A>
struct SystemAt {
  Status status = Status::open;
  std::vector<typename A::Real> value;
  Matrix<typename A::Real> jacobian;
};

template <class A>
SystemAt<A> Evaluator<A>::system_at(const FunctionValue<A>& equations, const Domain<A>& box,
                                    const std::vector<typename A::Real>& numbers, const Node& at) {
  SystemAt<A> out;
  session_.budget.check();
  typename A::RealArray data(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) data.set(i, numbers[i]);
  const Value<A> flat = real_value<A>(std::move(data), 1, {numbers.size()});
  const Value<A> point = point_of_box(box, *flat.numeric(), at.where);
  TracedAt<A> traced(*this, session_, equations, point, at);
  out.status = traced.point.status;
  if (out.status != Status::ok) return out;
  const Value<A> jacobian =
      differentiated(traced.graph, traced.values, traced.seed_input, traced.point, Builtin::jacobian, at);
  out.status = status_at(jacobian, 0);
  if (out.status != Status::ok) return out;
  const auto& value = *traced.values(traced.point.value).numbers;
  for (std::size_t i = 0; i < value.size(); ++i) out.value.push_back(value.get(i));
  const Num& j = *jacobian.numeric();
  out.jacobian = Matrix<typename A::Real>(j.shape[0], j.shape[1]);
  for (std::size_t i = 0; i < out.jacobian.entries.size(); ++i) out.jacobian.entries[i] = j.reals->get(i);
  return out;
}

template <class A>
std::vector<typename A::Real> Evaluator<A>::corner_of(const Domain<A>& box, std::size_t corner) {
  const Num x = promoted(arithmetic_, *box.corners[corner].numeric(), Form::real);
  std::vector<typename A::Real> out;
  for (std::size_t i = 0; i < x.entries(); ++i) out.push_back(x.reals->get(x.lanes * i));
  return out;
}

/// Chooses the equations to be solved, and for which unknowns. If the Jacobian seems to be singular some equations may
/// follow from the others: then fewer are taken. @returns whether there is a choice
template <class A>
bool Evaluator<A>::choose_unknowns(const Node& at, const SystemAt<A>& here, const std::vector<typename A::Real>& centre,
                                   Minor& minor, Root<A>& root) {
  if constexpr (A::is_exact) {
    return false;
  } else {
    Matrix<double> approximate(here.jacobian.rows, here.jacobian.cols);
    for (std::size_t i = 0; i < approximate.entries.size(); ++i)
      approximate.entries[i] = arithmetic_.midpoint_approx(here.jacobian.entries[i]);
    std::size_t size = std::min(approximate.rows, approximate.cols);
    minor = choose_minor(approximate, size);
    constexpr double suspicious = 1e-5;
    if (minor.rows.size() < size || minor.smallest_pivot < suspicious) {
      const std::size_t fewer = std::min(independent(at, approximate.rows, centre), approximate.cols);
      if (fewer < size) minor = choose_minor(std::move(approximate), size = fewer);
    }
    if (minor.rows.size() == size) return true;
    root.reason =
        "the Jacobian of the equations seems to be singular: a multiple solution, or fewer independent equations than "
        "unknowns";
    return false;
  }
}

/// Newton's method from `centre`, in the chosen rows and columns. @returns whether it seems to have converged
template <class A>
bool Evaluator<A>::approach(const FunctionValue<A>& equations, const Domain<A>& box,
                            std::vector<typename A::Real>& centre, Minor& minor, Root<A>& root, const Node& at) {
  if constexpr (A::is_exact) {
    return false;
  } else {
    using Real = typename A::Real;
    const auto matrices = matrices_of(arithmetic_);
    constexpr int most_steps = 60;
    constexpr int first_steps = 3;
    double last = std::numeric_limits<double>::infinity();
    for (int step = 0; step < most_steps; ++step) {
      const SystemAt<A> here = system_at(equations, box, centre, at);
      if (here.status != Status::ok) {
        root.reason = "the equations have no derivative near the solution that was looked for";
        return false;
      }
      if (minor.rows.empty() && !choose_unknowns(at, here, centre, minor, root)) return false;
      const Matrix<Real> square = submatrix(here.jacobian, minor.rows, minor.cols);
      Matrix<Real> residual(minor.rows.size(), 1);
      for (std::size_t i = 0; i < minor.rows.size(); ++i) residual(i, 0) = here.value[minor.rows[i]];
      const auto correction = matrices.solve(square, residual);
      if (!correction) {
        root.reason = "the Jacobian of the equations could not be shown to be regular near a solution";
        return false;
      }
      double size = 0;
      for (std::size_t i = 0; i < minor.cols.size(); ++i) {
        Real moved{};
        static_cast<void>(arithmetic_.subtract(moved, centre[minor.cols[i]], (*correction)(i, 0)));
        centre[minor.cols[i]] = midpoint(moved);
        size = std::max(size, std::fabs(arithmetic_.midpoint_approx((*correction)(i, 0))));
      }
      if (!(size < std::numeric_limits<double>::infinity())) break;
      if (size == 0 || (step >= first_steps && size > last / 2)) return true;
      last = size;
    }
    root.reason = "Newton's method did not converge from the centre of the box";
    return false;
  }
}

/// @param start  an approximate solution if one is known, else empty.
/// @param is_unique  whether it is known already that there is one solution at most in the box.
template <class A>
Root<A> Evaluator<A>::find_root(const FunctionValue<A>& equations, const Domain<A>& box, bool wants_uniqueness,
                                const std::vector<Rational>& start, bool is_unique, const Node& at) {
  Root<A> root;
  if constexpr (A::is_exact) {
    return root;
  } else {
    using Real = typename A::Real;
    const auto matrices = matrices_of(arithmetic_);
    const std::vector<Real> low = corner_of(box, 0);
    const std::vector<Real> high = corner_of(box, 1);
    std::vector<Real> whole(low.size());
    std::vector<Real> centre(low.size());
    for (std::size_t i = 0; i < low.size(); ++i) {
      whole[i] = arithmetic_.between(low[i], high[i]);
      centre[i] = midpoint(whole[i]);
      if (i < start.size()) static_cast<void>(arithmetic_.real(centre[i], start[i])), centre[i] = midpoint(centre[i]);
    }
    Minor minor;
    bool near = approach(equations, box, centre, minor, root, at);
    if (near) {  // at the solution it shows whether the choice made on the way to it is good
      Minor there;
      const SystemAt<A> here = system_at(equations, box, centre, at);
      near = here.status == Status::ok && choose_unknowns(at, here, centre, there, root);
      if (near && there.rows.size() < minor.rows.size()) {
        minor = std::move(there);
        near = approach(equations, box, centre, minor, root, at);
      }
    }
    if (!near) {
      if (none_in(equations, box, whole, at)) root.test = RootTest::none;
      return root;
    }
    // The system in the chosen unknowns; the others are kept.
    const auto part = [&](const SystemAt<A>& system) { return submatrix(system.jacobian, minor.rows, minor.cols); };
    const auto values = [&](const SystemAt<A>& system) {
      std::vector<Real> out;
      for (const std::size_t i : minor.rows) out.push_back(system.value[i]);
      return out;
    };
    const SystemAt<A> at_centre = system_at(equations, box, centre, at);
    if (at_centre.status != Status::ok) return root;
    std::vector<Real> point;
    for (const std::size_t j : minor.cols) point.push_back(centre[j]);
    std::vector<Real> small = matrices.propose_box(point, values(at_centre), part(at_centre));
    std::vector<Real> found;
    constexpr int most_tries = 8;
    for (int attempt = 0; attempt < most_tries && !small.empty() && found.empty(); ++attempt) {
      std::vector<Real> over = centre;
      for (std::size_t j = 0; j < minor.cols.size(); ++j) over[minor.cols[j]] = small[j];
      const SystemAt<A> over_box = system_at(equations, box, over, at);
      if (over_box.status != Status::ok) break;
      Krawczyk<Real> test = matrices.krawczyk(small, values(at_centre), part(over_box));
      found = test.test == RootTest::unique ? std::move(test.root) : std::vector<Real>();
      small = std::move(test.next);
    }
    if (found.empty()) {
      root.reason =
          "Krawczyk's test did not succeed near an approximate solution: it may be multiple, or the precision is "
          "too low";
      if (none_in(equations, box, whole, at)) root.test = RootTest::none;
      return root;
    }
    root.numbers = centre;
    for (std::size_t j = 0; j < minor.cols.size(); ++j) root.numbers[minor.cols[j]] = found[j];
    for (std::size_t i = 0; i < low.size(); ++i)
      if ((arithmetic_.compare(low[i], root.numbers[i]) & relation::greater) != 0 ||
          (arithmetic_.compare(root.numbers[i], high[i]) & relation::greater) != 0) {
        root.reason = "the solution that was found lies outside of the box, or too near to its boundary";
        if (none_in(equations, box, whole, at)) root.test = RootTest::none;
        return root;
      }
    const std::size_t unknowns = low.size();
    const std::size_t count = at_centre.value.size();
    root.kept = unknowns - minor.cols.size();
    root.exists = others_follow(at, minor.rows, count, root.numbers);
    if (!root.exists) {
      root.reason = "that all " + std::to_string(count) + " equations hold at the solution of " +
                    std::to_string(minor.rows.size()) + " of them could not be shown";
      if (none_in(equations, box, whole, at)) root.test = RootTest::none;
      if (root.test == RootTest::none) return root;
    }
    if (!wants_uniqueness) return root;
    if (minor.cols.size() < unknowns) {
      root.reason = std::to_string(minor.rows.size()) + " independent equations do not determine " +
                    std::to_string(unknowns) + " unknowns; further equations may say which solution is meant";
      return root;
    }
    if (!is_unique) {
      const SystemAt<A> everywhere = system_at(equations, box, whole, at);
      is_unique = everywhere.status == Status::ok && matrices.is_certainly_regular(part(everywhere));
    }
    if (!is_unique) {
      root.reason =
          "there is a solution, but that it is the only one in the box could not be shown; a smaller box helps";
      return root;
    }
    root.is_candidate = true;
    if (root.exists) root.test = RootTest::unique;
    return root;
  }
}

/// Whether it can be shown that the box holds no solution: by halves, until in each part some equation holds nowhere,
/// or Krawczyk's test excludes a solution.
template <class A>
bool Evaluator<A>::none_in(const FunctionValue<A>& equations, const Domain<A>& box,
                           const std::vector<typename A::Real>& whole, const Node& at) {
  if constexpr (A::is_exact) {
    return false;
  } else {
    constexpr std::size_t most_parts = 256;
    std::vector<std::vector<typename A::Real>> open = {whole};
    for (std::size_t looked_at = 0; !open.empty(); ++looked_at) {
      if (looked_at == most_parts) return false;
      const std::vector<typename A::Real> part = std::move(open.back());
      open.pop_back();
      if (excluded(equations, box, part, at)) continue;
      std::size_t widest = 0;
      for (std::size_t i = 1; i < part.size(); ++i)
        if (has_smaller_radius(part[widest], part[i])) widest = i;
      std::array<typename A::Real, 2> halves;
      if (part.empty() || !in_halves(part[widest], halves)) return false;
      for (const auto& half : halves) {
        open.push_back(part);
        open.back()[widest] = half;
      }
    }
    return true;
  }
}

template <class A>
bool Evaluator<A>::excluded(const FunctionValue<A>& equations, const Domain<A>& box,
                            const std::vector<typename A::Real>& part, const Node& at) {
  if constexpr (A::is_exact) {
    return false;
  } else {
    const SystemAt<A> everywhere = system_at(equations, box, part, at);
    if (everywhere.status != Status::ok) return false;
    for (const auto& value : everywhere.value)
      if ((arithmetic_.compare(value, arithmetic_.real(0)) & relation::equal) == 0) return true;
    if (everywhere.value.size() != part.size()) return false;
    std::vector<typename A::Real> centre;
    for (const auto& x : part) centre.push_back(midpoint(x));
    const SystemAt<A> at_centre = system_at(equations, box, centre, at);
    return at_centre.status == Status::ok &&
           matrices_of(arithmetic_).krawczyk(part, at_centre.value, everywhere.jacobian).test == RootTest::none;
  }
}

}  // namespace assay::evaluate
