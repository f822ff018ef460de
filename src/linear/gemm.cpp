#include "linear/gemm.hpp"

namespace assay::gemm {

extern const Kernels kernels_baseline;
#ifdef ASSAY_GEMM_X86
extern const Kernels kernels_avx2;
extern const Kernels kernels_avx512;
#endif

const Kernels& baseline_kernels() noexcept { return kernels_baseline; }

const Kernels& best_kernels() noexcept {
#ifdef ASSAY_GEMM_X86
  static const Kernels& best = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") ? kernels_avx512
                               : __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")       ? kernels_avx2
                                                                                                 : kernels_baseline;
  return best;
#else
  return kernels_baseline;
#endif
}

}  // namespace assay::gemm
