#pragma once
#include <string>

#include "coq/translator.hpp"

namespace assay::coq {

/// What comes before the definitions in a file for claims that are proved in this way: the functions that statements
/// are made of, and the theory that proves them. From src/coq/preamble/*.v.
[[nodiscard]] std::string preamble(Method method);
/// Whether a definition or variable of this name would hide one of the preambles, or of those of Coq's libraries that
/// statements are made of: the statement would speak of something else.
[[nodiscard]] bool is_reserved(const std::string& name);
/// What comes after it if the statement speaks of ranks, inertias or kernels (exact method).
[[nodiscard]] std::string preamble_of(const std::set<evaluate::Builtin>& uses);

}  // namespace assay::coq
