#include "files/csv.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "base/error.hpp"

using namespace assay;
using namespace assay::files;

namespace {

std::vector<std::vector<std::string>> read(const std::string& content, const CsvLimits& limits = {}) {
  std::vector<std::vector<std::string>> out;
  for (const CsvRecord& record : parse_csv(std::make_shared<const SourceText>("t.csv", content), limits)) {
    out.emplace_back();
    for (const CsvField& field : record) out.back().push_back(field.text);
  }
  return out;
}
std::string complaint(const std::string& content, const CsvLimits& limits = {}) {
  try {
    (void)read(content, limits);
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}
using Rows = std::vector<std::vector<std::string>>;

}  // namespace

TEST_CASE("CSV is read as RFC 4180 has it", "[files][csv]") {
  CHECK(read("a,b\r\n1,2\r\n") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(read("a,b\n1,2") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(read("\xEF\xBB\xBF"
             "a\n") == Rows{{"a"}});
  CHECK(read("\"a,\"\"b\"\"\",\"x\r\ny\"\n1,\n") == Rows{{"a,\"b\"", "x\r\ny"}, {"1", ""}});
  CHECK(read(" a , b\n") == Rows{{" a ", " b"}});
  CHECK(read("a\n\nb\n") == Rows{{"a"}, {""}, {"b"}});
}

TEST_CASE("ill-formed CSV is refused with its place", "[files][csv]") {
  CHECK(complaint("").find("empty") != std::string::npos);
  CHECK(complaint("a,b\n1\n").find("t.csv:2:1") != std::string::npos);
  CHECK(complaint("a,b\n1,2,3\n").find("3 fields") != std::string::npos);
  CHECK(complaint("a\n\"x\n").find("t.csv:2:1: error: this quote is never closed") != std::string::npos);
  CHECK(complaint("a\n\"x\"y\n").find("t.csv:2:4") != std::string::npos);
  CHECK(complaint("a\nx\"y\n").find("t.csv:2:2") != std::string::npos);
  CHECK(complaint(std::string("a\n\0\n", 4)).find("NUL") != std::string::npos);
  CHECK(complaint("a\n\xFF\n").find("UTF-8") != std::string::npos);
}

TEST_CASE("limits hold before memory is taken", "[files][csv]") {
  CsvLimits limits;
  limits.records = 2;
  CHECK(complaint("a\nb\nc\n", limits).find("2 records") != std::string::npos);
  limits = {};
  limits.fields = 3;
  CHECK(complaint("a,b\nc,d\n", limits).find("3 fields") != std::string::npos);
  limits = {};
  limits.field_bytes = 3;
  CHECK(complaint("abcd\n", limits).find("3 bytes") != std::string::npos);
  CHECK(complaint("\"abcd\"\n", limits).find("3 bytes") != std::string::npos);
  limits = {};
  limits.bytes = 3;
  CHECK(complaint("abcd\n", limits).find("3 bytes") != std::string::npos);
}

TEST_CASE("what is written with quotes is read again", "[files][csv][property]") {
  CHECK(rc::check("fields", [] {
    const auto character = rc::gen::element<std::string>("a", ",", "\"", "\r\n", "\n", " ", "\xC3\xA9", "");
    const auto rows = *rc::gen::inRange<std::size_t>(1, 5);
    const auto columns = *rc::gen::inRange<std::size_t>(1, 5);
    Rows written(rows, std::vector<std::string>(columns));
    std::string content;
    for (auto& row : written)
      for (std::size_t c = 0; c < columns; ++c) {
        for (const std::string& part : *rc::gen::container<std::vector<std::string>>(character)) row[c] += part;
        content += c > 0 ? ",\"" : "\"";
        for (const char x : row[c]) content += x == '"' ? "\"\"" : std::string(1, x);
        content += c + 1 == columns ? "\"\r\n" : "\"";
      }
    RC_ASSERT(read(content) == written);
  }));
}

TEST_CASE("any bytes give records or an error with a place", "[files][csv][property]") {
  CHECK(rc::check("bytes", [] {
    const auto piece =
        rc::gen::element<std::string>("a", ",", "\"", "\r\n", "\n", "\r", " ", "\xC3\xA9", "\xC3", "\xEF\xBB\xBF");
    std::string content;
    for (const std::string& part : *rc::gen::container<std::vector<std::string>>(piece)) content += part;
    try {
      const Rows rows = read(content);
      for (const auto& row : rows) RC_ASSERT(row.size() == rows.front().size());
    } catch (const InputError& error) {
      RC_ASSERT(!error.diagnostics().empty());
    }
  }));
}
