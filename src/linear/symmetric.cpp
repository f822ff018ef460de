#include "linear/inertia.hpp"

namespace assay {

bool is_symmetric(const Matrix<Rational>& a) {
  if (!a.is_square()) return false;
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (a(i, j) != a(j, i)) return false;
  return true;
}

}  // namespace assay
