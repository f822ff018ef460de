#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "number/basic_symbolic.hpp"

namespace assay {

/// Real functions that no exponential polynomial expresses, such as log(x), sqrt(1 + x²), erf(x): each is an
/// indeterminate of its own, a *kernel* of computer algebra, which stands for f(u).
///
/// *Soundness.* f(u) is a real number wherever u lies in the domain of f; a kernel is only handed out if the
/// assumptions imply that, so an identity between polynomials in kernels, which holds for all their values, holds for
/// the functions. Equal arguments give the same kernel. Beyond that it is known that sqrt(u)² = u (`reduced`),
/// exp(n·log(u)) = uⁿ, sqrt(c·u) = sqrt(c)·sqrt(u) for rational c > 0, and what sign follows from that of u. So nothing
/// is complete here: log(x·y) − log(x) − log(y) is not seen to be 0.
///
/// The definitions are in symbolic_functions_definitions.hpp.
template <CoefficientField C>
class BasicSymbolicFunctions {
 public:
  using Symbolic = BasicSymbolic<C>;
  using Assumptions = BasicAssumptions<C>;

  /// The most kernels, and the first index of the real variables that stand for them.
  static constexpr std::size_t most_kernels = 1000;
  static constexpr std::size_t first_index = std::size_t{1} << 32U;

  /// out = f(x): as `assay::apply` over the reals where that knows it, else a kernel. What is known of its sign is
  /// assumed. Open if the assumptions do not imply that x is real and in the domain of f, and for tan, digamma.
  [[nodiscard]] Status apply(Elementary f, Symbolic& out, const Symbolic& x, Assumptions& assumptions);
  /// out = x^q over the reals: as `assay::power`, else for odd multiples of 1/2 a power of the kernel sqrt(x).
  [[nodiscard]] Status power(Symbolic& out, const Symbolic& x, const Rational& q, Assumptions& assumptions);

  /// x with no power of a square root beyond the first in its numerator. Equal to x where x is defined.
  /// @throws NotRepresentable
  [[nodiscard]] Symbolic reduced(const Symbolic& x) const;

  /// What an indeterminate stands for, f(u), if it is a kernel.
  struct Kernel {
    Elementary function;
    Symbolic argument;
  };
  [[nodiscard]] const Kernel* find(const Indeterminate& x) const;

  /// As `default_name`; kernels as e.g. log(x0).
  [[nodiscard]] std::string name(const Indeterminate& x) const;

 private:
  [[nodiscard]] Status kernel(Elementary f, Symbolic& out, const Symbolic& x, Assumptions& assumptions);
  [[nodiscard]] Status logarithm(Symbolic& out, const Symbolic& x, Assumptions& assumptions);
  [[nodiscard]] Status exponential(Symbolic& out, const Symbolic& x, Assumptions& assumptions);
  [[nodiscard]] Symbolic without_squares(const BasicExponentialPolynomial<C>& p, std::size_t index) const;

  std::vector<Kernel> kernels_;
};

}  // namespace assay
