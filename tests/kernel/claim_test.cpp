#include "kernel/claim.hpp"

#include <catch2/catch.hpp>

#include "claim_bench.hpp"

using namespace assay;

namespace {

std::string digest(const std::string& definitions, const std::string& formula) {
  return kernel::testing::ClaimBench(formula, definitions).claim->digest();
}

}  // namespace

TEST_CASE("the digest of a claim depends on every definition that it uses", "[kernel][claim]") {
  for (const char* formula :
       {"c > 1", "forall k in 1..c: k > 0", "grad(t -> c*t[0])([1]) == [2]", "(the t in interval(1, 2): t^2 == c) > 1",
        "(the t in interval(1, c): t == 1) == 1", "(the t in interval(1, 2): t == 1 and t < c) == 1",
        "(the t in interval(1, 2): t < c) == 1", "exists t in interval(1, 2): t^2 == c"}) {
    INFO(formula);
    CHECK(digest("let c = 2", formula) == digest("let c = 2\nlet d = 5", formula));
    CHECK(digest("let c = 2", formula) != digest("let c = 3", formula));
  }
}
