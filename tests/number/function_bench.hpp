#pragma once
#include "normal_forms.hpp"

namespace assay::testing {

/// Functions where x0 > 0 is known.
class FunctionBench {
 public:
  FunctionBench() { assume(assumptions, Symbolic::variable(0), relation::greater); }
  Symbolic apply(Elementary f, const Symbolic& u) {
    Symbolic out;
    REQUIRE(functions.apply(f, out, u, assumptions) == Status::ok);
    return out;
  }
  Status status(Elementary f, const Symbolic& u) {
    Symbolic out;
    return functions.apply(f, out, u, assumptions);
  }
  Symbolic log(const Symbolic& u) { return apply(Elementary::log, u); }
  Symbolic sqrt(const Symbolic& u) { return apply(Elementary::sqrt, u); }
  Symbolic exp(const Symbolic& u) { return apply(Elementary::exp, u); }
  bool are_equal(const Symbolic& a, const Symbolic& b) const { return functions.reduced(a - b).numerator().is_zero(); }

  Assumptions assumptions;
  SymbolicFunctions functions;
};

inline Symbolic ratio(const FunctionBench& bench, const Symbolic& a, const Symbolic& b) {
  Symbolic out;
  REQUIRE(divide(out, a, b, bench.assumptions) == Status::ok);
  return out;
}

}  // namespace assay::testing
