#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "notation/document.hpp"

/// Kinds: what is known of a value before anything is evaluated. Definitions are untyped and polymorphic, so a call is
/// checked by evaluating the definition's body over kinds instead of values (abstract interpretation, [CC77]). Every
/// kind stands for a set of values; "any" for all of them. An error is reported only where *no* value of the kinds at
/// hand would do, so a document that is right at run time always passes.
namespace assay::notation {

struct Kind;
using KindPtr = std::shared_ptr<const Kind>;

/// A dimension or a number of elements; nullopt where it is not known.
using Dimension = std::optional<std::int64_t>;

/// How special a number is; `any` where that is not known. `complex` means explicitly complex: formed with I, omega, C.
enum class NumberSort : std::uint8_t { integer, rational, real, complex, any };

/// Every value whatever.
struct AnyKind {};
struct NumberKind {
  NumberSort sort = NumberSort::any;
  std::optional<Rational> value;  ///< of constants
};
struct TruthKind {
  std::optional<bool> value;  ///< of constants
};
struct TextKind {
  std::optional<std::string> value;
};
/// A set: finite, or infinite like R, R^n, interval, box and ball.
struct SetKind {
  KindPtr element;
  Dimension size;
  bool finite = true;
};
/// A vector (rank 1, a column), a matrix (rank 2) or a tensor of higher rank. Without `dimensions`: a number, vector,
/// matrix or tensor, it is not known which.
///
/// Laws: v' of a vector of n entries is a 1×n matrix; an n×1 matrix may stand for a vector of n entries; a row times a
/// column is a number, whose kind is a tensor with all dimensions 1, and such a tensor may always stand for a number.
struct TensorKind {
  std::optional<std::vector<Dimension>> dimensions;
  NumberSort entries = NumberSort::any;
};
struct TupleKind {
  std::vector<KindPtr> items;
};
using FieldKinds = std::vector<std::pair<std::string, KindPtr>>;
struct RecordKind {
  FieldKinds fields;  ///< in order of declaration
};
struct Callable;  // notation/kinds_check.hpp
struct FunctionKind {
  std::shared_ptr<const Callable> callable;
};

struct Kind {
  std::variant<AnyKind, NumberKind, TruthKind, TextKind, SetKind, TensorKind, TupleKind, RecordKind, FunctionKind> form;
  std::size_t weight = 1;  ///< number of kinds within, counted with repetition
  std::size_t height = 1;  ///< how deep they are nested
};

/// A composed kind that is heavier or higher becomes "any": whoever walks it is spared exponential time (parts may be
/// shared) and deep recursion.
inline constexpr std::size_t maximal_kind_weight = 20000;
inline constexpr std::size_t maximal_kind_height = 100;

[[nodiscard]] KindPtr any_kind();
[[nodiscard]] KindPtr number_kind(NumberSort sort = NumberSort::any);
[[nodiscard]] KindPtr constant_kind(const Rational& value);
[[nodiscard]] KindPtr truth_kind(std::optional<bool> value = std::nullopt);
[[nodiscard]] KindPtr text_kind(std::optional<std::string> value = std::nullopt);
[[nodiscard]] KindPtr set_kind(KindPtr element, Dimension size = std::nullopt);
[[nodiscard]] KindPtr infinite_set_kind(KindPtr element);
/// A tensor of known rank; rank 0 is a number. Negative dimensions count as unknown.
[[nodiscard]] KindPtr tensor_kind(std::vector<Dimension> dimensions, NumberSort entries = NumberSort::any);
/// A number, vector, matrix or tensor.
[[nodiscard]] KindPtr numeric_kind(NumberSort entries = NumberSort::any);
[[nodiscard]] KindPtr tuple_kind(std::vector<KindPtr> items);
[[nodiscard]] KindPtr record_kind(FieldKinds fields);
/// A function; `of` is the function it was made of, if any.
[[nodiscard]] KindPtr function_kind(std::shared_ptr<const Callable> callable, const KindPtr& of = nullptr);

/// In words and with an article, as error messages show it: "an integer", "a 2×3 matrix", "a record with fields U, V".
[[nodiscard]] std::string describe(const KindPtr& kind);

/// A piece of notation in a message: `text` between backticks.
[[nodiscard]] std::string code(std::string_view text);

/// The most special kind that covers both: values that are in either.
[[nodiscard]] KindPtr join(const KindPtr& left, const KindPtr& right);
/// The kind without the values of constants, which a loop or recursion would change.
[[nodiscard]] KindPtr without_values(const KindPtr& kind);
/// Text that is the same for equal kinds only (functions: for the same function only).
[[nodiscard]] std::string key_of(const KindPtr& kind);

/// Tells the kind of `load(path)`, usually a record of tensors, nested records, numbers and texts; throws InputError if
/// the file is missing or ill-formed. `path` is as written.
using FileKinds = std::function<KindPtr(const std::string& path, const SourceRange& where)>;

/// Checks names, arity, kinds and shapes of everything in `document` (all lets, claims, tables, trains, plots), with
/// the definitions of its imports and of the prelude in scope. Nothing is evaluated, except dimensions that are
/// literals. An empty `files` leaves loaded files unknown.
/// @throws InputError with every error found, in order of position (at most 20), misspelt names with a suggestion.
void check_kinds(const Document& document, const Document& prelude, const FileKinds& files);

/// The same for one expression with the definitions of `document` (may be null) in scope.
void check_kinds(const ExprPtr& expression, const Document* document, const Document& prelude, const FileKinds& files);

/// The kind of one expression, checked like this; "any" for a function. @throws InputError
[[nodiscard]] KindPtr infer_kind(const ExprPtr& expression, const Document* document, const Document& prelude,
                                 const FileKinds& files);

}  // namespace assay::notation
