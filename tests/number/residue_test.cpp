#include "number/residue.hpp"

#include "base/contract.hpp"
#include "laws.hpp"

using namespace assay;

TEST_CASE("residues modulo small and 62-bit primes are a field", "[number][residue][property]") {
  for (const std::uint64_t p : {2UL, 3UL, 113UL, 4611686018427387847UL}) {
    const ResidueField field(p);
    const std::function<Residue()> draw = [&field] { return Residue(field, *rc::gen::arbitrary<std::uint64_t>()); };
    laws::check_ring<Residue>(draw, Residue(field, 0), Residue(field, 1));
    laws::check_field<Residue>(draw, Residue(field, 0), Residue(field, 1));
  }
}

TEST_CASE("reduction modulo p is a homomorphism from the rationals it is defined on", "[number][residue][property]") {
  const ResidueField field(1000003);
  CHECK(rc::check("sums and products go over", [&field] {
    const Rational x = laws::random_rational();
    const Rational y = laws::random_rational();
    const auto a = Residue::from(field, x);
    const auto b = Residue::from(field, y);
    RC_PRE(a.has_value() && b.has_value());
    RC_ASSERT(*Residue::from(field, Rational(x + y)) == *a + *b);
    RC_ASSERT(*Residue::from(field, Rational(x * y)) == *a * *b);
  }));
  CHECK_FALSE(Residue::from(field, Rational(1, 1000003)));
}

TEST_CASE("negative integers have the residues one expects", "[number][residue]") {
  const ResidueField field(7);
  CHECK(Residue(field, -1).value() == 6);
  CHECK(Residue(field, std::numeric_limits<std::int64_t>::min()) == Residue(field, Integer("-9223372036854775808")));
  CHECK(power(Residue(field, 3), 6).value() == 1);
  CHECK(power(Residue(field, 0), 0).value() == 1);
}

TEST_CASE("a residue field needs a prime below 2^62", "[number][residue]") {
  CHECK_THROWS_AS(ResidueField(1), InternalError);
  CHECK_THROWS_AS(ResidueField(91), InternalError);
  CHECK_THROWS_AS(ResidueField(4611686018427388039UL), InternalError);  // the prime after 2^62
  CHECK_THROWS_AS(Residue(ResidueField(7), 1) + Residue(ResidueField(11), 1), InternalError);
}
