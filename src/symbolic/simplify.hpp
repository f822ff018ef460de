#pragma once
#include "symbolic/closed_form.hpp"
#include "symbolic/expression.hpp"
#include "symbolic/to_notation.hpp"

namespace assay::symbolic {

/// The expression in another form, equal to it where both are defined. What would take GiNaC too long, judged by the
/// number of terms that multiplying out may give, is left as it is.
[[nodiscard]] GiNaC::ex simplified(const GiNaC::ex& e, Simplification how, ToNotation& printer);

}  // namespace assay::symbolic
