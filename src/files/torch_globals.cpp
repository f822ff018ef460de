#include "files/torch_globals.hpp"

#include <unordered_map>

namespace assay::files::pickle {

namespace {

using Table = std::unordered_map<std::string, Object>;

void add_types(Table& table) {
  using E = ElementType;
  const std::pair<const char*, E> storages[] = {{"DoubleStorage", E::float64}, {"FloatStorage", E::float32},
                                                {"HalfStorage", E::float16},   {"BFloat16Storage", E::bfloat16},
                                                {"LongStorage", E::int64},     {"IntStorage", E::int32},
                                                {"ShortStorage", E::int16},    {"CharStorage", E::int8},
                                                {"ByteStorage", E::uint8},     {"BoolStorage", E::boolean}};
  for (const auto& [name, type] : storages) table[std::string("torch.") + name] = {StorageClass{type}};
  table["torch.storage.UntypedStorage"] = {StorageClass{std::nullopt}};
  for (int k = 0; k <= static_cast<int>(E::boolean); ++k)
    table[std::string("torch.") + name_of(static_cast<E>(k))] = {Dtype{static_cast<E>(k)}};
}

Table make_table() {
  Table table;
  table["collections.OrderedDict"] = {Callable::ordered_dict};
  table["torch.Size"] = {Callable::size};
  table["torch.device"] = {Callable::device};
  table["torch._utils._rebuild_tensor"] = {Callable::rebuild_tensor};
  table["torch._utils._rebuild_tensor_v2"] = {Callable::rebuild_tensor_v2};
  table["torch._utils._rebuild_tensor_v3"] = {Callable::rebuild_tensor_v3};
  table["torch._utils._rebuild_parameter"] = {Callable::rebuild_parameter};
  table["torch._utils._rebuild_parameter_with_state"] = {Callable::rebuild_parameter_with_state};
  add_types(table);
  return table;
}

[[noreturn]] void reject(const std::string& what) { throw Refusal{"its pickle " + what, ""}; }

template <typename T>
const T& expect(const Object& object, const char* role) {
  const T* content = std::get_if<T>(&object.content);
  if (content == nullptr) reject(std::string("has ") + kind_of(object) + " as " + role);
  return *content;
}

std::size_t natural(const Object& object, const char* role) {
  const auto& value = expect<Integer>(object, role);
  if (sgn(value) < 0 || !value.fits_ulong_p())
    reject(std::string("has ") + value.get_str().substr(0, 40) + " as " + role);
  return value.get_ui();
}

std::vector<std::size_t> naturals(const Object& object, const char* role) {
  std::vector<std::size_t> values;
  for (const Object* item : expect<Tuple>(object, role).items) values.push_back(natural(*item, role));
  return values;
}

void expect_count(const Objects& arguments, std::size_t least, std::size_t most, const char* what) {
  if (arguments.size() < least || arguments.size() > most)
    reject(std::string("calls ") + what + " with " + std::to_string(arguments.size()) + " arguments");
}

/// PyTorch keeps lazily conjugated or negated tensors as a flag beside unchanged data. Their entries are not what the
/// storage holds, so only the absence of such flags is accepted.
void check_metadata(const Objects& arguments, std::size_t at) {
  if (arguments.size() <= at || std::holds_alternative<None>(arguments[at]->content)) return;
  const auto* dict = std::get_if<Dict>(&arguments[at]->content);
  if (dict != nullptr && dict->items.empty()) return;
  throw Refusal{"it holds a tensor with flags such as lazy negation, whose entries are not those stored",
                "Save tensor.resolve_neg().resolve_conj().clone() instead."};
}

Object rebuild(Callable callable, const Objects& arguments) {
  const bool v3 = callable == Callable::rebuild_tensor_v3;
  if (callable == Callable::rebuild_tensor) expect_count(arguments, 4, 4, "_rebuild_tensor");
  if (callable == Callable::rebuild_tensor_v2) expect_count(arguments, 6, 7, "_rebuild_tensor_v2");
  if (v3) expect_count(arguments, 7, 8, "_rebuild_tensor_v3");
  if (callable != Callable::rebuild_tensor) check_metadata(arguments, v3 ? 7 : 6);
  const auto& storage = expect<Storage>(*arguments[0], "the storage of a tensor");
  if (v3 == storage.type.has_value()) reject("has a storage of the wrong class for its tensor");
  TensorView view{storage, v3 ? expect<Dtype>(*arguments[6], "the dtype of a tensor").type : *storage.type,
                  natural(*arguments[1], "the offset of a tensor"), naturals(*arguments[2], "the size of a tensor"),
                  naturals(*arguments[3], "the stride of a tensor")};
  if (view.shape.size() != view.strides.size()) reject("has a tensor with more or fewer strides than dimensions");
  return {std::move(view)};
}

Object rebuild_parameter(const Objects& arguments) {
  expect_count(arguments, 3, 4, "_rebuild_parameter");
  return {expect<TensorView>(*arguments[0], "the data of a parameter")};
}

Object device(const Objects& arguments) {
  expect_count(arguments, 1, 2, "torch.device");
  std::string name = expect<std::string>(*arguments[0], "a device");
  if (arguments.size() == 2) name.append(":").append(std::to_string(natural(*arguments[1], "the index of a device")));
  return {std::move(name)};
}

}  // namespace

const char* kind_of(const Object& object) noexcept {
  // In the order of the variant.
  static constexpr const char* kinds[] = {"None",      "a bool",  "an int", "a float",    "a str",           "bytes",
                                          "a tuple",   "a list",  "a dict", "a function", "a storage class", "a dtype",
                                          "a storage", "a tensor"};
  return kinds[object.content.index()];
}

std::optional<Object> known_global(const std::string& module, const std::string& name) {
  static const Table table = make_table();
  const auto known = table.find(module + "." + name);
  if (known == table.end()) return std::nullopt;
  return known->second;
}

Object call(Callable callable, const Objects& arguments) {
  switch (callable) {
    case Callable::ordered_dict:
      // Its items follow as SETITEMS; Python 2 wrote them as an argument instead.
      expect_count(arguments, 0, 0, "OrderedDict");
      return {Dict{{}, true}};
    case Callable::size:
      expect_count(arguments, 1, 1, "torch.Size");
      return {Tuple{expect<Tuple>(*arguments[0], "a size").items}};
    case Callable::device: return device(arguments);
    case Callable::rebuild_tensor:
    case Callable::rebuild_tensor_v2:
    case Callable::rebuild_tensor_v3: return rebuild(callable, arguments);
    case Callable::rebuild_parameter:
    case Callable::rebuild_parameter_with_state: return rebuild_parameter(arguments);
  }
  reject("calls an unknown function");
}

Storage persistent_storage(const Object& id) {
  const Objects& parts = expect<Tuple>(id, "a persistent id").items;
  if (parts.size() != 5 || expect<std::string>(*parts[0], "the first part of a persistent id") != "storage")
    reject("has a persistent id that is no storage");
  return {expect<StorageClass>(*parts[1], "the class of a storage").type,
          expect<std::string>(*parts[2], "the key of a storage"), natural(*parts[4], "the length of a storage")};
}

}  // namespace assay::files::pickle
