#include "report/deviation.hpp"

namespace assay::report {

const char* name_of(Deviation::Kind kind) noexcept {
  using Kind = Deviation::Kind;
  switch (kind) {
    case Kind::not_locked: return "not-locked";
    case Kind::gone: return "gone";
    case Kind::claim_changed: return "claim-changed";
    case Kind::file_changed: return "file-changed";
    case Kind::conclusion_changed: return "conclusion-changed";
    case Kind::assurance_lowered: return "assurance-lowered";
    case Kind::confidence_lowered: return "confidence-lowered";
    case Kind::method_changed: return "method-changed";
    case Kind::margins_lost: return "margins-lost";
    case Kind::contradiction: return "contradiction";
    case Kind::disjoint: return "disjoint-enclosures";
  }
  return "?";
}

}  // namespace assay::report
