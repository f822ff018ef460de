#include "linear/modular_matrix.hpp"

#include <flint/nmod_mat.h>
#include <flint/ulong_extras.h>

#include <numeric>

#include "base/random.hpp"

namespace assay {

namespace {

class NmodMatrix {
 public:
  NmodMatrix(std::size_t rows, std::size_t cols, std::uint64_t prime) {
    nmod_mat_init(value_, static_cast<slong>(rows), static_cast<slong>(cols), prime);
  }
  NmodMatrix(const ModularMatrix& a, std::uint64_t prime) : NmodMatrix(a.rows, a.cols, prime) {
    for (std::size_t i = 0; i < a.rows; ++i)
      for (std::size_t j = 0; j < a.cols; ++j) at(i, j) = a(i, j);
  }
  NmodMatrix(const NmodMatrix&) = delete;
  NmodMatrix& operator=(const NmodMatrix&) = delete;
  ~NmodMatrix() { nmod_mat_clear(value_); }
  [[nodiscard]] nmod_mat_struct* get() noexcept { return value_; }
  [[nodiscard]] mp_limb_t& at(std::size_t i, std::size_t j) {
    return nmod_mat_entry(value_, static_cast<slong>(i), static_cast<slong>(j));
  }

 private:
  nmod_mat_t value_;
};

/// The arithmetic of one prime.
class Field {
 public:
  explicit Field(std::uint64_t prime) : prime_(prime), inverse_(n_preinvert_limb(prime)) {}
  [[nodiscard]] std::uint64_t multiply(std::uint64_t x, std::uint64_t y) const {
    return n_mulmod2_preinv(x, y, prime_, inverse_);
  }
  [[nodiscard]] std::uint64_t add(std::uint64_t x, std::uint64_t y) const { return n_addmod(x, y, prime_); }
  /// The matrix, whose entries `at` gives, times the vector.
  template <class At>
  [[nodiscard]] std::vector<std::uint64_t> apply(std::size_t rows, std::size_t cols, At at,
                                                 const std::vector<std::uint64_t>& v) const {
    std::vector<std::uint64_t> out(rows);
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t j = 0; j < cols; ++j) out[i] = add(out[i], multiply(at(i, j), v[j]));
    return out;
  }
  [[nodiscard]] std::vector<std::uint64_t> random_vector(std::size_t size) const {
    SplitMix64 random(prime_ ^ size);
    std::vector<std::uint64_t> out(size);
    for (std::uint64_t& x : out) x = random.below(prime_);
    return out;
  }

 private:
  std::uint64_t prime_;
  std::uint64_t inverse_;
};

}  // namespace

ModularMatrix modular_product(const ModularMatrix& x, const ModularMatrix& y, std::uint64_t prime) {
  ASSAY_ENSURE(x.cols == y.rows, "the factors of a product fit");
  NmodMatrix left(x, prime);
  NmodMatrix right(y, prime);
  NmodMatrix product(x.rows, y.cols, prime);
  nmod_mat_mul(product.get(), left.get(), right.get());
  ModularMatrix out(x.rows, y.cols);
  for (std::size_t i = 0; i < out.rows; ++i)
    for (std::size_t j = 0; j < out.cols; ++j) out(i, j) = product.at(i, j);
  const Field field(prime);
  const auto entries = [](const ModularMatrix& m) { return [&m](std::size_t i, std::size_t j) { return m(i, j); }; };
  const std::vector<std::uint64_t> v = field.random_vector(y.cols);
  const auto once = field.apply(out.rows, out.cols, entries(out), v);
  const auto twice = field.apply(x.rows, x.cols, entries(x), field.apply(y.rows, y.cols, entries(y), v));
  ASSAY_ENSURE(once == twice, "FLINT's product modulo a prime agrees with its factors at a random vector");
  return out;
}

std::size_t modular_rank(const ModularMatrix& a, std::uint64_t prime) {
  if (a.rows == 0 || a.cols == 0) return 0;
  NmodMatrix lu(a, prime);
  std::vector<slong> permutation(a.rows);
  std::iota(permutation.begin(), permutation.end(), slong{0});
  const auto rank = static_cast<std::size_t>(nmod_mat_lu(permutation.data(), lu.get(), 0));
  ASSAY_ENSURE(rank <= std::min(a.rows, a.cols), "a rank is at most the number of rows and of columns");
  // Row i of U is zero before its pivot, which lies further right than that of the row above; below the rank it is
  // zero. Its pivots are not zero, so L·U, and with it A, has this rank at least (and at most, as U has so many rows).
  std::vector<std::size_t> pivot(rank);
  std::size_t from = 0;
  for (std::size_t i = 0; i < rank; ++i) {
    std::size_t j = std::max(from, i);
    while (j < a.cols && lu.at(i, j) == 0) ++j;
    ASSAY_ENSURE(j < a.cols, "a row of an echelon form has a pivot");
    pivot[i] = j;
    from = j + 1;
  }
  const auto upper = [&](std::size_t i, std::size_t j) -> std::uint64_t {
    return i < rank && j >= pivot[i] ? lu.at(i, j) : 0;
  };
  const auto lower = [&](std::size_t i, std::size_t j) -> std::uint64_t {
    if (i == j) return 1;
    return j < i && j < rank ? lu.at(i, j) : 0;
  };
  const Field field(prime);
  const std::vector<std::uint64_t> v = field.random_vector(a.cols);
  const auto product = field.apply(a.rows, a.rows, lower, field.apply(a.rows, a.cols, upper, v));
  const auto direct = field.apply(
      a.rows, a.cols, [&](std::size_t i, std::size_t j) { return a(static_cast<std::size_t>(permutation[i]), j); }, v);
  ASSAY_ENSURE(product == direct, "FLINT's decomposition modulo a prime agrees with the matrix at a random vector");
  return rank;
}

}  // namespace assay
