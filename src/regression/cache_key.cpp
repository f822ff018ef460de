#include "regression/cache_key.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/contract.hpp"
#include "base/digest.hpp"
#include "base/error.hpp"

namespace assay::regression {

namespace {

constexpr std::size_t secret_bytes = crypto_auth_KEYBYTES;
constexpr const char* remedy = "Remove the folder, or choose another one with --cache.";

[[noreturn]] void refuse(const std::string& path, const std::string& cause) {
  throw InputError("the key of the cache, " + path + ", cannot be used: " + cause, remedy);
}

/// An open file that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) (void)::close(number_);
  }
  [[nodiscard]] int number() const noexcept { return number_; }

 private:
  int number_;
};

/// Makes the key unless it is there: whole, by linking a temporary to its name, which fails if somebody was faster.
void make_secret(const std::string& path) {
  std::vector<unsigned char> secret(secret_bytes);
  std::array<unsigned char, 8> random{};
  randombytes_buf(random.data(), random.size());
  randombytes_buf(secret.data(), secret.size());
  std::string temporary = path + ".part";
  for (const unsigned char byte : random) temporary += std::to_string(byte);
  {
    const Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    const bool is_written = file.number() >= 0 &&
                            ::write(file.number(), secret.data(), secret.size()) == static_cast<ssize_t>(secret_bytes);
    sodium_memzero(secret.data(), secret.size());
    if (!is_written) {
      const int cause = errno;
      (void)::unlink(temporary.c_str());
      refuse(path, std::strerror(cause));
    }
  }
  const int linked = ::link(temporary.c_str(), path.c_str());
  const int cause = errno;
  (void)::unlink(temporary.c_str());
  if (linked != 0 && cause != EEXIST) refuse(path, std::strerror(cause));
}

/// Nothing if there is no file.
std::vector<unsigned char> read_secret(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (file.number() < 0 && errno == ENOENT) return {};
  struct stat status {};
  if (file.number() < 0 || ::fstat(file.number(), &status) != 0) refuse(path, std::strerror(errno));
  if (!S_ISREG(status.st_mode)) refuse(path, "it is no regular file");
  if (status.st_uid != ::geteuid()) refuse(path, "it belongs to another user");
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) refuse(path, "other users can read or change it");
  std::vector<unsigned char> secret(secret_bytes + 1);
  const ssize_t length = ::read(file.number(), secret.data(), secret.size());
  if (length != static_cast<ssize_t>(secret_bytes)) refuse(path, "it does not have 32 bytes");
  secret.resize(secret_bytes);
  return secret;
}

}  // namespace

std::string CacheQuestion::digest() const {
  std::string text = "assay cache 1\n" + tool + "\n" + claim + "\n";
  for (const std::string& each : data) text += each + "\n";
  return sha256(text + "by " + method + "\nprecision " + std::to_string(precision_limit) + "\n");
}

CacheSecret::CacheSecret(const std::string& directory) {
  ASSAY_ENSURE(sodium_init() >= 0, "libsodium starts");
  const std::string path = directory + "/key";
  secret_ = read_secret(path);
  if (!secret_.empty()) return;
  make_secret(path);
  secret_ = read_secret(path);
  if (secret_.empty()) refuse(path, "it was removed");
}

CacheSecret::~CacheSecret() { sodium_memzero(secret_.data(), secret_.size()); }

std::string CacheSecret::tag(std::string_view text) const {
  std::array<unsigned char, crypto_auth_BYTES> tag{};
  crypto_auth(tag.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size(), secret_.data());
  std::array<char, 2 * crypto_auth_BYTES + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), tag.data(), tag.size());
  return hex.data();
}

bool CacheSecret::is_genuine(std::string_view text, std::string_view tag) const {
  const std::string right = this->tag(text);
  return tag.size() == right.size() && sodium_memcmp(tag.data(), right.data(), right.size()) == 0;
}

}  // namespace assay::regression
