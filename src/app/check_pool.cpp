#include "app/check_pool.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "base/deep_stack.hpp"
#include "number/flint_convert.hpp"

namespace assay::app {

namespace {

/// Shows on a terminal which claim is being worked on; silent in a pipe.
class Progress {
 public:
  Progress(std::size_t total, bool wanted) : total_(total), shown_(wanted && isatty(STDERR_FILENO) == 1) {}
  void at(std::size_t done, const std::string& id) const {
    if (shown_) fmt::print(stderr, "\r\x1b[K[{}/{}] {} …", done, total_, id), std::fflush(stderr);
  }
  void clear() const {
    if (shown_) fmt::print(stderr, "\r\x1b[K"), std::fflush(stderr);
  }

 private:
  std::size_t total_;
  bool shown_;
};

}  // namespace

void CheckPool::run(unsigned threads, bool shows_progress, const Report& report) {
  const auto claims = static_cast<unsigned>(jobs_.size());
  threads_in_claim_ = std::max(1U, threads / claims);
  std::vector<std::unique_ptr<DeepThread>> workers;
  for (unsigned i = 0; i < std::min(threads, claims); ++i)
    workers.push_back(std::make_unique<DeepThread>([this] { work(); }));
  const Progress progress(jobs_.size(), shows_progress);
  for (std::size_t i = 0; i < jobs_.size(); ++i) {
    progress.at(i, jobs_[i].claim->id);
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&] { return results_[i].has_value(); });
    progress.clear();
    lock.unlock();
    report(std::move(*results_[i]));
  }
}

void CheckPool::work() {
  const FlintThread cleanup;  // gives back what FLINT keeps for a thread
  for (;;) {
    std::size_t mine = 0;
    {
      const std::lock_guard lock(mutex_);
      if (next_ == jobs_.size()) return;
      mine = next_++;
    }
    CheckedClaim checked = work_(jobs_[mine], threads_in_claim_);
    const std::lock_guard lock(mutex_);
    results_[mine] = std::move(checked);
    ready_.notify_all();
  }
}

}  // namespace assay::app
