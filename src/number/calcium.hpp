#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/truth.hpp"
#include "number/arithmetic.hpp"
#include "number/complex_ball.hpp"
#include "number/integer.hpp"

struct calcium_value;  // calcium_shim.h

namespace assay {

class CalciumContext;
class Cyclotomic;

/// A complex number in one of Calcium's fields: Q with algebraic numbers, π, exponentials, logarithms, powers and
/// special values adjoined formally (Johansson, "Calcium: computing in exact real and complex fields", ISSAC 2021).
///
/// Always a number: an operation that Calcium answers with an infinity, `Undefined` or `Unknown` is reported as such.
/// Arithmetic needs no zero test, except division. All searches for relations are bounded by the context's options,
/// hence equality may be `unknown`.
///
/// Threads: a value lives in a context that belongs to the thread that made it; a context has a lock, and every
/// operation takes the locks of its operands' contexts, so values may be used from other threads. A context that has
/// collected many extension numbers is left to its values and a fresh one takes over; operands of two contexts are
/// transferred.
class CalciumNumber {
 public:
  explicit CalciumNumber(const Rational& value);
  CalciumNumber(const CalciumNumber& other);
  CalciumNumber(CalciumNumber&& other) noexcept;
  CalciumNumber& operator=(CalciumNumber other) noexcept;
  ~CalciumNumber();

  [[nodiscard]] static CalciumNumber pi();
  [[nodiscard]] static CalciumNumber i();
  /// exp(2πik/n), 1 ≤ n. @throws NotRepresentable for φ(n) above the context's degree limit.
  [[nodiscard]] static CalciumNumber root_of_unity(std::uint64_t n, std::uint64_t k);
  /// An algebraic number of degree and height up to these that lies in the ball, if lattice reduction suggests one
  /// (A. K. Lenstra, H. W. Lenstra, L. Lovász 1982). A guess: other numbers lie there, too.
  [[nodiscard]] static std::optional<CalciumNumber> guess(const Ball& x, long degree, long bits, long precision);
  /// Σ c_e ζ_n^e / d.
  [[nodiscard]] static CalciumNumber from_cyclotomic(const Cyclotomic& x);

  [[nodiscard]] CalciumNumber conj() const;
  [[nodiscard]] ComplexBall enclosure(long precision) const;
  [[nodiscard]] std::string to_string() const;
  /// The value if Calcium holds it as a rational.
  [[nodiscard]] std::optional<Rational> as_rational() const;
  /// As `equal` to 0.
  [[nodiscard]] Truth is_zero() const;
  [[nodiscard]] Truth is_real() const;

  friend CalciumNumber operator+(const CalciumNumber& x, const CalciumNumber& y);
  friend CalciumNumber operator-(const CalciumNumber& x, const CalciumNumber& y);
  friend CalciumNumber operator*(const CalciumNumber& x, const CalciumNumber& y);
  friend CalciumNumber operator-(const CalciumNumber& x);
  /// out = x / y; y = 0: undefined; not known whether y = 0: open.
  friend Status divide(CalciumNumber& out, const CalciumNumber& x, const CalciumNumber& y);
  /// out = x^y on the principal branch; open beyond the limits or where Calcium does not know.
  friend Status power(CalciumNumber& out, const CalciumNumber& x, const CalciumNumber& y);
  /// out = f(x) on the principal branch.
  friend Status apply(Elementary f, CalciumNumber& out, const CalciumNumber& x);
  /// `false` only when enclosures separate; `true` is Calcium's answer, checked against enclosures.
  /// @throws InternalError if an enclosure contradicts Calcium's "equal".
  friend Truth equal(const CalciumNumber& x, const CalciumNumber& y);

 private:
  class Access;  // calcium.cpp: locks and unwraps
  explicit CalciumNumber(std::shared_ptr<CalciumContext> context);

  std::shared_ptr<CalciumContext> context_;
  calcium_value* value_ = nullptr;
};

[[nodiscard]] Status divide(CalciumNumber& out, const CalciumNumber& x, const CalciumNumber& y);
[[nodiscard]] Status power(CalciumNumber& out, const CalciumNumber& x, const CalciumNumber& y);
[[nodiscard]] Status apply(Elementary f, CalciumNumber& out, const CalciumNumber& x);
[[nodiscard]] Truth equal(const CalciumNumber& x, const CalciumNumber& y);

}  // namespace assay
