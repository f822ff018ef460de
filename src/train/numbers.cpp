#include "train/numbers.hpp"

#include <cmath>
#include <limits>

#include "base/error.hpp"
#include "evaluate/ball_arithmetic.hpp"
#include "evaluate/evaluator.hpp"
#include "notation/print.hpp"

namespace assay::evaluate {

extern template class Evaluator<BallArithmetic>;

}  // namespace assay::evaluate

namespace assay::train {

namespace {

using Ball = assay::Ball;
using Value = evaluate::Value<evaluate::BallArithmetic>;
using notation::ExprPtr;

constexpr long precision = 256;  ///< bits: far more than a double keeps, so that ordinary cancellation does no harm

[[noreturn]] void refuse(const ExprPtr& expression, const std::string& message) {
  throw InputError(Diagnostic{expression->where, message, ""});
}

/// Calls `use` with the value of the expression; the value refers to what evaluated it.
template <class Use>
auto evaluate_with(const evaluate::Program& program, evaluate::DataSource& data, const Budget& budget,
                   const ExprPtr& expression, const std::string& what, Use use) {
  const auto unit = program.resolve(expression);
  evaluate::Session session(program, data, budget);
  session.describe = [](const evaluate::Node& node) { return notation::print(*node.syntax); };
  evaluate::Evaluator<evaluate::BallArithmetic> evaluator(evaluate::BallArithmetic(precision), session);
  const Value value = evaluator.evaluate(*unit);
  if (status_at(value, 0) == Status::undefined) refuse(expression, what + " is undefined");
  if (status_at(value, 0) != Status::ok) refuse(expression, what + " could not be evaluated");
  return use(value);
}

Ball ball_of(const Value& value, const ExprPtr& expression, const std::string& what) {
  const auto* x = value.numeric();
  if (x == nullptr || !x->is_scalar() || x->form == evaluate::Form::complex)
    refuse(expression, what + " must be a real number");
  return x->form == evaluate::Form::integer ? ball_from((*x->integers)[0]) : x->reals->get(0);
}

double nearest_double(const Ball& x, const ExprPtr& expression, const std::string& what) {
  const double below = lower_double(x);
  const double above = upper_double(x);
  if (!std::isfinite(below) || !std::isfinite(above)) refuse(expression, what + " is too large for a double");
  if (below == above) return below;
  if (std::nextafter(below, std::numeric_limits<double>::infinity()) < above)
    refuse(expression, what + " could not be evaluated to the precision of a double");
  const Rational middle = (Rational(below) + Rational(above)) / 2;
  return lower(x) < middle ? below : above;
}

}  // namespace

double Numbers::real(const ExprPtr& expression, const std::string& what) const {
  return evaluate_with(program_, data_, budget_, expression, what, [&](const Value& value) {
    return nearest_double(ball_of(value, expression, what), expression, what);
  });
}

std::int64_t Numbers::integer(const ExprPtr& expression, const std::string& what) const {
  return evaluate_with(program_, data_, budget_, expression, what, [&](const Value& value) {
    const std::optional<std::int64_t> n = evaluate::BallArithmetic(precision).integer(ball_of(value, expression, what));
    if (!n) refuse(expression, what + " must be an integer of at most 64 bits");
    return *n;
  });
}

std::uint64_t Numbers::count(const ExprPtr& expression, const std::string& what, std::uint64_t least) const {
  const std::int64_t n = integer(expression, what);
  if (n < 0 || static_cast<std::uint64_t>(n) < least)
    refuse(expression, what + " must be at least " + std::to_string(least) + ", but is " + std::to_string(n));
  return static_cast<std::uint64_t>(n);
}

bool Numbers::truth(const ExprPtr& expression, const std::string& what) const {
  return evaluate_with(program_, data_, budget_, expression, what, [&](const Value& value) {
    if (value.truth() == nullptr) refuse(expression, what + " must be true or false");
    if (value.truth()->at(0) == Truth::unknown) refuse(expression, what + " could not be decided");
    return value.truth()->at(0) == Truth::true_;
  });
}

std::vector<double> Numbers::tuple(const ExprPtr& expression, const std::string& what, std::size_t size) const {
  return evaluate_with(program_, data_, budget_, expression, what, [&](const Value& value) {
    const auto* items = value.tuple();
    if (items == nullptr || items->items.size() != size)
      refuse(expression, what + " must be a tuple of " + std::to_string(size) + " numbers");
    std::vector<double> all;
    for (const Value& item : items->items)
      all.push_back(nearest_double(ball_of(item, expression, what), expression, what));
    return all;
  });
}

}  // namespace assay::train
