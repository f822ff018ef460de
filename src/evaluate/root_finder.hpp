#pragma once
#include <limits>

#include "evaluate/root_check.hpp"

namespace assay::evaluate {

/// Looks once for the solution of a system of equations in a box, in an enclosing arithmetic: for a RootProof.
///
/// Newton's method in machine numbers leads near a solution, a box about it is tried and inflated until Krawczyk's test
/// succeeds, and boxes are halved until each part is settled. Nothing is claimed but what RootCheck shows.
template <class A>
class RootFinder : private RootCheck<A> {
 public:
  using typename RootCheck<A>::Real;
  using typename RootCheck<A>::Part;
  using RootCheck<A>::RootCheck;

  /// @param start  an approximate solution if one is known, else empty.
  /// @param is_unique  whether it is known already that there is one solution at most in the box.
  Root<A> find(bool wants_uniqueness, const std::vector<Rational>& start, bool is_unique) {
    begin_at(start);
    if (guess() && prove() && is_inside()) this->accept();
    if (!root_.exists) {
      proof_.none = covering([&](const Part& part) { return this->is_excluded(part); });
      if (!proof_.none.empty()) root_.test = RootTest::none;
    }
    if (wants_uniqueness && root_.is_shown && root_.test != RootTest::none) show_uniqueness(is_unique);
    return root_;
  }

  /// Why a solution is shown, or that there is none.
  [[nodiscard]] const RootProof& proof() const noexcept { return proof_; }

 private:
  using typename RootCheck<A>::System;
  using typename RootCheck<A>::Decision;
  using RootCheck<A>::arithmetic_, RootCheck<A>::at_, RootCheck<A>::at_centre_, RootCheck<A>::centre_,
      RootCheck<A>::evaluator_, RootCheck<A>::matrices_, RootCheck<A>::minor_, RootCheck<A>::root_,
      RootCheck<A>::whole_;
  using RootCheck<A>::chosen_jacobian, RootCheck<A>::chosen_values, RootCheck<A>::is_inside, RootCheck<A>::system_over;

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
    Part small = matrices_.propose_box(this->chosen(centre_), chosen_values(at_centre_), chosen_jacobian(at_centre_));
    constexpr int most_tries = 8;
    for (int attempt = 0; attempt < most_tries && !small.empty(); ++attempt) {
      if (!std::all_of(small.begin(), small.end(), [](const Real& x) { return is_finite(x); })) break;
      proof_.radii.clear();
      for (const Real& x : small) proof_.radii.push_back(radius_rational(x));
      Krawczyk<Real> test = this->test_about_centre(proof_.radii);
      if (test.test == RootTest::unique) {
        for (const Real& x : centre_) proof_.centre.push_back(midpoint_rational(x));
        proof_.equations = minor_.rows;
        proof_.unknowns = minor_.cols;
        return true;
      }
      small = std::move(test.next);
    }
    root_.reason =
        "Krawczyk's test did not succeed near an approximate solution: it may be multiple, or the precision is too low";
    return false;
  }

  void show_uniqueness(bool is_unique) {
    if (!this->determines_all()) {
      root_.reason = std::to_string(minor_.rows.size()) + " independent equations do not determine " +
                     std::to_string(whole_.size()) + " unknowns; further equations may say which solution is meant";
    } else if (is_unique || this->is_regular_over(whole_) || find_region()) {
      this->accept_uniqueness();
    } else {
      root_.reason =
          "there is a solution, but that it is the only one in the box could not be shown; a smaller box helps";
    }
  }

  /// Looks for the largest region about the solution in which there is no other one, and shows that there is none
  /// outside of it.
  bool find_region() {
    constexpr unsigned most_halvings = 16;
    constexpr std::size_t most_unknowns = 12;  // each costs a factor of two
    if (whole_.size() > most_unknowns) return false;
    for (unsigned k = 0; k <= most_halvings; ++k) {
      const Part region = this->region_about_centre(k);
      if (!this->has_one_at_most(region)) continue;
      proof_.region = k;
      proof_.covering =
          covering([&](const Part& part) { return this->lies_in(part, region) || this->is_excluded(part); });
      return !proof_.covering.empty();
    }
    return false;
  }

  /// Halves the whole box until each part has the property; nothing if it takes too many parts.
  template <class Property>
  Halvings covering(Property has_it) {
    constexpr std::size_t most_parts = 256;
    Halvings out;
    const bool settled = this->settles_all_parts([&](const Part& part) {
      if (out.size() == most_parts) return Decision::give_up;
      out.push_back(!has_it(part));
      return out.back() ? Decision::halve : Decision::settled;
    });
    return settled ? out : Halvings();
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

  RootProof proof_;
};

}  // namespace assay::evaluate
