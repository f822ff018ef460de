#include "app/deep_run.hpp"

#include <exception>

#include "base/deep_stack.hpp"
#include "number/flint_convert.hpp"

namespace assay::app {

void run_deep(const std::function<void()>& work) {
  std::exception_ptr failure;
  {
    const DeepThread thread([&] {
      const FlintThread cleanup;
      try {
        work();
      } catch (...) {
        failure = std::current_exception();
      }
    });
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace assay::app
