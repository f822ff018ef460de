#include <sys/resource.h>
#include <unistd.h>

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <limits>

#include "base/error.hpp"
#include "files/safetensors_writer.hpp"
#include "files/write_file.hpp"
#include "samples.hpp"

using namespace assay;
using namespace assay::files;
using namespace assay::files::samples;

namespace {

class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / ("assay-writer-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::filesystem::path path_;
};

std::string content_of(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string complaint_of(const std::vector<TensorToWrite>& tensors, const Limits& limits = {}) {
  try {
    (void)safetensors_bytes(tensors, {}, limits);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

/// While it lives the process cannot make files longer than `bytes`; writing more fails as on a full disk.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    (void)getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    (void)setrlimit(RLIMIT_FSIZE, &limit);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  ~FullDisk() {
    (void)setrlimit(RLIMIT_FSIZE, &before_);
    (void)std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int);
};

}  // namespace

TEST_CASE("what the writer writes is the format, byte for byte", "[files][safetensors][writer]") {
  const std::vector<double> values = {1.0};
  const std::string header = R"({"__metadata__":{"a":"b"},"t":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}})";
  const std::string padded = header + std::string((8 - header.size() % 8) % 8, ' ');
  CHECK(safetensors_bytes({{"t", {1}, values}}, {{"a", "b"}}) == safetensors(padded, little(0x3FF0000000000000U, 8)));
}

TEST_CASE("integers are written as they are", "[files][safetensors][writer]") {
  const std::vector<std::int64_t> values = {-1, 2, std::numeric_limits<std::int64_t>::min()};
  const File file = load_bytes("written", safetensors_bytes({{"t", {3, 1}, values}}, {}));
  CHECK(tensor_of(file, "t").type() == ElementType::int64);
  CHECK(std::get<std::vector<std::int64_t>>(tensor_of(file, "t").values()) == values);
}

TEST_CASE("what the writer writes the reader reads back, bit for bit", "[files][safetensors][writer][property]") {
  CHECK(rc::check([] {
    std::vector<std::vector<double>> values;
    std::vector<TensorToWrite> tensors;
    const auto count = *rc::gen::inRange<std::size_t>(0, 5);
    for (std::size_t t = 0; t < count; ++t) {
      const auto rows = *rc::gen::inRange<std::size_t>(0, 4);
      const auto columns = *rc::gen::inRange<std::size_t>(1, 4);
      std::vector<double> entries;
      for (std::size_t i = 0; i < rows * columns; ++i) {
        const auto word = *rc::gen::arbitrary<std::uint64_t>();
        const auto x = std::bit_cast<double>(word);
        entries.push_back(std::isfinite(x) ? x : -0.0);
      }
      values.push_back(std::move(entries));
      tensors.push_back({"layer." + std::to_string(t) + "\"\\\n\xC3\xA9", {rows, columns}, {}});
    }
    for (std::size_t t = 0; t < count; ++t) tensors[t].values = values[t];
    const Metadata metadata = {{"statement", "train \"x\"\n  weights \xE2\x89\xA4"}, {"empty", ""}};
    const std::string bytes = safetensors_bytes(tensors, metadata);
    RC_ASSERT(bytes == safetensors_bytes(tensors, metadata));
    const File file = load_bytes("written", bytes);
    RC_ASSERT(file.format == Format::safetensors);
    const auto& record = std::get<Record>(file.value.content);
    RC_ASSERT(record.fields().size() == count + 1);
    const auto& texts = std::get<Record>(record.find("__metadata__")->content);
    for (const auto& [name, text] : metadata) RC_ASSERT(std::get<std::string>(texts.find(name)->content) == text);
    for (const TensorToWrite& tensor : tensors) {
      RC_ASSERT(tensor_of(file, tensor.name).shape() == tensor.shape);
      const std::vector<double> read = doubles_of(file, tensor.name);
      for (std::size_t i = 0; i < read.size(); ++i)
        RC_ASSERT(std::bit_cast<std::uint64_t>(read[i]) ==
                  std::bit_cast<std::uint64_t>(std::get<std::span<const double>>(tensor.values)[i]));
    }
  }));
}

TEST_CASE("what could not be read again is not written", "[files][safetensors][writer][reject]") {
  const std::vector<double> one = {1.0};
  const std::vector<double> bad = {1.0, std::numeric_limits<double>::quiet_NaN()};
  const std::vector<double> infinite = {std::numeric_limits<double>::infinity()};
  CHECK(mentions(complaint_of({{"t", {2}, bad}}), "entry 1 is no finite number"));
  CHECK(mentions(complaint_of({{"t", {1}, infinite}}), "entry 0 is no finite number"));
  CHECK(mentions(complaint_of({{"t", {1}, one}, {"t", {1}, one}}), "occurs twice"));
  CHECK(mentions(complaint_of({{"__metadata__", {1}, one}}), "cannot be the name"));
  CHECK(mentions(complaint_of({{"\xFF", {1}, one}}), "cannot be the name"));
  Limits few;
  few.tensors = 1;
  CHECK(mentions(complaint_of({{"a", {1}, one}, {"b", {1}, one}}, few), "more than 1 tensors"));
  Limits small;
  small.file_bytes = 100;
  CHECK(mentions(complaint_of({{"a", {1}, one}, {"b", {1}, one}}, small), "header"));
  small.file_bytes = 15;
  CHECK(mentions(complaint_of({{"a", {1}, one}, {"b", {1}, one}}, small), "more than 15 bytes"));
}

TEST_CASE("shapes of hostile size are refused before anything is reserved for them", "[files][safetensors][writer]") {
  const std::size_t huge = std::size_t{1} << 63U;
  CHECK(mentions(complaint_of({{"t", {huge, 4}, {}}}), "entries allowed"));
  CHECK(mentions(complaint_of({{"t", {std::size_t{1} << 31U}, {}}}), "entries allowed"));
  CHECK(mentions(complaint_of({{"t", Shape(33, 1), {}}}), "dimensions"));
}

TEST_CASE("an interrupted write leaves the old file and nothing else", "[files][write]") {
  const Folder folder;
  const std::string path = folder.file("weights");
  write_file(path, "old content");
  {
    const FullDisk full(100000);
    CHECK_THROWS_AS(write_file(path, std::string(200000, 'x')), InputError);
  }
  CHECK(content_of(path) == "old content");
  CHECK(folder.files() == 1);
  write_file(path, "new content");
  CHECK(content_of(path) == "new content");
  CHECK(folder.files() == 1);
  std::filesystem::create_directory(folder.file("directory"));
  CHECK_THROWS_AS(write_file(folder.file("directory"), "x"), InputError);
  CHECK_THROWS_AS(write_file(folder.file("missing/file"), "x"), InputError);
  CHECK(folder.files() == 2);
}

TEST_CASE("a file that is written keeps its permissions", "[files][write]") {
  using std::filesystem::perms;
  const Folder folder;
  const std::string path = folder.file("private");
  write_file(path, "old content");
  for (const perms kept : {perms(0600), perms(0640), perms(0666), perms(0755)}) {
    std::filesystem::permissions(path, kept);
    write_file(path, "new content", Durability::forced, 0644);
    CHECK(std::filesystem::status(path).permissions() == kept);
  }
  std::filesystem::permissions(path, perms(0444));
  CHECK_THROWS_WITH(write_file(path, "newer content"), Catch::Contains("write-protected"));
  CHECK(content_of(path) == "new content");
  CHECK(folder.files() == 1);
}

TEST_CASE("a symbolic link stays one when it is written to", "[files][write]") {
  namespace fs = std::filesystem;
  const Folder folder;
  fs::create_directory(folder.file("inner"));
  fs::create_symlink("inner/target", folder.file("link"));
  fs::create_symlink(folder.file("link"), folder.file("link to link"));
  for (const std::string content : {"first", "second"}) {  // the target is made, then replaced
    write_file(folder.file("link to link"), content);
    CHECK(fs::is_symlink(folder.file("link")));
    CHECK(fs::is_symlink(folder.file("link to link")));
    CHECK(fs::is_regular_file(fs::symlink_status(folder.file("inner/target"))));
    CHECK(content_of(folder.file("inner/target")) == content);
  }
  CHECK(folder.files() == 3);
  fs::create_symlink("b", folder.file("a"));
  fs::create_symlink("a", folder.file("b"));
  CHECK_THROWS_AS(write_file(folder.file("a"), "x"), InputError);
}

TEST_CASE("a device is written to, not replaced", "[files][write]") {
  write_file("/dev/null", "x");
  CHECK(std::filesystem::is_character_file("/dev/null"));
  CHECK_THROWS_WITH(write_file("/dev/full", "x"), Catch::Contains("Is there space?"));
  CHECK(std::filesystem::is_character_file("/dev/full"));
}
