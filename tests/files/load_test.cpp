#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "files/bytes.hpp"
#include "files/listing.hpp"
#include "samples.hpp"

using namespace assay;
using namespace assay::files;
using namespace assay::files::samples;
using namespace std::string_literals;

namespace {

/// A directory of its own that goes with the test.
class Directory {
 public:
  Directory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "assay-files-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = pattern;
  }
  ~Directory() { std::filesystem::remove_all(path_); }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  [[nodiscard]] std::filesystem::path write(const std::string& name, const std::string& content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
    return path_ / name;
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string refusal(const std::filesystem::path& path, const Limits& limits = {}) {
  try {
    (void)load(path, limits);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a file is recognised by its content, whatever its name", "[files][load]") {
  const Directory directory;
  CHECK(load(directory.write("a.json", safetensors_sample())).format == Format::safetensors);
  CHECK(load(directory.write("b.pt", json_sample())).format == Format::json);
  CHECK(load(directory.write("c", npy_sample())).format == Format::npy);
  CHECK(load(directory.write("d.npy", npz_sample(true))).format == Format::npz);
  CHECK(load(directory.write("e.npz", checkpoint_sample())).format == Format::pytorch);
}

TEST_CASE("the digest is of exactly the bytes that were decoded", "[files][load]") {
  const Directory directory;
  const std::filesystem::path path = directory.write("w.safetensors", safetensors_sample());
  const File file = load(path);
  CHECK(file.digest == sha256(safetensors_sample()));
  CHECK(file.bytes == safetensors_sample().size());
  // The file changes on disk before the tensor is decoded: what was read stays.
  (void)directory.write("w.safetensors", std::string(safetensors_sample().size(), 'x'));
  CHECK(doubles_of(file, "U").at(0) == 0.5);
}

TEST_CASE("files that cannot be read say what to do", "[files][load]") {
  const Directory directory;
  CHECK(mentions(refusal(directory.path() / "absent.pt"), "there is no such file"));
  CHECK(mentions(refusal(directory.path() / "absent.pt"), "absent.pt"));
  CHECK(mentions(refusal(directory.path()), "it is a directory"));
  CHECK(mentions(refusal(directory.write("empty.pt", "")), "it is empty"));
  const std::filesystem::path pipe = directory.path() / "pipe";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(mentions(refusal(pipe), "not a regular file"));
  Limits limits;
  limits.file_bytes = 10;
  CHECK(refusal(directory.write("ten.json", "[1,2,3,45]"), limits).empty());
  CHECK(mentions(refusal(directory.write("eleven.json", "[1,2,3,456]"), limits), "longer than 10 bytes"));
  const std::filesystem::path locked = directory.write("locked.json", "[]");
  std::filesystem::permissions(locked, std::filesystem::perms::none);
  if (!std::ifstream(locked)) CHECK(mentions(refusal(locked), "ermission"));  // root may read it all the same
}

TEST_CASE("foreign formats are named with what to do instead", "[files][load]") {
  CHECK(mentions(complaint("\x80\x02\x8a\nl\xfc\x9c\x46\xf9 j\xa8P\x19.\x80\x02M\xe9\x03."), "before version 1.6"));
  CHECK(mentions(complaint(std::string(257, 'a') + "ustar" + std::string(300, '\0')), "tar archive"));
  CHECK(mentions(complaint("\x80\x04N."), "bare Python pickle"));
  CHECK(mentions(complaint("version https://git-lfs.github.com/spec/v1\n"), "git lfs pull"));
  CHECK(mentions(complaint("\x89HDF\r\n\x1a\n"), "HDF5"));
  CHECK(mentions(complaint("\x1f\x8b\x08"), "gunzip"));
  CHECK(mentions(complaint("hello"), "no known format"));
  CHECK(mentions(complaint("   "), "no known format"));
}

TEST_CASE("two archive entries of one name are refused", "[files][load]") {
  std::string bytes = zip({{"a.npy", npy_sample()}, {"b.npy", npy_sample()}});
  for (std::size_t at = bytes.find("b.npy"); at != std::string::npos; at = bytes.find("b.npy")) bytes[at] = 'a';
  CHECK_FALSE(complaint(bytes).empty());
}

TEST_CASE("a listing names every leaf as the notation reaches it", "[files][listing]") {
  const Listing weights = list(load_bytes("sample", checkpoint_sample()));
  REQUIRE(weights.values.size() == 3);
  CHECK(weights.values[0].name == ".W");
  CHECK(weights.values[0].type == "float32");
  CHECK(weights.values[0].shape == Shape{2, 3});
  CHECK(weights.values[0].is_tensor);
  CHECK(weights.tensor_count == 3);
  CHECK(weights.entry_count == 13);
  const Listing config =
      list(load_bytes("sample", "{\"a.b\": [1, {\"c\": \"" + std::string(70, 'x') + "\"}], \"d\": []}"));
  REQUIRE(config.values.size() == 3);
  CHECK(config.values[0].name == "[\"a.b\"][0]");
  CHECK(config.values[0].shown == "1");
  CHECK(config.values[1].name == "[\"a.b\"][1].c");
  CHECK(config.values[1].shown == std::string(60, 'x') + "…");
  CHECK(config.values[2].type == "empty list");
}

TEST_CASE("tensors may be decoded by several threads at once", "[files][tensor]") {
  const File file = load_bytes("sample", npz_sample(true));
  std::vector<std::thread> threads;
  std::vector<int> right(8, 0);
  for (std::size_t k = 0; k < right.size(); ++k)
    threads.emplace_back([&, k] {
      const bool floats = doubles_of(file, "a") == std::vector<double>{1, 2, 3, 4};
      right[k] = floats && integers_of(file, "b").at(5) == -1 ? 1 : 0;
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(right == std::vector<int>(8, 1));
}

TEST_CASE("a tensor made in memory holds what it was given", "[files][tensor]") {
  const TensorPtr tensor = make_tensor({2, 1}, {0.5, -0.25});
  CHECK(tensor->exact_entry(1) == Rational(-1, 4));
  CHECK_THROWS(make_tensor({2}, {1.0}));
  CHECK_THROWS(make_tensor({1}, {std::nan("")}));
  CHECK_THROWS(tensor->exact_entry(2));
}

TEST_CASE("text is well-formed UTF-8 and nothing else", "[files][bytes]") {
  for (const std::string& text : {""s, "a"s, "é"s, "€"s, "𝔸"s, "\xEF\xBF\xBF"s, "\xF4\x8F\xBF\xBF"s})
    CHECK(is_text(text));
  for (const std::string& text : {"\0"s, "\x80"s, "\xC3"s, "\xC0\x80"s, "\xC1\xBF"s, "\xE0\x9F\xBF"s, "\xED\xA0\x80"s,
                                  "\xF0\x8F\xBF\xBF"s, "\xF4\x90\x80\x80"s, "\xF5\x80\x80\x80"s, "\xE2\x82"s, "\xFF"s})
    CHECK_FALSE(is_text(text));
}
