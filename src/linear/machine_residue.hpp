#pragma once

namespace assay {

/// Residues of integers that are held as doubles, near 0. Exact.
///
/// For an integer |x| ≤ 2⁵² and 4 ≤ p ≤ 2³⁰ the result is congruent to x modulo p and at most (p + 2)/2 in size: with
/// the reciprocal (1/p)(1 + ε), |ε| ≤ 2⁻⁵³, the rounded quotient is within |x|/p·2⁻⁵² ≤ ¼ of x/p, hence at most 2⁵¹.
/// Adding and subtracting 3·2⁵¹ rounds it to an integer q with |q − x/p| ≤ ½ + |x|/p·2⁻⁵². So q·p differs from x by at
/// most p/2 + 1, is an integer below 2⁵³ and hence exact, and so is the difference. All of this holds with contractions
/// to fma as well.
///
/// @tparam Build  a type of its own for code that is compiled for several instruction sets (gemm_kernels.cpp), so that
///                the linker does not take one for the other.
template <class Build = void>
class MachineResidue {
 public:
  explicit MachineResidue(double p) noexcept : p_(p), reciprocal_(1 / p) {}
  [[nodiscard]] double operator()(double x) const noexcept {
    return x - ((x * reciprocal_ + 0x1.8p52) - 0x1.8p52) * p_;
  }

 private:
  double p_, reciprocal_;
};

}  // namespace assay
