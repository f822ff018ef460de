#pragma once
#include <atomic>
#include <chrono>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <string>

namespace assay {

/// The work was stopped before it was done: by a time, memory, depth or precision limit, or by Ctrl-C.
/// Never a verdict: whoever catches it reports `undecided` with what remained.
class BudgetExceeded : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Set by the signal handler; every long computation sees it through `Budget::check`.
[[nodiscard]] std::atomic<bool>& interrupt_requested() noexcept;

/// What a computation may spend. Shared by the threads that work for it; `check` is cheap enough for inner loops over
/// blocks (not over scalars).
class Budget {
 public:
  using Clock = std::chrono::steady_clock;

  Budget() = default;
  Budget(const Budget&) = delete;
  Budget& operator=(const Budget&) = delete;

  /// Seconds from now until `check` throws; infinity (the default) means never.
  void set_time_limit(double seconds);
  /// Resident memory of the process, in bytes, above which `check` throws; 0 means no limit.
  void set_memory_limit(std::size_t bytes) noexcept { memory_limit_ = bytes; }
  /// Highest precision in bits to which balls escalate.
  void set_precision_limit(long bits) noexcept { precision_limit_ = bits; }
  [[nodiscard]] long precision_limit() const noexcept { return precision_limit_; }
  /// How deep definitions may call each other.
  void set_depth_limit(std::size_t depth) noexcept { depth_limit_ = depth; }
  [[nodiscard]] std::size_t depth_limit() const noexcept { return depth_limit_; }

  /// Threads that a computation may use, at least 1. How work is cut depends on it, and with it the last bits of
  /// enclosures; never a truth value.
  void set_threads(unsigned threads) noexcept { threads_ = threads; }
  [[nodiscard]] unsigned threads() const noexcept { return threads_; }

  /// @throws BudgetExceeded when time or memory is used up or the user asked to stop.
  void check() const;
  /// @throws BudgetExceeded if `bytes` more would pass the memory limit (or an absolute sanity limit).
  void check_allocation(std::size_t bytes) const;

 private:
  Clock::time_point deadline_ = Clock::time_point::max();
  std::size_t memory_limit_ = 0;
  long precision_limit_ = 1L << 16;
  std::size_t depth_limit_ = 2000;
  unsigned threads_ = 1;
  mutable std::atomic<unsigned> checks_{0};
};

}  // namespace assay
