#pragma once
#include <string>

#include "number/rational.hpp"

namespace assay::verify {

/// A decimal and a radius around it that contain [low, high]: "[0.33333333 +/- 3.34e-10]"; the decimal alone where low
/// = high has at most `digits` significant digits. At most that many digits are shown, and none that the width of the
/// set makes meaningless. digits ≥ 1.
[[nodiscard]] std::string enclosure_text(const Rational& low, const Rational& high, long digits);

}  // namespace assay::verify
