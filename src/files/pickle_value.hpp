#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "files/tensor.hpp"
#include "number/integer.hpp"

/// The Python objects that a restricted unpickler makes. They refer to each other by plain pointers into the arena of
/// the unpickler, so that cyclic pickles neither leak nor are destroyed recursively.
namespace assay::files::pickle {

struct Object;
using Objects = std::vector<Object*>;

struct None {};
struct Bytes {
  std::string content;
};
struct Tuple {
  Objects items;
};
struct ListObject {
  Objects items;
};
/// dict or collections.OrderedDict.
struct Dict {
  std::vector<std::pair<Object*, Object*>> items;
  bool ordered = false;  ///< an OrderedDict, which may carry attributes (`_metadata` of a state_dict)
};

/// What may be called to build an object, all of it known to us.
enum class Callable : std::uint8_t {
  ordered_dict,                 // collections.OrderedDict()
  size,                         // torch.Size((2, 3))
  device,                       // torch.device("cuda", 0)
  rebuild_tensor,               // (storage, offset, size, stride)
  rebuild_tensor_v2,            // … , requires_grad, backward_hooks[, metadata])
  rebuild_tensor_v3,            // … , requires_grad, backward_hooks, dtype[, metadata])
  rebuild_parameter,            // (tensor, requires_grad, backward_hooks)
  rebuild_parameter_with_state  // (tensor, requires_grad, backward_hooks, state)
};
/// The class of a storage, e.g. torch.FloatStorage; no type for torch.storage.UntypedStorage, whose elements are bytes.
struct StorageClass {
  std::optional<ElementType> type;
};
/// torch.float32, …
struct Dtype {
  ElementType type;
};
/// A block of elements in the archive's entry data/KEY.
struct Storage {
  std::optional<ElementType> type;  ///< none: bytes
  std::string key;
  std::size_t count;  ///< elements
};
/// A strided view of a storage; nothing about it is checked yet beyond the signs.
struct TensorView {
  Storage storage;
  ElementType type;
  std::size_t offset;  ///< in elements of `type`
  Shape shape;
  std::vector<std::size_t> strides;
};

struct Object {
  std::variant<None, bool, Integer, double, std::string, Bytes, Tuple, ListObject, Dict, Callable, StorageClass, Dtype,
               Storage, TensorView>
      content;
};

/// "an int", "a dict", … for messages.
[[nodiscard]] const char* kind_of(const Object& object) noexcept;

}  // namespace assay::files::pickle
