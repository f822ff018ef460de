#include "notation/prelude.hpp"

namespace assay::notation {

extern const char* const prelude_text;

const Document& prelude() {
  static const Document document =
      parse_document(std::make_shared<const SourceText>("prelude.assay", prelude_text), false);
  return document;
}

}  // namespace assay::notation
