#include <fmt/format.h>

#include <algorithm>

#include "coq/translator.hpp"
#include "number/rational.hpp"

namespace assay::coq {

namespace {

Text zero_of(const Type& item) { return item.is(Kind::number) ? Text{"0%R", "(nz 0)"} : same("0%Z"); }

constexpr std::size_t most_entries = 40000;

}  // namespace

Value Translator::index(const Node& node, Frame& frame) {
  const Value base = translate(*node.children[0], frame);
  std::vector<std::optional<Value>> items;
  std::size_t next = 1;
  for (const bool given : node.index_given) {
    items.emplace_back(std::nullopt);
    if (!given) continue;
    Value item = translate(*node.children[next++], frame);
    if (item.type.is(Kind::number)) item = to_integer(node, std::move(item));
    items.back() = std::move(item);
  }
  Value out;
  out.defined = base.defined;
  out.cost = base.cost + 1;
  for (const auto& item : items)
    if (item) out.defined = both(out.defined, item->defined), out.cost += item->cost;
  out.take(base);
  if (base.type.is(Kind::tuple)) {
    if (items.size() != 1 || !items[0] || !items[0]->literal)
      refuse(node, "a tuple's part whose number is not written down");
    const std::optional<std::int64_t> i = to_int64(*items[0]->literal);
    if (!i || *i < 0 || static_cast<std::size_t>(*i) >= base.type.items.size())
      refuse(node, "a tuple's part that is not there");
    if (!base.items.empty()) return base.items[static_cast<std::size_t>(*i)];
    if (base.type.items.size() != 2) refuse(node, "parts of tuples of more than two");
    out.type = base.type.items[static_cast<std::size_t>(*i)];
    out.text = filled(*i == 0 ? "(fst {})" : "(snd {})", {base.text});
    return out;
  }
  if (!base.type.is_array() && !base.type.is(Kind::set))
    refuse(node, "an index into something that is no array or set");
  const Type& item = base.type.items[0];
  if ((base.type.is(Kind::vector) || base.type.is(Kind::set)) && items.size() == 1 && items[0]) {
    const Value& i = *items[0];
    if (!item.is_scalar()) refuse(node, "an element of a set of sets");
    if (i.type.is(Kind::integer)) {
      out.type = item;
      out.text = filled("(entry {} {} {})", {zero_of(item), base.text, i.text});
      out.defined = both(out.defined, filled("(has_index {} {})", {base.text, i.text}));
      out.cost += base.length / 8;
      return out;
    }
    if (i.type.is(Kind::set) && base.type.is(Kind::vector)) {
      out.type = base.type;
      out.text = filled("(entries {} {} {})", {zero_of(item), base.text, i.text});
      const std::string name = fresh("i");
      out.defined = both(out.defined, all_of(filled("(fun " + name + " : Z => has_index {} " + name + ")", {base.text}),
                                             i.text, i.length));
      out.length = i.length;
      out.cost += i.length;
      return out;
    }
  }
  if (base.type.is(Kind::matrix) && (items.size() == 2 || items.size() == 1) && (items[0] || items.size() == 2)) {
    const std::optional<Value> column = items.size() == 2 ? items[1] : std::nullopt;
    const auto is_integer_index = [](const std::optional<Value>& v) { return !v || v->type.is(Kind::integer); };
    if (!is_integer_index(items[0]) || !is_integer_index(column)) refuse(node, "rows or columns chosen by a set");
    const std::string empty_row = "nil";
    if (items[0]) {
      const Text row = filled("(entry " + empty_row + " {} {})", {base.text, items[0]->text});
      out.defined = both(out.defined, filled("(has_index {} {})", {base.text, items[0]->text}));
      out.cost += base.length / 8;
      if (!column) {
        out.type = vector_of(item);
        out.text = row;
        out.length = base.columns;
        return out;
      }
      out.type = item;
      out.text = filled("(entry {} {} {})", {zero_of(item), row, column->text});
      out.defined = both(out.defined, filled("(has_index {} {})", {row, column->text}));
      out.cost += base.columns / 8;
      return out;
    }
    if (column) {
      out.type = vector_of(item);
      out.text = filled("(column {} {} {})", {zero_of(item), base.text, column->text});
      out.defined = both(out.defined, both(in_scope('Z', "(0 <=? {})", {column->text}),
                                           in_scope('Z', "({} <? width {})", {column->text, base.text})));
      out.length = base.length;
      out.cost += base.length * (1 + base.columns / 8);
      return out;
    }
  }
  refuse(node, "an index of this form");
}

Value Translator::field(const Node& node, Frame& frame) {
  const Value base = translate(*node.children[0], frame);
  if (!base.type.is(Kind::record)) refuse(node, "a field of something that is no record");
  const auto it = base.fields.find(node.text);
  if (it != base.fields.end()) return it->second.tensor ? tensor(node, it->second.tensor, it->second.name) : it->second;
  refuse(node, "a field that is not there");
}

Value Translator::stored(const Node& node, const files::FileValue& value, const std::string& name) {
  if (const auto* record = std::get_if<files::Record>(&value.content)) {
    Value out;
    out.type.kind = Kind::record;
    for (const files::Field* field : record->data())
      if (const auto* tensor_field = std::get_if<files::TensorPtr>(&field->value.content)) {
        Value entry;
        entry.type.kind = Kind::text;
        entry.name = name + "_" + field->name;
        entry.tensor = *tensor_field;
        out.fields.emplace(field->name, std::move(entry));
      }
    return out;
  }
  if (const auto* one = std::get_if<files::TensorPtr>(&value.content)) return tensor(node, *one, name);
  refuse(node, "a file that holds no tensors");
}

/// The tensor as a definition of the file: (m, e) is m*2^e.
Value Translator::tensor(const Node& node, const files::TensorPtr& tensor, const std::string& name) {
  if (const auto known = tensors_.find(tensor.get()); known != tensors_.end()) return known->second;
  const files::Shape& shape = tensor->shape();
  if (shape.empty() || shape.size() > 2) refuse(node, "a stored tensor that is neither a vector nor a matrix");
  if (tensor->count() > most_entries)
    refuse(node, fmt::format("a stored tensor with {} entries; the file would be too large", tensor->count()));
  const std::size_t columns = shape.size() == 2 ? shape[1] : 1;
  std::string body = "[";
  long most_bits = 0;
  long common = 0;  // 2^common is a multiple of all denominators
  for (std::size_t i = 0; i < tensor->count(); ++i) {
    Rational x = tensor->exact_entry(i);
    long exponent = 0;
    Integer numerator = x.get_num();
    const Integer& denominator = x.get_den();
    exponent = -static_cast<long>(mpz_scan1(denominator.get_mpz_t(), 0));
    if (exponent == 0 && numerator != 0) {
      const mp_bitcnt_t twos = mpz_scan1(numerator.get_mpz_t(), 0);
      numerator >>= twos;
      exponent = static_cast<long>(twos);
    }
    common = std::max(common, -exponent);
    most_bits = std::max(most_bits, static_cast<long>(mpz_sizeinbase(numerator.get_mpz_t(), 2)) + exponent);
    const bool first = i % columns == 0;
    if (shape.size() == 2)
      body += first ? (i == 0 ? "[" : ";\n [") : "; ";
    else if (i != 0)
      body += "; ";
    body += fmt::format("({}, {})", numerator.get_str(), exponent);
    if (shape.size() == 2 && i % columns + 1 == columns) body += "]";
  }
  body += "]";
  common = (common + 63) / 64 * 64;  // so that tensors of one network are likely to have the same denominator
  std::string global = fresh(name);
  while (global_names_.contains(global + "_c") || global_names_.contains(global + "_bits")) global += "'";
  for (const char* suffix : {"", "_c", "_ok", "_bits"}) global_names_.insert(global + suffix);
  const bool is_matrix = shape.size() == 2;
  definitions_ += fmt::format(
      "(* The stored tensor {0}, exactly: (m, e) is m*2^e. *)\nDefinition {0}_bits : list {1} := {2}%Z.\n"
      "Definition {0} : {3} := {4} of_bits {0}_bits.\nDefinition {0}_c : {5} := {6} (ncopy_of_bits {9}) {0}_bits.\n"
      "Lemma {0}_ok : {7} {0}_c {0}.\nProof. {8} Qed.\n",
      global, is_matrix ? "(list (Z * Z))" : "(Z * Z)", body, is_matrix ? "list (list R)" : "list R",
      is_matrix ? "matrix_map" : "map", is_matrix ? "list (list num)" : "list num", is_matrix ? "matrix_map" : "map",
      is_matrix ? "Forall2 (Forall2 rn)" : "Forall2 rn",
      is_matrix ? "apply matrix_of_bits_ok." : "apply map_ok; [reflexivity|apply of_bits_ok].", common);
  announce(global + "_ok", 0);
  Value out;
  out.type = is_matrix ? matrix_of(number_type()) : vector_of(number_type());
  out.text = {global, global + "_c"};
  out.length = static_cast<double>(shape[0]);
  out.columns = static_cast<double>(columns);
  out.digits = {static_cast<double>(most_bits), static_cast<double>(common)};
  shared_cost_ += static_cast<double>(tensor->count()) * operation_cost(method_, out.type, out.digits);
  tensors_.emplace(tensor.get(), out);
  return out;
}

}  // namespace assay::coq
