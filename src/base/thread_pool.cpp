#include "base/thread_pool.hpp"

namespace assay {

ThreadPool::ThreadPool(unsigned threads) {
  for (unsigned i = 1; i < threads; ++i) workers_.emplace_back([this, i] { serve(i); });
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard lock(mutex_);
    is_closing_ = true;
  }
  begun_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

void ThreadPool::run(unsigned n, const std::function<void(unsigned)>& work) {
  if (n > 1) {
    {
      const std::lock_guard lock(mutex_);
      work_ = &work;
      wanted_ = n;
      running_ = n - 1;
      ++round_;
    }
    begun_.notify_all();
  }
  work(0);
  if (n > 1) {
    std::unique_lock lock(mutex_);
    ended_.wait(lock, [this] { return running_ == 0; });
  }
}

void ThreadPool::serve(unsigned number) {
  std::size_t seen = 0;
  std::unique_lock lock(mutex_);
  while (true) {
    begun_.wait(lock, [&] { return is_closing_ || round_ != seen; });
    if (is_closing_) return;
    seen = round_;
    if (number >= wanted_) continue;
    const std::function<void(unsigned)>& work = *work_;
    lock.unlock();
    work(number);
    lock.lock();
    if (--running_ == 0) ended_.notify_one();
  }
}

}  // namespace assay
