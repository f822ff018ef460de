#pragma once
#include "base/random.hpp"
#include "evaluate/evaluator_derivatives.hpp"
#include "evaluate/linear_algebra.hpp"
#include "evaluate/rungs.hpp"
#include "linear/rational_solve.hpp"

/// Evaluator: relations between the equations of a system, c₁(t)·E₁(t) + … + c_m(t)·E_m(t) = 0 for all t, with
/// coefficients that are affine functions of the unknowns.
///
/// A function that is invariant under linear maps exp(s·S) has such a relation between the entries of its gradient,
/// (S·t)·∇H(t) = 0: rotations of hidden units, rescalings. So some equations follow from the others, as soon as a slice
/// says which of the equivalent solutions is meant. If E_i(t) = 0 for the i outside of T, then Σ_{i in T} c_i(t)·E_i(t)
/// = 0 for each relation, and if these are enough to make the matrix of the c_i(t), i in T, of full column rank, the
/// other equations hold, too.
///
/// Relations are found over ℚ from the values of the equations at random points (all relations are in the kernel), and
/// proved by normal forms.
namespace assay::evaluate {

/// Whether an arithmetic is the exact one of a ladder that may look for lemmas.
template <class A>
constexpr bool is_searching_exactly = false;
template <class A>
requires(has_real_numbers<A>&& A::is_exact) constexpr bool is_searching_exactly<A> = ladder_of<A>::searches;

/// The relations between the equations of a closed description or `exists`, proved; those of one call are kept.
template <class A>
const std::vector<Relation>& Evaluator<A>::relations_of(const Node& node) {
  static const std::vector<Relation> none;
  if constexpr (has_real_numbers<A>) {
    using Exact = typename ladder_of<A>::Exact;
    using Symbolic = typename ladder_of<A>::Symbolic;
    if (!node.free.empty()) return none;
    RootRecord& record = session_.roots[&node];
    if (!record.relations) {
      record.relations.emplace();
      LemmaStore& lemmas = *session_.lemmas;
      const std::string name = system_name(session_.describe(node));
      std::vector<Relation> guessed =
          lemmas.may_search() ? Evaluator<Exact>(Exact{}, session_).guess_relations(node) : lemmas.relations(name);
      if (!guessed.empty()) {
        Evaluator<Symbolic> symbolic(Symbolic{}, session_);
        record.relations = symbolic.proved_relations(node, std::move(guessed));
      }
      if (lemmas.may_search() && !record.relations->empty()) lemmas.keep(name, *record.relations);
    }
    return *record.relations;
  } else {
    static_cast<void>(node);
    return none;
  }
}

/// The equations of a closed description as a function, and the box.
template <class A>
std::pair<Value<A>, Value<A>> Evaluator<A>::closed_system(const Node& node) {
  LaneSpace root;
  Act act;
  act.serial = next_serial_++;
  Value<A> box = eval(*node.children[0], root, act);
  return {eval(*node.system->equations, root, act), std::move(box)};
}

template <class A>
std::vector<Relation> Evaluator<A>::guess_relations(const Node& node) {
  std::vector<Relation> out;
  if constexpr (is_searching_exactly<A>) {
    const auto [equations, domain] = closed_system(node);
    const Domain<A>& box = *domain.domain();
    const std::size_t n = box.corners[0].numeric()->entries();
    SplitMix64 random(n);
    constexpr std::size_t most_unknowns = 800;
    constexpr std::size_t more_points = 8;
    constexpr std::uint64_t spread = 19;
    std::vector<Rational> rows;
    std::size_t count = 0;
    std::size_t m = 0;
    do {
      session_.budget.check();
      std::vector<Rational> t(n);
      for (Rational& x : t) {
        const long numerator = static_cast<long>(random.below(spread)) - 9;
        const long denominator = 1 + static_cast<long>(random.below(4));
        x = Rational(numerator, denominator);
        x.canonicalize();
      }
      const Value<A> flat = numbers(t, {n});
      const Value<A> at = applied(*equations.function(), point_of_box(box, *flat.numeric(), node.where), node);
      const Value<A> values = flattened(at, node.where);
      const std::optional<Matrix<Rational>> e =
          status_at(values, 0) == Status::ok ? rational_matrix(as_column(*values.numeric())) : std::nullopt;
      if (!e) return out;
      m = e->rows;
      if (m * (n + 1) > most_unknowns) return out;
      for (const Rational& value : e->entries) {
        for (const Rational& x : t) rows.push_back(value * x);
        rows.push_back(value);
      }
      ++count;
    } while (count < m * (n + 1) + more_points);
    const Matrix<Rational> kernel = kernel_basis(Matrix<Rational>(count, m * (n + 1), std::move(rows)));
    for (std::size_t k = 0; k < kernel.cols; ++k) {
      Relation relation(m, n + 1);
      for (std::size_t i = 0; i < relation.entries.size(); ++i) relation.entries[i] = kernel(i, k);
      out.push_back(std::move(relation));
    }
  } else {
    static_cast<void>(node);
  }
  return out;
}

/// A vector as the matrix with one column that it is.
template <class A>
Numeric<A> Evaluator<A>::as_column(const Num& x) const {
  Num out = x;
  out.shape = {x.entries(), 1};
  return out;
}

/// Σ_i c_i(t)·E_i(t), with the numbers t and E_i in this arithmetic.
template <class A>
Status Evaluator<A>::coefficient(typename A::Real& out, const Relation& relation, std::size_t i,
                                 const std::vector<typename A::Real>& t) {
  Status status = arithmetic_.real(out, relation(i, t.size()));
  for (std::size_t j = 0; j < t.size(); ++j) {
    if (relation(i, j) == 0) continue;
    typename A::Real factor{};
    typename A::Real term{};
    typename A::Real sum{};
    status = combine(status, arithmetic_.real(factor, relation(i, j)));
    status = combine(status, arithmetic_.multiply(term, factor, t[j]));
    status = combine(status, arithmetic_.add(sum, out, term));
    out = std::move(sum);
  }
  return status;
}

template <class A>
std::vector<Relation> Evaluator<A>::proved_relations(const Node& node, std::vector<Relation> relations) {
  std::vector<Relation> out;
  if constexpr (A::is_symbolic) {
    const auto [equations, domain] = closed_system(node);
    const Domain<A>& box = *domain.domain();
    const std::size_t n = box.corners[0].numeric()->entries();
    const Value<A> symbols = symbol_for(Domain<A>{"power", "R", n, {}, nullptr}, node.where);
    const Value<A> at = applied(*equations.function(), point_of_box(box, *symbols.numeric(), node.where), node);
    const Value<A> values = flattened(at, node.where);
    if (status_at(values, 0) != Status::ok) return out;
    const Num e = promoted(arithmetic_, *values.numeric(), Form::real);
    std::vector<typename A::Real> t;
    for (std::size_t j = 0; j < n; ++j) t.push_back(symbols.numeric()->reals->get(j));
    for (Relation& relation : relations) {
      session_.budget.check();
      if (relation.rows != e.entries() || relation.cols != n + 1 || relation.entries.size() != relation.rows * (n + 1))
        continue;
      typename A::Real sum = arithmetic_.real(0);
      Status status = Status::ok;
      for (std::size_t i = 0; i < relation.rows && status == Status::ok; ++i) {
        typename A::Real c{};
        typename A::Real term{};
        typename A::Real next{};
        status = coefficient(c, relation, i, t);
        status = combine(status, arithmetic_.multiply(term, c, e.reals->get(i)));
        status = combine(status, arithmetic_.add(next, sum, term));
        sum = std::move(next);
      }
      if (status == Status::ok && arithmetic_.compare(sum, arithmetic_.real(0)) == relation::equal)
        out.push_back(std::move(relation));
    }
  } else {
    static_cast<void>(node), static_cast<void>(relations);
  }
  return out;
}

}  // namespace assay::evaluate
