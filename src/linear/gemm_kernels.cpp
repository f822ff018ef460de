// Compiled once for each instruction set: meson.build passes -mavx2 or the like and -DASSAY_GEMM_VARIANT=avx2.
// Eigen's functions are templates and inline, so the linker would merge the copies and could put AVX instructions into
// code for any processor; a name of its own for the namespace keeps the copies apart.
#define ASSAY_JOIN_(a, b) a##b
#define ASSAY_JOIN(a, b) ASSAY_JOIN_(a, b)
#define Eigen ASSAY_JOIN(Eigen_, ASSAY_GEMM_VARIANT)
#define EIGEN_DONT_PARALLELIZE
#define EIGEN_NO_DEBUG
#include <Eigen/Core>
#include <cstdint>
#include <cstring>

#include "linear/gemm.hpp"
#include "linear/machine_residue.hpp"

namespace assay::gemm {

namespace {

template <class Scalar>
void product(const Scalar* a, const Scalar* b, Scalar* c, std::size_t m, std::size_t k, std::size_t n, std::size_t lda,
             std::size_t ldb, std::size_t ldc) {
  using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  using Stride = Eigen::OuterStride<>;
  const auto index = [](std::size_t size) { return static_cast<Eigen::Index>(size); };
  const Eigen::Map<const Matrix, 0, Stride> left(a, index(m), index(k), Stride(index(lda)));
  const Eigen::Map<const Matrix, 0, Stride> right(b, index(k), index(n), Stride(index(ldb)));
  Eigen::Map<Matrix, 0, Stride> result(c, index(m), index(n), Stride(index(ldc)));
  result.noalias() = left * right;
}

struct Variant;  // of this instruction set

void reduce(double* x, std::size_t count, double p) {
  const MachineResidue<Variant> modulo(p);
  for (std::size_t k = 0; k < count; ++k) x[k] = modulo(x[k]);
}

bool are_congruent(const double* x, const double* y, double factor, std::size_t count, double p) {
  const MachineResidue<Variant> modulo(p);
  std::uint64_t bits = 0;  // of all residues, but for their signs
  for (std::size_t k = 0; k < count; ++k) {
    const double residue = modulo(x[k] - factor * y[k]);
    std::uint64_t word = 0;
    std::memcpy(&word, &residue, sizeof word);
    bits |= word << 1U;
  }
  return bits == 0;
}

}  // namespace

#define ASSAY_TEXT_(name) #name
#define ASSAY_TEXT(name) ASSAY_TEXT_(name)
extern const Kernels ASSAY_JOIN(kernels_, ASSAY_GEMM_VARIANT);
const Kernels ASSAY_JOIN(kernels_, ASSAY_GEMM_VARIANT) = {product<double>, product<float>, reduce, are_congruent,
                                                          ASSAY_TEXT(ASSAY_GEMM_VARIANT)};

}  // namespace assay::gemm
