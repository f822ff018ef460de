#include <catch2/catch.hpp>

#include "samples.hpp"

using namespace assay;
using namespace assay::files;
using namespace assay::files::samples;
using namespace std::string_literals;

namespace {

const std::string six = float32s({1, 2, 3, 4, 5, 6});

/// A checkpoint whose pickle is `program`, with six floats in storage 0.
std::string with_program(const std::string& program) { return checkpoint(pickled(program), {{"0", six}}); }

std::string with_view(std::size_t offset, const std::vector<std::size_t>& size, const std::vector<std::size_t>& stride,
                      std::size_t count = 6) {
  return with_program(pickled_state_dict({{"t", "FloatStorage", "0", count, offset, size, stride}}));
}

const FileValue& field(const FileValue& value, const std::string& name) {
  const FileValue* found = std::get<Record>(value.content).find(name);
  REQUIRE(found != nullptr);
  return *found;
}

}  // namespace

TEST_CASE("a state_dict is a record of tensors, views and shared storages included", "[files][pytorch]") {
  const File file = load_bytes("sample", checkpoint_sample());
  CHECK(file.format == Format::pytorch);
  CHECK(std::get<Record>(file.value.content).names() == std::vector<std::string>{"W", "W_transposed", "steps"});
  CHECK(doubles_of(file, "W") == std::vector<double>{1, 2, 3, 4, 5, 6});
  CHECK(doubles_of(file, "W_transposed") == std::vector<double>{1, 4, 2, 5, 3, 6});
  CHECK(tensor_of(file, "W_transposed").shape() == Shape{3, 2});
  CHECK(tensor_of(file, "steps").shape().empty());
  CHECK(integers_of(file, "steps") == std::vector<std::int64_t>{600});
}

TEST_CASE("strided views are read at their own offset and stride", "[files][pytorch]") {
  const auto values = [](const std::string& bytes) { return doubles_of(load_bytes("sample", bytes), "t"); };
  CHECK(values(with_view(1, {2}, {3})) == std::vector<double>{2, 5});
  CHECK(values(with_view(5, {}, {})) == std::vector<double>{6});
  CHECK(values(with_view(2, {2, 2}, {0, 1})) == std::vector<double>{3, 4, 3, 4});
  CHECK(values(with_view(0, {2, 1, 3}, {3, 3, 1})) == std::vector<double>{1, 2, 3, 4, 5, 6});
  CHECK(values(with_view(0, {3, 2, 1}, {1, 3, 1})) == std::vector<double>{1, 4, 2, 5, 3, 6});
  CHECK(values(with_view(6, {0}, {1})).empty());
}

TEST_CASE("views that reach past their storage are refused, also by overflow", "[files][pytorch]") {
  constexpr std::size_t huge = std::size_t{1} << 63U;
  CHECK(complaint(with_view(0, {6}, {1})).empty());
  CHECK(mentions(complaint(with_view(0, {7}, {1})), "past the end"));
  CHECK(mentions(complaint(with_view(1, {6}, {1})), "past the end"));
  CHECK(mentions(complaint(with_view(6, {}, {})), "past the end"));
  CHECK(mentions(complaint(with_view(0, {3, 2}, {3, 1})), "past the end"));
  CHECK(mentions(complaint(with_view(0, {3}, {huge})), "past the end"));
  CHECK(mentions(complaint(with_view(2, {2}, {~std::size_t{0}})), "past the end"));
  CHECK(mentions(complaint(with_view(0, {huge, 4}, {0, 0})), "entries allowed"));
  CHECK(mentions(complaint(with_view(0, {2, 3}, {1})), "strides"));
  CHECK(mentions(complaint(with_view(0, {6}, {1}, 7)), "should hold 7 elements"));
  CHECK(mentions(complaint(with_view(0, {5}, {1}, 5)), "should hold 5 elements"));
  CHECK(mentions(complaint(with_view(0, {1}, {1}, huge)), "should hold"));
}

TEST_CASE("missing storages and storages of the wrong class are refused", "[files][pytorch]") {
  CHECK(
      mentions(complaint(checkpoint(pickled(pickled_tensor({"", "FloatStorage", "9", 6, 0, {6}, {1}})), {{"0", six}})),
               "'9' of tensor of the file is missing"));
  CHECK(mentions(complaint(with_program(pickled_tensor({"", "QInt8Storage", "0", 24, 0, {6}, {1}}))),
                 "`torch.QInt8Storage`"));
}

TEST_CASE("a checkpoint that names anything else than tensors and containers is refused by that name",
          "[files][pytorch]") {
  CHECK(mentions(complaint(with_program("cos\nsystem\n"s + pickled_text("true") + "\x85R")), "`os.system`"));
  CHECK(mentions(complaint(with_program("cposix\nsystem\n")), "`posix.system`"));
  CHECK(mentions(complaint(with_program("c__builtin__\neval\n")), "`__builtin__.eval`"));
  CHECK(mentions(complaint(with_program(pickled_text("builtins") + pickled_text("exec") + "\x93")), "`builtins.exec`"));
  CHECK(mentions(complaint(with_program("(ios\nsystem\n")), "`os.system`"));
  CHECK(mentions(complaint(with_program("cnumpy.core.multiarray\nscalar\n")), "`numpy.core.multiarray.scalar`"));
  // The tail of a known name, and a name split elsewhere, are not the known name.
  CHECK(mentions(complaint(with_program("c_utils\n_rebuild_tensor_v2\n")), "`_utils._rebuild_tensor_v2`"));
  CHECK(mentions(complaint(with_program("ctorch._utils\n_rebuild_qtensor\n")), "`torch._utils._rebuild_qtensor`"));
}

TEST_CASE("a lazily negated tensor is refused, for its entries are not those stored", "[files][pytorch]") {
  std::string program = pickled_tensor({"", "FloatStorage", "0", 6, 0, {6}, {1}});
  program.resize(program.size() - 2);  // without TUPLE and REDUCE
  CHECK(complaint(with_program(program + "}tR")).empty());
  CHECK(complaint(with_program(program + "NtR")).empty());
  CHECK(mentions(complaint(with_program(program + "}" + pickled_text("neg") + "\x88stR")), "lazy negation"));
}

TEST_CASE("a training checkpoint is nested records with numbers, texts and lists", "[files][pytorch]") {
  const std::string minus_five = "J"s + little(0xFFFFFFFBU, 4);
  const std::string program = "}("s + pickled_text("epoch") + "M" + little(20000, 2) + pickled_text("lr") + "G" +
                              big(0x3FB999999999999AU, 8) + pickled_text("best") + "G" + big(0x7FF0000000000000U, 8) +
                              pickled_text("name") + pickled_text("run") + pickled_text("flags") + "(\x88\x89Nt" +
                              pickled_text("low") + minus_five + pickled_text("raw") + "C\x01z" +
                              pickled_text("state") + "}K\x07]" + minus_five + "as" + pickled_text("where") +
                              "ctorch\ndevice\n" + pickled_text("cuda") + "K\x01\x86R" + pickled_text("model") +
                              pickled_state_dict({{"a.b", "FloatStorage", "0", 6, 0, {6}, {1}}}) + "u";
  const File file = load_bytes("sample", with_program(program));
  CHECK(std::get<Rational>(field(file.value, "epoch").content) == 20000);
  CHECK(std::get<Rational>(field(file.value, "lr").content) == Rational(0.1));
  CHECK(std::holds_alternative<Unusable>(field(file.value, "best").content));
  CHECK(std::holds_alternative<Unusable>(field(file.value, "raw").content));
  CHECK(std::get<std::string>(field(file.value, "name").content) == "run");
  CHECK(std::get<List>(field(file.value, "flags").content).items.size() == 3);
  CHECK(std::get<Rational>(field(file.value, "low").content) == -5);
  CHECK(std::get<std::string>(field(file.value, "where").content) == "cuda:1");
  CHECK(std::get<List>(field(field(file.value, "state"), "7").content).items.size() == 1);
  CHECK(std::get<TensorPtr>(field(field(file.value, "model"), "a.b").content)->count() == 6);
}

TEST_CASE("parameters are their tensors, and memoised objects are shared", "[files][pytorch]") {
  const std::string tensor = pickled_tensor({"", "FloatStorage", "0", 6, 0, {6}, {1}});
  const std::string program = "}("s + pickled_text("a") + "ctorch._utils\n_rebuild_parameter\n(" + tensor +
                              "\x88"
                              "ccollections\nOrderedDict\n)RtRq\x05" +
                              pickled_text("b") + "h\x05u";
  const File file = load_bytes("sample", with_program(program));
  CHECK(doubles_of(file, "a") == std::vector<double>{1, 2, 3, 4, 5, 6});
  CHECK(&tensor_of(file, "a") == &tensor_of(file, "b"));
}

TEST_CASE("tensors of newer types come through untyped storages", "[files][pytorch]") {
  const auto program = [](const std::string& dtype, std::size_t bytes, std::size_t count) {
    return "ctorch._utils\n_rebuild_tensor_v3\n(("s + pickled_text("storage") + "ctorch.storage\nUntypedStorage\n" +
           pickled_text("0") + pickled_text("cpu") + pickled_int(bytes) + "tQK\0"s + pickled_tuple({count}) +
           pickled_tuple({1}) +
           "\x89"
           "ccollections\nOrderedDict\n)Rctorch\n" +
           dtype + "\ntR";
  };
  const File file = load_bytes("sample", with_program("}"s + pickled_text("t") + program("uint16", 24, 12) + "s"));
  CHECK(integers_of(file, "t").at(1) == 0x3F80);
  CHECK(mentions(complaint(with_program(program("uint16", 24, 13))), "past the end"));
  CHECK(mentions(complaint(with_program(program("float8_e4m3fn", 24, 12))), "`torch.float8_e4m3fn`"));
}

TEST_CASE("a checkpoint of a big-endian machine is read as such", "[files][pytorch]") {
  const std::string pickle = pickled(pickled_state_dict({{"t", "IntStorage", "0", 1, 0, {1}, {1}}}));
  const auto value = [&](const Entries& others) {
    return integers_of(load_bytes("sample", checkpoint(pickle, {{"0", big(77, 4)}}, others)), "t").at(0);
  };
  CHECK(value({{"byteorder", "big"}}) == 77);
  CHECK(value({{"byteorder", "little"}}) == 77LL << 24);
  CHECK(value({}) == 77LL << 24);
  CHECK_THROWS(value({{"byteorder", "middle"}}));
}

TEST_CASE("pickles that do not build one object are refused", "[files][pytorch]") {
  for (const char* program :
       {"", "0", "N0", "NN", "(", "(N", "t", "e", "R", "Q", "N\x85\x85R", "]Na0", "NNa", "h\x01", "}Ns", "}(Nu", "b",
        "NNb", "NQ", "q\x01", "]}b", "\x81", "u", "(1", "2", "\x85", "\xFF", "S'a'\n",
        // Two literals: a digit would continue the escape sequence.
        "N(\x85"  // NOLINT(bugprone-suspicious-missing-comma)
        "1",
        "I12x\n", "Lx\n", "F1.x\n", "g5\n", "gx\n", "J\x01", "X\xFF\xFF\xFF\xFFok",
        "\x8d\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFFok", "X\x01\x01\x01\x01\xFF"})
    CHECK_FALSE(complaint(with_program(program)).empty());
  CHECK(complaint(with_program("N")).empty());
  CHECK(complaint(with_program("I-12\n")).empty());
  CHECK(complaint(with_program("F-1.25e3\n")).empty());
  CHECK(complaint(with_program("L12L\n")).empty());
}

TEST_CASE("a dictionary with one key twice is refused, whatever the keys' types", "[files][pytorch]") {
  CHECK(mentions(complaint(with_program("}("s + pickled_text("a") + "K\x01" + pickled_text("a") + "K\x02u")),
                 "two items"));
  CHECK(mentions(complaint(with_program("}("s + pickled_text("1") + "K\x01K\x01K\x02u")), "two items"));
  CHECK(mentions(complaint(with_program("}(NK\x01u")), "has None as a key"));
}

TEST_CASE("cyclic and exponentially shared pickles end with a refusal", "[files][pytorch]") {
  Limits limits;
  limits.values = 20000;
  CHECK(mentions(complaint(with_program("]q\x01h\x01"
                                        "a"),
                           limits),
                 "deep"));
  std::string doubling = "]q\x01";
  for (int k = 0; k < 40; ++k)
    doubling +=
        "0](h\x01h\x01"
        "eq\x01";
  CHECK(mentions(complaint(with_program(doubling), limits), "unfolds"));
  std::string copies = pickled_text(std::string(1 << 20, 'x')) +
                       "q\x01"
                       "0](";
  for (int k = 0; k < 1000; ++k) copies += "h\x01";
  CHECK(mentions(complaint(with_program(copies + "e"), limits), "unfolds"));
  limits.values = 100;
  CHECK(mentions(complaint(with_program(std::string(200, ']') + std::string(199, 'a')), limits), "makes more than"));
  CHECK(mentions(complaint(with_program(std::string(200, '(')), limits), "too many"));
}

TEST_CASE("programs and foreign layouts of archives are refused", "[files][pytorch]") {
  CHECK(mentions(complaint(checkpoint(pickled("N"), {}, {{"constants.pkl", pickled("N")}})), "TorchScript"));
  Limits limits;
  limits.text_bytes = 3;
  CHECK(mentions(complaint(checkpoint(pickled("N]a"), {}), limits), "longer than 3 bytes"));
}
