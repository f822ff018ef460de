#include <catch2/catch.hpp>

#include "samples.hpp"

using namespace assay;
using namespace assay::files;
using namespace assay::files::samples;

namespace {

std::string dictionary(const std::string& descr, const std::string& order, const std::string& shape) {
  return "{'descr': '" + descr + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }";
}

const Tensor& only(const File& file) { return *std::get<TensorPtr>(file.value.content); }

}  // namespace

TEST_CASE("an npy file is a tensor in each format version", "[files][npy]") {
  for (const int version : {1, 2, 3}) {
    const File file = load_bytes("sample", npy(dictionary("<f4", "False", "(2, 2)"), float32s({1, 2, 3, 4}), version));
    CHECK(file.format == Format::npy);
    CHECK(only(file).shape() == Shape{2, 2});
    CHECK(std::get<std::vector<double>>(only(file).values()) == std::vector<double>{1, 2, 3, 4});
  }
  CHECK(mentions(complaint(npy(dictionary("<f4", "False", "(1,)"), float32s({1}), 4)), "version is 4"));
}

TEST_CASE("npy entries come in row-major order whatever the file's order", "[files][npy]") {
  const std::string data = float32s({1, 4, 2, 5, 3, 6});
  const File fortran = load_bytes("sample", npy(dictionary("<f4", "True", "(2, 3)"), data));
  CHECK(std::get<std::vector<double>>(only(fortran).values()) == std::vector<double>{1, 2, 3, 4, 5, 6});
  const File c = load_bytes("sample", npy(dictionary("<f4", "False", "(2, 3)"), data));
  CHECK(std::get<std::vector<double>>(only(c).values()) == std::vector<double>{1, 4, 2, 5, 3, 6});
  // Three dimensions: entry (i, j, k) of shape (2, 2, 2) in Fortran order is number i + 2j + 4k.
  const File cube =
      load_bytes("sample", npy(dictionary("|u1", "True", "(2, 2, 2)"), std::string("\0\1\2\3\4\5\6\7", 8)));
  CHECK(std::get<std::vector<std::int64_t>>(only(cube).values()) == std::vector<std::int64_t>{0, 4, 2, 6, 1, 5, 3, 7});
}

TEST_CASE("npy entries of either byte order are decoded", "[files][npy]") {
  const auto integers = [](const std::string& descr, const std::string& data) {
    const File file = load_bytes("sample", npy(dictionary(descr, "False", "()"), data));
    return std::get<std::vector<std::int64_t>>(only(file).values()).at(0);
  };
  CHECK(integers("<i4", little(1000000, 4)) == 1000000);
  CHECK(integers(">i4", big(1000000, 4)) == 1000000);
  CHECK(integers(">i8", big(std::uint64_t{0} - 5, 8)) == -5);
  CHECK(integers("<u2", little(65535, 2)) == 65535);
  CHECK(integers("|b1", "\1") == 1);
  const File file = load_bytes("sample", npy(dictionary(">f8", "False", "(1,)"), big(0x3FF8000000000000U, 8)));
  CHECK(std::get<std::vector<double>>(only(file).values()) == std::vector<double>{1.5});
  const File half = load_bytes("sample", npy(dictionary("<f2", "False", "(1,)"), little(0x3E00, 2)));
  CHECK(std::get<std::vector<double>>(only(half).values()) == std::vector<double>{1.5});
}

TEST_CASE("npy headers that are malformed or ask too much are refused", "[files][npy]") {
  const auto says = [](const std::string& header, const std::string& data = "") {
    return complaint(npy(header, data));
  };
  CHECK(mentions(says(dictionary("|O", "False", "(1,)")), "Python objects"));
  CHECK(mentions(says(dictionary("<c8", "False", "(1,)"), "12345678"), "'<c8' is not supported"));
  CHECK(mentions(says(dictionary("<f16", "False", "(1,)")), "not supported"));
  CHECK(mentions(says(dictionary("=f4", "False", "(1,)"), "1234"), "not supported"));
  CHECK(mentions(says(dictionary("|f4", "False", "(1,)"), "1234"), "not supported"));
  CHECK(mentions(says("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,)}"), "structured"));
  CHECK(mentions(says(dictionary("<f4", "False", "(2,)"), "1234567"), "does not fill"));
  CHECK(mentions(says(dictionary("<f4", "False", "(2,)"), "123456789"), "does not fill"));
  CHECK(mentions(says(dictionary("<f4", "Maybe", "(2,)")), "True or False"));
  CHECK(mentions(says(dictionary("<f4", "False", "(-2,)")), "a dimension"));
  CHECK(mentions(says(dictionary("<f4", "False", "(99999999999999999999,)")), "below 2^64"));
  CHECK(mentions(says(dictionary("<f4", "False", "(4294967296, 4294967296)")), "entries allowed"));
  CHECK(mentions(says("{'descr': '<f4', 'shape': (1,)}", "1234"), "the keys"));
  CHECK(mentions(says("{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, 'shape': (1,)}", "1234"), "once"));
  CHECK(mentions(says(dictionary("<f4", "False", "(1,)") + " x", "1234"), "nothing after"));
  CHECK(says("{'shape': (1L,), 'fortran_order': False, 'descr': \"<f4\"}", "1234").empty());
}

TEST_CASE("an npz archive is a record of its arrays, stored or deflated", "[files][npz]") {
  for (const bool deflate : {false, true}) {
    const File file = load_bytes("sample", npz_sample(deflate));
    CHECK(file.format == Format::npz);
    CHECK(std::get<Record>(file.value.content).names() == std::vector<std::string>{"a", "b"});
    CHECK(doubles_of(file, "a") == std::vector<double>{1, 2, 3, 4});
    CHECK(integers_of(file, "b") == std::vector<std::int64_t>{1, 2, 3, 4, 5, -1});
  }
}

TEST_CASE("an npz archive with other entries or ambiguous names is refused", "[files][npz]") {
  CHECK(mentions(complaint(zip({{"a.npy", npy_sample()}, {"readme.txt", "hello"}})), "no NumPy array"));
  CHECK(mentions(complaint(zip({{"a.npy", npy_sample()}, {"a", npy_sample()}})), "called 'a'"));
  CHECK(mentions(complaint(zip({{"a.txt", "hello"}})), "neither"));
}

TEST_CASE("an archive entry that unpacks to other bytes than declared is refused", "[files][npz]") {
  const std::string whole = zip(
      {{"a.npy", npy("{'descr': '|u1', 'fortran_order': False, 'shape': (5000,), }", std::string(5000, 'x'))}}, true);
  REQUIRE(complaint(whole).empty());
  // The length 5128 is in the local header and in the directory; the directory is what counts.
  const std::string declared = little(5128, 4);
  std::string longer = whole;
  longer.replace(longer.rfind(declared), 4, little(6000, 4));
  CHECK_FALSE(complaint(longer).empty());
  std::string bomb = whole;
  bomb.replace(bomb.rfind(declared), 4, little(0xF0000000U, 4));
  CHECK(mentions(complaint(bomb), "declares more bytes than it can unpack to"));
  // A flipped bit within the array of a stored archive is found by the checksum.
  std::string flipped = npz_sample(false);
  flipped[flipped.find("NUMPY") + 6 + 64 + 64] ^= 1;
  CHECK_FALSE(complaint(flipped).empty());
}
