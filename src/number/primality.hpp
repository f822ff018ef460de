#pragma once
#include <cstdint>

namespace assay {

/// Whether n is a prime number; false for n < 2. Proved for all 64-bit integers: GMP's test is that of Baillie,
/// Pomerance, Selfridge and Wagstaff, of which it is known that no composite number below 2⁶⁴ passes (J. Feitsma's list
/// of pseudoprimes, checked by W. Galway, 2013).
[[nodiscard]] bool is_prime(std::int64_t n);

}  // namespace assay
