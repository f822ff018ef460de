#pragma once
#include "evaluate/root_finder.hpp"
#include "evaluate/rungs.hpp"

/// Evaluator: definite descriptions, and `exists` over a box, as solutions of systems of equations (root_finder.hpp).
namespace assay::evaluate {

extern template class Evaluator<BallArithmetic>;

/// The equations and the rest of the condition at one point, whose numbers are exact.
template <class A>
Truth Evaluator<A>::satisfies(const FunctionValue<A>& equations, const FunctionValue<A>* rest, const Value<A>& point,
                              const Node& at) {
  const Value<A> differences = flattened(applied(equations, point, at), at.where);
  const Value<A> zero = integer_value<A>(0);
  const Truth holds =
      compare_numbers(*differences.numeric(), notation::Relation::equal, *zero.numeric(), at.where).at(0);
  if (holds != Truth::true_ || rest == nullptr) return holds;
  return truth_of_value(applied(*rest, point, at), at.where).at(0);
}

/// What a closed description, or `exists`, over one box says in this arithmetic. Enclosures: a box about the solution.
/// Exact: the solution itself if its numbers are rational, found as the simplest ones in narrow enclosures.
template <class A>
typename Evaluator<A>::Solution Evaluator<A>::solve(const Node& node, const FunctionValue<A>& equations,
                                                    const FunctionValue<A>* rest, const Domain<A>& box,
                                                    bool wants_uniqueness) {
  Solution out;
  const bool is_closed = node.free.empty();
  RootRecord fresh;
  RootRecord& record = is_closed ? session_.roots[&node] : fresh;
  if constexpr (A::is_traced || A::is_symbolic || requires { A::is_modular; }) {
    return out;
  } else if constexpr (A::is_exact) {
    if (!is_closed) return out;
    // The simplest rational in an enclosure is the solution if the enclosure is narrower than the square of its
    // denominator: more and more precise ones are tried, while the numbers that are found are not the same as before.
    std::vector<Rational> last;
    for (long bits = first_precision_for_rationals; bits <= last_precision_for_rationals; bits *= precision_step) {
      Evaluator<BallArithmetic> balls(BallArithmetic(bits), session_);
      if (!balls.locate(node, wants_uniqueness)) return out;
      const std::vector<Rational> rationals = record.simplest;
      const Value<A> flat = numbers(rationals, {rationals.size()});
      out.point = point_of_box(box, *flat.numeric(), node.where);
      if (satisfies(equations, rest, out.point, node) == Truth::true_ &&
          member_of_domain(out.point, 0, box, node.where) == Truth::true_) {
        out.truth = Truth::true_;
        return out;
      }
      if (rationals == last) return out;
      last = rationals;
    }
    return out;
  } else {
    const Root<A> root =
        RootFinder<A>(*this, equations, box, node).find(wants_uniqueness, record.near, record.is_unique);
    if (root.test == RootTest::none) {
      out.truth = Truth::false_;
      session_.used_enclosures = true;
      return out;
    }
    if (!root.numbers.empty()) {
      record.near.clear();
      for (const auto& x : root.numbers) record.near.push_back(midpoint_rational(x));
    }
    record.is_unique = record.is_unique || root.is_candidate;
    out.is_candidate = root.is_candidate || (!wants_uniqueness && !root.numbers.empty());
    out.numbers = root.numbers;
    if (!root.reason.empty()) session_.hint = root.reason;
    if (!(wants_uniqueness ? root.test == RootTest::unique : root.exists)) return out;
    const Value<A> flat = numbers(root.numbers, {root.numbers.size()});
    out.point = point_of_box(box, *flat.numeric(), node.where);
    out.truth = rest == nullptr ? Truth::true_ : truth_of_value(applied(*rest, out.point, node), node.where).at(0);
    if (out.truth == Truth::false_ && !wants_uniqueness) out.truth = Truth::unknown;  // another solution may do
    session_.used_enclosures = true;
    if (root.kept > 0)
      session_.notes.insert("the solution keeps " + std::to_string(root.kept) + " of the " +
                            std::to_string(root.numbers.size()) + " coordinates of the centre of its box");
    return out;
  }
}

/// Looks for the solution of a closed description or `exists`, and keeps the simplest rationals near it.
template <class A>
bool Evaluator<A>::locate(const Node& node, bool wants_uniqueness) {
  if constexpr (!std::is_same_v<A, BallArithmetic>) {
    static_cast<void>(node), static_cast<void>(wants_uniqueness);
    return false;
  } else {
    const auto [equations, domain] = closed_system(node);
    const Domain<A>* box = domain.domain();
    if (box == nullptr || !box->is_box()) return false;
    const Solution solution = solve(node, *equations.function(), nullptr, *box, wants_uniqueness);
    if (!solution.is_candidate) return false;
    std::vector<Rational>& simplest = session_.roots[&node].simplest;
    simplest.clear();
    for (const Ball& x : solution.numbers) simplest.push_back(simplest_between(lower(x), upper(x)));
    return true;
  }
}

/// A point of the box's form of which nothing else is known.
template <class A>
Value<A> Evaluator<A>::unknown_point(const Domain<A>& box, Status status, const SourceRange& where) {
  const Value<A> flat = poison({status}, {box.corners[0].numeric()->entries()});
  return point_of_box(box, *flat.numeric(), where);
}

template <class A>
typename Evaluator<A>::Conditions Evaluator<A>::conditions_of(const System& system, LaneSpace& space, Act& act) {
  Conditions out{eval(*system.equations, space, act), std::nullopt};
  if (system.rest) out.rest = eval(*system.rest, space, act);
  return out;
}

template <class A>
typename Evaluator<A>::Solution Evaluator<A>::solve_in_lane(const Node& node, const Conditions& conditions,
                                                            const Domain<A>& box, bool wants_uniqueness,
                                                            LaneSpace& space, std::size_t lane) {
  const FunctionValue<A> equations = in_lane(*conditions.equations.function(), space, lane);
  if (!conditions.rest) return solve(node, equations, nullptr, box, wants_uniqueness);
  const FunctionValue<A> rest = in_lane(*conditions.rest->function(), space, lane);
  return solve(node, equations, &rest, box, wants_uniqueness);
}

template <class A>
Value<A> Evaluator<A>::eval_description(const Node& node, LaneSpace& space, Act& act) {
  if constexpr (A::is_traced) {
    throw NotSupported(node.where, "'the' inside of a function that is differentiated or minimised");
  } else {
    const Value<A> domain = eval(*node.children[0], space, act);
    const Domain<A>* boxes = domain.domain();
    if (boxes == nullptr || !boxes->is_box())
      fail(node.where, "'the' needs a box to look in", "Write ball(center, r), box(lo, hi) or interval(a, b).");
    if (!node.system) {
      session_.hint = "the condition of 'the' has no equation";
      return unknown_point(*boxes, Status::open, node.where);
    }
    const Conditions conditions = conditions_of(*node.system, space, act);
    const bool uniform = is_uniform(domain) && conditions.are_uniform();
    std::vector<std::pair<Value<A>, std::size_t>> parts;
    for (std::size_t l = 0; l < (uniform ? 1 : space.lanes()); ++l) {
      const Value<A> box = at_lane(domain, l);
      if (const Status status = status_at(box, 0); status != Status::ok) {
        parts.emplace_back(unknown_point(*box.domain(), status, node.where), 1);
        continue;
      }
      const Solution solution = solve_in_lane(node, conditions, *box.domain(), true, space, l);
      if (solution.truth == Truth::true_) {
        parts.emplace_back(solution.point, 1);
        continue;
      }
      if (solution.truth == Truth::false_) note_undefined(node, "there is no such point in the box");
      const Status status = solution.truth == Truth::false_ ? Status::undefined : Status::open;
      parts.emplace_back(unknown_point(*box.domain(), status, node.where), 1);
    }
    return join(arithmetic_, parts, node.where);
  }
}

/// Whether a system of equations has a solution in the box over which `exists` ranges, in lanes that are all the same.
template <class A>
Truth Evaluator<A>::solvable(const Node& node, LaneSpace& space, Act& act) {
  if constexpr (A::is_traced || A::is_symbolic || requires { A::is_modular; }) {
    return Truth::unknown;
  } else {
    const Value<A> domain = eval(*node.children[0], space, act);
    const Domain<A>* box = domain.domain();
    if (box == nullptr || !box->is_box() || status_at(domain, 0) != Status::ok) return Truth::unknown;
    const Conditions conditions = conditions_of(*node.system, space, act);
    if (!is_uniform(domain) || !conditions.are_uniform()) return Truth::unknown;
    const Solution solution = solve_in_lane(node, conditions, *box, false, space, 0);
    // That the equations are false everywhere does not make a condition false that is undefined before it comes to
    // them.
    if (solution.truth == Truth::false_ && node.system->rest_protects) return Truth::unknown;
    if (solution.truth == Truth::true_ && space.is_root() && !session_.witness)
      session_.witness = Witness{{{node.names[0], text(solution.point)}}, {}};
    return solution.truth;
  }
}

}  // namespace assay::evaluate
