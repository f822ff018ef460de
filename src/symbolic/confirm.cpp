#include "symbolic/confirm.hpp"

#include "base/random.hpp"
#include "evaluate/ball_arithmetic.hpp"
#include "evaluate/evaluator.hpp"
#include "notation/print.hpp"
#include "number/dyadic.hpp"

namespace assay::evaluate {

extern template class Evaluator<BallArithmetic>;

}  // namespace assay::evaluate

namespace assay::symbolic {

namespace {

using evaluate::BallArithmetic;
using evaluate::Form;
using Value = evaluate::Value<BallArithmetic>;
using Numeric = evaluate::Numeric<BallArithmetic>;

enum class Agreement { agree, differ, unknown };

Agreement worse(Agreement x, Agreement y) {
  if (x == Agreement::differ || y == Agreement::differ) return Agreement::differ;
  return x == Agreement::unknown ? x : y;
}

/// A multiple of 2⁻¹⁰ between two numbers, or any number if there is none.
Rational between(const Rational& low, const Rational& high, SplitMix64& random) {
  constexpr unsigned steps = 1024;
  const Rational at(static_cast<unsigned long>(random.below(steps)) + 1, steps + 2);
  const Rational exact = low + (high - low) * at;
  const Rational on_grid = Rational(floor(exact * steps)) / steps;
  return on_grid < low ? exact : on_grid;
}

/// Whether x and y may be the same number, and are known well.
template <class T>
Agreement compare(const BallArithmetic& arithmetic, const T& x, const T& y) {
  if ((arithmetic.compare(x, y) & relation::equal) == 0) return Agreement::differ;
  T difference{};
  static_cast<void>(arithmetic.subtract(difference, x, y));
  const auto small = [&](const Ball& d, const Ball& size) {
    if (!is_finite(d) || !is_finite(size)) return false;
    const Rational scale = std::max<Rational>(1, upper(assay::abs(size)));
    return upper(assay::abs(d)) < scale * power(Rational(10), -20);
  };
  if constexpr (std::is_same_v<T, Ball>)
    return small(difference, x) ? Agreement::agree : Agreement::unknown;
  else
    return small(assay::re(difference), assay::re(x)) && small(assay::im(difference), assay::im(x))
               ? Agreement::agree
               : Agreement::unknown;
}

Agreement compare(const BallArithmetic& arithmetic, const Value& x, const Value& y);

Agreement compare(const BallArithmetic& arithmetic, const Numeric& x0, const Numeric& y0) {
  // An undefined value need not have the shape of the others.
  if (x0.status.at(0) != Status::ok) return Agreement::unknown;
  if (y0.status.at(0) != Status::ok)
    return y0.status.at(0) == Status::undefined ? Agreement::differ : Agreement::unknown;
  if (!evaluate::same_shape(x0.shape, y0.shape)) return Agreement::differ;
  const Form form = std::max({x0.form, y0.form, Form::real});
  const Numeric x = promoted(arithmetic, x0, form);
  const Numeric y = promoted(arithmetic, y0, form);
  Agreement all = Agreement::agree;
  for (std::size_t i = 0; i < x.entries(); ++i)
    all = worse(all, form == Form::real ? compare(arithmetic, x.reals->get(i), y.reals->get(i))
                                        : compare(arithmetic, x.complexes->get(i), y.complexes->get(i)));
  return all;
}

Agreement compare(const BallArithmetic& arithmetic, const Value& x, const Value& y) {
  if (x.numeric() && y.numeric()) return compare(arithmetic, *x.numeric(), *y.numeric());
  if (status_at(x, 0) != Status::ok) return Agreement::unknown;
  Agreement all = Agreement::agree;
  if (x.tuple() && y.tuple() && x.tuple()->items.size() == y.tuple()->items.size()) {
    for (std::size_t i = 0; i < x.tuple()->items.size(); ++i)
      all = worse(all, compare(arithmetic, x.tuple()->items[i], y.tuple()->items[i]));
    return all;
  }
  if (x.record() && y.record() && x.record()->fields.size() == y.record()->fields.size()) {
    for (std::size_t i = 0; i < x.record()->fields.size(); ++i) {
      if (x.record()->fields[i].first != y.record()->fields[i].first) return Agreement::differ;
      all = worse(all, compare(arithmetic, x.record()->fields[i].second, y.record()->fields[i].second));
    }
    return all;
  }
  if (x.truth() && y.truth()) return x.truth()->at(0) == y.truth()->at(0) ? Agreement::agree : Agreement::differ;
  return Agreement::differ;
}

/// Where functions tend to be defined: log and sqrt of positive numbers, asin of small ones.
std::pair<Rational, Rational> range_of(std::size_t attempt) {
  static const std::vector<std::pair<Rational, Rational>> ranges = {
      {-2, 2}, {0, 1}, {Rational(1, 2), 3}, {Rational(-1, 4), Rational(1, 4)}, {1, 20}, {-20, -1}};
  return ranges[attempt % ranges.size()];
}

}  // namespace

Comparison compare_at_points(const evaluate::Program& program, evaluate::DataSource& data, const evaluate::Unit& first,
                             const evaluate::Unit& second, const std::vector<Variable>& variables, std::size_t wanted,
                             const Budget& budget) {
  constexpr std::size_t most_attempts = 60;
  const std::vector<Entry> entries = entries_of(variables);
  const std::size_t attempts = entries.empty() ? 1 : most_attempts;
  Comparison out;
  SplitMix64 random(1);  // the points are the same in every run
  for (std::size_t attempt = 0; attempt < attempts && out.points < wanted; ++attempt) {
    std::vector<Rational> at;
    for (const Entry& entry : entries) {
      const auto [low, high] = entry.between.value_or(range_of(attempt));
      at.push_back(between(low, high, random));
    }
    Agreement agreement = Agreement::unknown;
    for (long bits = 256; bits <= 1024 && agreement == Agreement::unknown; bits *= 2) {
      const BallArithmetic arithmetic(bits);
      evaluate::Session session(program, data, budget);
      evaluate::Evaluator<BallArithmetic> evaluator(arithmetic, session);
      std::vector<Ball> numbers(at.size());
      for (std::size_t i = 0; i < at.size(); ++i) static_cast<void>(arithmetic.real(numbers[i], at[i]));
      const auto value_at = [&](const evaluate::Unit& f) {
        return variables.empty() ? evaluator.evaluate(f)
                                 : evaluator.apply(f, values_of<BallArithmetic>(variables, numbers));
      };
      const Value value = value_at(first);
      if (status_at(value, 0) == Status::undefined) break;
      agreement = compare(arithmetic, value, value_at(second));
    }
    if (agreement == Agreement::agree) ++out.points;
    if (agreement != Agreement::differ) continue;
    out.differ = true;
    for (std::size_t i = 0; i < at.size(); ++i)
      out.where += (i == 0 ? "" : ", ") + notation::print(*entries[i].expression) + " = " + to_string(at[i]);
    return out;
  }
  return out;
}

}  // namespace assay::symbolic
