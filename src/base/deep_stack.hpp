#pragma once
#include <pthread.h>

#include <cstddef>
#include <functional>

namespace assay {

/// Stack for evaluations: definitions may call themselves a few thousand deep. Reserved, not used, until needed.
inline constexpr std::size_t deep_stack_bytes = std::size_t{1} << 30U;

/// A thread with a stack of `deep_stack_bytes`. Joins when destroyed. Exceptions must not leave `work`.
class DeepThread {
 public:
  /// @throws std::system_error if the system gives no thread.
  explicit DeepThread(std::function<void()> work);
  DeepThread(const DeepThread&) = delete;
  DeepThread& operator=(const DeepThread&) = delete;
  ~DeepThread();

 private:
  static void* enter(void* self);
  std::function<void()> work_;
  pthread_t thread_{};
};

}  // namespace assay
