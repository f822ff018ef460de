#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/budget.hpp"
#include "evaluate/session.hpp"
#include "notation/syntax.hpp"

namespace assay::train {

/// Evaluates the closed expressions of a statement that stand for settings: `lr = 1/100`, `[128, 4*p]`.
class Numbers {
 public:
  /// Both must outlive this.
  Numbers(const evaluate::Program& program, evaluate::DataSource& data) : program_(program), data_(data) {}

  /// The double nearest to the value. `what` is what errors call it: "`lr`".
  /// @throws InputError if the value is undefined, no real number, or beyond the doubles.
  [[nodiscard]] double real(const notation::ExprPtr& expression, const std::string& what) const;
  /// @throws InputError if the value is not certainly an integer of 64 bits.
  [[nodiscard]] std::int64_t integer(const notation::ExprPtr& expression, const std::string& what) const;
  /// An integer from `least` on.
  [[nodiscard]] std::uint64_t count(const notation::ExprPtr& expression, const std::string& what,
                                    std::uint64_t least) const;
  [[nodiscard]] bool truth(const notation::ExprPtr& expression, const std::string& what) const;
  /// The items of a tuple of `size` real numbers.
  [[nodiscard]] std::vector<double> tuple(const notation::ExprPtr& expression, const std::string& what,
                                          std::size_t size) const;

 private:
  const evaluate::Program& program_;
  evaluate::DataSource& data_;
  Budget budget_;
};

}  // namespace assay::train
