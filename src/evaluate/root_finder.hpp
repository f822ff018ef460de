#pragma once
#include <array>
#include <limits>

#include "evaluate/evaluator_relations.hpp"
#include "evaluate/linear_algebra.hpp"
#include "linear/pivots.hpp"
#include "number/radius.hpp"
#include "number/rational.hpp"

namespace assay::evaluate {

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

/// Looks once for the solution of a system of equations in a box, in an enclosing arithmetic.
///
/// A solution is guessed by Newton's method and proved by Krawczyk's test (linear/krawczyk.hpp) in a small box about
/// the guess; that there is no other one in the whole box follows if the Jacobian, enclosed over the whole box,
/// contains regular matrices only: F(x) − F(y) = M·(x − y) for a matrix M of that enclosure (mean value theorem, row by
/// row), so that F takes no value twice. Equations that follow from the others by linear relations
/// (evaluator_relations.hpp) need not be solved, and with fewer equations than unknowns some unknowns are kept.
template <class A>
class RootFinder {
 public:
  using Real = typename A::Real;

  /// @param equations  a function of a point of the box, whose value is made of the numbers that are to be zero.
  /// @param at  the description, or `exists`, in which they stand.
  RootFinder(Evaluator<A>& evaluator, const FunctionValue<A>& equations, const Domain<A>& box, const Node& at)
      : evaluator_(evaluator),
        arithmetic_(evaluator.arithmetic()),
        matrices_(matrices_of(arithmetic_)),
        equations_(equations),
        box_(box),
        at_(at),
        low_(corner(0)),
        high_(corner(1)) {
    for (std::size_t i = 0; i < low_.size(); ++i) whole_.push_back(arithmetic_.between(low_[i], high_[i]));
  }

  /// @param start  an approximate solution if one is known, else empty.
  /// @param is_unique  whether it is known already that there is one solution at most in the box.
  Root<A> find(bool wants_uniqueness, const std::vector<Rational>& start, bool is_unique) {
    begin_at(start);
    if (!guess() || !prove() || !is_inside()) {
      look_for_none();
      return root_;
    }
    root_.kept = whole_.size() - minor_.cols.size();
    root_.exists = others_follow();
    if (!root_.exists) {
      root_.reason = "that all " + std::to_string(count()) + " equations hold at the solution of " +
                     std::to_string(minor_.rows.size()) + " of them could not be shown";
      look_for_none();
    }
    if (wants_uniqueness && root_.test != RootTest::none) show_uniqueness(is_unique);
    return root_;
  }

 private:
  /// F and its Jacobian over a set of points.
  struct System {
    Status status = Status::open;
    std::vector<Real> value;
    Matrix<Real> jacobian;
  };

  System system_over(const std::vector<Real>& points) {
    System out;
    evaluator_.session_.budget.check();
    const Value<A> flat = evaluator_.numbers(points, {points.size()});
    const Value<A> point = evaluator_.point_of_box(box_, *flat.numeric(), at_.where);
    TracedAt<A> traced(evaluator_, evaluator_.session_, equations_, point, at_);
    out.status = traced.point.status;
    if (out.status != Status::ok) return out;
    const Value<A> jacobian =
        evaluator_.differentiated(traced.graph, traced.values, traced.seed_input, traced.point, Builtin::jacobian, at_);
    out.status = status_at(jacobian, 0);
    if (out.status != Status::ok) return out;
    const auto& value = *traced.values(traced.point.value).numbers;
    for (std::size_t i = 0; i < value.size(); ++i) out.value.push_back(value.get(i));
    const Numeric<A>& j = *jacobian.numeric();
    out.jacobian = Matrix<Real>(j.shape[0], j.shape[1]);
    for (std::size_t i = 0; i < out.jacobian.entries.size(); ++i) out.jacobian.entries[i] = j.reals->get(i);
    return out;
  }

  // The part of a system that is solved: the equations and unknowns of `minor_`.
  [[nodiscard]] Matrix<Real> chosen_jacobian(const System& system) const {
    return submatrix(system.jacobian, minor_.rows, minor_.cols);
  }
  [[nodiscard]] std::vector<Real> chosen_values(const System& system) const {
    std::vector<Real> out;
    for (const std::size_t i : minor_.rows) out.push_back(system.value[i]);
    return out;
  }
  /// The centre with other numbers for the chosen unknowns.
  [[nodiscard]] std::vector<Real> with_chosen(const std::vector<Real>& numbers) const {
    std::vector<Real> out = centre_;
    for (std::size_t j = 0; j < minor_.cols.size(); ++j) out[minor_.cols[j]] = numbers[j];
    return out;
  }
  [[nodiscard]] std::size_t count() const { return at_centre_.value.size(); }

  [[nodiscard]] std::vector<Real> corner(std::size_t which) const {
    const Numeric<A> x = promoted(arithmetic_, *box_.corners[which].numeric(), Form::real);
    std::vector<Real> out;
    for (std::size_t i = 0; i < x.entries(); ++i) out.push_back(x.reals->get(x.lanes * i));
    return out;
  }

  void begin_at(const std::vector<Rational>& start) {
    for (std::size_t i = 0; i < whole_.size(); ++i) {
      Real x = whole_[i];
      if (i < start.size()) static_cast<void>(arithmetic_.real(x, start[i]));
      centre_.push_back(midpoint(x));
    }
  }

  /// Moves the centre near a solution, and chooses what is solved. At the solution it shows whether the choice that was
  /// made on the way to it is good.
  bool guess() {
    if (!approach()) return false;
    const Minor on_the_way = minor_;
    at_centre_ = system_over(centre_);
    if (at_centre_.status != Status::ok || !choose_unknowns(at_centre_)) return false;
    if (minor_.rows.size() == on_the_way.rows.size()) {
      minor_ = on_the_way;
      return true;
    }
    if (!approach()) return false;
    at_centre_ = system_over(centre_);
    return at_centre_.status == Status::ok;
  }

  /// Newton's method from the centre. @returns whether it seems to have converged
  bool approach() {
    constexpr int most_steps = 60;
    constexpr int first_steps = 3;
    double last = std::numeric_limits<double>::infinity();
    for (int step = 0; step < most_steps; ++step) {
      const System here = system_over(centre_);
      if (here.status != Status::ok) {
        root_.reason = "the equations have no derivative near the solution that was looked for";
        return false;
      }
      if (minor_.rows.empty() && !choose_unknowns(here)) return false;
      const auto correction =
          matrices_.solve(chosen_jacobian(here), Matrix<Real>(minor_.rows.size(), 1, chosen_values(here)));
      if (!correction) {
        root_.reason = "the Jacobian of the equations could not be shown to be regular near a solution";
        return false;
      }
      double size = 0;
      for (std::size_t i = 0; i < minor_.cols.size(); ++i) {
        Real moved{};
        static_cast<void>(arithmetic_.subtract(moved, centre_[minor_.cols[i]], (*correction)(i, 0)));
        centre_[minor_.cols[i]] = midpoint(moved);
        size = std::max(size, std::fabs(arithmetic_.midpoint_approx((*correction)(i, 0))));
      }
      if (!(size < std::numeric_limits<double>::infinity())) break;
      if (size == 0 || (step >= first_steps && size > last / 2)) return true;
      last = size;
    }
    root_.reason = "Newton's method did not converge from the centre of the box";
    return false;
  }

  /// Chooses the equations to be solved, and for which unknowns. If the Jacobian seems to be singular some equations
  /// may follow from the others: then fewer are taken. @returns whether there is a choice
  bool choose_unknowns(const System& here) {
    Matrix<double> approximate(here.jacobian.rows, here.jacobian.cols);
    for (std::size_t i = 0; i < approximate.entries.size(); ++i)
      approximate.entries[i] = arithmetic_.midpoint_approx(here.jacobian.entries[i]);
    std::size_t size = std::min(approximate.rows, approximate.cols);
    minor_ = choose_minor(approximate, size);
    constexpr double suspicious = 1e-5;
    if (minor_.rows.size() < size || minor_.smallest_pivot < suspicious) {
      const std::size_t fewer = std::min(independent(approximate.rows), approximate.cols);
      if (fewer < size) minor_ = choose_minor(std::move(approximate), size = fewer);
    }
    if (minor_.rows.size() == size) return true;
    root_.reason =
        "the Jacobian of the equations seems to be singular: a multiple solution, or fewer independent equations than "
        "unknowns";
    return false;
  }

  /// Proves that the chosen equations have a solution near the centre.
  bool prove() {
    const std::vector<Real> values = chosen_values(at_centre_);
    std::vector<Real> point;
    for (const std::size_t j : minor_.cols) point.push_back(centre_[j]);
    std::vector<Real> small = matrices_.propose_box(point, values, chosen_jacobian(at_centre_));
    constexpr int most_tries = 8;
    for (int attempt = 0; attempt < most_tries && !small.empty(); ++attempt) {
      const System over_box = system_over(with_chosen(small));
      if (over_box.status != Status::ok) break;
      Krawczyk<Real> test = matrices_.krawczyk(small, values, chosen_jacobian(over_box));
      if (test.test == RootTest::unique) {
        root_.numbers = with_chosen(test.root);
        return true;
      }
      small = std::move(test.next);
    }
    root_.reason =
        "Krawczyk's test did not succeed near an approximate solution: it may be multiple, or the precision is too low";
    return false;
  }

  bool is_inside() {
    for (std::size_t i = 0; i < low_.size(); ++i)
      if ((arithmetic_.compare(low_[i], root_.numbers[i]) & relation::greater) != 0 ||
          (arithmetic_.compare(root_.numbers[i], high_[i]) & relation::greater) != 0) {
        root_.reason = "the solution that was found lies outside of the box, or too near to its boundary";
        return false;
      }
    return true;
  }

  void show_uniqueness(bool is_unique) {
    if (minor_.cols.size() < whole_.size()) {
      root_.reason = std::to_string(minor_.rows.size()) + " independent equations do not determine " +
                     std::to_string(whole_.size()) + " unknowns; further equations may say which solution is meant";
      return;
    }
    if (!is_unique) {
      const System everywhere = system_over(whole_);
      is_unique = everywhere.status == Status::ok && matrices_.is_certainly_regular(chosen_jacobian(everywhere));
    }
    if (!is_unique) {
      root_.reason =
          "there is a solution, but that it is the only one in the box could not be shown; a smaller box helps";
      return;
    }
    root_.is_candidate = true;
    if (root_.exists) root_.test = RootTest::unique;
  }

  /// Tries to show that the box holds no solution: by halves, until in each part some equation holds nowhere, or
  /// Krawczyk's test excludes a solution.
  void look_for_none() {
    constexpr std::size_t most_parts = 256;
    std::vector<std::vector<Real>> open = {whole_};
    for (std::size_t looked_at = 0; !open.empty(); ++looked_at) {
      if (looked_at == most_parts) return;
      const std::vector<Real> part = std::move(open.back());
      open.pop_back();
      if (is_excluded(part)) continue;
      std::size_t widest = 0;
      for (std::size_t i = 1; i < part.size(); ++i)
        if (has_smaller_radius(part[widest], part[i])) widest = i;
      std::array<Real, 2> halves;
      if (part.empty() || !in_halves(part[widest], halves)) return;
      for (const Real& half : halves) {
        open.push_back(part);
        open.back()[widest] = half;
      }
    }
    root_.test = RootTest::none;
  }

  bool is_excluded(const std::vector<Real>& part) {
    const System everywhere = system_over(part);
    if (everywhere.status != Status::ok) return false;
    for (const Real& value : everywhere.value)
      if ((arithmetic_.compare(value, arithmetic_.real(0)) & relation::equal) == 0) return true;
    if (everywhere.value.size() != part.size()) return false;
    std::vector<Real> middle;
    for (const Real& x : part) middle.push_back(midpoint(x));
    const System there = system_over(middle);
    return there.status == Status::ok &&
           matrices_.krawczyk(part, there.value, everywhere.jacobian).test == RootTest::none;
  }

  /// Whether the equations that were not solved follow at the solution from those that were, by relations.
  bool others_follow() {
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < count(); ++i)
      if (!std::binary_search(minor_.rows.begin(), minor_.rows.end(), i)) others.push_back(i);
    if (others.empty()) return true;
    const std::vector<Relation>& relations = evaluator_.relations_of(at_);
    Matrix<Real> c(relations.size(), others.size());
    for (std::size_t k = 0; k < relations.size(); ++k)
      for (std::size_t i = 0; i < others.size(); ++i)
        if (evaluator_.coefficient(c(k, i), relations[k], others[i], root_.numbers) != Status::ok) return false;
    const auto rank = matrices_.rank(c);
    if (rank.status != Status::ok || rank.value.low < others.size()) return false;
    evaluator_.session_.notes.insert(
        std::to_string(others.size()) + " of the " + std::to_string(count()) +
        " equations follow from the others by linear symmetries, which normal forms prove");
    return true;
  }

  /// How many of the equations are independent near the centre, as far as the relations tell.
  std::size_t independent(std::size_t equations) {
    const std::vector<Relation>& relations = evaluator_.relations_of(at_);
    Matrix<double> c(relations.size(), equations);
    for (std::size_t k = 0; k < relations.size(); ++k)
      for (std::size_t i = 0; i < equations; ++i) {
        Real value{};
        if (evaluator_.coefficient(value, relations[k], i, centre_) == Status::ok)
          c(k, i) = arithmetic_.midpoint_approx(value);
      }
    constexpr double negligible = 1e-6;  // the centre is only near a solution
    return equations - choose_minor(std::move(c), std::min(relations.size(), equations), negligible).rows.size();
  }

  Evaluator<A>& evaluator_;
  const A& arithmetic_;
  decltype(matrices_of(std::declval<const A&>())) matrices_;
  const FunctionValue<A>& equations_;
  const Domain<A>& box_;
  const Node& at_;
  std::vector<Real> low_, high_;
  std::vector<Real> whole_;   ///< all numbers between them
  std::vector<Real> centre_;  ///< points: where a solution is thought to be
  System at_centre_;
  Minor minor_;  ///< the equations and unknowns that are solved
  Root<A> root_;
};

}  // namespace assay::evaluate
