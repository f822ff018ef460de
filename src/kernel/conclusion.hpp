#pragma once
#include <cstdint>

namespace assay::kernel {

/// language.md, section 6. `vacuous`: true, but only because an outermost domain is empty.
enum class Conclusion : std::uint8_t { proved, refuted, undefined, supported, undecided, vacuous };

[[nodiscard]] const char* name_of(Conclusion conclusion) noexcept;

}  // namespace assay::kernel
