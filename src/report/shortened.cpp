#include "report/shortened.hpp"

namespace assay::report {

std::string shortened(const std::string& text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  std::size_t end = bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // not inside a code point
  return text.substr(0, end) + "…";
}

}  // namespace assay::report
