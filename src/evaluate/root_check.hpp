#pragma once
#include <array>
#include <cmath>

#include "evaluate/evaluator_relations.hpp"
#include "evaluate/linear_algebra.hpp"
#include "linear/pivots.hpp"
#include "number/rational.hpp"

namespace assay::evaluate {

/// What was found out about the solutions of F(t) = 0 in a box.
template <class A>
struct Root {
  RootTest test = RootTest::open;  ///< `unique`: exactly one; `none`: none
  bool exists = false;             ///< there is one at least
  bool is_candidate = false;       ///< at most one, which lies in `numbers`; some equations were not needed for that
  std::vector<typename A::Real> numbers;  ///< enclosures of the solution
  bool is_shown = false;                  ///< that lies in the box
  std::size_t kept = 0;                   ///< coordinates that were kept as they are at the centre of the box
  std::string reason;                     ///< why nothing more could be shown
};

/// Checks what a RootProof says of the solutions of a system of equations in a box, in an enclosing arithmetic.
///
/// *There is one*, if Krawczyk's test (linear/krawczyk.hpp) succeeds in a small box. Equations that follow from the
/// others by linear relations (evaluator_relations.hpp) need not be solved, and with fewer equations than unknowns some
/// unknowns are kept. *There is no other one* in a region, a box, over which the enclosed Jacobian contains regular
/// matrices only: F(x) − F(y) = M·(x − y) for a matrix M of that enclosure (mean value theorem, row by row), so that F
/// takes no value twice in it. If the region is not the whole box, the whole is covered by parts that lie in the region
/// or contain no solution. *There is none*, if the whole is covered by parts without. A part contains none if some
/// equation holds nowhere in it, or by Krawczyk's test.
template <class A>
class RootCheck {
 public:
  using Real = typename A::Real;
  using Part = std::vector<Real>;  ///< a box, by its sides; a point

  /// @param equations  a function of a point of the box, whose value is made of the numbers that are to be zero.
  /// @param at  the description, or `exists`, in which they stand.
  RootCheck(Evaluator<A>& evaluator, const FunctionValue<A>& equations, const Domain<A>& box, const Node& at)
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

  /// What the proof shows; nothing if it is ill-formed or fails.
  /// @param is_unique  whether it is known already that there is one solution at most in the box.
  Root<A> check(const RootProof& proof, bool wants_uniqueness, bool is_unique) {
    if (!proof.none.empty()) {
      if (is_covered(proof.none, [&](const Part& part) { return is_excluded(part); })) root_.test = RootTest::none;
      return root_;
    }
    if (!adopt(proof) || test_about_centre(proof.radii).test != RootTest::unique || !is_inside()) return root_;
    accept();
    if (wants_uniqueness && determines_all() && (is_unique || is_only_one(proof))) accept_uniqueness();
    return root_;
  }

 protected:
  /// F and its Jacobian over a set of points.
  struct System {
    Status status = Status::open;
    std::vector<Real> value;
    Matrix<Real> jacobian;
  };

  System system_over(const Part& points) {
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
  /// The coordinates of a point that belong to the chosen unknowns.
  [[nodiscard]] Part chosen(const Part& point) const {
    Part out;
    for (const std::size_t j : minor_.cols) out.push_back(point[j]);
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

  bool is_inside() {
    for (std::size_t i = 0; i < low_.size(); ++i)
      if ((arithmetic_.compare(low_[i], root_.numbers[i]) & relation::greater) != 0 ||
          (arithmetic_.compare(root_.numbers[i], high_[i]) & relation::greater) != 0) {
        root_.reason = "the solution that was found lies outside of the box, or too near to its boundary";
        return false;
      }
    return true;
  }

  /// Takes the choices of a proof, if there can be such ones, and computes what Krawczyk's test needs at the centre.
  bool adopt(const RootProof& proof) {
    const std::size_t size = proof.unknowns.size();
    if (proof.centre.size() != whole_.size() || proof.equations.size() != size || proof.radii.size() != size ||
        !is_selection(proof.unknowns, whole_.size()))
      return false;
    if (!move_to(proof.centre)) return false;
    minor_ = {proof.equations, proof.unknowns};
    at_centre_ = system_over(centre_);
    return at_centre_.status == Status::ok && is_selection(proof.equations, count());
  }
  /// Ascending indices below `size`.
  static bool is_selection(const std::vector<std::size_t>& indices, std::size_t size) {
    for (std::size_t k = 0; k < indices.size(); ++k)
      if (indices[k] >= size || (k > 0 && indices[k] <= indices[k - 1])) return false;
    return true;
  }
  /// Makes the point nearest to these numbers the centre, if there is one.
  bool move_to(const std::vector<Rational>& numbers) {
    centre_.clear();
    for (const Rational& number : numbers) {
      Real x{};
      if (arithmetic_.real(x, number) != Status::ok || !is_finite(x)) return false;
      centre_.push_back(midpoint(x));
    }
    return true;
  }

  /// Krawczyk's test for the chosen equations in the box with these radii about the centre.
  Krawczyk<Real> test_about_centre(const std::vector<Rational>& radii) {
    Part small;
    for (std::size_t j = 0; j < radii.size(); ++j) {
      Real radius{};
      Real minus{};
      if (radii[j] <= 0 || arithmetic_.real(radius, radii[j]) != Status::ok ||
          arithmetic_.real(minus, -radii[j]) != Status::ok)
        return {};
      small.push_back(widened(centre_[minor_.cols[j]], 1, arithmetic_.between(minus, radius)));
    }
    const System over_box = system_over(with_chosen(small));
    if (over_box.status != Status::ok) return {};
    Krawczyk<Real> test =
        matrices_.krawczyk(small, chosen(centre_), chosen_values(at_centre_), chosen_jacobian(over_box));
    if (test.test == RootTest::unique) root_.numbers = with_chosen(test.root);
    return test;
  }

  /// The chosen equations have a solution in the box.
  void accept() {
    root_.is_shown = true;
    root_.kept = whole_.size() - minor_.cols.size();
    root_.exists = others_follow();
    if (!root_.exists)
      root_.reason = "that all " + std::to_string(count()) + " equations hold at the solution of " +
                     std::to_string(minor_.rows.size()) + " of them could not be shown";
  }
  [[nodiscard]] bool determines_all() const { return minor_.cols.size() == whole_.size(); }
  void accept_uniqueness() {
    root_.is_candidate = true;
    if (root_.exists) root_.test = RootTest::unique;
  }

  bool is_only_one(const RootProof& proof) {
    if (!proof.region) return is_regular_over(whole_);
    const Part region = region_about_centre(*proof.region);
    return has_one_at_most(region) &&
           is_covered(proof.covering, [&](const Part& part) { return lies_in(part, region) || is_excluded(part); });
  }
  bool is_regular_over(const Part& part) {
    const System everywhere = system_over(part);
    return everywhere.status == Status::ok && matrices_.is_certainly_regular(chosen_jacobian(everywhere));
  }
  /// Whether the solution of the chosen equations that was found is the only one in the region.
  bool has_one_at_most(const Part& region) { return lies_in(root_.numbers, region) && is_regular_over(region); }
  /// A box like the whole, of 2⁻ᵏ its size.
  [[nodiscard]] Part region_about_centre(unsigned k) const {
    Part out;
    for (std::size_t i = 0; i < whole_.size(); ++i)
      out.push_back(widened(centre_[i], std::ldexp(1.0, -static_cast<int>(std::min(k, 1000U))), whole_[i]));
    return out;
  }
  static bool lies_in(const Part& part, const Part& region) {
    for (std::size_t i = 0; i < part.size(); ++i)
      if (!contains(region[i], part[i])) return false;
    return true;
  }

  enum class Decision { settled, halve, give_up };
  /// Goes through the parts of the whole box as Halvings says. @returns whether `decide` settled all of them
  template <class Decide>
  bool settles_all_parts(Decide decide) const {
    // Whoever halves often enough has boxes of which every end has as many bits.
    constexpr std::size_t most_pending = std::size_t{1} << 12U;
    std::vector<Part> parts = {whole_};
    while (!parts.empty()) {
      evaluator_.session_.budget.check();
      if (parts.size() > most_pending) return false;
      const Part part = std::move(parts.back());
      parts.pop_back();
      const Decision decision = decide(part);
      if (decision == Decision::give_up || (decision == Decision::halve && !add_halves(part, parts))) return false;
    }
    return true;
  }
  /// Whether the halvings lead from the whole box to parts that all have the property.
  template <class Property>
  bool is_covered(const Halvings& halvings, Property has_it) {
    std::size_t next = 0;
    const bool settled = settles_all_parts([&](const Part& part) {
      if (next == halvings.size()) return Decision::give_up;
      if (halvings[next++]) return Decision::halve;
      return has_it(part) ? Decision::settled : Decision::give_up;
    });
    return settled && next == halvings.size();
  }
  /// Halves a box across its widest side. @returns whether it can be halved
  static bool add_halves(const Part& part, std::vector<Part>& parts) {
    std::size_t widest = 0;
    for (std::size_t i = 1; i < part.size(); ++i)
      if (has_smaller_radius(part[widest], part[i])) widest = i;
    std::array<Real, 2> halves;
    if (part.empty() || !in_halves(part[widest], halves)) return false;
    for (const Real& half : halves) {
      parts.push_back(part);
      parts.back()[widest] = half;
    }
    return true;
  }

  bool is_excluded(const Part& part) {
    const System everywhere = system_over(part);
    if (everywhere.status != Status::ok) return false;
    for (const Real& value : everywhere.value)
      if ((arithmetic_.compare(value, arithmetic_.real(0)) & relation::equal) == 0) return true;
    if (everywhere.value.size() != part.size()) return false;
    std::vector<Real> middle;
    for (const Real& x : part) middle.push_back(midpoint(x));
    const System there = system_over(middle);
    return there.status == Status::ok &&
           matrices_.krawczyk(part, middle, there.value, everywhere.jacobian).test == RootTest::none;
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

  Evaluator<A>& evaluator_;
  const A& arithmetic_;
  decltype(matrices_of(std::declval<const A&>())) matrices_;
  const FunctionValue<A>& equations_;
  const Domain<A>& box_;
  const Node& at_;
  Part low_, high_;  ///< enclosures of the corners
  Part whole_;       ///< all numbers between them
  Part centre_;      ///< a point: where a solution is thought to be
  System at_centre_;
  Minor minor_;  ///< the equations and unknowns that are solved
  Root<A> root_;
};

}  // namespace assay::evaluate
