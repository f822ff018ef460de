#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace assay {

/// Threads that wait for work to be done by all of them at once.
class ThreadPool {
 public:
  /// @param threads  at least 1, the calling thread included.
  explicit ThreadPool(unsigned threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  [[nodiscard]] unsigned size() const noexcept { return static_cast<unsigned>(workers_.size()) + 1; }
  /// Calls work(0), …, work(n − 1), each on a thread of its own, 0 on the calling one, and waits for all; n ≤ size().
  /// `work` must not throw and must not call the pool.
  void run(unsigned n, const std::function<void(unsigned)>& work);

 private:
  void serve(unsigned number);

  std::vector<std::thread> workers_;
  std::mutex mutex_;
  std::condition_variable begun_, ended_;
  const std::function<void(unsigned)>* work_ = nullptr;
  unsigned wanted_ = 0;    ///< threads that take part in the current work
  unsigned running_ = 0;   ///< of them, besides the caller, not yet done
  std::size_t round_ = 0;  ///< which work
  bool is_closing_ = false;
};

}  // namespace assay
