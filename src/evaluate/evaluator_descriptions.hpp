#pragma once
#include "evaluate/root_finder.hpp"
#include "evaluate/rungs.hpp"

/// Evaluator: definite descriptions, and `exists` over a box, as solutions of systems of equations (root_finder.hpp).
namespace assay::evaluate {

/// At which enclosures of a solution algebraic numbers are looked for, in bits.
constexpr long precision_for_algebraic_numbers = 1024;

/// Whether an arithmetic's matrices have what solving equations needs (root_check.hpp).
template <class A>
constexpr bool checks_roots = is_enclosing<A>&& requires(const A& a) {
  matrices_of(a).precision();
};

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

/// What a description, or `exists`, over one box says in this arithmetic. Enclosures: a box about the solution. Exact:
/// the solution itself if its numbers are rational, or algebraic of low degree, and the description is closed.
/// @param name  of the system of equations, for its lemmas (Lemmas::roots).
template <class A>
typename Evaluator<A>::Solution Evaluator<A>::solve(const Node& node, const std::string& name,
                                                    const FunctionValue<A>& equations, const FunctionValue<A>* rest,
                                                    const Domain<A>& box, bool wants_uniqueness) {
  if constexpr (checks_roots<A>)
    return solve_enclosed(node, root_of(node, name, equations, box, wants_uniqueness), rest, box, wants_uniqueness);
  else if constexpr (has_real_numbers<A> && A::is_exact)
    return node.free.empty() ? solve_exactly(node, equations, rest, box, wants_uniqueness) : Solution();
  else
    return {};
}

/// The simplest rational in an enclosure is the solution if the enclosure is narrower than the square of its
/// denominator: more and more precise ones are tried, while the numbers that are found are not the same as before. If
/// it is not rational it may be algebraic. Whatever is tried is put into the condition exactly.
template <class A>
typename Evaluator<A>::Solution Evaluator<A>::solve_exactly(const Node& node, const FunctionValue<A>& equations,
                                                            const FunctionValue<A>* rest, const Domain<A>& box,
                                                            bool wants_uniqueness) {
  Solution out;
  if constexpr (has_real_numbers<A> && A::is_exact) {
    using Enclosing = typename ladder_of<A>::Enclosing;
    std::vector<Rational> last;
    for (long bits = first_precision_for_rationals; bits <= last_precision_for_rationals; bits *= precision_step) {
      Evaluator<Enclosing> enclosing(Enclosing(bits), session_);
      if (!enclosing.locate(node, wants_uniqueness)) return out;
      const std::vector<RationalInterval> narrow = session_.roots[&node].narrow;
      std::vector<Rational> rationals;
      for (const RationalInterval& x : narrow) rationals.push_back(simplest_between(x.low, x.high));
      if (is_solution(numbers(rationals, {rationals.size()}), node, equations, rest, box, out)) return out;
      if (rationals == last) return out;
      last = rationals;
      if constexpr (requires { algebraic_numbers(arithmetic_, narrow, bits); }) {
        if (bits != precision_for_algebraic_numbers) continue;
        if (const auto guess = algebraic_numbers(arithmetic_, narrow, bits))
          if (is_solution(numbers(*guess, {guess->size()}), node, equations, rest, box, out)) return out;
      }
    }
  } else {
    static_cast<void>(node), static_cast<void>(equations), static_cast<void>(rest), static_cast<void>(box),
        static_cast<void>(wants_uniqueness);
  }
  return out;
}

/// Whether these numbers satisfy the whole condition and lie in the box: then the solution is made of them.
template <class A>
bool Evaluator<A>::is_solution(const Value<A>& flat, const Node& node, const FunctionValue<A>& equations,
                               const FunctionValue<A>* rest, const Domain<A>& box, Solution& out) {
  if (status_at(flat, 0) != Status::ok) return false;
  out.point = point_of_box(box, *flat.numeric(), node.where);
  if (satisfies(equations, rest, out.point, node) != Truth::true_ ||
      member_of_domain(out.point, 0, box, node.where) != Truth::true_)
    return false;
  out.truth = Truth::true_;
  return true;
}

/// What this arithmetic shows of the solutions: by the lemma of that name, or by search where that is allowed. What it
/// tells the next arithmetics is written down.
template <class A>
Root<A> Evaluator<A>::root_of(const Node& node, const std::string& name, const FunctionValue<A>& equations,
                              const Domain<A>& box, bool wants_uniqueness) {
  Root<A> root;
  if constexpr (checks_roots<A>) {
    RootRecord fresh;
    RootRecord& record = node.free.empty() ? session_.roots[&node] : fresh;
    LemmaStore& lemmas = *session_.lemmas;
    const long precision = matrices_of(arithmetic_).precision();
    if (lemmas.may_search()) {
      if constexpr (ladder_of<A>::searches) {
        RootFinder<A> finder(*this, equations, box, node);
        root = finder.find(wants_uniqueness, record.near, record.is_unique);
        if (root.is_shown || root.test == RootTest::none) lemmas.keep(name, precision, finder.proof());
      }
    } else if (const RootProof* proof = lemmas.root_proof(name, precision - ladder_of<A>::bits_beyond_lemma)) {
      root = RootCheck<A>(*this, equations, box, node).check(*proof, wants_uniqueness, record.is_unique);
    } else {
      root.reason = "the certificate does not say why the equations have a solution";
    }
    if (!root.numbers.empty()) {
      record.near.clear();
      for (const auto& x : root.numbers) record.near.push_back(midpoint_rational(x));
    }
    record.is_unique = record.is_unique || root.is_candidate;
    if (!root.reason.empty() && root.test != RootTest::none) session_.hint = root.reason;
  }
  return root;
}

template <class A>
typename Evaluator<A>::Solution Evaluator<A>::solve_enclosed(const Node& node, const Root<A>& root,
                                                             const FunctionValue<A>* rest, const Domain<A>& box,
                                                             bool wants_uniqueness) {
  Solution out;
  if (root.test == RootTest::none) {
    out.truth = Truth::false_;
    session_.used_enclosures = true;
    return out;
  }
  out.is_candidate = root.is_candidate || (!wants_uniqueness && !root.numbers.empty());
  out.numbers = root.numbers;
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

/// Names a system of equations for its lemmas: as the notation prints it, with the values of the variables that it
/// depends on. Two that share a name share a lemma, which then fails for one of them.
template <class A>
std::string Evaluator<A>::name_of_system(const Node& node, LaneSpace& space, const Act& act, std::size_t lane) {
  std::string out = session_.describe(node);
  for (const Slot slot : node.free)
    out += "; " + text(in_lane(act.slots[slot].value, act.slots[slot].space, space, lane));
  return system_name(std::move(out));
}

/// Looks for the solution of a closed description or `exists`, and keeps enclosures of it.
template <class A>
bool Evaluator<A>::locate(const Node& node, bool wants_uniqueness) {
  if constexpr (!checks_roots<A> || !requires(const A& a) { a.precision(); }) {
    static_cast<void>(node), static_cast<void>(wants_uniqueness);
    return false;
  } else {
    const auto [equations, domain] = closed_system(node);
    const Domain<A>* box = domain.domain();
    if (box == nullptr || !box->is_box()) return false;
    const Solution solution =
        solve(node, system_name(session_.describe(node)), *equations.function(), nullptr, *box, wants_uniqueness);
    if (!solution.is_candidate) return false;
    std::vector<RationalInterval>& narrow = session_.roots[&node].narrow;
    narrow.clear();
    for (const auto& x : solution.numbers) narrow.push_back(rational_bounds(x));
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
                                                            LaneSpace& space, const Act& act, std::size_t lane) {
  const std::string name = name_of_system(node, space, act, lane);
  const FunctionValue<A> equations = in_lane(*conditions.equations.function(), space, lane);
  if (!conditions.rest) return solve(node, name, equations, nullptr, box, wants_uniqueness);
  const FunctionValue<A> rest = in_lane(*conditions.rest->function(), space, lane);
  return solve(node, name, equations, &rest, box, wants_uniqueness);
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
      const Solution solution = solve_in_lane(node, conditions, *box.domain(), true, space, act, l);
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

/// Whether a system of equations has a solution in the box over which `exists` ranges: in each lane, or once if nothing
/// varies.
template <class A>
std::vector<Truth> Evaluator<A>::solvable(const Node& node, LaneSpace& space, Act& act) {
  if constexpr (!has_real_numbers<A>) {
    return {Truth::unknown};
  } else {
    const Value<A> domain = eval(*node.children[0], space, act);
    const Domain<A>* boxes = domain.domain();
    if (boxes == nullptr || !boxes->is_box()) return {Truth::unknown};
    const Conditions conditions = conditions_of(*node.system, space, act);
    const bool uniform = is_uniform(domain) && conditions.are_uniform();
    std::vector<Truth> out(uniform ? 1 : space.lanes(), Truth::unknown);
    for (std::size_t l = 0; l < out.size(); ++l) {
      const Value<A> box = at_lane(domain, l);
      if (status_at(box, 0) != Status::ok) continue;
      const Solution solution = solve_in_lane(node, conditions, *box.domain(), false, space, act, l);
      // Where the condition is undefined at a solution, another one may do. That the equations are false everywhere
      // does not make a condition false that is undefined before it comes to them.
      if (solution.truth == Truth::undefined || (solution.truth == Truth::false_ && node.system->rest_protects))
        continue;
      if (solution.truth == Truth::true_ && space.is_root() && !session_.witness)
        session_.witness = Witness{{{node.names[0], text(solution.point)}}, {}};
      out[l] = solution.truth;
    }
    return out;
  }
}

}  // namespace assay::evaluate
