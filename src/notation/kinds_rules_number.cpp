#include "notation/kinds_rules.hpp"

/// Rules of the functions of numbers, which apply entrywise to vectors and matrices.
namespace assay::notation::rules {

namespace {

/// The common shape of all arguments, with `sort` as sort of the entries; null where something does not fit.
KindPtr entrywise(const RuleCall& call, bool real_only, NumberSort (*sort)(NumberSort)) {
  std::optional<Shape> result;
  for (std::size_t i = 0; i < call.count(); ++i) {
    const std::optional<Shape> shape = call.numeric(i);
    if (!shape) return any_kind();
    if (real_only && shape->entries == NumberSort::complex)
      return call.reject(i, "real numbers", "Take the real part `re`, `im` or `abs` first.");
    const std::optional<Shape> together = result ? entrywise_shape(*result, *shape) : shape;
    if (!together) return call.reject(i, "the same shape as before (" + describe(kind_of(*result)) + ")");
    result = together;
  }
  return kind_of(Shape{result->dimensions, sort(result->entries)});
}

NumberSort same(NumberSort sort) { return sort; }
NumberSort always_integer(NumberSort) { return NumberSort::integer; }
NumberSort real_or_complex(NumberSort sort) { return sort < NumberSort::real ? NumberSort::real : sort; }
NumberSort real_part(NumberSort sort) { return sort < NumberSort::real ? sort : NumberSort::real; }
NumberSort a_quotient(NumberSort sort) { return sort == NumberSort::integer ? NumberSort::rational : sort; }

/// The kind of an entry of the only argument: a vector, a matrix, or a finite set of numbers.
std::optional<NumberSort> entries_of_collection(const RuleCall& call) {
  if (const auto* set = std::get_if<SetKind>(&call.kind(0)->form)) {
    const std::optional<Shape> element = shape_of(set->element);
    if (element && set->finite) return element->entries;
    (void)call.reject(0, "a finite set of numbers, a vector or a matrix");
    return std::nullopt;
  }
  const std::optional<Shape> shape = shape_of(call.kind(0));
  if (shape && (!shape->dimensions || !shape->dimensions->empty())) return shape->entries;
  (void)call.reject(0, "a vector or a matrix",
                    "To bind a variable write " + code(std::string(call.builtin.name) + "(k in S: e)") + ".");
  return std::nullopt;
}

}  // namespace

KindPtr elementary(const RuleCall& call) { return entrywise(call, false, real_or_complex); }
KindPtr real_elementary(const RuleCall& call) { return entrywise(call, true, real_or_complex); }
KindPtr same_sort(const RuleCall& call) { return entrywise(call, false, same); }
KindPtr to_real(const RuleCall& call) { return entrywise(call, false, real_part); }
KindPtr real_to_integer(const RuleCall& call) { return entrywise(call, true, always_integer); }
KindPtr real_same_sort(const RuleCall& call) { return entrywise(call, true, same); }

KindPtr extremum(const RuleCall& call) {
  if (call.count() > 1) return entrywise(call, true, same);
  const std::optional<NumberSort> entries = entries_of_collection(call);
  if (!entries) return any_kind();
  if (*entries == NumberSort::complex) return call.reject(0, "real entries", "Compare `re`, `im` or `abs` instead.");
  return number_kind(*entries);
}

KindPtr arg_extremum(const RuleCall& call) {
  const std::optional<Shape> shape = call.numeric(0);
  if (!shape) return any_kind();
  if (shape->dimensions && shape->dimensions->empty()) return call.reject(0, "a vector or a matrix");
  if (shape->entries == NumberSort::complex)
    return call.reject(0, "real entries", "Compare `re`, `im` or `abs` instead.");
  return shape->dimensions && shape->dimensions->size() == 1 ? number_kind(NumberSort::integer) : any_kind();
}

KindPtr aggregate(const RuleCall& call) {
  const std::optional<NumberSort> entries = entries_of_collection(call);
  return entries ? number_kind(*entries) : any_kind();
}

KindPtr mean(const RuleCall& call) {
  const std::optional<NumberSort> entries = entries_of_collection(call);
  return entries ? number_kind(a_quotient(*entries)) : any_kind();
}

KindPtr root_of_unity(const RuleCall& call) { return call.integer(0) ? number_kind(NumberSort::complex) : any_kind(); }

}  // namespace assay::notation::rules
