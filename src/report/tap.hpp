#pragma once
#include <string>

#include "report/failure.hpp"

namespace assay::report {

/// A document of the Test Anything Protocol, version 14: a test point for each claim and each table that a note
/// shows, with a YAML block where it does not pass; `Bail out!` if a document could not be read. Source:
/// testanything.org/tap-version-14-specification.html.
[[nodiscard]] std::string to_tap(const CheckReport& report);

}  // namespace assay::report
