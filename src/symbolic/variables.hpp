#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "evaluate/value.hpp"
#include "notation/syntax.hpp"
#include "number/rational.hpp"

/// The variables of an expression that has a closed form: what they stand for, and the numbers in them.
namespace assay::symbolic {

struct SpaceField;

/// What a variable ranges over: real numbers in an array of some shape, or a record of such.
struct Space {
  evaluate::Shape shape;                                 ///< (): a number; only if there are no fields
  std::optional<std::pair<Rational, Rational>> between;  ///< a number of this closed interval
  std::vector<SpaceField> fields;                        ///< a record, if there are any
};
struct SpaceField {
  std::string name;
  Space space;
};

struct Variable {
  std::string name;
  Space space;
};

/// One of the numbers in the variables.
struct Entry {
  notation::ExprPtr expression;  ///< in the notation: x, t[2], w.U[0, 1]
  std::optional<std::pair<Rational, Rational>> between;
};

/// All numbers in the variables, in order of declaration, arrays by rows.
/// @throws InputError if they are more than 10⁵.
[[nodiscard]] std::vector<Entry> entries_of(const std::vector<Variable>& variables);

/// The space in the notation: R, interval(0, 1), R^3, [2, 3] for the 2 × 3 matrices, record(a = R).
[[nodiscard]] std::string print(const Space& space);

/// The value that has these numbers, from index `next` on, which becomes the index of the first one not used.
template <class A>
[[nodiscard]] evaluate::Value<A> value_of(const Space& space, const std::vector<typename A::Real>& numbers,
                                          std::size_t& next) {
  if (!space.fields.empty()) {
    evaluate::RecordValue<A> out;
    for (const SpaceField& field : space.fields)
      out.fields.emplace_back(field.name, value_of<A>(field.space, numbers, next));
    return {std::make_shared<const evaluate::RecordValue<A>>(std::move(out))};
  }
  typename A::RealArray out(evaluate::entry_count(space.shape));
  for (std::size_t i = 0; i < out.size(); ++i) out.set(i, numbers.at(next++));
  return evaluate::real_value<A>(std::move(out), 1, space.shape);
}

/// The values of all variables, which have these numbers.
template <class A>
[[nodiscard]] std::vector<evaluate::Value<A>> values_of(const std::vector<Variable>& variables,
                                                        const std::vector<typename A::Real>& numbers) {
  std::vector<evaluate::Value<A>> out;
  std::size_t next = 0;
  for (const Variable& variable : variables) out.push_back(value_of<A>(variable.space, numbers, next));
  return out;
}

}  // namespace assay::symbolic
