#pragma once
#include <rapidcheck.h>

#include <string>
#include <utility>
#include <vector>

#include "base/contract.hpp"
#include "number/arithmetic.hpp"
#include "number/rational.hpp"

/// Random real functions of a vector v: as text in the notation, and as what can be evaluated in any arithmetic, dual
/// numbers of any order among them.
namespace assay::evaluate::testing {

/// The operations of an arithmetic A of evaluate/ or graph/ as functions that have to succeed.
template <class A>
class Certain {
 public:
  using Real = typename A::Real;
  explicit Certain(A arithmetic) : arithmetic_(std::move(arithmetic)) {}
  [[nodiscard]] Real number(const Rational& q) const {
    return got([&](Real& out) { return arithmetic_.real(out, q); });
  }
  [[nodiscard]] Real plus(const Real& x, const Real& y) const {
    return got([&](Real& out) { return arithmetic_.add(out, x, y); });
  }
  [[nodiscard]] Real minus(const Real& x, const Real& y) const {
    return got([&](Real& out) { return arithmetic_.subtract(out, x, y); });
  }
  [[nodiscard]] Real times(const Real& x, const Real& y) const {
    return got([&](Real& out) { return arithmetic_.multiply(out, x, y); });
  }
  [[nodiscard]] Real over(const Real& x, const Real& y) const {
    return got([&](Real& out) { return arithmetic_.divide(out, x, y); });
  }
  [[nodiscard]] Real apply(Elementary f, const Real& x) const {
    return got([&](Real& out) { return arithmetic_.apply(f, out, x); });
  }

 private:
  template <class F>
  static Real got(F f) {
    Real out{};
    ASSAY_ENSURE(f(out) == Status::ok, "random formulas are defined everywhere");
    return out;
  }
  A arithmetic_;
};

/// Dual numbers x + ε·x′, ε² = 0, over any arithmetic with the functions of Certain: forward derivatives [GW08, ch. 3].
/// Duals of duals give second derivatives.
template <class B>
class Dual {
 public:
  using Part = typename B::Real;
  struct Real {
    Part value;
    Part slope;
  };
  explicit Dual(B base) : base_(std::move(base)) {}
  [[nodiscard]] const B& base() const noexcept { return base_; }
  [[nodiscard]] Real number(const Rational& q) const { return {base_.number(q), base_.number(0)}; }
  [[nodiscard]] Real plus(const Real& x, const Real& y) const {
    return {base_.plus(x.value, y.value), base_.plus(x.slope, y.slope)};
  }
  [[nodiscard]] Real minus(const Real& x, const Real& y) const {
    return {base_.minus(x.value, y.value), base_.minus(x.slope, y.slope)};
  }
  [[nodiscard]] Real times(const Real& x, const Real& y) const {
    return {base_.times(x.value, y.value), base_.plus(base_.times(x.slope, y.value), base_.times(x.value, y.slope))};
  }
  [[nodiscard]] Real over(const Real& x, const Real& y) const {
    const Part quotient = base_.over(x.value, y.value);
    return {quotient, base_.over(base_.minus(x.slope, base_.times(quotient, y.slope)), y.value)};
  }
  [[nodiscard]] Real apply(Elementary f, const Real& x) const {
    const Part value = base_.apply(f, x.value);
    return {value, base_.times(slope(f, x.value, value), x.slope)};
  }

 private:
  /// f′(x), where z = f(x).
  [[nodiscard]] Part slope(Elementary f, const Part& x, const Part& z) const {
    const Part one = base_.number(1);
    switch (f) {
      case Elementary::exp: return z;
      case Elementary::log: return base_.over(one, x);
      case Elementary::sqrt: return base_.over(base_.number(Rational(1, 2)), z);
      case Elementary::sin: return base_.apply(Elementary::cos, x);
      case Elementary::cos: return base_.minus(base_.number(0), base_.apply(Elementary::sin, x));
      case Elementary::tanh: return base_.minus(one, base_.times(z, z));
      case Elementary::atan: return base_.over(one, base_.plus(one, base_.times(x, x)));
      default: ASSAY_ENSURE(false, "no other function is used"); return one;
    }
  }
  B base_;
};

/// An expression in v[0], v[1], ….
struct Formula {
  enum class Kind {
    variable,  ///< v[index]
    number,    ///< q
    sum,       ///< a + b
    difference,
    product,
    quotient,    ///< a/(1 + b²)
    power,       ///< aⁿ, n = index ≥ 2
    elementary,  ///< f(a), log and sqrt of 1 + a²
    data_sum,    ///< Σₖ data[k]·(a + k·b), data as below
    matrix_row,  ///< (M·(a, b))[index], M as below
    chosen,      ///< a, by a condition on integers or a condition on real numbers that holds all around
    bound,       ///< u·u + u with u = a
    kinked       ///< max(a, a + 1) + relu(1 + b²) + abs(−1 − b²), away from the kinks
  };
  Kind kind = Kind::number;
  Rational q = 0;
  std::size_t index = 0;
  Elementary function = Elementary::exp;
  std::vector<Formula> parts;
};

/// What data_sum and matrix_row use, to be put before claims.
inline const char* const formula_data = "let data = [1/2, -2, 3]\nlet M = [1, -1/2; 2, 3]\n";

/// n/d in lowest terms, as comparisons of rationals need it.
inline Rational ratio(long n, long d) {
  Rational out(n, d);
  out.canonicalize();
  return out;
}

inline std::string text(const Rational& q) { return "(" + to_string(q) + ")"; }

inline std::string name(Elementary f) {
  switch (f) {
    case Elementary::exp: return "exp";
    case Elementary::log: return "log";
    case Elementary::sqrt: return "sqrt";
    case Elementary::sin: return "sin";
    case Elementary::cos: return "cos";
    case Elementary::tanh: return "tanh";
    default: return "atan";
  }
}

inline std::string text(const Formula& f) {
  using K = Formula::Kind;
  const auto part = [&](std::size_t i) { return text(f.parts[i]); };
  switch (f.kind) {
    case K::variable: return "v[" + std::to_string(f.index) + "]";
    case K::number: return text(f.q);
    case K::sum: return "(" + part(0) + " + " + part(1) + ")";
    case K::difference: return "(" + part(0) + " - " + part(1) + ")";
    case K::product: return part(0) + "*" + part(1);
    case K::quotient: return "(" + part(0) + "/(1 + (" + part(1) + ")^2))";
    case K::power: return "(" + part(0) + ")^" + std::to_string(f.index);
    case K::elementary:
      if (f.function == Elementary::log || f.function == Elementary::sqrt)
        return name(f.function) + "(1 + (" + part(0) + ")^2)";
      return name(f.function) + "(" + part(0) + ")";
    case K::data_sum: return "sum(k in 0..2: data[k]*(" + part(0) + " + k*(" + part(1) + ")))";
    case K::matrix_row: return "(M*[" + part(0) + ", " + part(1) + "])[" + std::to_string(f.index) + "]";
    case K::chosen:
      if (f.index == 0) return "(if 7 mod 2 == 1 then " + part(0) + " else " + part(1) + ")";
      return "(if (" + part(1) + ")^2 + 1 > 0 then " + part(0) + " else 0)";
    case K::bound: return "(with u = " + part(0) + ": u*u + u)";
    case K::kinked:
      return "(max(" + part(0) + ", 1 + " + part(0) + ") + relu(1 + (" + part(1) + ")^2) + abs(-1 - (" + part(1) +
             ")^2))";
  }
  return "";
}

/// The formula's value at v, in any arithmetic with the functions of Certain.
template <class B>
[[nodiscard]] typename B::Real value(const B& b, const Formula& f, const std::vector<typename B::Real>& v) {
  using K = Formula::Kind;
  using Real = typename B::Real;
  std::vector<Real> x;
  if (f.kind == K::variable) return v[f.index];
  for (const Formula& part : f.parts) x.push_back(value(b, part, v));
  const auto number = [&](const Rational& q) { return b.number(q); };
  const auto one_and_square = [&](const Real& y) { return b.plus(number(1), b.times(y, y)); };
  const auto scaled = [&](const Rational& q, const Real& y) { return b.times(number(q), y); };
  switch (f.kind) {
    case K::variable: break;
    case K::number: return number(f.q);
    case K::sum: return b.plus(x[0], x[1]);
    case K::difference: return b.minus(x[0], x[1]);
    case K::product: return b.times(x[0], x[1]);
    case K::quotient: return b.over(x[0], one_and_square(x[1]));
    case K::power: {
      Real z = x[0];
      for (std::size_t i = 1; i < f.index; ++i) z = b.times(z, x[0]);
      return z;
    }
    case K::elementary: {
      const bool is_shifted = f.function == Elementary::log || f.function == Elementary::sqrt;
      return b.apply(f.function, is_shifted ? one_and_square(x[0]) : x[0]);
    }
    case K::data_sum:  // Σ dₖ·a + Σ k·dₖ·b
      return b.plus(scaled(Rational(3, 2), x[0]), scaled(4, x[1]));
    case K::matrix_row:
      return f.index == 0 ? b.plus(x[0], scaled(Rational(-1, 2), x[1])) : b.plus(scaled(2, x[0]), scaled(3, x[1]));
    case K::chosen: return x[0];
    case K::bound: return b.plus(b.times(x[0], x[0]), x[0]);
    case K::kinked: return b.plus(b.plus(x[0], number(1)), scaled(2, one_and_square(x[1])));
  }
  return number(0);
}

/// @param depth  of operations upon each other.
inline Formula random_formula(std::size_t variables, int depth, bool is_rational) {
  using K = Formula::Kind;
  const auto below = [](std::size_t n) {
    return static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(n)));
  };
  Formula f;
  if (depth == 0) {
    f.kind = below(4) == 0 ? K::number : K::variable;
    f.q = ratio(static_cast<long>(below(13)) - 6, 4);
    f.index = below(variables);
    return f;
  }
  const std::vector<K> kinds = {K::sum,    K::difference, K::product,    K::product, K::quotient,
                                K::power,  K::data_sum,   K::matrix_row, K::chosen,  K::bound,
                                K::kinked, K::elementary, K::elementary};
  f.kind = kinds[below(kinds.size() - (is_rational ? 2 : 0))];
  f.index = below(2);
  if (f.kind == K::power) f.index += 2;
  if (f.kind == K::elementary) {
    const std::vector<Elementary> functions = {Elementary::exp, Elementary::log,  Elementary::sqrt, Elementary::sin,
                                               Elementary::cos, Elementary::tanh, Elementary::atan};
    f.function = functions[below(functions.size())];
  }
  const std::size_t operands = f.kind == K::power || f.kind == K::elementary || f.kind == K::bound ? 1 : 2;
  for (std::size_t i = 0; i < operands; ++i)
    f.parts.push_back(random_formula(
        variables, i == 0 ? depth - 1 : static_cast<int>(below(static_cast<std::size_t>(depth))), is_rational));
  if (f.kind == K::elementary &&
      f.function == Elementary::exp) {  // of bounded arguments, so that numbers stay readable
    Formula bounded;
    bounded.kind = K::elementary;
    bounded.function = Elementary::sin;
    bounded.parts = std::move(f.parts);
    f.parts = {std::move(bounded)};
  }
  return f;
}

/// Multiples of 1/4 in [−2, 2].
inline std::vector<Rational> random_point(std::size_t size) {
  std::vector<Rational> out(size);
  for (Rational& x : out) x = ratio(*rc::gen::inRange<int>(-8, 9), 4);
  return out;
}

/// ∂f/∂vᵢ by dual numbers over B.
template <class B>
[[nodiscard]] typename B::Real slope(const B& base, const Formula& f, const std::vector<Rational>& x, std::size_t i) {
  const Dual<B> dual(base);
  std::vector<typename Dual<B>::Real> v;
  for (std::size_t k = 0; k < x.size(); ++k) v.push_back({base.number(x[k]), base.number(k == i ? 1 : 0)});
  return value(dual, f, v).slope;
}

/// ∂²f/∂vᵢ∂vⱼ by duals of duals.
template <class B>
[[nodiscard]] typename B::Real curvature(const B& base, const Formula& f, const std::vector<Rational>& x, std::size_t i,
                                         std::size_t j) {
  const Dual<Dual<B>> dual{Dual<B>(base)};
  std::vector<typename Dual<Dual<B>>::Real> v;
  for (std::size_t k = 0; k < x.size(); ++k)
    v.push_back({{base.number(x[k]), base.number(k == j ? 1 : 0)}, {base.number(k == i ? 1 : 0), base.number(0)}});
  return value(dual, f, v).slope.slope;
}

/// "[a, b, c]", or with ";" for rows of `columns`.
inline std::string text(const std::vector<Rational>& numbers, std::size_t columns = 0) {
  std::string out = "[";
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0) out += columns > 0 && i % columns == 0 ? "; " : ", ";
    out += text(numbers[i]);
  }
  return out + (columns > 0 && numbers.size() == columns ? ";]" : "]");
}

}  // namespace assay::evaluate::testing
