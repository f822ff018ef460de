#pragma once
#include <cstdint>

/// Vocabulary shared by all arithmetics: what an operation may answer when it cannot answer with a number.
namespace assay {

/// Outcome of a partial operation in some arithmetic.
///
/// `ok`: the result is valid for every value the operands may stand for. `undefined`: the operation is certainly
/// outside its domain. `open`: this arithmetic cannot tell, or cannot represent the result; the result must not be
/// used.
enum class Status : std::uint8_t { ok, undefined, open };

/// The order relations between two reals that an arithmetic cannot exclude, as a set of bits.
/// For complex numbers `less` and `greater` together mean "different".
using Relations = std::uint8_t;
namespace relation {
inline constexpr Relations none = 0;  ///< contradictory; never produced by a sound comparison
inline constexpr Relations less = 1;
inline constexpr Relations equal = 2;
inline constexpr Relations greater = 4;
inline constexpr Relations unequal = less | greater;
inline constexpr Relations any = less | equal | greater;
}  // namespace relation

/// Elementary and special functions of one real or complex variable. Over the reals each is undefined outside its
/// natural domain (sqrt: x >= 0, log: x > 0, asin and acos: |x| <= 1, tan: cos x != 0, gamma, digamma: not 0, -1, -2,
/// …); over the complex numbers the principal branch is meant. The notation has no digamma = gamma'/gamma; derivatives
/// need it.
enum class Elementary : std::uint8_t {
  sqrt,
  exp,
  log,
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  sinh,
  cosh,
  tanh,
  erf,
  gamma,
  digamma
};

}  // namespace assay
