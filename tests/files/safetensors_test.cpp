#include <catch2/catch.hpp>

#include "samples.hpp"

using namespace assay;
using namespace assay::files;
using namespace assay::files::samples;

namespace {

std::string one_tensor(const std::string& entry, std::size_t bytes) {
  return safetensors("{\"t\":" + entry + "}", std::string(bytes, '\0'));
}

}  // namespace

TEST_CASE("a safetensors file is a record of its tensors and metadata, entries exact", "[files][safetensors]") {
  const File file = load_bytes("sample", safetensors_sample());
  CHECK(file.format == Format::safetensors);
  const auto& record = std::get<Record>(file.value.content);
  CHECK(record.names() == std::vector<std::string>{"__metadata__", "U", "n"});
  CHECK(std::get<std::string>(std::get<Record>(record.find("__metadata__")->content).find("format")->content) == "pt");
  CHECK(tensor_of(file, "U").shape() == Shape{2, 3});
  CHECK(tensor_of(file, "U").type() == ElementType::float32);
  CHECK(doubles_of(file, "U") == std::vector<double>{0.5, -1.0, 0x1.99999ap-4, 3.0, 0x1.16c2p-133, 5.0});
  CHECK(integers_of(file, "n") == std::vector<std::int64_t>{9007199254740993, -7});
  CHECK(tensor_of(file, "U").exact_entry(2) == Rational(13421773, 134217728));
  CHECK(tensor_of(file, "n").exact_entry(0) == Rational(9007199254740993));
}

TEST_CASE("every safetensors type is decoded exactly", "[files][safetensors]") {
  const auto load_one = [](const std::string& type, const std::string& data) {
    return load_bytes("sample", safetensors("{\"t\":{\"dtype\":\"" + type + "\",\"shape\":[],\"data_offsets\":[0," +
                                                std::to_string(data.size()) + "]}}",
                                            data));
  };
  CHECK(doubles_of(load_one("F64", little(1, 8)), "t") == std::vector<double>{0x1p-1074});
  CHECK(doubles_of(load_one("F32", little(1, 4)), "t") == std::vector<double>{0x1p-149});
  CHECK(doubles_of(load_one("F16", little(0x8001, 2)), "t") == std::vector<double>{-0x1p-24});
  CHECK(doubles_of(load_one("BF16", little(0x3F80, 2)), "t") == std::vector<double>{1.0});
  CHECK(integers_of(load_one("I8", "\xFF"), "t") == std::vector<std::int64_t>{-1});
  CHECK(integers_of(load_one("I16", little(0x8000, 2)), "t") == std::vector<std::int64_t>{-32768});
  CHECK(integers_of(load_one("I32", little(0x80000000U, 4)), "t") == std::vector<std::int64_t>{-2147483648LL});
  CHECK(integers_of(load_one("I64", little(1ULL << 63U, 8)), "t") == std::vector<std::int64_t>{INT64_MIN});
  CHECK(integers_of(load_one("U8", "\xFF"), "t") == std::vector<std::int64_t>{255});
  CHECK(integers_of(load_one("U16", little(0xFFFF, 2)), "t") == std::vector<std::int64_t>{65535});
  CHECK(integers_of(load_one("U32", little(0xFFFFFFFFU, 4)), "t") == std::vector<std::int64_t>{4294967295LL});
  CHECK(integers_of(load_one("U64", little(INT64_MAX, 8)), "t") == std::vector<std::int64_t>{INT64_MAX});
  CHECK(integers_of(load_one("BOOL", "\x01"), "t") == std::vector<std::int64_t>{1});
  CHECK_THROWS(integers_of(load_one("U64", little(1ULL << 63U, 8)), "t"));
  CHECK_THROWS(integers_of(load_one("BOOL", "\x02"), "t"));
}

TEST_CASE("an infinity or NaN is refused by its place, and only when the tensor is used", "[files][safetensors]") {
  const std::string header = R"({"mask":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}})";
  for (const std::uint32_t bits : {0x7F800000U, 0xFF800000U, 0x7FC00000U, 0x7F800001U}) {
    const std::string bytes = safetensors(header, float32s({1, 2}) + little(bits, 4) + float32s({4}));
    CHECK_NOTHROW(load_bytes("sample", bytes));
    const std::string message = complaint(bytes);
    CHECK(mentions(message, "mask"));
    CHECK(mentions(message, "[1, 0]"));
  }
}

TEST_CASE("safetensors headers that contradict the data are refused", "[files][safetensors]") {
  CHECK(complaint(one_tensor(R"({"dtype":"F32","shape":[2],"data_offsets":[0,8]})", 8)).empty());
  CHECK(mentions(complaint(one_tensor(R"({"dtype":"F8_E4M3","shape":[2],"data_offsets":[0,2]})", 2)), "F8_E4M3"));
  CHECK(mentions(complaint(one_tensor(R"({"dtype":"F32","shape":[2],"data_offsets":[0,8]})", 7)), "outside"));
  CHECK(mentions(complaint(one_tensor(R"({"dtype":"F32","shape":[2],"data_offsets":[8,0]})", 8)), "outside"));
  CHECK(mentions(complaint(one_tensor(R"({"dtype":"F32","shape":[3],"data_offsets":[0,8]})", 8)), "should not have"));
  CHECK(mentions(complaint(one_tensor(R"({"dtype":"F32","shape":[2],"data_offsets":[0,8]})", 9)), "belong to none"));
  CHECK(mentions(complaint(one_tensor(R"({"dtype":"F32","shape":[2],"data_offsets":[4,12]})", 12)), "gap"));
  CHECK(mentions(complaint(one_tensor(R"({"dtype":"F32","shape":[-2],"data_offsets":[0,8]})", 8)), "integers"));
  CHECK(mentions(complaint(one_tensor(R"({"dtype":"F32","shape":[0.5],"data_offsets":[0,8]})", 8)), "integers"));
  CHECK(mentions(complaint(one_tensor(R"({"dtype":"F32","data_offsets":[0,8]})", 8)), "shape"));
  CHECK(mentions(complaint(one_tensor(R"({"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1})", 8)), "unknown key"));
  CHECK(mentions(complaint(one_tensor("3", 8)), "no JSON object"));
}

TEST_CASE("safetensors tensors may neither overlap nor share a name", "[files][safetensors]") {
  const std::string a = R"("a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]})";
  const std::string b = R"("b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]})";
  CHECK(mentions(complaint(safetensors("{" + a + "," + b + "}", "abcdef")), "overlaps"));
  CHECK(mentions(complaint(safetensors("{" + a + "," + a + "}", "abcd")), "occurs twice"));
}

TEST_CASE("safetensors sizes that overflow or pass the limits are refused", "[files][safetensors]") {
  const std::string huge = R"({"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]})";
  CHECK(mentions(complaint(one_tensor(huge, 0)), "entries allowed"));
  const std::string empty = R"({"dtype":"F32","shape":[4294967296,4294967296,0],"data_offsets":[0,0]})";
  CHECK(complaint(one_tensor(empty, 0)).empty());
  std::string ones = "1";
  for (int k = 1; k < 33; ++k) ones += ",1";
  CHECK(mentions(complaint(one_tensor("{\"dtype\":\"U8\",\"shape\":[" + ones + "],\"data_offsets\":[0,1]}", 1)),
                 "33 dimensions"));
  CHECK(mentions(complaint(little(1U << 31U, 8) + "{}"), "header should have"));
  Limits limits;
  limits.tensors = 2;
  CHECK(mentions(complaint(safetensors_sample(), limits), "more than 2 tensors"));
}
