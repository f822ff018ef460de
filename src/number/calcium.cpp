#include "number/calcium.hpp"

#include <mutex>
#include <utility>

#include "base/contract.hpp"
#include "number/calcium_shim.h"
#include "number/cyclotomic.hpp"
#include "number/cyclotomic_basis.hpp"
#include "number/flint_convert.hpp"
#include "number/limits.hpp"

namespace assay {

/// One of Calcium's contexts with its lock.
class CalciumContext {
 public:
  CalciumContext() : context_(calcium_context_new()) {}
  CalciumContext(const CalciumContext&) = delete;
  CalciumContext& operator=(const CalciumContext&) = delete;
  ~CalciumContext() { calcium_context_free(context_); }

  [[nodiscard]] calcium_context* get() const noexcept { return context_; }
  [[nodiscard]] std::recursive_mutex& mutex() const noexcept { return mutex_; }

 private:
  calcium_context* context_;
  mutable std::recursive_mutex mutex_;
};

namespace {

/// A context keeps its extension numbers for good; beyond this many, new values start a fresh one.
constexpr slong most_extensions = 400;
/// Precisions in bits at which equality is tried numerically before Calcium is asked, and at which its answer is
/// checked.
constexpr long first_precision = 64;
constexpr long check_precision = 1024;
constexpr long last_precision = 4096;
/// Integer exponents beyond this are not expanded.
constexpr long most_power = 1000;

/// Operands whose numbers of terms have a product beyond this, or with longer coefficients, are not combined.
constexpr slong most_products = 20000;
constexpr slong most_bits = 1L << 18;
/// Generators of the fields of two operands together.
constexpr slong most_generators = 6;

std::shared_ptr<CalciumContext> current_context() {
  thread_local const FlintThread cleanup;  // destroyed after the context
  thread_local std::shared_ptr<CalciumContext> context;
  bool fresh = !context;
  if (context) {
    const std::scoped_lock lock(context->mutex());
    fresh = calcium_context_size(context->get()) > most_extensions;
  }
  if (fresh) context = std::make_shared<CalciumContext>();
  return context;
}

Status status_of(calcium_kind kind) {
  return kind == calcium_number ? Status::ok : kind == calcium_undefined ? Status::undefined : Status::open;
}

std::optional<calcium_function> calcium_function_of(Elementary f) {
  switch (f) {
    case Elementary::sqrt: return calcium_sqrt;
    case Elementary::exp: return calcium_exp;
    case Elementary::log: return calcium_log;
    case Elementary::sin: return calcium_sin;
    case Elementary::cos: return calcium_cos;
    case Elementary::tan: return calcium_tan;
    case Elementary::asin: return calcium_asin;
    case Elementary::acos: return calcium_acos;
    case Elementary::atan: return calcium_atan;
    case Elementary::erf: return calcium_erf;
    case Elementary::gamma: return calcium_gamma;
    case Elementary::sinh:
    case Elementary::cosh:
    case Elementary::tanh:
    case Elementary::digamma: return std::nullopt;
  }
  return std::nullopt;
}

bool overlap(const ComplexBall& x, const ComplexBall& y) { return acb_overlaps(x.get(), y.get()) != 0; }

}  // namespace

/// Operations on the wrapped values under their locks.
class CalciumNumber::Access {
 public:
  static CalciumNumber fresh() { return CalciumNumber(current_context()); }
  static calcium_value* value(const CalciumNumber& x) { return x.value_; }
  static calcium_context* context(const CalciumNumber& x) { return x.context_->get(); }
  static std::unique_lock<std::recursive_mutex> lock(const CalciumNumber& x) {
    return std::unique_lock(x.context_->mutex());
  }
  static bool together(const CalciumNumber& x, const CalciumNumber& y) { return x.context_ == y.context_; }

  /// y in the context of x.
  static CalciumNumber moved(const CalciumNumber& y, const CalciumNumber& x) {
    CalciumNumber out(x.context_);
    const std::scoped_lock both(x.context_->mutex(), y.context_->mutex());
    if (calcium_transfer(out.value_, context(x), y.value_, context(y)) == 0)
      throw NotRepresentable("a number could not be moved between Calcium's contexts");
    return out;
  }

  static Status binary(calcium_operation operation, CalciumNumber& out, const CalciumNumber& x,
                       const CalciumNumber& y) {
    if (!together(x, y)) return binary(operation, out, x, moved(y, x));
    CalciumNumber result(x.context_);
    const auto guard = lock(x);
    check_sizes(x, y);
    calcium_binary(operation, result.value_, x.value_, y.value_, context(x));
    const Status status = status_of(calcium_kind_of(result.value_, context(x)));
    if (status == Status::ok) out = std::move(result);
    return status;
  }

  /// Calcium expands products and takes multivariate gcds without any bound of its own.
  static void check_sizes(const CalciumNumber& x, const CalciumNumber& y) {
    slong x_terms = 0;
    slong y_terms = 0;
    slong x_bits = 0;
    slong y_bits = 0;
    calcium_size(&x_terms, &x_bits, x.value_, context(x));
    calcium_size(&y_terms, &y_bits, y.value_, context(y));
    if (x_terms * y_terms > most_products || x_bits + y_bits > most_bits)
      throw NotRepresentable("a number is too large for Calcium");
    // In a field with many generators Calcium looks for relations among them by lattice reduction, which can take
    // hours.
    if (calcium_generators(x.value_) + calcium_generators(y.value_) > most_generators)
      throw NotRepresentable("a number needs too many generators for Calcium");
  }

  static Status unary(calcium_function f, CalciumNumber& out, const CalciumNumber& x) {
    CalciumNumber result(x.context_);
    const auto guard = lock(x);
    calcium_apply(f, result.value_, x.value_, context(x));
    const Status status = status_of(calcium_kind_of(result.value_, context(x)));
    if (status == Status::ok) out = std::move(result);
    return status;
  }

  /// Ring operations have no exceptional cases.
  static CalciumNumber total(calcium_operation operation, const CalciumNumber& x, const CalciumNumber& y) {
    CalciumNumber out = x;
    if (binary(operation, out, x, y) != Status::ok) throw NotRepresentable("Calcium does not know a sum or product");
    return out;
  }
};

CalciumNumber::CalciumNumber(std::shared_ptr<CalciumContext> context) : context_(std::move(context)) {
  const std::scoped_lock lock(context_->mutex());
  value_ = calcium_new(context_->get());
}

CalciumNumber::CalciumNumber(const Rational& value) : CalciumNumber(current_context()) {
  const std::scoped_lock lock(context_->mutex());
  calcium_set_rational(value_, FlintRational(value).get(), context_->get());
}

CalciumNumber::CalciumNumber(const CalciumNumber& other) : CalciumNumber(other.context_) {
  const std::scoped_lock lock(context_->mutex());
  calcium_set(value_, other.value_, context_->get());
}

CalciumNumber::CalciumNumber(CalciumNumber&& other) noexcept
    : context_(std::move(other.context_)), value_(std::exchange(other.value_, nullptr)) {}

CalciumNumber& CalciumNumber::operator=(CalciumNumber other) noexcept {
  std::swap(context_, other.context_);
  std::swap(value_, other.value_);
  return *this;
}

CalciumNumber::~CalciumNumber() {
  if (value_ == nullptr) return;
  const std::scoped_lock lock(context_->mutex());
  calcium_free(value_, context_->get());
}

CalciumNumber CalciumNumber::pi() {
  CalciumNumber out = Access::fresh();
  const auto guard = Access::lock(out);
  calcium_set_pi(out.value_, Access::context(out));
  return out;
}

CalciumNumber CalciumNumber::i() {
  CalciumNumber out = Access::fresh();
  const auto guard = Access::lock(out);
  calcium_set_i(out.value_, Access::context(out));
  return out;
}

CalciumNumber CalciumNumber::root_of_unity(std::uint64_t n, std::uint64_t k) {
  ASSAY_ENSURE(n >= 1, "roots of unity have a positive order");
  if (n > limit::conductor || static_cast<slong>(totient(n)) > calcium_context_degree_limit())
    throw NotRepresentable("the degree of a root of unity is too large for Calcium");
  CalciumNumber out = Access::fresh();
  const auto guard = Access::lock(out);
  calcium_set_root_of_unity(out.value_, static_cast<slong>(k % n), n, Access::context(out));
  return out;
}

std::optional<CalciumNumber> CalciumNumber::guess(const Ball& x, long degree, long bits, long precision) {
  CalciumNumber out = Access::fresh();
  const auto guard = Access::lock(out);
  const ComplexBall z = complex_from(x);
  const bool found = calcium_guess(out.value_, z.get(), degree, bits, precision, Access::context(out)) != 0;
  return found ? std::optional(std::move(out)) : std::nullopt;
}

CalciumNumber CalciumNumber::from_cyclotomic(const Cyclotomic& x) {
  const std::vector<Rational> coefficients = x.coefficients();
  const CalciumNumber root = root_of_unity(coefficients.size(), 1);
  RationalPolynomial polynomial;
  for (std::size_t e = coefficients.size(); e-- > 0;)
    if (coefficients[e] != 0)
      fmpq_poly_set_coeff_mpq(polynomial.get(), static_cast<slong>(e), coefficients[e].get_mpq_t());
  CalciumNumber out(root.context_);
  {
    const auto guard = Access::lock(root);
    calcium_evaluate(out.value_, polynomial.get(), root.value_, Access::context(root));
  }
  ASSAY_ENSURE(overlap(out.enclosure(first_precision), x.enclosure(first_precision)),
               "Calcium's element of a cyclotomic field lies where the number lies");
  return out;
}

CalciumNumber CalciumNumber::conj() const {
  CalciumNumber out = *this;
  if (Access::unary(calcium_conj, out, *this) != Status::ok)
    throw NotRepresentable("Calcium does not know a conjugate");
  return out;
}

ComplexBall CalciumNumber::enclosure(long precision) const {
  ComplexBall out;
  const auto guard = Access::lock(*this);
  calcium_enclosure(out.get(), value_, precision, context_->get());
  return out;
}

std::string CalciumNumber::to_string() const {
  const auto guard = Access::lock(*this);
  char* text = calcium_string(value_, context_->get());
  std::string out(text);
  flint_free(text);
  return out;
}

std::optional<Rational> CalciumNumber::as_rational() const {
  const auto guard = Access::lock(*this);
  FlintRational out;
  if (calcium_get_rational(out.get(), value_, context_->get()) == 0) return std::nullopt;
  return to_rational(out.get());
}

Truth CalciumNumber::is_zero() const { return equal(*this, CalciumNumber(Rational(0))); }

Truth CalciumNumber::is_real() const {
  const Ball imaginary = im(enclosure(first_precision));
  if (arb_contains_zero(imaginary.get()) == 0 && is_finite(imaginary)) return Truth::false_;
  const auto guard = Access::lock(*this);
  if (calcium_is_real(value_, context_->get()) == calcium_true) return Truth::true_;
  return equal(*this, conj());
}

CalciumNumber operator+(const CalciumNumber& x, const CalciumNumber& y) {
  return CalciumNumber::Access::total(calcium_add, x, y);
}
CalciumNumber operator-(const CalciumNumber& x, const CalciumNumber& y) {
  return CalciumNumber::Access::total(calcium_sub, x, y);
}
CalciumNumber operator*(const CalciumNumber& x, const CalciumNumber& y) {
  return CalciumNumber::Access::total(calcium_mul, x, y);
}

CalciumNumber operator-(const CalciumNumber& x) {
  CalciumNumber out = x;
  if (CalciumNumber::Access::unary(calcium_neg, out, x) != Status::ok) throw NotRepresentable("Calcium cannot negate");
  return out;
}

Status divide(CalciumNumber& out, const CalciumNumber& x, const CalciumNumber& y) {
  const Truth zero = y.is_zero();
  if (zero == Truth::true_) return Status::undefined;
  if (zero != Truth::false_) return Status::open;
  const Status status = CalciumNumber::Access::binary(calcium_div, out, x, y);
  return status == Status::undefined ? Status::open : status;
}

Status power(CalciumNumber& out, const CalciumNumber& x, const CalciumNumber& y) {
  const std::optional<Rational> exponent = y.as_rational();
  if (exponent && ::abs(*exponent) > most_power) return Status::open;
  const Status status = CalciumNumber::Access::binary(calcium_pow, out, x, y);
  if (status != Status::ok) return status;
  ComplexBall expected;
  const ComplexBall base = x.enclosure(first_precision);
  if (power(expected, base, y.enclosure(first_precision), first_precision) == Status::ok)
    ASSAY_ENSURE(overlap(expected, out.enclosure(first_precision)), "Calcium's power agrees with Arb's");
  return Status::ok;
}

Status apply(Elementary f, CalciumNumber& out, const CalciumNumber& x) {
  const std::optional<calcium_function> function = calcium_function_of(f);
  ASSAY_ENSURE(function.has_value(), "hyperbolic functions are written as exponentials before Calcium sees them");
  const ComplexBall argument = x.enclosure(first_precision);
  const Status status = CalciumNumber::Access::unary(*function, out, x);
  if (status != Status::ok) return status;
  ComplexBall expected;
  if (apply(f, expected, argument, first_precision) == Status::ok)
    ASSAY_ENSURE(overlap(expected, out.enclosure(first_precision)), "Calcium's function agrees with Arb's");
  return Status::ok;
}

Truth equal(const CalciumNumber& x, const CalciumNumber& y) {
  const auto separated = [&x, &y](long precision) { return !overlap(x.enclosure(precision), y.enclosure(precision)); };
  for (long precision = first_precision; precision <= 2 * first_precision; precision *= 2)
    if (separated(precision)) return Truth::false_;
  if (!CalciumNumber::Access::together(x, y)) return equal(x, CalciumNumber::Access::moved(y, x));
  calcium_truth answer = calcium_unsure;
  {
    const auto guard = CalciumNumber::Access::lock(x);
    answer = calcium_equal(CalciumNumber::Access::value(x), CalciumNumber::Access::value(y),
                           CalciumNumber::Access::context(x));
  }
  if (answer == calcium_true) {
    ASSAY_ENSURE(!separated(check_precision), "numbers that Calcium calls equal have overlapping enclosures");
    return Truth::true_;
  }
  // That they differ must be seen. It pays to look longer if Calcium is sure of it.
  const long last = answer == calcium_false ? limit::compare_precision : last_precision;
  for (long precision = 4 * first_precision; precision <= last; precision *= 4)
    if (separated(precision)) return Truth::false_;
  return Truth::unknown;
}

}  // namespace assay
