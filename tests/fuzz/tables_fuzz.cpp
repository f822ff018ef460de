// libFuzzer target of what tables read from outside: CSV files and the markers of rendered tables. Any bytes give a
// result or an InputError. Built and run like parse_fuzz.cpp; the first byte chooses.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "files/csv.hpp"
#include "notation/markdown.hpp"
#include "notation/table_markers.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto text =
      std::make_shared<const assay::SourceText>("fuzz", std::string(reinterpret_cast<const char*>(data) + 1, size - 1));
  try {
    if (data[0] % 2 == 0) {
      for (const assay::files::CsvRecord& record : assay::files::parse_csv(text))
        for (const assay::files::CsvField& field : record)
          if (field.where.end > text->content().size() || field.where.begin > field.where.end) std::abort();
      return 0;
    }
    assay::notation::check_is_text(text);
    std::size_t done = 0;
    for (const assay::notation::RenderedTable& table : assay::notation::find_rendered_tables(text)) {
      if (table.content.begin < done || table.content.end < table.content.begin) std::abort();
      done = table.content.end;
    }
  } catch (const assay::InputError&) {
    return 0;
  }
  return 0;
}
