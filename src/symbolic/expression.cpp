#include "symbolic/expression.hpp"

#include <sstream>

namespace assay::symbolic {

namespace {

using GiNaC::ex;

// The functions that only depend on the sign are given their argument without such factors: H(2x) is H(x).
ex relu_eval(const ex& x) {
  if (const auto sign = guessed_sign(x)) return *sign > 0 ? x : ex(0);
  return relu(x).hold();
}
ex larger_eval(const ex& x, const ex& y) {
  if (const auto sign = guessed_sign(x - y)) return *sign >= 0 ? x : y;
  return x.compare(y) <= 0 ? larger(x, y).hold() : larger(y, x).hold();
}
ex smaller_eval(const ex& x, const ex& y) {
  if (const auto sign = guessed_sign(x - y)) return *sign <= 0 ? x : y;
  return x.compare(y) <= 0 ? smaller(x, y).hold() : smaller(y, x).hold();
}
ex heaviside_eval(const ex& x) {
  const auto sign = guessed_sign(x);
  if (sign && *sign != 0) return *sign > 0 ? 1 : 0;
  return heaviside(without_content(x)).hold();
}
ex slope_of_abs_eval(const ex& x) {
  const auto sign = guessed_sign(x);
  if (sign && *sign != 0) return *sign;
  return slope_of_abs(without_content(x)).hold();
}
ex sign_of_eval(const ex& x) {
  if (const auto sign = guessed_sign(x)) return *sign;
  return sign_of(without_content(x)).hold();
}
ex floor_of_eval(const ex& x) {
  if (const auto q = rational_of(x)) return to_numeric(Rational(floor(*q)));
  return floor_of(x).hold();
}
ex error_function_eval(const ex& x) { return x.is_zero() ? ex(0) : ex(error_function(x).hold()); }

// All of them are real where they have a value.
template <const GiNaC::function (*f)(const ex&)>
ex same(const ex& x) {
  return f(x).hold();
}
ex nothing(const ex&) { return 0; }

const GiNaC::function make_relu(const ex& x) { return relu(x); }
const GiNaC::function make_error_function(const ex& x) { return error_function(x); }

}  // namespace

REGISTER_FUNCTION(
    relu, eval_func(relu_eval).conjugate_func(same<make_relu>).real_part_func(same<make_relu>).imag_part_func(nothing))
REGISTER_FUNCTION(larger, eval_func(larger_eval))
REGISTER_FUNCTION(smaller, eval_func(smaller_eval))
REGISTER_FUNCTION(heaviside, eval_func(heaviside_eval))
REGISTER_FUNCTION(slope_of_abs, eval_func(slope_of_abs_eval))
REGISTER_FUNCTION(sign_of, eval_func(sign_of_eval))
REGISTER_FUNCTION(floor_of, eval_func(floor_of_eval))
REGISTER_FUNCTION(error_function, eval_func(error_function_eval)
                                      .conjugate_func(same<make_error_function>)
                                      .real_part_func(same<make_error_function>)
                                      .imag_part_func(nothing))

GiNaC::numeric to_numeric(const Rational& q) { return GiNaC::numeric(q.get_str().c_str()); }

Expression Expression::from(const Rational& q) { return Expression(to_numeric(q)); }

ex without_content(const ex& x) {
  const ex expanded = x.expand();
  if (expanded.is_zero() || !(GiNaC::is_a<GiNaC::add>(expanded) || GiNaC::is_a<GiNaC::mul>(expanded))) return expanded;
  const GiNaC::numeric content = expanded.integer_content();
  return content.is_zero() ? expanded : (expanded / content).expand();
}

std::optional<Rational> rational_of(const ex& x) {
  if (!GiNaC::is_a<GiNaC::numeric>(x)) return std::nullopt;
  // Powers of I come as complex numbers whose imaginary part is 0.
  if (!GiNaC::ex_to<GiNaC::numeric>(x).imag().is_zero()) return std::nullopt;
  const GiNaC::numeric number = GiNaC::ex_to<GiNaC::numeric>(x).real();
  if (!number.is_rational()) return std::nullopt;
  std::ostringstream text;
  text << number;
  Rational out(text.str());
  out.canonicalize();
  return out;
}

bool has_symbols(const ex& x) {
  for (auto i = x.preorder_begin(); i != x.preorder_end(); ++i)
    if (GiNaC::is_a<GiNaC::symbol>(*i)) return true;
  return false;
}

std::optional<int> guessed_sign(const ex& x) {
  if (const auto q = rational_of(x)) return sgn(*q);
  if (has_symbols(x)) return std::nullopt;
  const ex value = x.evalf();
  if (!GiNaC::is_a<GiNaC::numeric>(value)) return std::nullopt;
  const auto& number = GiNaC::ex_to<GiNaC::numeric>(value);
  if (!number.is_real()) return std::nullopt;
  if (GiNaC::abs(number) > GiNaC::numeric("1e-30")) return number.is_positive() ? 1 : -1;
  return x.normal().is_zero() ? std::optional<int>(0) : std::nullopt;
}

}  // namespace assay::symbolic
