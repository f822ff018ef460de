#pragma once
#include <cstddef>
#include <optional>
#include <variant>

#include "linear/elimination.hpp"
#include "number/exact.hpp"
#include "number/residue.hpp"

/// What elimination asks of the prover's exact numbers and of residues. Exact has is_zero and divide of its own.
namespace assay {

[[nodiscard]] inline Truth is_zero(const Residue& x) { return truth_of(x.value() == 0); }
[[nodiscard]] inline Status divide(Residue& out, const Residue& x, const Residue& y) {
  const std::optional<Residue> inverted = y.inverse();
  if (!inverted) return Status::undefined;
  out = x * *inverted;
  return Status::ok;
}
[[nodiscard]] inline Residue zero_like(const Residue& x) { return {x.field(), 0}; }
[[nodiscard]] inline Residue one_like(const Residue& x) { return {x.field(), 1}; }
[[nodiscard]] inline Exact zero_like(const Exact&) { return Exact(); }
[[nodiscard]] inline Exact one_like(const Exact&) { return Exact(Rational(1)); }
[[nodiscard]] inline std::size_t pivot_cost(const Residue&) { return 0; }
[[nodiscard]] inline std::size_t pivot_cost(const Exact& x) {
  const auto* rational = std::get_if<Rational>(&x.value());
  return rational != nullptr ? pivot_cost(*rational) : x.value().index() << 32U;
}

static_assert(PartialField<Residue> && PartialField<Exact>);

}  // namespace assay
