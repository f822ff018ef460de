#pragma once
#include <string>
#include <vector>

#include "notation/cursor.hpp"
#include "notation/expression_parser.hpp"
#include "notation/syntax.hpp"

namespace assay::notation {

/// Parses one statement: let, claim, table, train, plot or import.
class StatementParser {
 public:
  explicit StatementParser(TokenCursor& cursor) : cursor_(cursor), expressions_(cursor) {}

  /// All the tokens of the cursor as one statement. @throws InputError
  [[nodiscard]] Statement statement();

 private:
  [[nodiscard]] StatementNode node();
  [[nodiscard]] Let let();
  [[nodiscard]] Claim claim();
  void claim_clause(Claim& claim);
  [[nodiscard]] Method method();
  void expectation(Claim& claim);
  [[nodiscard]] Table table();
  [[nodiscard]] TableColumn column();
  [[nodiscard]] Train train();
  [[nodiscard]] std::vector<WeightShape> weights();
  [[nodiscard]] Clause clause();
  [[nodiscard]] Plot plot();
  [[nodiscard]] Import import();
  [[nodiscard]] std::string optional_text();
  [[nodiscard]] bool at_claim_clause() const;

  TokenCursor& cursor_;
  ExpressionParser expressions_;
};

}  // namespace assay::notation
