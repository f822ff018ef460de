#pragma once
#include <gmpxx.h>

namespace assay {

/// An integer of any size. GMP's own C++ class: the assay-verify program must not link FLINT, and Boost.Multiprecision
/// over GMP would say the same at three seconds of compile time a file (docs/adr/0002-gmpxx-in-interfaces.md).
using Integer = mpz_class;

/// A rational number in lowest terms with positive denominator. Whoever makes one from parts calls `canonicalize`.
using Rational = mpq_class;

}  // namespace assay
