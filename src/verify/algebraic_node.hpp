#pragma once
#include <memory>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "number/complex_interval.hpp"
#include "verify/cyclotomic_element.hpp"

namespace assay::verify {

/// A node of an immutable expression of algebraic numbers, shared by all expressions that contain it. What it denotes
/// and what the bounds mean is said in algebraic_number.hpp.
class AlgebraicNode {
 public:
  enum class Kind : std::uint8_t { leaf, sum, difference, product, quotient, root };
  using Pointer = std::shared_ptr<const AlgebraicNode>;

  [[nodiscard]] static Pointer leaf(CyclotomicElement value);
  /// A sum, difference, product or quotient; the divisor is known not to be 0.
  [[nodiscard]] static Pointer binary(Kind kind, Pointer left, Pointer right);
  /// The principal k-th root of a number known to be not 0, and either positive (`is_real`) or not real.
  [[nodiscard]] static Pointer root(Pointer radicand, unsigned long k, bool is_positive);

  [[nodiscard]] Kind kind() const noexcept { return kind_; }
  [[nodiscard]] const CyclotomicElement& value() const noexcept { return value_; }
  [[nodiscard]] const Pointer& left() const noexcept { return left_; }
  [[nodiscard]] const Pointer& right() const noexcept { return right_; }
  [[nodiscard]] unsigned long degree() const noexcept { return degree_; }
  /// Whether the value is real by the form of the expression.
  [[nodiscard]] bool is_real() const noexcept { return is_real_; }

  [[nodiscard]] Pointer conj() const;
  /// Whether both are the same expression, as far as a look at `budget` nodes says.
  [[nodiscard]] bool is_same(const AlgebraicNode& other, int& budget) const;
  /// The e with |E| ≥ 2^(−e) if E ≠ 0; nothing if e is beyond any use.
  [[nodiscard]] std::optional<long> separation_bits() const;
  /// Nothing if a divisor's enclosure contains 0, or that of a radicand is not inside the domain of the root.
  [[nodiscard]] std::optional<ComplexInterval> enclosure(long precision) const;

 private:
  AlgebraicNode() = default;

  using Known = std::unordered_map<const AlgebraicNode*, ComplexInterval>;
  [[nodiscard]] const ComplexInterval* evaluate(long precision, Known& known) const;
  [[nodiscard]] std::optional<ComplexInterval> computed(long precision, Known& known) const;
  /// What generates the field of an expression: its leaves that are not rational, and its roots, each once.
  struct Generators {
    std::vector<const CyclotomicElement*> leaves;
    std::vector<const AlgebraicNode*> roots;
    std::unordered_set<const AlgebraicNode*> seen;
  };
  void collect(Generators& found) const;
  void check() const;

  Kind kind_ = Kind::leaf;
  CyclotomicElement value_;
  Pointer left_;
  Pointer right_;
  unsigned long degree_ = 1;
  bool is_real_ = false;
  long depth_ = 0;
  long log_u_ = 0;  // u ≤ 2^log_u_
  long log_l_ = 0;
};

}  // namespace assay::verify
