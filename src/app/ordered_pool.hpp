#pragma once
#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/deep_stack.hpp"

namespace assay::app {

/// Works on the items 0, 1, … with several threads and hands over the results in that order, as soon as possible.
///
/// Threads that are more than there are items are for the work within an item: how many does not depend on what else is
/// going on, so that the same call gives the same results.
template <class Result>
class OrderedPool {
 public:
  /// @param items  how many; not 0. @param threads  not 0.
  OrderedPool(std::size_t items, unsigned threads)
      : results_(items),
        workers_(std::min<std::size_t>(threads, items)),
        threads_in_item_(std::max(1U, threads / static_cast<unsigned>(std::min<std::size_t>(items, threads)))) {}

  /// @param work  called as work(item, threads) from several threads at once, with a deep stack each; must not throw.
  /// @param scope  called as scope(f) once in each thread; calls f.
  /// @param before  called as before(item) when the results before it were handed over.
  /// @param report  called as report(result) in this thread.
  template <class Work, class Scope, class Before, class Report>
  void run(Work work, Scope scope, Before before, Report report) {
    std::vector<std::unique_ptr<DeepThread>> threads;
    const auto work_on_all = [&] {
      for (;;) {
        std::size_t mine = 0;
        {
          const std::lock_guard lock(mutex_);
          if (next_ == results_.size()) return;
          mine = next_++;
        }
        Result result = work(mine, threads_in_item_);
        const std::lock_guard lock(mutex_);
        results_[mine] = std::move(result);
        ready_.notify_all();
      }
    };
    for (std::size_t i = 0; i < workers_; ++i)
      threads.push_back(std::make_unique<DeepThread>([&] { scope(work_on_all); }));
    for (std::size_t i = 0; i < results_.size(); ++i) {
      before(i);
      std::unique_lock lock(mutex_);
      ready_.wait(lock, [&] { return results_[i].has_value(); });
      Result result = std::move(*results_[i]);
      lock.unlock();
      report(std::move(result));
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable ready_;
  std::size_t next_ = 0;
  std::vector<std::optional<Result>> results_;
  std::size_t workers_;
  unsigned threads_in_item_;
};

}  // namespace assay::app
