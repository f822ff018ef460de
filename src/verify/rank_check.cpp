#include "verify/rank_check.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "linear/elimination.hpp"
#include "linear/lagrange_reduction.hpp"

namespace assay::verify {

namespace {

using Word = std::uint64_t;
__extension__ using DoubleWord = unsigned __int128;

/// Numbers modulo some m, 2 ≤ m < 2⁶².
class Modulus {
 public:
  explicit Modulus(Word m) : m_(m) {}
  [[nodiscard]] Word reduced(const Integer& x) const { return mpz_fdiv_ui(x.get_mpz_t(), m_); }
  [[nodiscard]] Word product(Word x, Word y) const { return static_cast<Word>(static_cast<DoubleWord>(x) * y % m_); }
  [[nodiscard]] Word difference(Word x, Word y) const { return x >= y ? x - y : x + (m_ - y); }
  /// Nothing if x and m have a common divisor.
  [[nodiscard]] std::optional<Word> inverse(Word x) const {
    Integer out;
    if (mpz_invert(out.get_mpz_t(), Integer(x).get_mpz_t(), Integer(m_).get_mpz_t()) == 0) return std::nullopt;
    return out.get_ui();
  }

 private:
  Word m_;
};

/// Each row times the least common denominator of its entries: a matrix of the same rank.
Matrix<Integer> without_denominators(const Matrix<Rational>& a) {
  Matrix<Integer> out(a.rows, a.cols);
  for (std::size_t i = 0; i < a.rows; ++i) {
    Integer common = 1;
    for (std::size_t j = 0; j < a.cols; ++j) common = lcm(common, a(i, j).get_den());
    for (std::size_t j = 0; j < a.cols; ++j) out(i, j) = a(i, j).get_num() * (common / a(i, j).get_den());
  }
  return out;
}

/// The matrix times the least common denominator of all entries.
Matrix<Integer> times_denominator(const Matrix<Rational>& a) {
  Integer common = 1;
  for (const Rational& x : a.entries) common = lcm(common, x.get_den());
  Matrix<Integer> out(a.rows, a.cols);
  for (std::size_t i = 0; i < out.entries.size(); ++i)
    out.entries[i] = a.entries[i].get_num() * (common / a.entries[i].get_den());
  return out;
}

/// Different indices below `size`.
bool is_choice(const std::vector<std::size_t>& indices, std::size_t size) {
  std::vector<bool> taken(size, false);
  for (const std::size_t i : indices) {
    if (i >= size || taken[i]) return false;
    taken[i] = true;
  }
  return true;
}

/// Whether all leading principal minors of the square `b` are different from 0 modulo m: elimination without exchanging
/// rows finds a pivot that can be inverted in each step. The k-th minor is the product of the first k pivots.
bool has_leading_minors(const Matrix<Integer>& b, Word m) {
  const Modulus modulus(m);
  const std::size_t n = b.rows;
  Matrix<Word> a(n, n);
  for (std::size_t i = 0; i < a.entries.size(); ++i) a.entries[i] = modulus.reduced(b.entries[i]);
  for (std::size_t k = 0; k < n; ++k) {
    const std::optional<Word> inverse = modulus.inverse(a(k, k));
    if (!inverse) return false;
    for (std::size_t i = k + 1; i < n; ++i) {
      const Word factor = modulus.product(a(i, k), *inverse);
      if (factor == 0) continue;
      for (std::size_t j = k + 1; j < n; ++j) a(i, j) = modulus.difference(a(i, j), modulus.product(factor, a(k, j)));
    }
  }
  return true;
}

template <class T>
bool has_extents(const Matrix<T>& a, std::size_t rows, std::size_t cols) {
  return a.rows == rows && a.cols == cols && a.entries.size() == rows * cols;
}

/// Whether the other columns are combinations of the chosen ones: B[:, cols]·relations = denominator·B[:, others].
bool spans_columns(const Matrix<Integer>& b, const RankCertificate& certificate) {
  std::vector<std::size_t> others;
  for (std::size_t j = 0; j < b.cols; ++j)
    if (std::find(certificate.cols.begin(), certificate.cols.end(), j) == certificate.cols.end()) others.push_back(j);
  const std::size_t rank = certificate.cols.size();
  if (certificate.denominator <= 0 || !has_extents(certificate.relations, rank, others.size())) return false;
  Integer sum;
  for (std::size_t i = 0; i < b.rows; ++i)
    for (std::size_t j = 0; j < others.size(); ++j) {
      sum = -certificate.denominator * b(i, others[j]);
      for (std::size_t k = 0; k < rank; ++k) sum += b(i, certificate.cols[k]) * certificate.relations(k, j);
      if (sum != 0) return false;
    }
  return true;
}

/// sign·vᵀ·a·v.
Matrix<Integer> gram(const Matrix<Integer>& a, const Matrix<Integer>& v, int sign) {
  Matrix<Integer> image(a.rows, v.cols);
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t k = 0; k < a.cols; ++k) {
      if (a(i, k) == 0) continue;
      for (std::size_t j = 0; j < v.cols; ++j) image(i, j) += a(i, k) * v(k, j);
    }
  Matrix<Integer> out(v.cols, v.cols);
  for (std::size_t i = 0; i < v.cols; ++i)
    for (std::size_t j = 0; j < v.cols; ++j) {
      for (std::size_t k = 0; k < a.rows; ++k) out(i, j) += v(k, i) * image(k, j);
      out(i, j) *= sign;
    }
  return out;
}

/// Whether the symmetric `a` is positive definite: every square form of it has only positive values (Sylvester).
bool is_positive_definite(const Matrix<Integer>& a) {
  Matrix<Rational> rational(a.rows, a.cols);
  for (std::size_t i = 0; i < a.entries.size(); ++i) rational.entries[i] = a.entries[i];
  const auto form = square_form(rational, false);
  return form && form->rank == a.rows &&
         std::all_of(form->values.begin(), form->values.end(), [](const Rational& value) { return value > 0; });
}

/// Whether `a` is positive definite because each diagonal entry exceeds the sum of the others of its row (Gershgorin),
/// after rows and columns were scaled by powers of two that make the diagonal about equal: much cheaper.
bool is_dominated_by_diagonal(const Matrix<Integer>& a) {
  std::vector<mp_bitcnt_t> scale(a.rows);
  for (std::size_t i = 0; i < a.rows; ++i) {
    if (a(i, i) <= 0) return false;
    scale[i] = mpz_sizeinbase(a(i, i).get_mpz_t(), 2) / 2;
  }
  const mp_bitcnt_t most = a.rows == 0 ? 0 : *std::max_element(scale.begin(), scale.end());
  for (std::size_t i = 0; i < a.rows; ++i) {
    Integer excess = a(i, i) << (most - scale[i]);
    for (std::size_t j = 0; j < a.cols; ++j)
      if (j != i) excess -= abs(a(i, j)) << (most - scale[j]);
    if (excess <= 0) return false;
  }
  return true;
}

}  // namespace

std::optional<std::size_t> certified_rank(const Matrix<Rational>& a, const RankCertificate& certificate) {
  const std::size_t rank = certificate.rows.size();
  if (certificate.cols.size() != rank) return std::nullopt;
  const Matrix<Integer> b = without_denominators(certificate.of_transpose ? transposed(a) : a);
  if (!is_choice(certificate.rows, b.rows) || !is_choice(certificate.cols, b.cols)) return std::nullopt;
  constexpr Word bound = Word{1} << 62U;
  if (rank > 0) {
    if (certificate.prime < 2 || certificate.prime >= bound) return std::nullopt;
    if (!has_leading_minors(submatrix(b, certificate.rows, certificate.cols), certificate.prime)) return std::nullopt;
  }
  const bool is_full = rank == std::min(b.rows, b.cols);
  if (is_full && certificate.relations.entries.empty()) return rank;
  if (!spans_columns(b, certificate)) return std::nullopt;
  return rank;
}

std::optional<Inertia> certified_inertia(const Matrix<Rational>& a, const InertiaCertificate& certificate) {
  const Matrix<Integer>& v = certificate.positive;
  const Matrix<Integer>& w = certificate.negative;
  if (!a.is_square() || a != transposed(a) || v.cols > a.rows || w.cols > a.rows || !has_extents(v, a.rows, v.cols) ||
      !has_extents(w, a.rows, w.cols))
    return std::nullopt;
  const std::optional<std::size_t> rank = certified_rank(a, certificate.rank);
  if (!rank || v.cols + w.cols != *rank) return std::nullopt;
  const Matrix<Integer> scaled = times_denominator(a);  // by a positive number, which changes no sign
  for (const Matrix<Integer>& form : {gram(scaled, v, 1), gram(scaled, w, -1)})
    if (!is_dominated_by_diagonal(form) && !is_positive_definite(form)) return std::nullopt;
  return Inertia{v.cols, w.cols, a.rows - *rank};
}

}  // namespace assay::verify
