#pragma once
#include <optional>

#include "number/exact.hpp"

/// Shared by the implementation files of Exact.
namespace assay::exact_detail {

/// x as a cyclotomic number, if it is held as one (a rational included).
[[nodiscard]] std::optional<Cyclotomic> as_cyclotomic(const Exact& x);
/// c with x = c·π, if x is held so (0 included).
[[nodiscard]] std::optional<Cyclotomic> pi_coefficient(const Exact& x);
[[nodiscard]] CalciumNumber to_calcium(const Exact& x);

/// The sign of a real: −1, 0, 1, if it can be decided.
[[nodiscard]] std::optional<int> sign_of(const Exact& x);

/// Runs a partial operation, with NotRepresentable turned into `open`.
template <class Operation>
[[nodiscard]] Status guarded(Operation&& operation) {
  try {
    return operation();
  } catch (const NotRepresentable&) {
    return Status::open;
  }
}

[[nodiscard]] Status exact_sqrt_of(Exact& out, const Exact& x, bool real_domain);
[[nodiscard]] Status exact_log_of(Exact& out, const Exact& x, bool real_domain);
[[nodiscard]] Status exact_asin_of(Exact& out, const Exact& x, bool real_domain);
[[nodiscard]] Status exact_acos_of(Exact& out, const Exact& x, bool real_domain);
[[nodiscard]] Status exact_atan_of(Exact& out, const Exact& x);
[[nodiscard]] Status exact_gamma_of(Exact& out, const Exact& x);

}  // namespace assay::exact_detail
