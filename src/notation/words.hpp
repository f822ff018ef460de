#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "notation/syntax.hpp"

/// The words of the notation, for the parser, the printer, and the suggestions in error messages.
namespace assay::notation {

/// The binder a word stands for when it is followed by `(variable in …` (or, for forall and exists, by a variable).
[[nodiscard]] std::optional<BinderKind> binder_of(std::string_view word) noexcept;
[[nodiscard]] std::string_view word_of(BinderKind kind) noexcept;

[[nodiscard]] std::optional<Expected> expected_of(std::string_view word) noexcept;
[[nodiscard]] std::string_view word_of(Expected expected) noexcept;

/// Words that begin a statement: let, claim, table, train, plot, import.
[[nodiscard]] const std::vector<std::string>& statement_words();
/// The methods that may follow `by`.
[[nodiscard]] const std::vector<std::string>& method_words();
[[nodiscard]] const std::vector<std::string>& verdict_words();
/// The clauses of `train` that take expressions (`weights` has a form of its own).
[[nodiscard]] const std::vector<std::string>& train_words();
/// bars, points, line, heatmap, arrows.
[[nodiscard]] const std::vector<std::string>& plot_words();
/// The options of a table column: digits.
[[nodiscard]] const std::vector<std::string>& column_words();

/// "`a`, `b` or `c`"
[[nodiscard]] std::string alternatives(const std::vector<std::string>& words);

/// Whether `text` can be written as a name: a letter or underscore, then letters, digits, underscores, and not
/// reserved.
[[nodiscard]] bool is_name(std::string_view text) noexcept;
/// The same for the name of a field, which may be a reserved word.
[[nodiscard]] bool is_field_name(std::string_view text) noexcept;

}  // namespace assay::notation
