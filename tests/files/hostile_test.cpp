#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "samples.hpp"

using namespace assay;
using namespace assay::files;
using namespace assay::files::samples;

namespace {

struct Sample {
  const char* name;
  std::string bytes;
};

std::vector<Sample> all_samples() {
  return {{"safetensors", safetensors_sample()}, {"npy", npy_sample()},
          {"npz, stored", npz_sample(false)},    {"npz, deflated", npz_sample(true)},
          {"checkpoint", checkpoint_sample()},   {"JSON", json_sample()}};
}

/// Small limits, so that no damaged length leads to work worth noticing.
Limits small() {
  Limits limits;
  limits.tensor_elements = 1U << 16U;
  limits.values = 1U << 12U;
  return limits;
}

/// Loads and decodes; true if that gives values, false if it gives an InputError. Anything else escapes.
bool survives(const std::string& bytes) {
  try {
    decode_all(load_bytes("sample", bytes, small()).value);
    return true;
  } catch (const InputError&) {
    return false;
  }
}

}  // namespace

TEST_CASE("every sample is well-formed, and no proper beginning of it is", "[files][hostile]") {
  for (const Sample& sample : all_samples()) {
    INFO(sample.name);
    CHECK(survives(sample.bytes));
    std::size_t accepted = 0;
    for (std::size_t length = 0; length < sample.bytes.size(); ++length)
      if (survives(sample.bytes.substr(0, length))) ++accepted;
    CHECK(accepted == 0);
  }
}

TEST_CASE("bytes after the end are refused where the format has an end", "[files][hostile]") {
  // A zip archive may be followed by a comment.
  for (const std::string& bytes : {safetensors_sample(), npy_sample(), json_sample()})
    CHECK_FALSE(survives(bytes + "x"));
}

TEST_CASE("every single byte set to an extreme gives values or an input error", "[files][hostile]") {
  for (const Sample& sample : all_samples()) {
    INFO(sample.name);
    for (std::size_t at = 0; at < sample.bytes.size(); ++at)
      for (const char byte : {'\x00', '\x7F', '\x80', '\xFF'}) {
        std::string damaged = sample.bytes;
        damaged[at] = byte;
        CHECK_NOTHROW(survives(damaged));
      }
  }
}

TEST_CASE("random damage gives values or an input error", "[files][hostile][property]") {
  const std::vector<Sample> samples = all_samples();
  CHECK(rc::check("random damage", [&] {
    std::string bytes = rc::gen::elementOf(samples).operator*().bytes;
    const int edits = *rc::gen::inRange(1, 6);
    for (int k = 0; k < edits; ++k) {
      const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
      const auto length = *rc::gen::inRange<std::size_t>(0, 9);
      if (*rc::gen::inRange(0, 2) == 0) {
        bytes.replace(at, length, *rc::gen::container<std::string>(length, rc::gen::arbitrary<char>()));
      } else {
        bytes.insert(at, bytes.substr(*rc::gen::inRange<std::size_t>(0, bytes.size()), length));
      }
    }
    (void)survives(bytes);
  }));
}

TEST_CASE("random pickle programs give values or an input error", "[files][hostile][property]") {
  // Opcodes in the frequency of real pickles reach deeper than random bytes would.
  const std::vector<std::string> words = {"(",
                                          ")",
                                          "]",
                                          "}",
                                          "t",
                                          "u",
                                          "e",
                                          "a",
                                          "s",
                                          "R",
                                          "Q",
                                          "b",
                                          "0",
                                          "1",
                                          "2",
                                          "l",
                                          "d",
                                          "N",
                                          "\x88",
                                          "\x85",
                                          "\x86",
                                          "\x94",
                                          "q\x01",
                                          "h\x01",
                                          "K\x02",
                                          "M\x10\x01",
                                          pickled_text("storage"),
                                          pickled_text("0"),
                                          "ctorch\nFloatStorage\n",
                                          "ctorch._utils\n_rebuild_tensor_v2\n",
                                          "ccollections\nOrderedDict\n",
                                          "ctorch\nSize\n",
                                          pickled_tuple({2, 3}),
                                          pickled_tensor({"", "FloatStorage", "0", 1, 0, {1}, {1}})};
  CHECK(rc::check("random programs", [&] {
    std::string program;
    for (const std::string& word : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(words)))
      program += word;
    (void)survives(checkpoint(pickled(program), {{"0", float32s({1})}}));
  }));
}
