#pragma once
#include <string>
#include <vector>

#include "notation/builtins.hpp"
#include "notation/kinds_shape.hpp"

/// The kind rules of the built-in functions. A rule reports only what is certainly wrong and answers with "any" then.
namespace assay::notation {

/// What a rule may ask of the checker.
class KindContext {
 public:
  KindContext() = default;
  KindContext(const KindContext&) = delete;
  KindContext& operator=(const KindContext&) = delete;
  virtual ~KindContext() = default;

  /// Reports a mismatch of kinds or shapes.
  virtual void mismatch(const SourceRange& where, const std::string& message, const std::string& remedy) = 0;
  /// Reports a constant that cannot be right where it stands; silent where a condition may keep it from being
  /// evaluated.
  virtual void wrong_constant(const SourceRange& where, const std::string& message, const std::string& remedy) = 0;
  /// The kind of a function's value; reports what is wrong with the call.
  [[nodiscard]] virtual KindPtr apply(const KindPtr& function, const std::vector<KindPtr>& arguments,
                                      const SourceRange& where) = 0;
  /// The kind of a stored file.
  [[nodiscard]] virtual KindPtr file_kind(const std::string& path, const SourceRange& where) = 0;
};

struct RuleArgument {
  KindPtr kind;
  SourceRange where;
  const Expr* expression = nullptr;  ///< null when a function is applied by another function
};

/// One call of a built-in function, with as many arguments as it takes.
struct RuleCall {
  const Builtin& builtin;
  std::vector<RuleArgument> arguments;
  SourceRange where;
  KindContext& context;

  [[nodiscard]] const KindPtr& kind(std::size_t i) const { return arguments[i].kind; }
  [[nodiscard]] std::size_t count() const noexcept { return arguments.size(); }

  /// Reports that argument `i` is not `needed` ("a vector"). @returns "any"
  [[nodiscard]] KindPtr reject(std::size_t i, const std::string& needed, const std::string& remedy = "") const;
  /// The shape of a number or tensor; reports anything else.
  [[nodiscard]] std::optional<Shape> numeric(std::size_t i) const;
  /// The sort of a number; reports anything else.
  [[nodiscard]] std::optional<NumberSort> number(std::size_t i) const;
  /// True if argument `i` may be a real number; reports anything else.
  [[nodiscard]] bool real_number(std::size_t i) const;
  /// True if argument `i` may be an integer; reports anything else.
  [[nodiscard]] bool integer(std::size_t i) const;
  /// The number of entries of a vector (a contained nullopt if unknown); reports anything else.
  [[nodiscard]] std::optional<Dimension> vector(std::size_t i) const;
  /// Rows and columns of a matrix; reports anything else, numbers included.
  [[nodiscard]] std::optional<std::pair<Dimension, Dimension>> matrix(std::size_t i) const;
  /// The dimension of a square matrix; reports anything else.
  [[nodiscard]] std::optional<Dimension> square(std::size_t i) const;
  /// The set, null if it is not known to be one; reports anything that certainly is none.
  [[nodiscard]] const SetKind* set(std::size_t i) const;
};

namespace rules {

// Numbers, entrywise (kinds_rules_number.cpp).
[[nodiscard]] KindPtr elementary(const RuleCall& call);       ///< real or complex, like sqrt and exp
[[nodiscard]] KindPtr real_elementary(const RuleCall& call);  ///< real only, like gelu
[[nodiscard]] KindPtr same_sort(const RuleCall& call);        ///< conj
[[nodiscard]] KindPtr to_real(const RuleCall& call);          ///< abs, re, im
[[nodiscard]] KindPtr real_to_integer(const RuleCall& call);  ///< sign, floor, ceil, gcd, binomial, factorial
[[nodiscard]] KindPtr real_same_sort(const RuleCall& call);   ///< relu
[[nodiscard]] KindPtr extremum(const RuleCall& call);         ///< max(a, b, …), max(v), max(S)
[[nodiscard]] KindPtr arg_extremum(const RuleCall& call);     ///< argmax(v)
[[nodiscard]] KindPtr aggregate(const RuleCall& call);        ///< sum(v), prod(v)
[[nodiscard]] KindPtr mean(const RuleCall& call);
[[nodiscard]] KindPtr root_of_unity(const RuleCall& call);

// Vectors and matrices (kinds_rules_matrix.cpp).
[[nodiscard]] KindPtr transpose(const RuleCall& call);
[[nodiscard]] KindPtr scalar_of_square(const RuleCall& call);  ///< trace, det
[[nodiscard]] KindPtr rank(const RuleCall& call);
[[nodiscard]] KindPtr kernel(const RuleCall& call);
[[nodiscard]] KindPtr inverse(const RuleCall& call);
[[nodiscard]] KindPtr eigenvalues(const RuleCall& call);
[[nodiscard]] KindPtr singular_values(const RuleCall& call);
[[nodiscard]] KindPtr inertia(const RuleCall& call);
[[nodiscard]] KindPtr characteristic_polynomial(const RuleCall& call);
[[nodiscard]] KindPtr norm(const RuleCall& call);
[[nodiscard]] KindPtr dot(const RuleCall& call);
[[nodiscard]] KindPtr outer(const RuleCall& call);
[[nodiscard]] KindPtr identity(const RuleCall& call);
[[nodiscard]] KindPtr filled(const RuleCall& call);  ///< zeros, ones
[[nodiscard]] KindPtr diag(const RuleCall& call);
[[nodiscard]] KindPtr concat(const RuleCall& call);
[[nodiscard]] KindPtr hstack(const RuleCall& call);
[[nodiscard]] KindPtr vstack(const RuleCall& call);
[[nodiscard]] KindPtr reshape(const RuleCall& call);
[[nodiscard]] KindPtr shape(const RuleCall& call);
[[nodiscard]] KindPtr onehot(const RuleCall& call);
[[nodiscard]] KindPtr softmax(const RuleCall& call);
[[nodiscard]] KindPtr log_sum_exp(const RuleCall& call);
[[nodiscard]] KindPtr layernorm(const RuleCall& call);
[[nodiscard]] KindPtr dft(const RuleCall& call);
[[nodiscard]] KindPtr convolve(const RuleCall& call);

// Sets, functions, files (kinds_rules_set.cpp).
[[nodiscard]] KindPtr size(const RuleCall& call);
[[nodiscard]] KindPtr primes(const RuleCall& call);
[[nodiscard]] KindPtr subsets(const RuleCall& call);
[[nodiscard]] KindPtr sample(const RuleCall& call);
[[nodiscard]] KindPtr interval(const RuleCall& call);
[[nodiscard]] KindPtr box(const RuleCall& call);
[[nodiscard]] KindPtr ball(const RuleCall& call);
[[nodiscard]] KindPtr iterate(const RuleCall& call);
[[nodiscard]] KindPtr derivative(const RuleCall& call);  ///< grad, jacobian, hessian
[[nodiscard]] KindPtr diff(const RuleCall& call);
[[nodiscard]] KindPtr load(const RuleCall& call);

}  // namespace rules

}  // namespace assay::notation
