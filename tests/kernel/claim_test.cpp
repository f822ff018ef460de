#include "kernel/claim.hpp"

#include <catch2/catch.hpp>

#include "notation/prelude.hpp"

using namespace assay;

namespace {

std::string digest(const std::string& definitions, const std::string& formula) {
  const auto document = std::make_shared<const notation::Document>(
      notation::parse_document(std::make_shared<const SourceText>("test", definitions), false));
  const evaluate::Program program(notation::DocumentPtr(&notation::prelude(), [](const notation::Document*) {}),
                                  document);
  const auto expression = notation::parse_expression(std::make_shared<const SourceText>("formula", formula));
  return kernel::Claim("A", "", expression, program).digest();
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
