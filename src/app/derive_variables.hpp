#pragma once
#include <string>
#include <vector>

#include "app/data_files.hpp"
#include "app/note.hpp"
#include "notation/syntax.hpp"
#include "symbolic/variables.hpp"

namespace assay::app {

/// The variables of an expression: those that are declared, then the free names of the expression that can only be real
/// numbers, in order of appearance.
///
/// @param declared  NAME or NAME=SPACE, where SPACE is R, R^n, [m, n] (matrices, or tensors of other shapes),
///     interval(a, b) or record(a = SPACE, …), with numbers that may use the definitions of the note.
/// @throws InputError for ill-formed declarations; for a free name that is called, indexed or has fields, or that looks
///     like a misspelt definition.
[[nodiscard]] std::vector<symbolic::Variable> variables_of(const notation::ExprPtr& expression,
                                                           const std::vector<std::string>& declared, const Note& note,
                                                           DataFiles& data);

}  // namespace assay::app
