#include "base/budget.hpp"

#include <unistd.h>

#include <fstream>

namespace assay {

namespace {

/// Resident set size in bytes; 0 where the system does not tell.
std::size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t total = 0;
  std::size_t resident = 0;
  if (!(statm >> total >> resident)) return 0;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace

std::atomic<bool>& interrupt_requested() noexcept {
  static std::atomic<bool> requested{false};
  return requested;
}

void Budget::set_time_limit(double seconds) {
  if (seconds > 1e9) return;
  deadline_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

void Budget::check() const {
  if (interrupt_requested().load(std::memory_order_relaxed)) throw BudgetExceeded("interrupted");
  if (deadline_ != Clock::time_point::max() && Clock::now() > deadline_) throw BudgetExceeded("time limit reached");
  // Reading /proc costs about 10 µs, so look at memory once in 64 checks.
  if (memory_limit_ != 0 && checks_.fetch_add(1, std::memory_order_relaxed) % 64 == 0 &&
      resident_bytes() > memory_limit_)
    throw BudgetExceeded("memory limit reached");
}

void Budget::check_allocation(std::size_t bytes) const {
  constexpr std::size_t sanity = std::size_t{1} << 36U;
  if (bytes > sanity) throw BudgetExceeded("a value would need more than 64 GiB");
  if (memory_limit_ != 0 && bytes > (1U << 20U) && resident_bytes() + bytes > memory_limit_)
    throw BudgetExceeded("memory limit reached");
}

}  // namespace assay
