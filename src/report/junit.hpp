#pragma once
#include <string>

#include "report/failure.hpp"

namespace assay::report {

/// A JUnit XML document: a test case for each claim and each table that a note shows, with its file and line, a failure
/// where it does not pass, an error where it is ill-formed. It holds no times: the same results give the same bytes.
[[nodiscard]] std::string to_junit(const CheckReport& report);

}  // namespace assay::report
