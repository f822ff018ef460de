#include "mutate.hpp"

#include <array>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "base/digest.hpp"

namespace assay::kernel::testing {

namespace {

using Json = nlohmann::ordered_json;
using Pointer = Json::json_pointer;

constexpr std::size_t seal_bytes = 84;  ///< of `,"digest":"sha256:…"}`

template <class T>
const T& any_of(const std::vector<T>& items, SplitMix64& random) {
  return items[random.below(items.size())];
}

/// Where characters of this kind stand in the text.
std::vector<std::size_t> places(const std::string& text, const std::function<bool(char)>& is_wanted) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (is_wanted(text[i])) out.push_back(i);
  return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string with_other_digit(std::string text, std::size_t at, SplitMix64& random) {
  text[at] = static_cast<char>('0' + (text[at] - '0' + 1 + static_cast<int>(random.below(9))) % 10);
  return text;
}

/// A text of digits, or what a number in a certificate may be confused with.
std::string other_number(const std::string& text, SplitMix64& random) {
  const std::vector<std::size_t> digits = places(text, is_digit);
  const bool is_negative = text.starts_with('-');
  constexpr int ways = 10;
  switch (random.below(ways)) {
    case 0: return is_negative ? text.substr(1) : "-" + text;
    case 1: return text + "0";
    case 2: return "1" + text;
    case 3: return std::string(random.below(20) == 0 ? 1000000 + random.below(2) : 2000, '9');
    case 4: return "1" + std::string(3000, '0') + "/3";
    case 5: return "0";
    case 6: return text + "e9";
    case 7: return text + "/7";
    default: return digits.empty() ? "1" : with_other_digit(text, any_of(digits, random), random);
  }
}

std::string other_text(const std::string& text, SplitMix64& random) {
  const bool is_number = !text.empty() && text.find_first_not_of("-/0123456789") == std::string::npos;
  if (is_number && random.below(4) > 0) return other_number(text, random);
  std::string out = text;
  switch (random.below(5)) {
    case 0: return "";
    case 1: return out + (out.empty() ? '0' : out.back());
    case 2: return out.substr(0, out.size() / 2);
    case 3:
      if (out.size() > 1) std::swap(out[random.below(out.size() - 1)], out.back());
      return out;
    default:
      if (!out.empty()) {
        const std::size_t at = random.below(out.size());
        // Halvings stay halvings, digests digests.
        out[at] = out[at] == '0' ? '1' : out[at] == '1' ? '0' : is_digit(out[at]) ? '0' : 'a';
      }
      return out;
  }
}

Json other_type(SplitMix64& random) {
  const std::vector<Json> all = {nullptr,          true, 0, -1, 1e300, "x", Json::array(), Json::object(),
                                 Json::array({1}), 0.5};
  return any_of(all, random);
}

const std::vector<std::string> rules = {"evaluation", "normal forms", "sample", "axiom"};
const std::vector<std::string> conclusions = {"proved", "refuted", "undefined", "supported", "vacuous", "undecided"};

Json other_value(const Json& value, SplitMix64& random) {
  if (random.below(12) == 0) return other_type(random);
  if (value.is_boolean()) return !value.get<bool>();
  if (value.is_string()) return other_text(value.get<std::string>(), random);
  if (value.is_number()) {
    const std::vector<std::int64_t> all = {
        value.get<std::int64_t>() + 1, value.get<std::int64_t>() - 1, 0, 1, 1 << 30, std::int64_t{1} << 40, -7};
    return any_of(all, random);
  }
  Json out = value;
  if (value.is_array()) {
    if (value.empty()) return Json::array({"1"});
    const std::size_t i = random.below(value.size());
    const std::size_t j = random.below(value.size());
    switch (random.below(5)) {
      case 0: out.erase(i); break;
      case 1: out.push_back(value[i]); break;
      case 2: std::swap(out[i], out[j]); break;
      case 3: out = Json::array(); break;
      default: out[i] = other_value(value[i], random);
    }
    return out;
  }
  if (value.is_object() && !value.empty()) {
    const auto at = std::next(value.begin(), static_cast<std::ptrdiff_t>(random.below(value.size())));
    if (random.below(2) == 0) {
      out.erase(at.key());
    } else {  // renamed, in its place
      out = Json::object();
      for (const auto& [key, each] : value.items()) out[key == at.key() ? other_text(key, random) : key] = each;
    }
  }
  return out;
}

/// The path without indices and without the names that belong to the claim.
std::string path_of(const std::string& parent, const std::string& key) {
  const bool is_name = parent.ends_with("ranks") || parent.ends_with("inertias") || parent.ends_with("roots") ||
                       parent.ends_with("proofs");
  return parent + "/" + (is_name ? "*" : key);
}

void collect(const Json& value, const Pointer& at, const std::string& path,
             std::map<std::string, std::vector<Pointer>>& out) {
  out[path].push_back(at);
  if (value.is_object())
    for (const auto& [key, each] : value.items()) collect(each, at / key, path_of(path, key), out);
  if (value.is_array())
    for (std::size_t i = 0; i < value.size(); ++i) collect(value[i], at / i, path + "[]", out);
}

/// The content, without the digest.
Json content(const std::string& json) {
  Json out = Json::parse(json);
  out.erase("digest");
  return out;
}

/// Texts that a change broke inside of a code point are mended.
std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string sealed(const Json& content) {
  const std::string text = text_of(content);
  return text.substr(0, text.size() - 1) + R"(,"digest":")" + sha256(text) + "\"}";
}

/// The digest left as it was.
std::string with_old_seal(const Json& changed, const std::string& original) {
  const std::string text = text_of(changed);
  return text.substr(0, text.size() - 1) + original.substr(original.size() - seal_bytes);
}

std::string nested(std::size_t levels) { return std::string(levels, '['); }

using Change = std::function<std::string(const std::string& json, const std::string& other, SplitMix64&)>;

std::string replaced(const std::string& json, const std::string& key, const Json& value) {
  Json changed = content(json);
  changed[key] = value;
  return with_old_seal(changed, json);
}

/// Puts `what` before some value of the text.
std::string before_value(const std::string& json, const std::string& what, SplitMix64& random) {
  std::string out = json;
  const std::vector<std::size_t> colons = places(json, [](char c) { return c == ':'; });
  return out.insert(any_of(colons, random) + 1, what);
}

const std::vector<std::pair<const char*, Change>>& changes_of_text() {
  static const std::vector<std::pair<const char*, Change>> all = {
      {"digit", [](const auto& json, const auto&,
                   auto& random) { return with_other_digit(json, any_of(places(json, is_digit), random), random); }},
      {"sign",
       [](std::string json, const auto&, auto& random) {
         const std::vector<std::size_t> digits = places(json, is_digit);
         return json.insert(any_of(digits, random), "-");
       }},
      {"bit",
       [](std::string json, const auto&, auto& random) {
         const std::size_t at = random.below(json.size());
         json[at] = static_cast<char>(static_cast<unsigned char>(json[at]) ^ (1U << random.below(8)));
         return json;
       }},
      {"byte left out",
       [](std::string json, const auto&, auto& random) { return json.erase(random.below(json.size()), 1); }},
      {"byte put in",
       [](std::string json, const auto&, auto& random) {
         return json.insert(random.below(json.size()), 1, static_cast<char>(random.below(256)));
       }},
      {"invalid UTF-8",
       [](std::string json, const auto&, auto& random) {
         const std::vector<std::size_t> quotes = places(json, [](char c) { return c == '"'; });
         static const std::vector<std::string> bad = {"\xff", "\xc0\x80", "\xed\xa0\x80", "\xf5", "\xc3"};
         return json.insert(any_of(quotes, random) + 1, any_of(bad, random));
       }},
      {"white space",
       [](std::string json, const auto&, auto& random) {
         const std::vector<std::size_t> commas = places(json, [](char c) { return c == ',' || c == ':'; });
         return json.insert(any_of(commas, random) + 1, random.below(2) == 0 ? " " : "\n");
       }},
      {"duplicated key",
       [](std::string json, const auto&, auto& random) {
         static const std::vector<std::string> keys = {"version", "rule", "claim", "conclusion", "digest"};
         const std::string& key = any_of(keys, random);
         const std::size_t begin = json.find("\"" + key + "\"");
         if (begin == std::string::npos) return json;
         const std::size_t end = json.find_first_of(",}", begin);
         return json.insert(1, json.substr(begin, end - begin) + ",");
       }},
      {"huge number",
       [](const auto& json, const auto&, auto& random) {
         return before_value(json, std::string(random.below(20) == 0 ? 1000000 : 1000, '9'), random);
       }},
      {"exponent",
       [](const auto& json, const auto&, auto& random) {
         return before_value(json, random.below(2) == 0 ? "1e999999999," : "1E5", random);
       }},
      {"nesting", [](const auto& json, const auto&,
                     auto& random) { return before_value(json, nested(random.below(2) == 0 ? 10000 : 20), random); }},
      {"rule",
       [](const auto& json, const auto&, auto& random) { return replaced(json, "rule", any_of(rules, random)); }},
      {"conclusion", [](const auto& json, const auto&,
                        auto& random) { return replaced(json, "conclusion", any_of(conclusions, random)); }},
      {"version",
       [](const auto& json, const auto&, auto& random) {
         const std::vector<Json> versions = {0, 1, 3, "2", 2.0, -2, nullptr};
         return replaced(json, "version", any_of(versions, random));
       }},
      {"checker",
       [](const auto& json, const auto&, auto& random) { return replaced(json, "checker", random.below(99) + 2); }},
      {"claim swapped",
       [](const auto& json, const auto& other, auto&) { return replaced(json, "claim", content(other)["claim"]); }},
      {"weights swapped",
       [](const auto& json, const auto&, auto& random) {
         return replaced(json, "data", Json::array({sha256(std::to_string(random.next()))}));
       }},
      {"content of another",
       [](const auto& json, const auto& other, auto&) { return with_old_seal(content(other), json); }},
      {"digest of another",
       [](const auto& json, const auto& other, auto&) {
         return json.substr(0, json.size() - seal_bytes) + other.substr(other.size() - seal_bytes);
       }},
      {"key left out",
       [](const auto& json, const auto&, auto& random) {
         Json changed = content(json);
         changed.erase(std::next(changed.begin(), static_cast<std::ptrdiff_t>(random.below(changed.size()))));
         return with_old_seal(changed, json);
       }},
      {"key put in", [](const auto& json, const auto&, auto&) { return replaced(json, "trusted", true); }},
      {"range shortened",
       [](const auto& json, const auto&, auto& random) {
         Json changed = content(json);
         std::map<std::string, std::vector<Pointer>> fields;
         collect(changed, Pointer(), "", fields);
         std::vector<Pointer> lists;
         for (const auto& [path, pointers] : fields)
           for (const Pointer& each : pointers)
             if (changed[each].is_array() && !changed[each].empty()) lists.push_back(each);
         if (lists.empty()) return json;
         Json& list = changed[any_of(lists, random)];
         list.erase(list.size() - 1);
         return with_old_seal(changed, json);
       }},
      {"value",
       [](const auto& json, const auto& other, auto& random) {
         return with_old_seal(content(resealed_mutant(json, other, random).files.json), json);
       }},
  };
  return all;
}

CertificateFiles with_other_sidecar(CertificateFiles files, const CertificateFiles& other, SplitMix64& random) {
  std::string& bytes = files.sidecar;
  switch (random.below(5)) {
    case 0: bytes.clear(); break;
    case 1: bytes.resize(random.below(bytes.size())); break;
    case 2: bytes = other.sidecar.empty() ? other.json : other.sidecar; break;
    case 3: bytes += static_cast<char>(random.below(256)); break;
    default: {
      const std::size_t at = random.below(bytes.size());
      bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << random.below(8)));
    }
  }
  return files;
}

}  // namespace

std::string resealed(const std::string& json) {
  const std::string text = json.substr(0, json.size() - seal_bytes) + "}";
  return text.substr(0, text.size() - 1) + R"(,"digest":")" + sha256(text) + "\"}";
}

std::vector<Mutant> truncations(const CertificateFiles& original, std::size_t most) {
  std::vector<Mutant> out;
  const std::size_t step = original.json.size() / most + 1;
  for (std::size_t length = 0; length < original.json.size(); length += step)
    out.push_back({"truncated", {original.json.substr(0, length), original.sidecar, original.sidecar_digest}});
  return out;
}

Mutant raw_mutant(const CertificateFiles& original, const CertificateFiles& other, SplitMix64& random) {
  if (!original.sidecar.empty() && random.below(4) == 0)
    return {"sidecar", with_other_sidecar(original, other, random)};
  // A text that is no JSON any more has no structure that could be changed.
  constexpr std::uint64_t changes_of_bytes = 5;
  const std::uint64_t ways = Json::accept(original.json) ? changes_of_text().size() : changes_of_bytes;
  const auto& [kind, change] = changes_of_text()[random.below(ways)];
  CertificateFiles files = original;
  files.json = change(original.json, other.json, random);
  return {kind, files};
}

Mutant resealed_mutant(const std::string& original, const std::string& other, SplitMix64& random) {
  Json changed = content(original);
  std::map<std::string, std::vector<Pointer>> fields;
  collect(changed, Pointer(), "", fields);
  const auto field =
      std::next(fields.begin(), static_cast<std::ptrdiff_t>(1 + random.below(fields.size() - 1)));  // not the whole
  const Pointer& at = any_of(field->second, random);
  const Json theirs = content(other);
  if (random.below(8) == 0 && theirs.contains(at))
    changed[at] = theirs[at];
  else if (field->first == "/rule" || field->first == "/conclusion")
    changed[at] = any_of(field->first == "/rule" ? rules : conclusions, random);
  else
    changed[at] = other_value(changed[at], random);
  return {field->first, {sealed(changed), "", ""}};
}

Mutant resealed_sidecar_mutant(const CertificateFiles& original, SplitMix64& random) {
  CertificateFiles files = original;
  const std::size_t at = random.below(files.sidecar.size());
  files.sidecar[at] = static_cast<char>(static_cast<unsigned char>(files.sidecar[at]) ^ (1U << random.below(8)));
  files.sidecar_digest = sha256(files.sidecar);
  Json changed = content(files.json);
  changed["sidecar"]["digest"] = files.sidecar_digest;
  files.json = sealed(changed);
  return {"(sidecar)", files};
}

}  // namespace assay::kernel::testing
