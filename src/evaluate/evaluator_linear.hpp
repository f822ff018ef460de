#pragma once
#include "evaluate/evaluator.hpp"
#include "evaluate/linear_algebra.hpp"
#include "evaluate/rungs.hpp"

/// Evaluator: linear algebra, one matrix in each lane.
namespace assay::evaluate {

/// A vector counts as the matrix with one column that it is.
template <class A>
Value<A> Evaluator<A>::linear_algebra(const Node& node, Builtin builtin, const Num& x) {
  if constexpr (A::is_traced) {
    throw NotSupported(node.where, "linear algebra inside of a function that is differentiated or minimised");
  } else {
    if (is_poison({x})) {  // of unknown extent: so is the result, but inertia is a tuple
      std::vector<Status> statuses(x.status.size());
      for (std::size_t l = 0; l < statuses.size(); ++l) statuses[l] = x.status.at(l);
      const Value<A> unknown = poison(std::move(statuses));
      return builtin == Builtin::inertia ? tuple_value<A>(std::vector<Value<A>>(3, unknown)) : unknown;
    }
    if (x.shape.empty() || x.shape.size() > 2)
      fail(node.where, "a matrix is needed here, not shape " + describe(x.shape));
    const std::size_t rows = x.shape[0];
    const std::size_t cols = x.shape.size() == 2 ? x.shape[1] : 1;
    const bool any_shape =
        builtin == Builtin::rank || builtin == Builtin::kernel || builtin == Builtin::singular_values;
    if (!any_shape && rows != cols) fail(node.where, "a square matrix is needed here, not shape " + describe(x.shape));
    std::vector<std::pair<Value<A>, std::size_t>> parts;
    for (std::size_t l = 0; l < std::max(x.lanes, x.status.size()); ++l) {
      session_.budget.check();
      const Status status = x.status.at(l);
      const Value<A> of_lane = at_lane(Value<A>{x}, l);
      Num one = *of_lane.numeric();
      one.shape = {rows, cols};
      Value<A> of_lane_value =
          status == Status::ok ? of_matrix(node, builtin, one) : no_answer(builtin, status, rows, cols);
      parts.emplace_back(std::move(of_lane_value), 1);
    }
    return join(arithmetic_, parts, node.where);
  }
}

/// Of one matrix: exactly if its numbers are known to be rational and this arithmetic is exact, or they are few.
template <class A>
Value<A> Evaluator<A>::of_matrix(const Node& node, Builtin builtin, const Num& x) {
  constexpr std::size_t largest_in_passing = 64;
  const bool asks_symmetry =
      builtin == Builtin::inverse || builtin == Builtin::inertia || builtin == Builtin::eigenvalues;
  const std::size_t rows = x.shape[0];
  const std::size_t cols = x.shape[1];
  if constexpr (!A::is_traced) {
    using ForRationals = typename ladder_of<A>::RationalMatrices;
    const bool in_passing = A::is_exact || std::max(rows, cols) <= largest_in_passing;
    if (const auto rational = in_passing ? rational_matrix(x) : std::nullopt) {
      const ForRationals matrices(*session_.lemmas, session_.budget);
      Value<A> exactly =
          of_matrix_in(matrices, node, builtin, *rational, asks_symmetry && assay::is_symmetric(*rational), Form::real);
      // A certificate that fails is not made good by elimination or enclosures; in a ladder that searches, a missing
      // one is not either.
      const bool rests_on_lemma = builtin == Builtin::rank || builtin == Builtin::inertia;
      const bool is_missing = ladder_of<A>::searches && rests_on_lemma && !session_.lemmas->may_search();
      if (status_at(exactly, 0) != Status::open || is_missing || matrices.has_failed_lemma()) return exactly;
    }
  }
  // A large rank costs enclosures more than residues, which come later and are sure to find it.
  if (!A::is_exact && builtin == Builtin::rank && std::min(rows, cols) > largest_in_passing && is_all_rational(x))
    return bounded(0, std::min(rows, cols));
  const auto no = [&](Status status) { return no_answer(builtin, status, rows, cols); };
  if constexpr (A::is_traced) {
    return no(Status::open);
  } else {
    if (x.form == Form::complex && !A::is_exact) return no(Status::open);
    const Num real = promoted(arithmetic_, x, Form::real);
    Matrix<typename A::Real> matrix(rows, cols);
    for (std::size_t i = 0; i < rows * cols; ++i)
      if constexpr (std::is_same_v<typename A::Real, typename A::Complex>)
        matrix.entries[i] = x.form == Form::complex ? x.complexes->get(i) : real.reals->get(i);
      else
        matrix.entries[i] = real.reals->get(i);
    const Form form = are_certainly_real(matrix, x.form) ? Form::real : Form::complex;
    const Truth symmetric = asks_symmetry && form == Form::real ? is_symmetric(x, matrix) : Truth::unknown;
    if (symmetric == Truth::false_ && builtin == Builtin::inertia) return no(Status::undefined);
    return of_matrix_in(matrices_of(arithmetic_), node, builtin, matrix, symmetric == Truth::true_, form);
  }
}

/// Numbers that are complex by their making, such as sums of roots of unity, may all be real.
template <class A>
bool Evaluator<A>::are_certainly_real(const Matrix<typename A::Real>& matrix, Form form) const {
  if (form != Form::complex) return true;
  if constexpr (std::is_same_v<typename A::Real, typename A::Complex>) {
    return std::all_of(matrix.entries.begin(), matrix.entries.end(), [&](const auto& x) {
      typename A::Complex conjugate{};
      return arithmetic_.conj(conjugate, x) == Status::ok && arithmetic_.compare(x, conjugate) == relation::equal;
    });
  }
  return false;
}

/// The numbers of a matrix if all are known exactly and rational: integers, points.
template <class A>
std::optional<Matrix<Rational>> Evaluator<A>::rational_matrix(const Num& x) const {
  Matrix<Rational> out(x.shape[0], x.shape[1]);
  if (x.form == Form::integer) {
    for (std::size_t i = 0; i < out.entries.size(); ++i) out.entries[i] = exact_integer((*x.integers)[i]);
    return out;
  }
  if (x.form == Form::complex) return std::nullopt;
  for (std::size_t i = 0; i < out.entries.size(); ++i) {
    std::optional<Rational> q = arithmetic_.rational(x.reals->get(i));
    if (!q) return std::nullopt;
    out.entries[i] = std::move(*q);
  }
  return out;
}

/// Whether all numbers are known exactly and rational.
template <class A>
bool Evaluator<A>::is_all_rational(const Num& x) const {
  if (x.form == Form::integer) return true;
  if (x.form == Form::complex) return false;
  for (std::size_t i = 0; i < x.entries(); ++i)
    if (!arithmetic_.rational(x.reals->get(i))) return false;
  return true;
}

/// Whether the matrix is its own transpose: by its making (Numeric::is_symmetric), or by comparing numbers.
template <class A>
Truth Evaluator<A>::is_symmetric(const Num& x, const Matrix<typename A::Real>& matrix) {
  if (!matrix.is_square()) return Truth::false_;
  if (x.is_symmetric()) return Truth::true_;
  Truth all = Truth::true_;
  for (std::size_t i = 0; i < matrix.rows; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const Truth each = judge(matrix(i, j), notation::Relation::equal, matrix(j, i));
      if (each == Truth::false_) return each;
      if (each != Truth::true_) all = each;
    }
  return all;
}

/// A value of the right kind that is not ok.
template <class A>
Value<A> Evaluator<A>::no_answer(Builtin builtin, Status status, std::size_t rows, std::size_t cols) {
  switch (builtin) {
    case Builtin::inverse: return poison({status}, {rows, cols});
    case Builtin::characteristic_polynomial: return poison({status}, {rows + 1});
    case Builtin::eigenvalues: return poison({status}, {rows});
    case Builtin::singular_values: return poison({status}, {std::min(rows, cols)});
    case Builtin::inertia: return tuple_value<A>(std::vector<Value<A>>(3, poison({status})));
    default: return poison({status});
  }
}

/// Asks `matrices` (linear_algebra.hpp) and makes a value of the answer.
template <class A>
template <class Matrices, class T>
Value<A> Evaluator<A>::of_matrix_in(const Matrices& matrices, const Node& node, Builtin builtin,
                                    const Matrix<T>& matrix, bool is_symmetric, Form form) {
  const auto no = [&](Status status) { return no_answer(builtin, status, matrix.rows, matrix.cols); };
  const auto use = [&](const auto& answer, auto make) -> Value<A> {
    return answer.status == Status::ok ? make(answer.value) : no(answer.status);
  };
  constexpr bool enclosed = !A::is_exact && !std::is_same_v<T, Rational>;
  const auto count = [](std::size_t n) { return integer_value<A>(static_cast<std::int64_t>(n)); };
  const auto as_matrix = [&](const auto& m) { return numbers(m.entries, {m.rows, m.cols}, form); };
  const auto as_vector = [&](const auto& v) { return numbers(v, {v.size()}, form); };
  switch (builtin) {
    case Builtin::rank:
      return use(matrices.rank(matrix), [&](const RankBounds& rank) {
        if (rank.low != rank.high) return bounded(rank.low, rank.high);
        session_.used_enclosures = session_.used_enclosures || enclosed;
        return count(rank.low);
      });
    case Builtin::kernel: return use(matrices.kernel(matrix), as_matrix);
    case Builtin::det:
      return use(matrices.determinant(matrix), [&](const auto& d) { return numbers(std::vector{d}, {}, form); });
    case Builtin::inverse: {
      Value<A> inverse = use(matrices.inverse(matrix), as_matrix);
      if (is_symmetric) std::get<Num>(inverse.data).mark_symmetric();  // (A⁻¹)′ = (A′)⁻¹
      return inverse;
    }
    case Builtin::characteristic_polynomial: return use(matrices.characteristic_polynomial(matrix), as_vector);
    case Builtin::inertia:
      if (!is_symmetric && !std::is_same_v<T, Rational>) return no(Status::open);
      return use(matrices.inertia(matrix), [&](const Inertia& inertia) {
        session_.used_enclosures = session_.used_enclosures || enclosed;
        return tuple_value<A>({count(inertia.positive), count(inertia.negative), count(inertia.zero)});
      });
    case Builtin::eigenvalues:
      if (std::is_same_v<T, Rational> && !is_symmetric)
        throw NotSupported(node.where, "the eigenvalues of a matrix that is not symmetric");
      if (!is_symmetric) return no(Status::open);
      return use(matrices.eigenvalues(matrix), as_vector);
    case Builtin::singular_values: return use(matrices.singular_values(matrix), as_vector);
    default: ASSAY_ENSURE(false, "every function of matrices is known"); return {};
  }
}

/// A value of these numbers: rational ones as they are in this arithmetic, integers if they are. Where real and complex
/// numbers have one type, `form` says which they are.
template <class A>
template <class T>
Value<A> Evaluator<A>::numbers(const std::vector<T>& entries, Shape shape, Form form) {
  if constexpr (std::is_same_v<T, Rational>) {
    IntArray integers;
    for (const Rational& q : entries)
      if (const std::optional<std::int64_t> n = to_int64(q)) integers.push_back(*n);
    if (integers.size() == entries.size()) return integer_value<A>(std::move(integers), std::move(shape));
  }
  typename A::RealArray out(entries.size());
  Status status = Status::ok;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    typename A::Real x{};
    if constexpr (std::is_same_v<T, typename A::Real>) {
      x = entries[i];
    } else if constexpr (std::is_same_v<T, Rational>) {
      status = combine(status, arithmetic_.real(x, entries[i]));
    } else {  // exact numbers that an enclosing arithmetic met in a matrix of integers
      Status enclosed = Status::open;
      if constexpr (requires { enclose(arithmetic_, x, entries[i]); }) enclosed = enclose(arithmetic_, x, entries[i]);
      status = combine(status, enclosed);
    }
    out.set(i, std::move(x));
  }
  if (status != Status::ok) return poison({status});
  if constexpr (std::is_same_v<typename A::Real, typename A::Complex>)
    if (form == Form::complex) return complex_value<A>(std::move(out), 1, std::move(shape));
  return real_value<A>(std::move(out), 1, std::move(shape));
}

/// An integer of which only bounds are known: open, but comparisons may still be decided.
template <class A>
Value<A> Evaluator<A>::bounded(std::size_t low, std::size_t high) {
  Value<A> out = poison({Status::open});
  std::get<Num>(out.data).set_bounds(static_cast<std::int64_t>(low), static_cast<std::int64_t>(high));
  return out;
}

}  // namespace assay::evaluate
