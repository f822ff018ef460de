#include "base/deep_stack.hpp"

#include <system_error>

namespace assay {

DeepThread::DeepThread(std::function<void()> work) : work_(std::move(work)) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, deep_stack_bytes);
  const int error = pthread_create(&thread_, &attributes, &DeepThread::enter, this);
  pthread_attr_destroy(&attributes);
  if (error != 0) throw std::system_error(error, std::generic_category(), "no thread for an evaluation");
}

DeepThread::~DeepThread() { pthread_join(thread_, nullptr); }

void* DeepThread::enter(void* self) {
  static_cast<DeepThread*>(self)->work_();
  return nullptr;
}

}  // namespace assay
