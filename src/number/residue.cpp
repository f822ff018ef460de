#include "number/residue.hpp"

#include <flint/nmod_vec.h>
#include <flint/ulong_extras.h>

#include "base/contract.hpp"
#include "number/concepts.hpp"

namespace assay {

static_assert(Field<Residue>);

ResidueField::ResidueField(std::uint64_t p) : p_(p), inverse_(0) {
  ASSAY_ENSURE(p >= 2 && p < (std::uint64_t{1} << 62U) && n_is_prime(p) != 0,
               "a residue field needs a prime below 2^62");
  inverse_ = n_preinvert_limb(p);
}

Residue::Residue(const ResidueField& field, const Integer& value)
    : field_(field), value_(mpz_fdiv_ui(value.get_mpz_t(), field.prime())) {}

std::optional<Residue> Residue::from(const ResidueField& field, const Rational& x) {
  const std::optional<Residue> inverse = Residue(field, x.get_den()).inverse();
  if (!inverse) return std::nullopt;
  return Residue(field, x.get_num()) * *inverse;
}

std::optional<Residue> Residue::inverse() const {
  if (value_ == 0) return std::nullopt;
  const Residue out(field_, n_invmod(value_, field_.prime()));
  ASSAY_ENSURE((*this * out).value_ == 1, "an inverse modulo a prime multiplies to one");
  return out;
}

Residue operator+(const Residue& x, const Residue& y) {
  ASSAY_ENSURE(x.field_ == y.field_, "residues of different fields do not mix");
  return {x.field_, n_addmod(x.value_, y.value_, x.field_.prime())};
}

Residue operator-(const Residue& x, const Residue& y) {
  ASSAY_ENSURE(x.field_ == y.field_, "residues of different fields do not mix");
  return {x.field_, n_submod(x.value_, y.value_, x.field_.prime())};
}

Residue operator*(const Residue& x, const Residue& y) {
  ASSAY_ENSURE(x.field_ == y.field_, "residues of different fields do not mix");
  return {x.field_, n_mulmod2_preinv(x.value_, y.value_, x.field_.prime(), x.field_.inverse_hint())};
}

Residue operator-(const Residue& x) { return {x.field_, n_negmod(x.value_, x.field_.prime())}; }

bool operator==(const Residue& x, const Residue& y) {
  ASSAY_ENSURE(x.field_ == y.field_, "residues of different fields do not mix");
  return x.value_ == y.value_;
}

Residue power(const Residue& x, std::uint64_t n) {
  return {x.field(), n_powmod2_ui_preinv(x.value(), n, x.field().prime(), x.field().inverse_hint())};
}

std::string to_string(const Residue& x) {
  return std::to_string(x.value()) + " (mod " + std::to_string(x.field().prime()) + ")";
}

}  // namespace assay
