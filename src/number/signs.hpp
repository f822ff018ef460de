#pragma once
#include <cstdint>

#include "number/arithmetic.hpp"

/// Rules of signs. A sign is a set of relations to zero: `greater` says "real and positive", `unequal` says "not zero"
/// (and, alone, does not say "real"), `greater | equal` says "real and not negative", `any` says nothing.
namespace assay {

/// The relation of a real number to zero, given −1, 0 or 1 (or any number of that sign).
[[nodiscard]] Relations relation_of(int sign);
[[nodiscard]] bool may_vanish(Relations sign);
/// Whether `sign` says that the number is real: `any` and `unequal` do not.
[[nodiscard]] bool says_real(Relations sign);

/// The signs that a product may have whose factors have one of the signs `a`, `b`.
[[nodiscard]] Relations product_of_signs(Relations a, Relations b);
/// The same of a sum. Nonzero complex summands stand as {less, greater}; adding one to anything nonzero gives `any`, as
/// it must.
[[nodiscard]] Relations sum_of_signs(Relations a, Relations b);
/// The sign of t^degree, given that of t and whether t is real.
[[nodiscard]] Relations sign_of_power(Relations sign, bool is_real, std::int64_t degree);

}  // namespace assay
