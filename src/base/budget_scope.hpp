#pragma once
#include "base/budget.hpp"

namespace assay {

/// While it lives, a budget is that of the work of this thread: for computations so deep down that none is handed to
/// them. Scopes may be nested; the innermost counts.
class BudgetScope {
 public:
  /// @param budget  must outlive the scope.
  explicit BudgetScope(const Budget& budget) noexcept;
  BudgetScope(const BudgetScope&) = delete;
  BudgetScope& operator=(const BudgetScope&) = delete;
  ~BudgetScope();

 private:
  const Budget* outer_;
};

/// Checks the budget of this thread's work, if it has one. @throws BudgetExceeded
void check_budget_of_thread();

}  // namespace assay
