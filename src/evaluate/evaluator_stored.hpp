#pragma once
#include "evaluate/evaluator.hpp"

/// Evaluator: values from files.
namespace assay::evaluate {

/// Tensors are converted once for each evaluator; records and lists stay as they are until a part is used.
template <class A>
Value<A> Evaluator<A>::from_stored(const files::FileValue& stored, const SourceRange& where) {
  if (std::holds_alternative<files::Record>(stored.content) || std::holds_alternative<files::List>(stored.content))
    return {StoredRecord{&stored}};
  if (const auto* q = std::get_if<Rational>(&stored.content)) return number(*q);
  if (const auto* text = std::get_if<std::string>(&stored.content)) return {*text};
  if (const auto* truth = std::get_if<bool>(&stored.content)) return truth_value<A>(truth_of(*truth));
  if (const auto* unusable = std::get_if<files::Unusable>(&stored.content)) fail(where, unusable->reason);
  const auto* tensor = std::get_if<files::TensorPtr>(&stored.content);
  if (tensor == nullptr) fail(where, "the file has no value here (null)");
  const auto known = stored_.find(&stored);
  if (known != stored_.end()) return known->second;
  const files::TensorValues& values = (*tensor)->values();
  const Shape& shape = (*tensor)->shape();
  Value<A> value;
  if (const auto* doubles = std::get_if<std::vector<double>>(&values))
    value = real_value<A>(arithmetic_.reals(*doubles), 1, shape);
  else
    value = integer_value<A>(std::get<std::vector<std::int64_t>>(values), shape);
  return stored_.emplace(&stored, std::move(value)).first->second;
}

template <class A>
Value<A> Evaluator<A>::load(const Node& node, const std::vector<Value<A>>& arguments) {
  const std::string* name = arguments[0].text();
  if (name == nullptr) fail(node.where, "load needs a file name in quotes");
  return from_stored(session_.data.load(*name, node.where.text ? node.where.text->name() : "", node.where), node.where);
}

}  // namespace assay::evaluate
