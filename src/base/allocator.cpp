#include "base/allocator.hpp"

#include <malloc.h>

namespace assay {

void keep_pages() noexcept {
#ifdef M_ARENA_MAX
  mallopt(M_ARENA_MAX, 1);  // a thread's own arena cannot grow beyond 64 MiB
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 29);
#endif
}

}  // namespace assay
