#pragma once
#include <memory>
#include <string>
#include <vector>

#include "evaluate/guarded_arithmetic.hpp"
#include "evaluate/linear_algebra.hpp"
#include "evaluate/prover_evaluators.hpp"
#include "symbolic/expression.hpp"

namespace assay::symbolic {

/// Closed forms in symbols that stand for real numbers. Untrusted: GiNaC rewrites as it likes, and identities are those
/// of the expressions where they are defined. Nothing here may feed a verdict.
///
/// Order is known of constants only. relu, abs, max, min and sign have functions of their own; a derivative at a kink
/// is one of them, too, and the kink is noted.
class GinacArithmetic : public evaluate::GuardedArithmetic<Expression, Expression::i> {
 public:
  static constexpr bool is_symbolic = false;  // the symbols are not those of SymbolicArithmetic
  static constexpr std::size_t block_lanes = std::size_t{1} << 10U;
  static constexpr std::size_t largest_array = std::size_t{1} << 20U;
  static constexpr const char* name = "closed forms";

  [[nodiscard]] Real pi() const { return Expression(GiNaC::Pi); }
  [[nodiscard]] Status divide(Real& out, const Real& x, const Real& y) const;
  [[nodiscard]] Status power(Real& out, const Real& x, std::int64_t n) const;
  [[nodiscard]] Status power(Real& out, const Real& x, const Real& y) const;
  [[nodiscard]] Status complex_power(Real& out, const Real& x, const Real& y) const;
  [[nodiscard]] Status apply(Elementary f, Real& out, const Real& x) const;
  [[nodiscard]] Status complex_apply(Elementary f, Real& out, const Real& x) const;
  [[nodiscard]] Status abs(Real& out, const Real& x) const;
  [[nodiscard]] Status relu(Real& out, const Real& x) const;
  [[nodiscard]] Status maximum(Real& out, const Real& x, const Real& y) const;
  [[nodiscard]] Status minimum(Real& out, const Real& x, const Real& y) const;
  [[nodiscard]] Status floor(Real& out, const Real& x) const;
  /// sign(x), which is 0 at 0.
  [[nodiscard]] Status sign(Real& out, const Real& x) const;
  /// u where x > y, v where x < y; no value where they are equal.
  [[nodiscard]] Status chosen(Real& out, const Real& x, const Real& y, const Real& u, const Real& v) const;
  [[nodiscard]] Relations compare(const Real& x, const Real& y) const;
  [[nodiscard]] bool is_order_exact(const Real&, const Real&) const noexcept { return true; }
  [[nodiscard]] std::string text(const Real& x, long) const;
  [[nodiscard]] std::string complex_text(const Complex& x, long digits) const { return text(x, digits); }
  /// Shared by all copies.
  [[nodiscard]] Findings& findings() const noexcept { return *findings_; }

 private:
  std::shared_ptr<Findings> findings_ = std::make_shared<Findings>();
};

/// Matrices of expressions: what needs no decision whether an entry is 0.
class GinacMatrices {
 public:
  using Real = Expression;
  [[nodiscard]] evaluate::Finding<evaluate::RankBounds> rank(const Matrix<Expression>&) const { return {}; }
  [[nodiscard]] evaluate::Finding<Matrix<Expression>> kernel(const Matrix<Expression>&) const { return {}; }
  [[nodiscard]] evaluate::Finding<Expression> determinant(const Matrix<Expression>& a) const;
  [[nodiscard]] evaluate::Finding<Matrix<Expression>> inverse(const Matrix<Expression>& a) const;
  [[nodiscard]] evaluate::Finding<std::vector<Expression>> characteristic_polynomial(const Matrix<Expression>& a) const;
  [[nodiscard]] evaluate::Finding<Inertia> inertia(const Matrix<Expression>&) const { return {}; }
  [[nodiscard]] evaluate::Finding<std::vector<Expression>> eigenvalues(const Matrix<Expression>&) const { return {}; }
  [[nodiscard]] evaluate::Finding<std::vector<Expression>> singular_values(const Matrix<Expression>&) const {
    return {};
  }
};

[[nodiscard]] inline GinacMatrices matrices_of(const GinacArithmetic&) { return {}; }

}  // namespace assay::symbolic

/// Where closed forms need numbers, they are the prover's.
template <>
struct assay::evaluate::LadderOf<assay::symbolic::GinacArithmetic> {
  using type = ProverLadder;
};
