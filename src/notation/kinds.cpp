#include "notation/kinds.hpp"

#include <algorithm>

namespace assay::notation {

namespace {

KindPtr make_kind(decltype(Kind::form) form, std::size_t weight = 1, std::size_t height = 1) {
  if (weight > maximal_kind_weight || height > maximal_kind_height) return any_kind();
  return std::make_shared<const Kind>(Kind{std::move(form), weight, height});
}

NumberSort join_sorts(NumberSort left, NumberSort right) {
  if (left == right) return left;
  if (left >= NumberSort::complex || right >= NumberSort::complex) return NumberSort::any;
  return std::max(left, right);
}

Dimension join_dimensions(Dimension left, Dimension right) { return left == right ? left : std::nullopt; }

NumberSort sort_of_numeric(const Kind& kind) {
  if (const auto* number = std::get_if<NumberKind>(&kind.form)) return number->sort;
  return std::get<TensorKind>(kind.form).entries;
}

bool is_numeric(const Kind& kind) {
  return std::holds_alternative<NumberKind>(kind.form) || std::holds_alternative<TensorKind>(kind.form);
}

KindPtr join_form(const NumberKind& left, const NumberKind& right) {
  if (left.value && right.value && *left.value == *right.value) return constant_kind(*left.value);
  return number_kind(join_sorts(left.sort, right.sort));
}
KindPtr join_form(const AnyKind&, const AnyKind&) { return any_kind(); }
KindPtr join_form(const TruthKind& left, const TruthKind& right) {
  return truth_kind(left.value == right.value ? left.value : std::nullopt);
}
KindPtr join_form(const TextKind& left, const TextKind& right) {
  return text_kind(left.value == right.value ? left.value : std::nullopt);
}
KindPtr join_form(const SetKind& left, const SetKind& right) {
  KindPtr element = join(left.element, right.element);
  if (left.finite != right.finite) return any_kind();
  if (!left.finite) return infinite_set_kind(std::move(element));
  return set_kind(std::move(element), join_dimensions(left.size, right.size));
}
KindPtr join_form(const TensorKind& left, const TensorKind& right) {
  const NumberSort entries = join_sorts(left.entries, right.entries);
  if (!left.dimensions || !right.dimensions || left.dimensions->size() != right.dimensions->size())
    return numeric_kind(entries);
  std::vector<Dimension> dimensions;
  for (std::size_t i = 0; i < left.dimensions->size(); ++i)
    dimensions.push_back(join_dimensions((*left.dimensions)[i], (*right.dimensions)[i]));
  return tensor_kind(std::move(dimensions), entries);
}
KindPtr join_form(const TupleKind& left, const TupleKind& right) {
  if (left.items.size() != right.items.size()) return any_kind();
  std::vector<KindPtr> items;
  for (std::size_t i = 0; i < left.items.size(); ++i) items.push_back(join(left.items[i], right.items[i]));
  return tuple_kind(std::move(items));
}
KindPtr join_form(const RecordKind& left, const RecordKind& right) {
  if (left.fields.size() != right.fields.size()) return any_kind();
  FieldKinds fields;
  for (std::size_t i = 0; i < left.fields.size(); ++i) {
    if (left.fields[i].first != right.fields[i].first) return any_kind();
    fields.emplace_back(left.fields[i].first, join(left.fields[i].second, right.fields[i].second));
  }
  return record_kind(std::move(fields));
}
KindPtr join_form(const FunctionKind& left, const FunctionKind& right) {
  return left.callable == right.callable ? function_kind(left.callable) : any_kind();
}

std::string describe_number(const NumberKind& number) {
  if (number.value && mpz_sizeinbase(number.value->get_num_mpz_t(), 10) < 20 &&
      mpz_sizeinbase(number.value->get_den_mpz_t(), 10) < 20)
    return "the number " + number.value->get_str();
  switch (number.sort) {
    case NumberSort::integer: return "an integer";
    case NumberSort::rational: return "a rational number";
    case NumberSort::real: return "a real number";
    case NumberSort::complex: return "a complex number";
    case NumberSort::any: break;
  }
  return "a number";
}

std::string describe_tensor(const TensorKind& tensor) {
  if (!tensor.dimensions) return "a number, vector or matrix";
  const std::vector<Dimension>& dimensions = *tensor.dimensions;
  const bool none_known = std::none_of(dimensions.begin(), dimensions.end(), [](const Dimension& d) { return d; });
  if (dimensions.size() == 1) {
    if (none_known) return "a vector";
    return "a vector with " + std::to_string(*dimensions[0]) + (*dimensions[0] == 1 ? " entry" : " entries");
  }
  if (none_known) return dimensions.size() == 2 ? "a matrix" : "a tensor of rank " + std::to_string(dimensions.size());
  std::string shape;
  for (const Dimension& dimension : dimensions)
    shape += (shape.empty() ? "" : "×") + (dimension ? std::to_string(*dimension) : std::string("?"));
  return dimensions.size() == 2 ? "a " + shape + " matrix" : "a tensor of shape " + shape;
}

std::string describe_record(const RecordKind& record) {
  constexpr std::size_t shown = 8;
  if (record.fields.empty()) return "a record without fields";
  std::string text = record.fields.size() == 1 ? "a record with the field " : "a record with the fields ";
  for (std::size_t i = 0; i < record.fields.size() && i < shown; ++i)
    text += (i > 0 ? ", " : "") + record.fields[i].first;
  return record.fields.size() > shown ? text + ", …" : text;
}

std::string key_of_dimension(const Dimension& dimension) { return dimension ? std::to_string(*dimension) : "?"; }

/// Appends a prefix code of the kind: every alternative begins with its own letter and ends where it is decodable.
struct KeyWriter {
  std::string& out;

  void write(const KindPtr& kind) const { std::visit(*this, kind->form); }
  void operator()(const AnyKind&) const { out += 'a'; }
  void operator()(const NumberKind& number) const {
    out += 'n' + std::to_string(static_cast<int>(number.sort));
    if (number.value) out += '=' + number.value->get_str();
    out += ';';
  }
  void operator()(const TruthKind& truth) const { out += !truth.value ? "b" : *truth.value ? "b1" : "b0"; }
  void operator()(const TextKind& text) const {
    out += "t";
    if (text.value) out += std::to_string(text.value->size()) + ':' + *text.value;
    out += ';';
  }
  void operator()(const SetKind& set) const {
    out += set.finite ? 's' : 'i';
    out += key_of_dimension(set.size);
    out += ';';
    write(set.element);
  }
  void operator()(const TensorKind& tensor) const {
    out += 'v' + std::to_string(static_cast<int>(tensor.entries));
    if (tensor.dimensions)
      for (const Dimension& dimension : *tensor.dimensions) out += ',' + key_of_dimension(dimension);
    else
      out += '*';
    out += ';';
  }
  void operator()(const TupleKind& tuple) const {
    out += 'p' + std::to_string(tuple.items.size()) + ';';
    for (const KindPtr& item : tuple.items) write(item);
  }
  void operator()(const RecordKind& record) const {
    out += 'r' + std::to_string(record.fields.size()) + ';';
    for (const auto& [name, kind] : record.fields) {
      out += std::to_string(name.size()) + ':' + name;
      write(kind);
    }
  }
  void operator()(const FunctionKind& function) const {
    out += 'f' + std::to_string(reinterpret_cast<std::uintptr_t>(function.callable.get())) + ';';
  }
};

}  // namespace

KindPtr any_kind() {
  static const KindPtr any = std::make_shared<const Kind>();
  return any;
}

KindPtr number_kind(NumberSort sort) { return make_kind(NumberKind{sort, std::nullopt}); }

KindPtr constant_kind(const Rational& value) {
  return make_kind(NumberKind{value.get_den() == 1 ? NumberSort::integer : NumberSort::rational, value});
}

KindPtr truth_kind(std::optional<bool> value) { return make_kind(TruthKind{value}); }
KindPtr text_kind(std::optional<std::string> value) { return make_kind(TextKind{std::move(value)}); }

KindPtr set_kind(KindPtr element, Dimension size) {
  const std::size_t weight = 1 + element->weight;
  const std::size_t height = 1 + element->height;
  return make_kind(SetKind{std::move(element), size, true}, weight, height);
}

KindPtr infinite_set_kind(KindPtr element) {
  const std::size_t weight = 1 + element->weight;
  const std::size_t height = 1 + element->height;
  return make_kind(SetKind{std::move(element), std::nullopt, false}, weight, height);
}

KindPtr tensor_kind(std::vector<Dimension> dimensions, NumberSort entries) {
  if (dimensions.empty()) return number_kind(entries);
  for (Dimension& dimension : dimensions)
    if (dimension && *dimension < 0) dimension = std::nullopt;
  const std::size_t weight = dimensions.size();
  return make_kind(TensorKind{std::move(dimensions), entries}, weight);
}

KindPtr numeric_kind(NumberSort entries) { return make_kind(TensorKind{std::nullopt, entries}); }

KindPtr tuple_kind(std::vector<KindPtr> items) {
  std::size_t weight = 1;
  std::size_t height = 1;
  for (const KindPtr& item : items) {
    weight += item->weight;
    height = std::max(height, 1 + item->height);
  }
  return make_kind(TupleKind{std::move(items)}, weight, height);
}

KindPtr record_kind(FieldKinds fields) {
  std::size_t weight = 1;
  std::size_t height = 1;
  for (const auto& [name, kind] : fields) {
    weight += kind->weight;
    height = std::max(height, 1 + kind->height);
  }
  return make_kind(RecordKind{std::move(fields)}, weight, height);
}

KindPtr function_kind(std::shared_ptr<const Callable> callable, const KindPtr& of) {
  return make_kind(FunctionKind{std::move(callable)}, 1, of ? 1 + of->height : 1);
}

std::string describe(const KindPtr& kind) {
  struct Describe {
    std::string operator()(const AnyKind&) const { return "a value of unknown kind"; }
    std::string operator()(const NumberKind& number) const { return describe_number(number); }
    std::string operator()(const TruthKind&) const { return "a truth value"; }
    std::string operator()(const TextKind&) const { return "a text"; }
    std::string operator()(const SetKind& set) const { return set.finite ? "a set" : "an infinite set"; }
    std::string operator()(const TensorKind& tensor) const { return describe_tensor(tensor); }
    std::string operator()(const TupleKind& tuple) const {
      return "a tuple of " + std::to_string(tuple.items.size()) + " items";
    }
    std::string operator()(const RecordKind& record) const { return describe_record(record); }
    std::string operator()(const FunctionKind&) const { return "a function"; }
  };
  return std::visit(Describe{}, kind->form);
}

std::string code(std::string_view text) {
  std::string quoted(1, '`');
  quoted += text;
  quoted += '`';
  return quoted;
}

KindPtr join(const KindPtr& left, const KindPtr& right) {
  if (left == right) return left;
  if (left->form.index() != right->form.index())
    return is_numeric(*left) && is_numeric(*right)
               ? numeric_kind(join_sorts(sort_of_numeric(*left), sort_of_numeric(*right)))
               : any_kind();
  return std::visit(
      [&right](const auto& form) { return join_form(form, std::get<std::decay_t<decltype(form)>>(right->form)); },
      left->form);
}

KindPtr without_values(const KindPtr& kind) {
  if (const auto* number = std::get_if<NumberKind>(&kind->form)) return number_kind(number->sort);
  if (std::holds_alternative<TruthKind>(kind->form)) return truth_kind();
  if (std::holds_alternative<TextKind>(kind->form)) return text_kind();
  if (const auto* tuple = std::get_if<TupleKind>(&kind->form)) {
    std::vector<KindPtr> items;
    for (const KindPtr& item : tuple->items) items.push_back(without_values(item));
    return tuple_kind(std::move(items));
  }
  if (const auto* record = std::get_if<RecordKind>(&kind->form)) {
    FieldKinds fields;
    for (const auto& [name, field] : record->fields) fields.emplace_back(name, without_values(field));
    return record_kind(std::move(fields));
  }
  return kind;
}

std::string key_of(const KindPtr& kind) {
  std::string key;
  KeyWriter{key}.write(kind);
  return key;
}

}  // namespace assay::notation
