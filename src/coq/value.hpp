#pragma once
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/source.hpp"
#include "evaluate/program.hpp"
#include "files/value.hpp"

/// Terms of Coq that translate expressions of the notation (docs/coq.md).
namespace assay::coq {

/// Why a claim cannot be exported. A value of the export, not an error of the user.
class NotExportable : public std::runtime_error {
 public:
  NotExportable(const std::string& reason, SourceRange where) : std::runtime_error(reason), where_(std::move(where)) {}
  [[nodiscard]] const SourceRange& where() const noexcept { return where_; }

 private:
  SourceRange where_;
};

// clang-format off
enum class Kind : std::uint8_t {
  integer, number, truth, vector, matrix, set, tuple,  // terms of Coq
  function, record, text, domain,                      // known to the translator only
};
// clang-format on

/// The type of a term. `vector`, `matrix` and `set` have one item, the type of their entries or elements.
struct Type {
  Kind kind = Kind::integer;
  std::vector<Type> items;
  bool operator==(const Type&) const = default;
  [[nodiscard]] bool is(Kind k) const noexcept { return kind == k; }
  [[nodiscard]] bool is_scalar() const noexcept { return is(Kind::integer) || is(Kind::number); }
  [[nodiscard]] bool is_array() const noexcept { return is(Kind::vector) || is(Kind::matrix); }
  /// Whether it exists only while translating: a function, a record, a text, an infinite set.
  [[nodiscard]] bool is_static() const noexcept { return kind >= Kind::function; }
  [[nodiscard]] bool has_numbers() const noexcept {
    if (is(Kind::number)) return true;
    for (const Type& item : items)
      if (item.has_numbers()) return true;
    return false;
  }
};
[[nodiscard]] inline Type integer_type() { return {Kind::integer, {}}; }
[[nodiscard]] inline Type number_type() { return {Kind::number, {}}; }
[[nodiscard]] inline Type truth_type() { return {Kind::truth, {}}; }
[[nodiscard]] inline Type vector_of(Type item) { return {Kind::vector, {std::move(item)}}; }
[[nodiscard]] inline Type matrix_of(Type item) { return {Kind::matrix, {std::move(item)}}; }
[[nodiscard]] inline Type set_of(Type item) { return {Kind::set, {std::move(item)}}; }

/// A term twice: as the statement has it, over the real numbers, and its computable copy.
struct Text {
  std::string real;
  std::string copy;
  double cost = 0;  ///< about how many operations the copy takes; of a function: one call of it
  [[nodiscard]] bool empty() const noexcept { return real.empty(); }
};
[[nodiscard]] inline Text same(const std::string& text) { return {text, text, 0}; }

struct Value;
struct Closure {
  const evaluate::Unit* unit = nullptr;              ///< of a lambda or a definition
  const evaluate::Definition* definition = nullptr;  ///< of a definition
  std::optional<evaluate::Builtin> builtin;
  std::map<evaluate::Slot, Value> captured;
};

/// What the copy of a number is in the enclosed method, as far as its form tells: equations can be shown of rational
/// numbers and of sums of cosines only.
enum class Form : std::uint8_t { rational, cosines, interval };

/// About how many bits the rational numbers that an expression can be have: the integer part, and a common denominator.
struct Digits {
  double whole = 1;
  double below = 0;
};

/// What the form of an expression tells about its numbers beforehand: for what the computation costs, and for what can
/// be shown of them.
struct Estimates {
  Form form = Form::rational;  ///< of a number in the enclosed method
  Digits digits;               ///< of a number, or the entries of an array of numbers
  double monomials = 1;        ///< of a number as a polynomial in the variables over R: at most about how many
  bool quotient = false;       ///< it has divisors that are not written down, and so may have many denominators
  /// Of an integer: between which it lies; of a set or vector of integers: its elements do.
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();

  void take(const Estimates& other) { *this = other; }
};

/// A translated expression.
struct Value : Estimates {
  Type type;
  Text text;
  Text defined;  ///< the condition under which it is defined, of type bool; empty: always
  /// Of a truth value: whether the copy may not know it, because it comes from a comparison of real numbers that are
  /// not rational. The copy has three truth values then.
  bool uncertain = false;
  bool same_text = false;     ///< of the value of a definition: it needs no copy
  bool same_defined = false;  ///< likewise of its definedness
  /// Of a number: how many variables it is a sum of, each with its sign, as often as it occurs; -1: it is no such sum.
  int summands = -1;
  double cost = 1;                          ///< about how many operations the copy takes
  double length = 1;                        ///< of a vector, matrix (rows) or set: at most
  double columns = 1;                       ///< of a matrix: at most
  std::optional<Rational> literal;          ///< of a number that is written down
  std::shared_ptr<Value> above, below;      ///< of a quotient of two integers
  std::shared_ptr<Value> first, last;       ///< of a range
  std::vector<Value> items;                 ///< of a tuple that is written down
  std::map<std::string, Value> fields;      ///< of a record
  std::shared_ptr<const Closure> function;  ///< of a function
  std::string name;                         ///< of a text or an infinite set
  files::TensorPtr tensor;                  ///< of a field of a file that was not used yet
  std::size_t dimension = 0;                ///< of R^n
};

}  // namespace assay::coq
