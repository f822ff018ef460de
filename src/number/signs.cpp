#include "number/signs.hpp"

#include <initializer_list>

namespace assay {

namespace {

/// The union of f(s, t) over the signs s, t in {−1, 0, 1} that `a` and `b` allow.
template <class Function>
[[nodiscard]] Relations for_all_signs(Relations a, Relations b, Function f) {
  Relations result = relation::none;
  for (const int s : {-1, 0, 1}) {
    for (const int t : {-1, 0, 1}) {
      if ((a & relation_of(s)) != 0 && (b & relation_of(t)) != 0) result |= f(s, t);
    }
  }
  return result;
}

}  // namespace

Relations relation_of(int sign) { return sign < 0 ? relation::less : sign > 0 ? relation::greater : relation::equal; }

bool may_vanish(Relations sign) { return (sign & relation::equal) != 0; }

bool says_real(Relations sign) { return sign != relation::any && sign != relation::unequal; }

Relations product_of_signs(Relations a, Relations b) {
  return for_all_signs(a, b, [](int s, int t) { return relation_of(s * t); });
}

Relations sum_of_signs(Relations a, Relations b) {
  return for_all_signs(a, b, [](int s, int t) { return s * t < 0 ? relation::any : relation_of(s + t); });
}

Relations sign_of_power(Relations sign, bool is_real, std::int64_t degree) {
  if (degree == 0) return relation::greater;
  if (!is_real && !says_real(sign)) return sign;
  if (degree % 2 != 0) return sign;
  return may_vanish(sign) ? Relations{relation::greater | relation::equal} : relation::greater;
}

}  // namespace assay
