#pragma once
#include "notation/document.hpp"

namespace assay::notation {

/// The standard functions that can be written in the notation itself (prelude.assay), parsed once.
///
/// Its names belong to every document. A `let` may not redefine them, nor any other built-in name, because a claim's
/// meaning must not change with a definition far away; bound variables and parameters may, because their scope is in
/// sight (language.md itself has a parameter called I).
[[nodiscard]] const Document& prelude();

}  // namespace assay::notation
