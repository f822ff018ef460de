#include "base/budget_scope.hpp"

namespace assay {

namespace {

thread_local const Budget* current = nullptr;

}  // namespace

BudgetScope::BudgetScope(const Budget& budget) noexcept : outer_(current) { current = &budget; }
BudgetScope::~BudgetScope() { current = outer_; }

void check_budget_of_thread() {
  if (current != nullptr) current->check();
}

}  // namespace assay
