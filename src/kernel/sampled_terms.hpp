#pragma once
#include <string>
#include <vector>

#include "evaluate/program.hpp"
#include "evaluate/sampled_binder.hpp"

/// Which binders of a formula the rule `sample` takes samples of, and what of them the formula needs.
namespace assay::kernel {

/// A quantifier `forall`, a count or a mean.
struct SampledTerm {
  enum class Kind : std::uint8_t { forall, count, mean };
  Kind kind = Kind::forall;
  evaluate::SampledBinder binder;
  /// count, mean: whether a lower (upper) bound is needed. If the formula holds for some value, and no upper bound is
  /// needed, it holds for every larger value; correspondingly for lower bounds.
  bool needs_lower = false;
  bool needs_upper = false;
  /// mean: each value is 0 or 1 by the form of the expression, where it has a value at all.
  bool is_indicator = false;

  /// Bounds that are stated of it; two if both are wanted anyway. A `forall` has one, for the share of violations.
  [[nodiscard]] int bounds(bool two_sided) const noexcept {
    return kind == Kind::forall ? 1 : two_sided ? 2 : (needs_lower ? 1 : 0) + (needs_upper ? 1 : 0);
  }
};

struct SampledTerms {
  std::vector<SampledTerm> terms;
  std::string obstacle;  ///< why a term cannot be sampled, or that there is none; empty if all is well
};

/// The sampled terms of a closed formula. They are looked for below `and` and `with`, inside definitions that are
/// called there, and in comparisons. A comparison may chain `<`, `<=`, `>` and `>=`, and one operand may contain one
/// count or mean T (once), as a·T + b with expressions a and b that do not depend on what is sampled: so the formula is
/// monotone in T, or an interval. All else in the formula is evaluated as it stands.
[[nodiscard]] SampledTerms find_sampled_terms(const evaluate::Unit& formula);

}  // namespace assay::kernel
