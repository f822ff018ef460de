#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "notation/precedence.hpp"
#include "notation/syntax.hpp"

/// The inside of `print_latex`.
namespace assay::notation {

/// How tightly a piece of LaTeX binds. The precedences are those of the notation, with two differences: a fraction
/// delimits its parts, and a form without a visible end (a sum sign, a case distinction) is bracketed wherever a
/// further summand or factor could follow.
struct Latex {
  std::string text;
  Precedence precedence;
};

/// Translates trees. Remembers which variables are bound, since a bound `N` or `I` is an ordinary letter.
class LatexPrinter {
 public:
  explicit LatexPrinter(std::vector<std::string> bound) : bound_(std::move(bound)) {}

  /// `e` in parentheses if it is looser than `loosest`.
  [[nodiscard]] std::string print(const ExprPtr& e, Precedence loosest = Precedence::function);
  [[nodiscard]] Latex translate(const Expr& e);

  Latex operator()(const NumberLiteral& n) const;
  Latex operator()(const TruthLiteral& n) const;
  Latex operator()(const TextLiteral& n) const;
  Latex operator()(const Name& n) const;
  Latex operator()(const Unary& n);
  Latex operator()(const Binary& n);
  Latex operator()(const Comparison& n);
  Latex operator()(const Conditional& n);
  Latex operator()(const With& n);
  Latex operator()(const Binder& n);
  Latex operator()(const SetBuilder& n);
  Latex operator()(const SetLiteral& n);
  Latex operator()(const Lambda& n);
  Latex operator()(const Call& n);
  Latex operator()(const RecordLiteral& n);
  Latex operator()(const Index& n);
  Latex operator()(const Field& n);
  Latex operator()(const Tuple& n);
  Latex operator()(const VectorLiteral& n);
  Latex operator()(const MatrixLiteral& n);
  Latex operator()(const Expectation& n);
  Latex operator()(const DefiniteDescription& n);

 private:
  [[nodiscard]] bool is_bound(std::string_view name) const noexcept;
  [[nodiscard]] std::string list(const std::vector<ExprPtr>& items);
  [[nodiscard]] std::string argument_list(const std::vector<Argument>& arguments);
  [[nodiscard]] std::string domain(const ExprPtr& set);
  /// `x \in S, y \in T`; the variables stay bound until the caller's NameScope ends.
  [[nodiscard]] std::string generators(const std::vector<Generator>& all);
  [[nodiscard]] std::string parameters(const std::vector<std::string>& names);
  [[nodiscard]] std::string superscript_base(const ExprPtr& e);
  [[nodiscard]] std::string product(const Binary& n);
  [[nodiscard]] Latex quantifier(const Binder& n);
  [[nodiscard]] Latex big_operator(const Binder& n, const std::string& symbol);
  [[nodiscard]] Latex integral(const Binder& n);
  [[nodiscard]] Latex family(const Binder& n);
  /// A built-in function with a notation of its own, e.g. sqrt; none for all others.
  [[nodiscard]] std::optional<Latex> special_call(std::string_view name, const std::vector<Argument>& arguments);
  [[nodiscard]] std::optional<Latex> unary_call(std::string_view name, const ExprPtr& argument);
  [[nodiscard]] std::optional<Latex> binary_call(std::string_view name, const ExprPtr& first, const ExprPtr& second);

  std::vector<std::string> bound_;
};

}  // namespace assay::notation
