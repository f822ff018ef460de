#pragma once
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <initializer_list>
#include <string>

#include "support.hpp"

/// Checks of claims, in test cases and inside of properties.
namespace assay::evaluate::testing {

/// One of 0, …, n − 1.
inline int below(int n) { return *rc::gen::inRange<int>(0, n); }

/// The ladder without exact algebra.
inline Settings enclosures() {
  Settings out;
  out.enclosures_only = true;
  return out;
}

/// Inside of a property.
inline void require(Bench& bench, const std::string& formula, Truth expected, const Settings& settings = {}) {
  const Truth found = bench.decide(formula, settings).truth;
  if (found != expected) RC_LOG() << formula << "\n";
  RC_ASSERT(found == expected);
}

inline void check(Bench& bench, const std::string& formula, Truth expected = Truth::true_) {
  INFO(formula);
  CHECK(bench.truth(formula) == expected);
}

inline void check_not(Bench& bench, const std::string& formula, std::initializer_list<Truth> excluded) {
  INFO(formula);
  const Truth truth = bench.truth(formula);
  for (const Truth t : excluded) CHECK(truth != t);
}

}  // namespace assay::evaluate::testing
