#pragma once
#include <string>
#include <string_view>
#include <vector>

/// What tells one cached verdict from another, and a genuine one from any other text.
namespace assay::regression {

/// All that a verdict depends on.
struct CacheQuestion {
  std::string tool;               ///< digest of the program (tool_digest.hpp)
  std::string claim;              ///< digest of the claim with the definitions it rests on
  std::vector<std::string> data;  ///< digests of the files that it loads
  std::string method;             ///< `by` clause in canonical form; "" for `auto`
  long precision_limit = 0;

  /// SHA-256 of all of it.
  [[nodiscard]] std::string digest() const;
};

/// The secret by which this user's cache knows its own entries: 32 random bytes in a file that only the user can read.
class CacheSecret {
 public:
  /// Reads DIRECTORY/key, or makes it if there is none. Of several processes that make it at once one succeeds, and all
  /// use that one's. @throws InputError if that is not possible, or others than the user can read the key.
  explicit CacheSecret(const std::string& directory);
  CacheSecret(const CacheSecret&) = delete;
  CacheSecret& operator=(const CacheSecret&) = delete;
  ~CacheSecret();

  /// Authenticates a text: 64 hexadecimal digits (HMAC-SHA-512-256).
  [[nodiscard]] std::string tag(std::string_view text) const;
  /// Whether `tag` is that of `text`, in a time that does not depend on where they differ.
  [[nodiscard]] bool is_genuine(std::string_view text, std::string_view tag) const;

 private:
  std::vector<unsigned char> secret_;
};

}  // namespace assay::regression
