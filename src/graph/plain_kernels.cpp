#include "graph/plain_kernels.hpp"

namespace assay::graph::plain {

extern const Loops loops_baseline;
#ifdef ASSAY_GRAPH_X86
extern const Loops loops_avx2;
extern const Loops loops_avx512;
#endif

const Loops& baseline_loops() noexcept { return loops_baseline; }

const Loops& best_loops() noexcept {
#ifdef ASSAY_GRAPH_X86
  static const Loops& best = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") ? loops_avx512
                             : __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")       ? loops_avx2
                                                                                                     : loops_baseline;
  return best;
#else
  return loops_baseline;
#endif
}

}  // namespace assay::graph::plain
