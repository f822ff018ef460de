#pragma once
#include <string>
#include <vector>

#include "base/source.hpp"

namespace assay::files {

/// One field of a CSV file, without its quotes, and where it stands.
struct CsvField {
  std::string text;
  SourceRange where;
};
using CsvRecord = std::vector<CsvField>;

/// What a CSV file may ask of us; checked before memory is reserved.
struct CsvLimits {
  std::size_t bytes = std::size_t{16} << 20U;
  std::size_t records = 1'000'001;
  std::size_t fields = 1'000'000;  ///< of all records together
  std::size_t field_bytes = std::size_t{1} << 20U;
};

/// Reads a CSV file as RFC 4180 has it; lines may also end in LF alone, and a byte order mark is passed over.
/// @returns at least one record, all of the same number of fields.
/// @throws InputError with the place: quotes that are not closed, or stand within an unquoted field; records of
/// different lengths; what is no UTF-8 text; anything beyond the limits.
[[nodiscard]] std::vector<CsvRecord> parse_csv(const std::shared_ptr<const SourceText>& text,
                                               const CsvLimits& limits = {});
/// The same of the file at `path`. @throws InputError if it cannot be read, too.
[[nodiscard]] std::vector<CsvRecord> load_csv(const std::string& path, const CsvLimits& limits = {});

}  // namespace assay::files
