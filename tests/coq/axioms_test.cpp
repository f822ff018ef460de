#include "coq/axioms.hpp"

#include <catch2/catch.hpp>

using namespace assay::coq;

TEST_CASE("assumptions are read by name, whatever their types", "[coq]") {
  const Assumptions some = read_assumptions(
      "Axioms:\nUint63.tail0_spec\n  : forall x : PrimInt63.int,\n    (0 < Uint63.to_Z x)%Z ->\n"
      "Classical_Prop.classic : forall P : Prop, P \\/ ~ P\nmine: False\n");
  REQUIRE(some.found);
  CHECK(some.axioms == std::vector<std::string>{"Uint63.tail0_spec", "Classical_Prop.classic", "mine"});
  CHECK(read_assumptions("Closed under the global context\n").found);
  CHECK(read_assumptions("Closed under the global context\n").axioms.empty());
  CHECK_FALSE(read_assumptions("").found);
  CHECK_FALSE(read_assumptions("Warning: Axioms: none\n").found);
}

TEST_CASE("only axioms of the list are allowed, by their full names", "[coq]") {
  CHECK(is_allowed("Classical_Prop.classic"));
  CHECK(is_allowed("PrimInt63.add"));
  CHECK_FALSE(is_allowed("classic"));
  CHECK_FALSE(is_allowed("PrimInt63.of_float"));
  CHECK_FALSE(is_allowed("PrimInt63"));
  CHECK_FALSE(is_allowed(""));
}
