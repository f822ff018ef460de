// libFuzzer target of the reader of certificates: no input may crash, leak, run out of time or memory; what is read
// must be written again as it was. The digest at the end is made to fit, so that the reader goes on; a first byte of 0
// leaves it, and the text after a line "\n--\n" is the sidecar.
//
// clang-format off
//   CC=clang CXX=clang++ meson setup b-fuzz -Db_sanitize=address,undefined -Db_lundef=false -Dcpp_args=-fsanitize=fuzzer-no-link
//   ninja -C b-fuzz tests/fuzz/certificate_fuzz
//   b-fuzz/tests/fuzz/certificate_fuzz -max_len=65536 -timeout=10 WORK tests/certificates/accept tests/certificates/malformed
// clang-format on
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "kernel/certificate.hpp"

namespace {

using namespace assay;
using namespace assay::kernel;

/// With the digest that the content has, if there is one at the end.
std::string sealed(std::string_view json) {
  constexpr std::string_view mark = R"(,"digest":")";
  const std::size_t at = json.rfind(mark);
  if (at == std::string_view::npos) return std::string(json);
  const std::string content = std::string(json.substr(0, at)) + "}";
  return content.substr(0, at) + std::string(mark) + sha256(content) + "\"}";
}

/// With the digest of the sidecar where one is named.
std::string with_sidecar(std::string json, const std::string& sidecar) {
  constexpr std::string_view mark = R"("sidecar":{"bytes":)";
  const std::size_t at = json.find(mark);
  const std::size_t digest = at == std::string::npos ? at : json.find("sha256:", at);
  const std::string right = sha256(sidecar);
  if (digest != std::string::npos && json.size() - digest >= right.size()) json.replace(digest, right.size(), right);
  return json;
}

void check_round_trip(const ReadCertificate& read, const std::string& json, bool is_whole) {
  const auto* certificate = std::get_if<Certificate>(&read);
  if (certificate == nullptr) return;
  if ((is_whole ? certificate->to_json() : certificate->to_files().json) != json) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  const bool is_kept = text.starts_with('\0');
  if (is_kept) text.remove_prefix(1);
  constexpr std::string_view separator = "\n--\n";
  const std::size_t end = text.find(separator);
  std::string sidecar(end == std::string_view::npos ? "" : text.substr(end + separator.size()));
  std::string json(text.substr(0, end));
  if (json.ends_with('\n')) json.pop_back();
  if (!is_kept) json = sealed(with_sidecar(std::move(json), sidecar));
  for (const bool is_whole : {true, false}) {
    try {
      check_round_trip(
          is_whole ? Certificate::from_json(json, "fuzz")
                   : Certificate::from_files(
                         json, "fuzz",
                         [&](const std::string&) { return sidecar.empty() ? std::nullopt : std::optional(sidecar); }),
          json, is_whole);
    } catch (const InputError& error) {
      if (std::string_view(error.what()).empty()) std::abort();
    }
  }
  return 0;
}
