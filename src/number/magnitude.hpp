#pragma once
#include <mag.h>

namespace assay {

/// Owns a mag: an upper bound of a radius or of a size, as Arb rounds them. Used only inside the implementation of
/// enclosures.
class Magnitude {
 public:
  Magnitude() noexcept { mag_init(value_); }
  Magnitude(const Magnitude& other) { mag_init_set(value_, other.value_); }
  Magnitude& operator=(const Magnitude& other) {
    mag_set(value_, other.value_);
    return *this;
  }
  ~Magnitude() { mag_clear(value_); }
  [[nodiscard]] mag_ptr get() noexcept { return value_; }
  [[nodiscard]] mag_srcptr get() const noexcept { return value_; }

 private:
  mag_t value_;
};

}  // namespace assay
