#include "evaluate/prover_matrices.hpp"

#include <algorithm>

#include "evaluate/rungs.hpp"
#include "linear/exact_eigenvalues.hpp"
#include "linear/rational_product.hpp"
#include "linear/rational_solve.hpp"
#include "linear/singular_values.hpp"
#include "linear/symmetric_eigen.hpp"
#include "linear/verified_solve.hpp"

namespace assay::evaluate {

namespace {

/// Whether a certificate would be larger and slower to check than elimination.
bool is_eliminated(const Matrix<Rational>& a) { return std::min(a.rows, a.cols) <= largest_eliminated; }

}  // namespace

/// What a certificate of `a` proves: the one in the store, or else one that is looked for.
/// @param known  those of the store.
template <class Certificate, class Find, class Check>
auto RationalMatrices::certified(const Matrix<Rational>& a, const std::map<std::string, Certificate>& known, Find find,
                                 Check check) const -> decltype(check(a, Certificate())) {
  const std::string name = digest(a);
  if (const auto it = known.find(name); it != known.end()) {
    const auto out = check(a, it->second);
    has_failed_lemma_ = !out;
    return out;
  }
  if (!lemmas_.may_search()) return std::nullopt;
  std::optional<Certificate> found = find(a);
  if (!found) return std::nullopt;
  const auto out = check(a, *found);
  if (out) lemmas_.keep(name, std::move(*found));
  return out;
}

Finding<RankBounds> RationalMatrices::rank(const Matrix<Rational>& a) const {
  return guarded([&] {
    if (is_eliminated(a)) return exactly(exact_rank(a, threads_));
    return exactly(certified(
        a, lemmas_.lemmas().ranks, [&](const auto& m) { return find_rank(m, threads_); },
        [&](const auto& m, const RankCertificate& c) { return checked_rank(m, c, threads_); }));
  });
}

Finding<Matrix<Rational>> RationalMatrices::kernel(const Matrix<Rational>& a) const {
  return guarded([&] { return Finding(kernel_basis(a, threads_)); });
}

Finding<Rational> RationalMatrices::determinant(const Matrix<Rational>& a) const {
  return guarded([&] { return Finding(assay::determinant(a, threads_)); });
}

Finding<Matrix<Rational>> RationalMatrices::inverse(const Matrix<Rational>& a) const {
  return guarded([&] {
    std::optional<Matrix<Rational>> inverse = assay::inverse(a, threads_);
    return inverse ? Finding(std::move(*inverse)) : Finding<Matrix<Rational>>(Status::undefined);
  });
}

Finding<std::vector<Rational>> RationalMatrices::characteristic_polynomial(const Matrix<Rational>& a) const {
  return guarded([&] { return Finding(assay::characteristic_polynomial(a)); });
}

Finding<Inertia> RationalMatrices::inertia(const Matrix<Rational>& a) const {
  if (!is_symmetric(a)) return Finding<Inertia>(Status::undefined);
  return guarded([&] {
    if (is_eliminated(a)) return Finding(exact_inertia(a, threads_));
    return Finding(certified(
        a, lemmas_.lemmas().inertias, [&](const auto& m) { return find_inertia(m, threads_); },
        [&](const auto& m, const InertiaCertificate& c) { return checked_inertia(m, c, threads_); }));
  });
}

Finding<std::vector<Exact>> RationalMatrices::eigenvalues(const Matrix<Rational>& a) const {
  if (!is_symmetric(a)) return {};
  return guarded([&] { return Finding(exact_eigenvalues(a)); });
}

/// The square roots of the eigenvalues of AᵀA or AAᵀ, whichever is smaller.
Finding<std::vector<Exact>> RationalMatrices::singular_values(const Matrix<Rational>& a) const {
  return guarded([&]() -> Finding<std::vector<Exact>> {
    const Matrix<Rational> wide = a.rows <= a.cols ? a : transposed(a);
    const Matrix<Rational> tall = transposed(wide);
    const auto pointers = [](const Matrix<Rational>& m) {
      std::vector<const Rational*> out;
      for (const Rational& q : m.entries) out.push_back(&q);
      return out;
    };
    auto square = rational_product(pointers(wide), pointers(tall), wide.rows, wide.cols, wide.rows);
    if (!square) return {};
    auto squares = exact_eigenvalues(Matrix<Rational>(wide.rows, wide.rows, std::move(*square)));
    if (!squares) return {};
    std::reverse(squares->begin(), squares->end());
    for (Exact& value : *squares) {
      Exact root;
      if (apply(Elementary::sqrt, root, value, true) != Status::ok) return {};
      value = std::move(root);
    }
    return Finding(std::move(*squares));
  });
}

namespace {

/// f(a) for doubles, which have no precision to be told, f(a, precision) for balls.
template <class T, class F>
auto with_precision(F f, long precision) {
  if constexpr (std::is_same_v<T, MidRad>)
    return f();
  else
    return f(precision);
}

}  // namespace

template <class T>
Finding<RankBounds> EnclosedMatrices<T>::rank(const Matrix<T>& a) const {
  // The bound of a large matrix costs balls more than residues and exact algebra, which come next, need for the rank.
  constexpr std::size_t large = 128;
  if (std::is_same_v<T, Ball> && precision_ <= first_precision && std::min(a.rows, a.cols) > large)
    return Finding(RankBounds{0, std::min(a.rows, a.cols)});
  const std::size_t low = with_precision<T>([&](auto... p) { return rank_lower_bound(a, p...); }, precision_);
  return Finding(RankBounds{low, std::min(a.rows, a.cols)});
}

template <class T>
Finding<T> EnclosedMatrices<T>::determinant(const Matrix<T>& a) const {
  T out = with_precision<T>([&](auto... p) { return verified_determinant(a, p...); }, precision_);
  return is_finite(out) ? Finding(std::move(out)) : Finding<T>();
}

template <class T>
Finding<Matrix<T>> EnclosedMatrices<T>::inverse(const Matrix<T>& a) const {
  return Finding(with_precision<T>([&](auto... p) { return verified_inverse(a, p...); }, precision_));
}

template <class T>
Finding<Inertia> EnclosedMatrices<T>::inertia(const Matrix<T>& a) const {
  const auto eigenvalues = with_precision<T>([&](auto... p) { return symmetric_eigen(a, p...); }, precision_);
  if (!eigenvalues) return {};
  const InertiaBounds bounds = inertia_bounds(*eigenvalues);
  if (!bounds.positive.is_exact() || !bounds.negative.is_exact() || !bounds.zero.is_exact()) return {};
  return Finding(Inertia{bounds.positive.least, bounds.negative.least, bounds.zero.least});
}

template <class T>
Finding<std::vector<T>> EnclosedMatrices<T>::eigenvalues(const Matrix<T>& a) const {
  return Finding(with_precision<T>([&](auto... p) { return symmetric_eigen(a, p...); }, precision_));
}

template <class T>
Finding<std::vector<T>> EnclosedMatrices<T>::singular_values(const Matrix<T>& a) const {
  return Finding(with_precision<T>([&](auto... p) { return assay::singular_values(a, p...); }, precision_));
}

template <class T>
std::optional<Matrix<T>> EnclosedMatrices<T>::solve(const Matrix<T>& a, const Matrix<T>& b) const {
  return with_precision<T>([&](auto... p) { return verified_solve(a, b, p...); }, precision_);
}

template <class T>
bool EnclosedMatrices<T>::is_certainly_regular(const Matrix<T>& a) const {
  return with_precision<T>([&](auto... p) { return assay::is_certainly_regular(a, p...); }, precision_);
}

template <class T>
Krawczyk<T> EnclosedMatrices<T>::krawczyk(const std::vector<T>& box, const std::vector<T>&, const std::vector<T>& value,
                                          const Matrix<T>& jacobian) const {
  return with_precision<T>([&](auto... p) { return assay::krawczyk(box, value, jacobian, p...); }, precision_);
}

template <class T>
std::vector<T> EnclosedMatrices<T>::propose_box(const std::vector<T>& centre, const std::vector<T>& value,
                                                const Matrix<T>& jacobian) const {
  return with_precision<T>([&](auto... p) { return assay::propose_box(centre, value, jacobian, p...); }, precision_);
}

template class EnclosedMatrices<MidRad>;
template class EnclosedMatrices<Ball>;

Status enclose(const BallArithmetic& arithmetic, Ball& out, const Exact& x) {
  out = re(enclosure(x, arithmetic.precision()));
  return Status::ok;
}

Status enclose(const FastArithmetic&, MidRad& out, const Exact& x) {
  out = to_midrad(re(enclosure(x, first_precision)));
  return Status::ok;
}

std::optional<std::vector<Exact>> algebraic_numbers(const ExactArithmetic&, const std::vector<RationalInterval>& narrow,
                                                    long precision) {
  // Lattice reduction needs more than (degree + 1)·(bits of the height) correct bits.
  constexpr long highest_degree = 8;
  constexpr long most_bits = 64;
  std::vector<Exact> out;
  for (const RationalInterval& x : narrow) {
    auto guess = CalciumNumber::guess(ball_between(x.low, x.high, 2 * precision), highest_degree, most_bits, precision);
    if (!guess) return std::nullopt;
    out.emplace_back(std::move(*guess));
  }
  return out;
}

}  // namespace assay::evaluate
