#include "kernel/certificate.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "kernel/limbs.hpp"

/// Reading of certificates that may come from anywhere.
using namespace assay;
using namespace assay::kernel;

namespace {

std::string sealed(const std::string& content) {
  return content.substr(0, content.size() - 1) + R"(,"digest":")" + sha256(content) + "\"}";
}

/// A certificate of this rule with fields beside.
std::string certificate(const std::string& rule, const std::string& fields = "") {
  return sealed(R"({"version":2,"checker":1,"rule":")" + rule +
                R"(","conclusion":"proved","claim":"sha256:0","data":[])" + fields + "}");
}

std::string with_lemmas(const std::string& lemmas) { return certificate("evaluation", R"(,"lemmas":)" + lemmas); }

/// What is wrong with the text.
std::string refusal(const std::string& json) {
  INFO(json);
  try {
    static_cast<void>(Certificate::from_json(json, "c.json"));
  } catch (const InputError& error) {
    return error.what();
  }
  FAIL("this is read: " + json);
  return "";
}

void check_refused(const std::string& json, const std::string& reason) {
  INFO(json);
  CHECK_THAT(refusal(json), Catch::Contains(reason));
}

void check_altered(const ReadCertificate& read, const std::string& reason) {
  REQUIRE(std::holds_alternative<Rejection>(read));
  CHECK(std::get<Rejection>(read).kind == Rejection::Kind::altered);
  CHECK_THAT(std::get<Rejection>(read).reason, Catch::Contains(reason));
}

/// With a matrix that is too large for the JSON text.
Certificate with_large_matrix() {
  Certificate out;
  RankCertificate rank;
  rank.relations = Matrix<Integer>(30, 40, Integer(-1) << 64);
  rank.relations(29, 39) = (Integer(1) << 127) - 1;
  rank.relations(0, 0) = -(Integer(1) << 127);
  out.lemmas.emplace().ranks["m"] = rank;
  return out;
}

}  // namespace

TEST_CASE("certificates are read as they are written", "[kernel][certificate]") {
  for (const std::string& json :
       {certificate("evaluation"), with_lemmas("{}"),
        with_lemmas(R"({"ranks":{"sha256:1":{"of_transpose":true,"rows":[0,2],"cols":[1,0],"prime":"7"}}})"),
        with_lemmas(R"({"roots":{"the t":{"proofs":{"53":{"none":"100"}}}}})"), certificate("normal forms"),
        certificate("sample", R"(,"points":"10","seed":"-1","confidence":"99/100","range":["-1","1/2"],)"
                              R"("two_sided":true,"bounds":[{"lower":"1"},{}])")}) {
    INFO(json);
    CHECK(std::get<Certificate>(Certificate::from_json(json, "c.json")).to_json() == json);
  }
}

TEST_CASE("large matrices are in a sidecar, which belongs to its certificate", "[kernel][certificate][sidecar]") {
  const Certificate whole = with_large_matrix();
  const CertificateFiles files = whole.to_files();
  REQUIRE_FALSE(files.sidecar.empty());
  CHECK(files.json.find("\"limbs\":2") != std::string::npos);
  CHECK(files.json.size() < 1000);
  const auto read = [&](const std::optional<std::string>& sidecar) {
    return Certificate::from_files(files.json, "c.json", [&](const std::string& digest) {
      CHECK(digest == files.sidecar_digest);
      return sidecar;
    });
  };
  const Certificate again = std::get<Certificate>(read(files.sidecar));
  CHECK(again.lemmas->ranks.at("m").relations == whole.lemmas->ranks.at("m").relations);
  check_altered(read(std::nullopt), "the sidecar of c.json is missing");
  check_altered(read(files.sidecar.substr(1)), "the sidecar of c.json was changed");
  check_refused(files.json, "has no sidecar");
  // All in one text it is no file on disk, where the matrix has another place.
  CHECK(std::get<Certificate>(Certificate::from_json(whole.to_json(), "c.json")).to_json() == whole.to_json());
  CHECK_THROWS_WITH(Certificate::from_files(whole.to_json(), "c.json", {}), Catch::Contains("not spelt"));
}

TEST_CASE("integers are the words that they are written as", "[kernel][certificate][sidecar]") {
  const Integer two_to_63 = Integer(1) << 63;
  for (const auto& [n, limbs] : std::vector<std::pair<Integer, std::size_t>>{{0, 1},
                                                                             {-1, 1},
                                                                             {two_to_63 - 1, 1},
                                                                             {-two_to_63, 1},
                                                                             {two_to_63, 2},
                                                                             {-two_to_63 - 1, 2},
                                                                             {two_to_63 * two_to_63 * 2 - 1, 2},
                                                                             {two_to_63 * two_to_63 * -2, 2}}) {
    const Matrix<Integer> a(1, 2, {n, Integer(5)});
    INFO(n.get_str());
    CHECK(limbs_of(a) == limbs);
    for (const std::size_t words : {limbs, limbs + 3}) CHECK(from_limbs(1, 2, words, to_limbs(a, words)) == a);
  }
  CHECK(to_limbs(Matrix<Integer>(1, 1, {Integer(-2)}), 2) == std::vector<std::int64_t>{-2, -1});
}

TEST_CASE("a certificate that was changed is rejected before it is read", "[kernel][certificate]") {
  std::string json = certificate("sample", R"(,"points":"10","seed":"1","confidence":"99/100","bounds":[])");
  json.replace(json.find("\"10\""), 4, "\"90\"");
  check_altered(Certificate::from_json(json, "c.json"), "c.json was changed since it was written");
  json.replace(json.find("\"90\""), 4, "\"xx\"");
  check_altered(Certificate::from_json(json, "c.json"), "its content");
}

TEST_CASE("only one spelling of a certificate is read", "[kernel][certificate]") {
  const std::string head = R"({"version":2,"checker":1,"rule":"evaluation","conclusion":"proved","claim":"","data":[])";
  CHECK_NOTHROW(Certificate::from_json(sealed(head + "}"), "c.json"));
  check_refused(sealed(head + R"(,"enclosures_only":false})"), "not spelt as assay writes it, from byte");
  check_refused(sealed(head + R"(,"candidates":[]})"), "not spelt");
  check_refused(sealed(head + " }"), "not spelt");
  check_refused(sealed(R"({"checker":1,)" + head.substr(1, 12) + head.substr(25) + "}"), "not spelt");
  check_refused(sealed(R"({"version":2.0,)" + head.substr(13) + "}"), "not spelt");
  check_refused(sealed(head + R"(,"lemmas":{"ranks":{}}})"), "not spelt");
  check_refused(sealed(head + "}") + " ", "`digest` is not the last field");
  check_refused(head + R"(,"digest":7})", "a text is needed here");
}

TEST_CASE("ill-formed certificates are refused with the place", "[kernel][certificate]") {
  const auto evaluation = [](const std::string& fields) { return certificate("evaluation", fields); };
  check_refused("", "c.json");
  check_refused("[]", "an object is needed here");
  check_refused("{}", "`version` is missing");
  check_refused(R"({"version":1,"rule":"evaluation","claim":"","data":[]})", "certificates of version 2 only");
  check_refused(R"({"version":1})", "Make new ones by `assay check --certificates DIR`");
  check_refused(R"({"version":2})", "`digest` is missing");
  check_refused(certificate("hope"), "unknown rule 'hope'");
  check_refused(evaluation(R"(,"trust":true)"), "unknown key `trust`");
  check_refused(evaluation(R"(,"claim":"")"), "claim");
  check_refused(evaluation(R"(,"points":"3")"), "unknown key `points`");
  check_refused(certificate("normal forms", R"(,"candidates":["1"])"), "unknown key `candidates`");
  check_refused(certificate("sample", R"(,"lemmas":{})"), "unknown key `lemmas`");
  check_refused(evaluation(R"(,"candidates":["2/4"])"), "lowest terms");
  check_refused(evaluation(R"(,"candidates":["1/0"])"), "a number");
  check_refused(evaluation(R"(,"candidates":["0x1"])"), "a number");
  check_refused(evaluation(R"(,"candidates":[" 1"])"), "a number");
  check_refused(evaluation(R"(,"candidates":["1e5"])"), "a number");
  check_refused(evaluation(R"(,"candidates":[1])"), "a text is needed here");
  check_refused(evaluation(R"(,"candidates":[")" + std::string(1000001, '7') + "\"]"), "is too long");
  check_refused(evaluation(R"(,"candidates":["1/)" + std::string(100000, '7') + "\"]"), "is too long");
  check_refused(evaluation(R"(,"candidates":)" + std::string(10000, '[')), "nested more than");
  check_refused(with_lemmas(R"({"hopes":{}})"), "unknown key `hopes`");
  const auto rank = [](const std::string& changed) {
    return with_lemmas(R"({"ranks":{"m":{"of_transpose":false,"rows":[0],"cols":[0],"prime":"7",)" + changed + "}}}");
  };
  check_refused(rank(R"("relations":{"rows":1,"cols":2,"entries":["1"]},"denominator":"1")"), "rows times columns");
  check_refused(rank(R"("relations":{"rows":1073741825,"cols":1,"entries":[]},"denominator":"1")"), "an index");
  check_refused(rank(R"("relations":{"rows":-1,"cols":1,"entries":[]},"denominator":"1")"), "an index");
  check_refused(rank(R"("relations":{"rows":1,"cols":1,"entries":["1/2"]},"denominator":"1")"), "an integer");
  check_refused(rank(R"("relations":{"rows":1,"cols":1,"entries":["1"]})"), "`denominator` is missing");
  const auto proof = [](const std::string& key, const std::string& value) {
    return with_lemmas(R"({"roots":{"the t":{"proofs":{")" + key + R"(":)" + value + "}}}}");
  };
  check_refused(proof("fifty", R"({"none":"0"})"), "a precision");
  check_refused(proof("053", R"({"none":"0"})"), "a precision");
  check_refused(proof("53", R"({"none":""})"), "not empty");
  check_refused(proof("53", R"({"none":"012"})"), "0 and 1");
  check_refused(proof("53", R"({"none":"0","centre":[]})"), "unknown key `centre`");
  check_refused(proof("53", R"({"centre":["1"],"equations":[0.5],"unknowns":[0],"radii":["1"]})"), "an index");
}
