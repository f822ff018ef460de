#pragma once
#include "evaluate/session.hpp"
#include "notation/syntax.hpp"
#include "train/settings.hpp"

namespace assay::train {

/// What the statement asks for, with the defaults of docs/notation.md where it says nothing.
/// @param training  passed `notation::check_kinds`.
/// @throws InputError, at its place, for a setting that is out of its range or missing.
[[nodiscard]] Specification specify(const notation::Train& training, const evaluate::Program& program,
                                    evaluate::DataSource& data);

/// The clause of that keyword, or null.
[[nodiscard]] const notation::Clause* find_clause(const notation::Train& training, const std::string& keyword) noexcept;

/// The path that `save` names, relative to the document; "" without the clause.
/// @throws InputError unless it is a text, not empty and not absolute.
[[nodiscard]] std::string save_path(const notation::Train& training);

/// The expressions of the statement that are evaluated: dimensions, loss, steps, and the arguments of settings.
[[nodiscard]] std::vector<notation::ExprPtr> expressions_of(const notation::Train& training);

}  // namespace assay::train
