#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "files/json.hpp"
#include "samples.hpp"

using namespace assay;
using namespace assay::files;
using namespace assay::files::samples;

namespace {

Rational number(const std::string& text) {
  return std::get<Rational>(std::get<List>(parse_json("[" + text + "]", "t").content).items.at(0).content);
}

std::string refusal(const std::string& text, const Limits& limits = {}) {
  try {
    (void)parse_json(text, "config.json", limits);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

std::string power_of_ten(int exponent) { return std::string("1").append(static_cast<std::size_t>(exponent), '0'); }

}  // namespace

TEST_CASE("a JSON decimal denotes the double nearest to it, an integer itself", "[files][json]") {
  CHECK(number("0.1") == Rational("3602879701896397/36028797018963968"));
  CHECK(number("0.1") != Rational(1, 10));
  CHECK(number("0.39027559322563554") == Rational(0.39027559322563554));
  CHECK(number("1e22") == Rational(Integer(power_of_ten(22))));
  CHECK(number("1e23") == Rational(1e23));
  CHECK(number("1e23") != Rational(Integer(power_of_ten(23))));
  CHECK(number(power_of_ten(23)) == Rational(Integer(power_of_ten(23))));
  CHECK(number("9007199254740993") == Rational(Integer("9007199254740993")));
  CHECK(number("9007199254740993.0") == Rational(Integer("9007199254740992")));
  CHECK(number("-18446744073709551617") == Rational(Integer("-18446744073709551617")));
  CHECK(number("18446744073709551615") == Rational(Integer("18446744073709551615")));
  CHECK(number("-9223372036854775808") == Rational(Integer("-9223372036854775808")));
  CHECK(number("5e-324") == Rational(0x1p-1074));
  CHECK(number("1e-400") == 0);
  CHECK(number("-0.0") == 0);
}

TEST_CASE("a JSON text is a tree of records and lists in its own order", "[files][json]") {
  const File file = load_bytes("sample", json_sample());
  CHECK(file.format == Format::json);
  const auto& record = std::get<Record>(file.value.content);
  CHECK(record.names() == std::vector<std::string>{"name", "alpha", "p", "big", "list", "yes", "nothing", "ü"});
  CHECK(std::get<std::string>(record.find("ü")->content) == "é\n");
  CHECK(std::get<bool>(record.find("yes")->content));
  CHECK(std::holds_alternative<Null>(record.find("nothing")->content));
  const auto& list = std::get<List>(record.find("list")->content);
  REQUIRE(list.items.size() == 3);
  CHECK(std::get<List>(list.items[1].content).items.size() == 2);
  CHECK(std::get<Record>(list.items[2].content).fields().empty());
  CHECK(record.find("absent") == nullptr);
}

TEST_CASE("ambiguous or ill-formed JSON is refused with line and column", "[files][json]") {
  CHECK(mentions(refusal("{\"a\": 1,\n \"a\": 2}"), "config.json:2:4"));
  CHECK(mentions(refusal("{\"a\": 1,\n \"a\": 2}"), "occurs twice"));
  CHECK(refusal("[{\"a\": 1}, {\"a\": 2}]").empty());
  CHECK(mentions(refusal("[1,\n2,]"), "config.json:2:3"));
  for (const char* text : {"",
                           "[",
                           "[1",
                           "{\"a\"",
                           "{\"a\":",
                           "[1] 2",
                           "[NaN]",
                           "[Infinity]",
                           "[1e999]",
                           "[01]",
                           "[.5]",
                           "// c\n[1]",
                           "['a']",
                           "[\"\xFF\"]",
                           "[\"\xC0\x80\"]",
                           "[\"\xED\xA0\x80\"]",
                           "[\"\\ud800\"]",
                           "[\"a\nb\"]",
                           "{1: 2}",
                           "[tru]"})
    CHECK_FALSE(refusal(text).empty());
}

TEST_CASE("JSON beyond the limits is refused before it is stored", "[files][json]") {
  const std::size_t deep = 100000;
  CHECK(mentions(refusal(std::string(deep, '[')), "nested"));
  CHECK(refusal(std::string(64, '[') + std::string(64, ']')).empty());
  CHECK(mentions(refusal(std::string(65, '[') + std::string(65, ']')), "nested more than 64 deep"));
  CHECK(mentions(refusal("[" + std::string(310, '9') + "]"), "number overflow"));
  CHECK(mentions(refusal("{\"" + std::string(4097, 'a') + "\": 1}"), "a name of more than"));
  Limits limits;
  limits.values = 3;
  CHECK(refusal("[1, 2]", limits).empty());
  CHECK(mentions(refusal("[1, 2, 3]", limits), "more than 3 values"));
  limits.text_bytes = 5;
  CHECK(mentions(refusal("[1, 2]", limits), "longer than 5 bytes"));
}
