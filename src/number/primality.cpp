#include "number/primality.hpp"

#include "number/rational.hpp"

namespace assay {

bool is_prime(std::int64_t n) {
  // With up to 24 repetitions GMP runs that test, and nothing after it.
  constexpr int repetitions = 24;
  return n >= 2 && mpz_probab_prime_p(exact_integer(n).get_mpz_t(), repetitions) != 0;
}

}  // namespace assay
