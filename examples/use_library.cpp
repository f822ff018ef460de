// Decides a claim from a C++ program.
//   g++ -std=c++20 use_library.cpp $(pkg-config --cflags --libs assay)
#include <cstdio>

#include "app/data_files.hpp"
#include "kernel/kernel.hpp"
#include "notation/prelude.hpp"
#include "prove/prove.hpp"

int main() {
  using namespace assay;
  const auto text = std::make_shared<const SourceText>("claim", "forall n in 0..100: sum(k in 1..n: 2*k - 1) == n^2");
  const evaluate::Program program(notation::DocumentPtr(&notation::prelude(), [](const notation::Document*) {}),
                                  nullptr);
  app::DataFiles data({});
  const kernel::Claim claim("ODD", "the first n odd numbers add up to n^2", notation::parse_expression(text), program);
  const kernel::Verdict verdict =
      prove::prove(claim, std::nullopt, kernel::Kernel(program, data, data, evaluate::prover_engine()), Budget());
  std::printf("%s: %s\n", claim.statement().c_str(), kernel::name_of(verdict.conclusion()));
  return verdict.conclusion() == kernel::Conclusion::proved ? 0 : 1;
}
