#pragma once
#include <optional>
#include <string>
#include <variant>

#include "base/truth.hpp"
#include "number/arithmetic.hpp"
#include "number/calcium.hpp"
#include "number/complex_ball.hpp"
#include "number/cyclotomic.hpp"
#include "number/integer.hpp"
#include "number/limits.hpp"
#include "number/rational_interval.hpp"

namespace assay {

/// c·π with a cyclotomic number c ≠ 0. Kept apart so that cos, sin, tan and exp of rational multiples of π and πi are
/// seen to be cyclotomic. Since π is transcendental (Lindemann 1882), c·π is never a cyclotomic number, and c·π = d·π
/// only if c = d: comparison is exact.
struct PiMultiple {
  Cyclotomic coefficient;
};

/// The scalar of the exact tier: a real or complex number, known exactly.
///
/// The cheapest representation that holds the number is used: a rational, an element of a cyclotomic field, a
/// cyclotomic multiple of π, or an element of one of Calcium's fields (elementary numbers). Equality of the first three
/// is decided always; of the last it may be unknown. Functions returning Exact throw NotRepresentable when the result
/// passes the bounds of limits.hpp; functions returning a Status say `open` instead.
class Exact {
 public:
  using Value = std::variant<Rational, Cyclotomic, PiMultiple, CalciumNumber>;

  Exact() = default;  ///< 0
  explicit Exact(Rational x);
  explicit Exact(Cyclotomic x);
  explicit Exact(PiMultiple x);
  explicit Exact(CalciumNumber x);

  [[nodiscard]] static Exact from(const Rational& x);
  [[nodiscard]] static Exact from(const Integer& x);

  [[nodiscard]] const Value& value() const noexcept { return value_; }

 private:
  Value value_;
};

[[nodiscard]] Exact exact_pi();
[[nodiscard]] Exact exact_i();
/// exp(2πik/n). n ≥ 1.
[[nodiscard]] Exact exact_root_of_unity(const Integer& n, const Integer& k);

[[nodiscard]] Exact add(const Exact& x, const Exact& y);
[[nodiscard]] Exact sub(const Exact& x, const Exact& y);
[[nodiscard]] Exact mul(const Exact& x, const Exact& y);
[[nodiscard]] Exact neg(const Exact& x);
[[nodiscard]] Exact conj(const Exact& x);
[[nodiscard]] Exact re(const Exact& x);
[[nodiscard]] Exact im(const Exact& x);
[[nodiscard]] inline Exact operator+(const Exact& x, const Exact& y) { return add(x, y); }
[[nodiscard]] inline Exact operator-(const Exact& x, const Exact& y) { return sub(x, y); }
[[nodiscard]] inline Exact operator*(const Exact& x, const Exact& y) { return mul(x, y); }
[[nodiscard]] inline Exact operator-(const Exact& x) { return neg(x); }

/// out = x / y; y = 0: undefined; not known whether y = 0: open.
[[nodiscard]] Status divide(Exact& out, const Exact& x, const Exact& y);
/// out = x^n; 0^0 = 1, 0^negative undefined.
[[nodiscard]] Status power(Exact& out, const Exact& x, long n);
[[nodiscard]] Status power(Exact& out, const Exact& x, const Integer& n);
/// out = x^y. Integer y as above. Else, for real x and over the reals: x > 0, or x = 0 < y; a negative x is undefined.
/// For non-real x, or with `over_reals` false: the principal branch exp(y log x).
[[nodiscard]] Status power(Exact& out, const Exact& x, const Exact& y, bool over_reals = true);
/// out = |x|, for complex x too.
[[nodiscard]] Status abs(Exact& out, const Exact& x);
/// out = max(x, 0) of a real x.
[[nodiscard]] Status relu(Exact& out, const Exact& x);

/// out = f(x). With `over_reals` a real x outside the real domain is undefined (arithmetic.hpp); a non-real x, or any x
/// without `over_reals`, takes the principal branch.
[[nodiscard]] Status apply(Elementary f, Exact& out, const Exact& x, bool over_reals);

[[nodiscard]] Truth is_zero(const Exact& x);
[[nodiscard]] Truth is_real(const Exact& x);
/// Reals: one of less, equal, greater once decided; equality exactly, the sign of a nonzero difference by balls of
/// growing precision up to limit::compare_precision. If either is not real: `equal` or `unequal`. Undecided: the
/// relations that remain, usually `any`.
[[nodiscard]] Relations compare(const Exact& x, const Exact& y);

/// Whether x is held as a rational: its order among rationals needs no enclosures.
[[nodiscard]] bool is_held_as_rational(const Exact& x);
/// Whether to_string says what the number is: it is not one of Calcium's, or rational.
[[nodiscard]] bool has_closed_form(const Exact& x);
/// The value if it is known to be rational.
[[nodiscard]] std::optional<Rational> rational_value(const Exact& x);
/// ⌊x⌋ of a real x, if it can be decided.
[[nodiscard]] std::optional<Integer> floor(const Exact& x);

/// A complex ball around x (imaginary part exactly 0 if x is known to be real).
[[nodiscard]] ComplexBall enclosure(const Exact& x, long precision);
/// An enclosure of a real x, narrow to 192 bits.
[[nodiscard]] RationalInterval rational_bounds(const Exact& x);
[[nodiscard]] std::string to_string(const Exact& x);

}  // namespace assay
