#pragma once
#include <functional>

namespace assay::app {

/// Runs `work` on a thread with a deep stack (base/deep_stack.hpp), gives back what FLINT keeps for the thread, and
/// throws what `work` throws.
void run_deep(const std::function<void()>& work);

}  // namespace assay::app
