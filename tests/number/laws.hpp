#pragma once
#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <cstdint>
#include <functional>

#include "number/concepts.hpp"
#include "number/integer.hpp"

/// The laws behind the concepts of number/concepts.hpp, run on every scalar type. `draw` makes a random element, `zero`
/// and `one` are the constants of the type (a residue needs its field for them).
namespace assay::laws {

/// A random rational with numerator and denominator of at most `bits` bits, small values and zero often among them.
inline Rational random_rational(int bits = 40) {
  const auto span = std::int64_t{1} << *rc::gen::inRange(1, bits);
  Rational out(static_cast<long>(*rc::gen::inRange<std::int64_t>(-span, span)),
               static_cast<long>(*rc::gen::inRange<std::int64_t>(1, span + 1)));
  out.canonicalize();
  return out;
}

template <Ring T>
void check_ring(const std::function<T()>& draw, const T& zero, const T& one) {
  CHECK(rc::check("the ring laws", [&] {
    const T x = draw();
    const T y = draw();
    const T z = draw();
    RC_ASSERT(T(x + y) == T(y + x));
    RC_ASSERT(T((x + y) + z) == T(x + (y + z)));
    RC_ASSERT(T(x + zero) == x);
    RC_ASSERT(T(x + -x) == zero);
    RC_ASSERT(T(x - y) == T(x + -y));
    RC_ASSERT(T(x * y) == T(y * x));
    RC_ASSERT(T((x * y) * z) == T(x * (y * z)));
    RC_ASSERT(T(x * one) == x);
    RC_ASSERT(T(x * zero) == zero);
    RC_ASSERT(T(x * (y + z)) == T(x * y + x * z));
    RC_ASSERT(!(T(x + one) == x));
  }));
}

template <Field T>
void check_field(const std::function<T()>& draw, const T& zero, const T& one) {
  CHECK(!inverse(zero).has_value());
  CHECK(rc::check("the field laws", [&] {
    const T drawn = draw();
    const T x = drawn == zero ? one : drawn;
    const std::optional<T> inverted = inverse(x);
    RC_ASSERT(inverted.has_value());
    RC_ASSERT(T(x * *inverted) == one);
    RC_ASSERT(*inverse(*inverted) == x);
  }));
}

/// A decidable total order that fits the ring: translation keeps it, multiplication by positive elements too.
template <class T>
requires Ring<T> && Ordered<T>
void check_order(const std::function<T()>& draw, const T& zero) {
  CHECK(rc::check("the laws of an ordered ring", [&] {
    const T x = draw();
    const T y = draw();
    const T z = draw();
    const Relations xy = compare(x, y);
    RC_ASSERT(xy == relation::less || xy == relation::equal || xy == relation::greater);
    RC_ASSERT((xy == relation::equal) == (x == y));
    RC_ASSERT((xy == relation::less) == (compare(y, x) == relation::greater));
    RC_ASSERT(compare(T(x + z), T(y + z)) == xy);
    if (compare(z, zero) == relation::greater) RC_ASSERT(compare(T(x * z), T(y * z)) == xy);
    if (xy == relation::less && compare(y, z) == relation::less) RC_ASSERT(compare(x, z) == relation::less);
  }));
}

/// relu is max(x, 0).
template <class T>
requires Ring<T> && Ordered<T> && Rectified<T>
void check_relu(const std::function<T()>& draw, const T& zero) {
  CHECK(rc::check("relu is the larger of x and 0", [&] {
    const T x = draw();
    const bool positive = compare(x, zero) == relation::greater;
    RC_ASSERT(relu(x) == (positive ? x : zero));
    RC_ASSERT(T(relu(x) - relu(T(-x))) == x);
  }));
}

}  // namespace assay::laws
