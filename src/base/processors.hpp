#pragma once
#include <algorithm>
#include <thread>

namespace assay {

/// How many threads an option `-j N` asks for: N, and for 0 one for each processor.
[[nodiscard]] inline unsigned threads_for(unsigned jobs) {
  return jobs != 0 ? jobs : std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace assay
