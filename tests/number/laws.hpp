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

/// What the laws of enclosures need of a type: its ring operations, 0 and 1, and whether two sets meet.
template <class O>
concept EnclosureOperations = requires(const typename O::Set& x) {
  { O::add(x, x) } -> std::same_as<typename O::Set>;
  { O::subtract(x, x) } -> std::same_as<typename O::Set>;
  { O::multiply(x, x) } -> std::same_as<typename O::Set>;
  { O::negate(x) } -> std::same_as<typename O::Set>;
  { O::from(1) } -> std::same_as<typename O::Set>;
  { O::meet(x, x) } -> std::same_as<bool>;
  { O::contains(x, x) } -> std::same_as<bool>;
  { O::is_finite(x) } -> std::same_as<bool>;
};

/// Sets of numbers with rounded operations are no ring, but both sides of each ring law enclose the same numbers, so
/// they meet; a set and its negative have 0 in their sum (R. E. Moore, Interval Analysis, 1966, chapter 2). And the
/// operations are inclusion isotonic up to rounding: of smaller sets they give one that meets that of the larger ones.
template <EnclosureOperations O>
void check_enclosure_ring(const std::function<typename O::Set()>& draw) {
  using Set = typename O::Set;
  CHECK(rc::check("the ring laws, up to enclosure", [&] {
    const Set x = draw();
    const Set y = draw();
    const Set z = draw();
    const auto same = [](const Set& a, const Set& b) { return !O::is_finite(a) || !O::is_finite(b) || O::meet(a, b); };
    RC_ASSERT(same(O::add(x, y), O::add(y, x)));
    RC_ASSERT(same(O::add(O::add(x, y), z), O::add(x, O::add(y, z))));
    RC_ASSERT(O::contains(O::add(x, O::from(0)), x));
    RC_ASSERT(O::contains(O::subtract(x, x), O::from(0)));
    RC_ASSERT(O::contains(O::add(x, O::negate(x)), O::from(0)));
    RC_ASSERT(same(O::subtract(x, y), O::add(x, O::negate(y))));
    RC_ASSERT(same(O::multiply(x, y), O::multiply(y, x)));
    RC_ASSERT(same(O::multiply(O::multiply(x, y), z), O::multiply(x, O::multiply(y, z))));
    RC_ASSERT(O::contains(O::multiply(x, O::from(1)), x));
    RC_ASSERT(O::contains(O::multiply(x, O::from(0)), O::from(0)));
    RC_ASSERT(same(O::multiply(x, O::add(y, z)), O::add(O::multiply(x, y), O::multiply(x, z))));
    // 1 is a unit that is not 0: no law above holds because everything is the whole line.
    RC_ASSERT(!O::meet(O::from(1), O::from(0)));
  }));
}

}  // namespace assay::laws
