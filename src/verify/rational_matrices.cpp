#include "verify/rational_matrices.hpp"

#include <algorithm>
#include <utility>

#include "verify/rank_check.hpp"
#include "verify/real_roots.hpp"

namespace assay::verify {

using evaluate::Finding;
using evaluate::RankBounds;

namespace {

bool is_eliminated(const Matrix<Rational>& a) { return std::min(a.rows, a.cols) <= largest_eliminated; }

/// The lemma for a matrix, or null.
template <class Certificate>
const Certificate* lemma_for(const std::map<std::string, Certificate>& known, const Matrix<Rational>& a) {
  const auto found = known.find(evaluate::digest(a));
  return found == known.end() ? nullptr : &found->second;
}

/// rational + sign·√radicand.
std::optional<ExactNumber> number(const RealRoot& root) {
  if (root.radicand == 0) return ExactNumber::from(root.rational);
  ExactNumber radical;
  if (apply(Elementary::sqrt, radical, ExactNumber::from(root.radicand), true) != Status::ok) return std::nullopt;
  return ExactNumber::from(root.rational) + (root.sign < 0 ? -radical : radical);
}

/// Sorts ascending by insertion, as an order may be undecided. @returns whether all was decided.
bool sort(std::vector<ExactNumber>& numbers) {
  for (std::size_t i = 1; i < numbers.size(); ++i)
    for (std::size_t j = i; j > 0; --j) {
      const Relations order = compare(numbers[j - 1], numbers[j]);
      if (order == relation::less || order == relation::equal) break;
      if (order != relation::greater) return false;
      std::swap(numbers[j - 1], numbers[j]);
    }
  return true;
}

}  // namespace

Finding<RankBounds> RationalMatrices::rank(const Matrix<Rational>& a) const {
  if (is_eliminated(a)) return ExactMatrices<Rational>::rank(a);
  const RankCertificate* lemma = lemma_for(lemmas_.lemmas().ranks, a);
  return lemma != nullptr ? checked(evaluate::exactly(certified_rank(a, *lemma))) : Finding<RankBounds>();
}

Finding<Inertia> RationalMatrices::inertia(const Matrix<Rational>& a) const {
  if (!a.is_square() || a != transposed(a)) return Finding<Inertia>(Status::undefined);
  if (is_eliminated(a)) return ExactMatrices<Rational>::inertia(a);
  const InertiaCertificate* lemma = lemma_for(lemmas_.lemmas().inertias, a);
  return lemma != nullptr ? checked(Finding(certified_inertia(a, *lemma))) : Finding<Inertia>();
}

Finding<std::vector<ExactNumber>> RationalMatrices::eigenvalues(const Matrix<Rational>& a) const {
  if (!a.is_square() || a != transposed(a)) return {};
  if (a.rows == 0) return Finding(std::vector<ExactNumber>());
  return evaluate::guarded([&]() -> Finding<std::vector<ExactNumber>> {
    const auto polynomial = characteristic_polynomial(a);
    if (polynomial.status != Status::ok) return {};
    const auto roots = real_roots(polynomial.value);
    if (!roots) return {};
    std::vector<ExactNumber> out;
    for (const RealRoot& root : *roots) {
      const std::optional<ExactNumber> value = number(root);
      if (!value) return {};
      out.insert(out.end(), root.multiplicity, *value);
    }
    return sort(out) ? Finding(std::move(out)) : Finding<std::vector<ExactNumber>>();
  });
}

/// The square roots of the eigenvalues of AᵀA or AAᵀ, whichever is smaller.
Finding<std::vector<ExactNumber>> RationalMatrices::singular_values(const Matrix<Rational>& a) const {
  const Matrix<Rational> wide = a.rows <= a.cols ? a : transposed(a);
  Matrix<Rational> square(wide.rows, wide.rows);
  for (std::size_t i = 0; i < wide.rows; ++i)
    for (std::size_t j = 0; j < wide.rows; ++j)
      for (std::size_t k = 0; k < wide.cols; ++k) square(i, j) += wide(i, k) * wide(j, k);
  auto squares = eigenvalues(square);
  if (squares.status != Status::ok) return {};
  std::vector<ExactNumber> out;
  for (auto it = squares.value.rbegin(); it != squares.value.rend(); ++it) {
    ExactNumber root;
    if (apply(Elementary::sqrt, root, *it, true) != Status::ok) return {};
    out.push_back(std::move(root));
  }
  return Finding(std::move(out));
}

}  // namespace assay::verify
