#include "linear/gemm.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace assay;

namespace {

template <class Scalar, class Kernel>
void check_products(Kernel multiply, double roundoff) {
  std::mt19937_64 generator(1);
  std::uniform_real_distribution<double> uniform(-1, 1);
  for (const std::size_t m : {1, 2, 7, 30})
    for (const std::size_t k : {1, 3, 16, 77})
      for (const std::size_t n : {1, 5, 48, 131}) {
        const std::size_t lda = k + 1;
        const std::size_t ldb = n + 3;
        const std::size_t ldc = n + 2;
        std::vector<Scalar> a(m * lda), b(k * ldb), c(m * ldc, Scalar(42));
        for (Scalar& x : a) x = static_cast<Scalar>(uniform(generator));
        for (Scalar& x : b) x = static_cast<Scalar>(uniform(generator));
        multiply(a.data(), b.data(), c.data(), m, k, n, lda, ldb, ldc);
        for (std::size_t i = 0; i < m; ++i) {
          for (std::size_t j = 0; j < n; ++j) {
            long double sum = 0;
            long double size = 0;
            for (std::size_t t = 0; t < k; ++t) {
              const long double term =
                  static_cast<long double>(a[i * lda + t]) * static_cast<long double>(b[t * ldb + j]);
              sum += term;
              size += std::fabs(term);
            }
            const auto error = static_cast<double>(std::fabs(static_cast<long double>(c[i * ldc + j]) - sum));
            CHECK(error <= (static_cast<double>(k) + 1) * roundoff * static_cast<double>(size));
          }
          CHECK(c[i * ldc + n] == Scalar(42));  // nothing is written beside the result
        }
      }
}

}  // namespace

TEST_CASE("the kernels of every instruction set round no worse than gamma_k", "[linear][gemm]") {
  for (const gemm::Kernels* kernels : {&gemm::baseline_kernels(), &gemm::best_kernels()}) {
    CAPTURE(kernels->name);
    check_products<double>(kernels->doubles, 0x1p-53);
    check_products<float>(kernels->floats, 0x1p-24);
  }
}

TEST_CASE("the kernels do not skip zeros, so infinities and NaN reach the result", "[linear][gemm]") {
  for (const gemm::Kernels* kernels : {&gemm::baseline_kernels(), &gemm::best_kernels()})
    for (const double bad : {std::numeric_limits<double>::infinity(), std::nan("")})
      for (const std::size_t n : {1, 9, 40}) {
        std::vector<double> a(std::size_t{5} * 8, 0.0), b(8 * n, 1.0), c(5 * n);
        b[3 * n + n / 2] = bad;
        kernels->doubles(a.data(), b.data(), c.data(), 5, 8, n, 8, n, n);
        for (std::size_t i = 0; i < 5; ++i)
          for (std::size_t j = 0; j < n; ++j) CHECK(std::isnan(c[i * n + j]) == (j == n / 2));
      }
}
