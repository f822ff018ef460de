#include "kernel/conclusion.hpp"

namespace assay::kernel {

const char* name_of(Conclusion conclusion) noexcept {
  switch (conclusion) {
    case Conclusion::proved: return "proved";
    case Conclusion::refuted: return "refuted";
    case Conclusion::undefined: return "undefined";
    case Conclusion::supported: return "supported";
    case Conclusion::undecided: return "undecided";
    case Conclusion::vacuous: return "vacuous";
  }
  return "?";
}

}  // namespace assay::kernel
