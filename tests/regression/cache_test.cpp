#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "base/error.hpp"
#include "regression/cache.hpp"
#include "regression/tool_digest.hpp"

/// The store of verdicts. How a check uses it: tests/app/regression_test.py.
using namespace assay;
using namespace assay::regression;

namespace {

namespace fs = std::filesystem;

/// A folder of its own.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("assay-cache-" + std::to_string(getpid()))) { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }
  [[nodiscard]] std::string path() const { return path_.string(); }
  [[nodiscard]] std::size_t entries() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(path_ / "verdicts"), fs::directory_iterator()));
  }

 private:
  fs::path path_;
};

CacheQuestion question(const std::string& claim) { return {"tool", claim, {"sha256:1"}, "ring()", 128}; }

kernel::Certificate frame(const std::string& claim) {
  kernel::Certificate certificate;
  certificate.claim = claim;
  certificate.data = {"sha256:1"};
  return certificate;
}

CacheEntry entry(const std::string& claim, kernel::Conclusion conclusion = kernel::Conclusion::refuted) {
  report::VerdictRecord::Parts parts;
  parts.conclusion = conclusion;
  parts.assurance = kernel::Assurance::enclosed;
  parts.conditions = {"a \"condition\"\nin two lines", "é"};
  parts.claim_digest = claim;
  parts.certificate = frame(claim);
  parts.certificate.conclusion = conclusion;
  parts.witness = evaluate::Witness{{{"n", "3"}, {"n", "4"}}, {{"n + 1", "4"}}};
  parts.remark = "a remark";
  parts.effort.points = 18446744073709551615U;
  parts.effort.decided["doubles"] = 12;
  parts.effort.precision = 512;
  parts.confidence = Rational(19, 20);
  return {report::VerdictRecord(parts), std::vector<evaluate::Enclosure>{{Rational(-1), Rational(1, 2)}}, true};
}

}  // namespace

TEST_CASE("a kept verdict is found again, whole", "[regression][cache]") {
  const Folder folder;
  Cache cache(folder.path());
  cache.keep(question("c"), entry("c"));
  CHECK(cache.problem().empty());
  Cache later(folder.path());
  const std::optional<CacheEntry> found = later.find(question("c"), frame("c"));
  REQUIRE(found);
  const std::string digest = question("c").digest();
  CHECK(found->to_text(digest) == entry("c").to_text(digest));
  CHECK(found->verdict.witness()->assignment.size() == 2);
  CHECK(found->verdict.effort().points == 18446744073709551615U);
}

TEST_CASE("each part of a question matters", "[regression][cache]") {
  const Folder folder;
  Cache cache(folder.path());
  cache.keep(question("c"), entry("c"));
  const CacheQuestion asked = question("c");
  CacheQuestion other = asked;
  const auto is_miss = [&] { return !cache.find(other, frame("c")).has_value(); };
  CHECK_FALSE(is_miss());
  (other = asked).tool = "another";
  CHECK(is_miss());
  (other = asked).claim = "another";
  CHECK(is_miss());
  (other = asked).data = {};
  CHECK(is_miss());
  (other = asked).method = "";
  CHECK(is_miss());
  (other = asked).precision_limit = 256;
  CHECK(is_miss());
  CHECK(cache.find(asked, frame("c")));
}

TEST_CASE("a certificate for something else is a miss, and is removed", "[regression][cache]") {
  const Folder folder;
  Cache cache(folder.path());
  cache.keep(question("c"), entry("d"));
  CHECK(folder.entries() == 1);
  CHECK_FALSE(cache.find(question("c"), frame("c")));
  CHECK(folder.entries() == 0);
}

TEST_CASE("only settled conclusions are kept", "[regression][cache]") {
  const Folder folder;
  Cache cache(folder.path());
  using kernel::Conclusion;
  for (const Conclusion each : {Conclusion::undecided, Conclusion::vacuous})
    cache.keep(question("c"), entry("c", each));
  CHECK(folder.entries() == 0);
  for (const Conclusion each :
       {Conclusion::proved, Conclusion::refuted, Conclusion::undefined, Conclusion::supported}) {
    cache.keep(question("c"), entry("c", each));
    CHECK(cache.find(question("c"), frame("c"))->verdict.conclusion() == each);
  }
  CHECK(cache.problem().empty());
}

TEST_CASE("what has not been used for longest makes room", "[regression][cache]") {
  const Folder folder;
  const std::size_t size = [&] {
    Cache cache(folder.path());
    cache.keep(question("first"), entry("first"));
    return fs::file_size(fs::directory_iterator(folder.path() + "/verdicts")->path());
  }();
  Cache cache(folder.path(), 3 * size + size / 2);
  const auto age = [&](const std::string& claim, int hours) {
    const std::string digest = question(claim).digest();
    fs::last_write_time(folder.path() + "/verdicts/" + digest.substr(digest.find(':') + 1),
                        fs::file_time_type::clock::now() - std::chrono::hours(hours));
  };
  for (const std::string claim : {"second", "third", "fourth"}) cache.keep(question(claim), entry(claim));
  age("first", 5), age("second", 4), age("third", 3), age("fourth", 2);
  CHECK(cache.find(question("first"), frame("first")));  // used just now
  std::ofstream(folder.path() + "/verdicts/x.part1-2") << "left over";
  fs::last_write_time(folder.path() + "/verdicts/x.part1-2", fs::file_time_type::clock::now() - std::chrono::hours(50));
  cache.trim();
  CHECK(folder.entries() == 3);
  CHECK(cache.find(question("first"), frame("first")));
  CHECK_FALSE(cache.find(question("second"), frame("second")));
  CHECK(cache.find(question("fourth"), frame("fourth")));
}

TEST_CASE("the secret is made once, for the user alone", "[regression][cache]") {
  const Folder folder;
  fs::create_directories(folder.path());
  const CacheSecret first(folder.path());
  const CacheSecret second(folder.path());
  CHECK(first.tag("text") == second.tag("text"));
  CHECK(first.is_genuine("text", second.tag("text")));
  CHECK_FALSE(first.is_genuine("texts", second.tag("text")));
  CHECK_FALSE(first.is_genuine("text", second.tag("text").substr(1)));
  CHECK_FALSE(first.is_genuine("text", ""));
  const std::string key = folder.path() + "/key";
  fs::permissions(key, fs::perms::owner_read | fs::perms::others_read);
  CHECK_THROWS_AS(CacheSecret(folder.path()), InputError);
  fs::remove(key);
  fs::create_directory(key);
  CHECK_THROWS_AS(CacheSecret(folder.path()), InputError);
  fs::remove(key);
  fs::create_symlink("/dev/zero", key);
  CHECK_THROWS_AS(CacheSecret(folder.path()), InputError);
  fs::remove(key);
  const CacheSecret other(folder.path());
  CHECK_FALSE(other.is_genuine("text", first.tag("text")));
}

TEST_CASE("the program knows its own digest", "[regression][cache]") {
  const std::optional<std::string> digest = tool_digest();
  REQUIRE(digest);
  CHECK(digest == tool_digest());
  CHECK(digest->starts_with("sha256:"));
}
