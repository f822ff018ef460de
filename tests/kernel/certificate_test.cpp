#include "kernel/certificate.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "base/error.hpp"

/// Reading of certificates that may come from anywhere.
using namespace assay;
using assay::kernel::Certificate;

namespace {

std::string with_lemmas(const std::string& lemmas) {
  return R"({"version":1,"rule":"evaluation","claim":"sha256:0","data":[],"lemmas":)" + lemmas + "}";
}

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

}  // namespace

TEST_CASE("certificates are read as they are written", "[kernel][certificate]") {
  for (const std::string& json :
       {with_lemmas("{}"),
        with_lemmas(R"({"ranks":{"sha256:1":{"of_transpose":true,"rows":[0,2],"cols":[1,0],"prime":"7"}}})"),
        with_lemmas(R"({"roots":{"the t":{"proofs":{"53":{"none":"100"}}}}})"),
        std::string(R"({"version":1,"rule":"normal forms","claim":"sha256:0","data":["sha256:1"]})"),
        std::string(R"({"version":1,"rule":"sample","claim":"c","data":[],"points":"10","seed":"-1",)"
                    R"("confidence":"99/100","range":["-1","1/2"],"two_sided":true,"bounds":[{"lower":"1"},{}]})")}) {
    INFO(json);
    CHECK(Certificate::from_json(json, "c.json").to_json() == json);
  }
}

TEST_CASE("ill-formed certificates are refused with the place", "[kernel][certificate]") {
  check_refused("", "c.json");
  check_refused("[]", "an object is needed here");
  check_refused("{}", "`version` is missing");
  check_refused(R"({"version":2})", "reads certificates of version 1");
  check_refused(R"({"version":1,"rule":"hope","claim":"","data":[]})", "unknown rule 'hope'");
  check_refused(R"({"version":1,"rule":"evaluation","claim":"","data":[],"trust":true})", "unknown key `trust`");
  check_refused(R"({"version":1,"rule":"evaluation","claim":"","claim":"","data":[]})", "claim");
  check_refused(R"({"version":1,"rule":"evaluation","claim":"","data":[],"points":"3"})", "unknown key `points`");
  check_refused(R"({"version":1,"rule":"evaluation","claim":"","data":[],"candidates":["2/4"]})", "lowest terms");
  check_refused(R"({"version":1,"rule":"evaluation","claim":"","data":[],"candidates":["1/0"]})", "a number");
  check_refused(R"({"version":1,"rule":"evaluation","claim":"","data":[],"candidates":["0x1"]})", "a number");
  check_refused(R"({"version":1,"rule":"evaluation","claim":"","data":[],"candidates":[" 1"]})", "a number");
  check_refused(R"({"version":1,"rule":"evaluation","claim":"","data":[],"candidates":[1]})", "a text is needed here");
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
