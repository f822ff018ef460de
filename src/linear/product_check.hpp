#pragma once
#include "linear/integer_matrix.hpp"

namespace assay {

/// Is a·x = factor·c, exactly? The check of what the libraries' matrix algorithms say, so it uses none of them: every
/// entry is a sum of products of integers.
///
/// @param a  m × k; @param x  k × n; @param c  m × n.
/// @param threads  how many may work on it.
/// @throws InternalError if the extents do not fit.
[[nodiscard]] bool is_product(const IntegerMatrix& a, const IntegerMatrix& x, const Integer& factor,
                              const IntegerMatrix& c, unsigned threads = 1);

/// a·x by FLINT's fmpz_mat_mul, checked by `is_product`. @throws InternalError if the library is wrong.
[[nodiscard]] IntegerMatrix checked_product(const IntegerMatrix& a, const IntegerMatrix& x, unsigned threads = 1);

}  // namespace assay
