#pragma once
#include "base/truth.hpp"
#include "evaluate/program.hpp"

namespace assay::evaluate {

/// How the instances of a `forall` or `exists` make its truth value (Kleene's strong logic): one that decides, decides,
/// whatever the others are; else one that is unknown leaves it unknown, else one that is undefined makes it undefined.
class Quantifier {
 public:
  explicit Quantifier(const Node& node) noexcept : for_all_(node.kind == notation::BinderKind::forall) {}

  /// The value of an instance that decides.
  [[nodiscard]] Truth decisive() const noexcept { return for_all_ ? Truth::false_ : Truth::true_; }
  /// The value without instances, and of an instance that changes nothing.
  [[nodiscard]] Truth neutral() const noexcept { return for_all_ ? Truth::true_ : Truth::false_; }
  /// The value of instances that so far have the value `so_far`, with one more.
  [[nodiscard]] Truth with(Truth so_far, Truth instance) const noexcept {
    if (so_far == decisive()) return so_far;
    const bool changes = instance == decisive() || instance == Truth::unknown ||
                         (instance == Truth::undefined && so_far != Truth::unknown);
    return changes ? instance : so_far;
  }

 private:
  bool for_all_;
};

}  // namespace assay::evaluate
