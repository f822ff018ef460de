#include "files/unpickler.hpp"

#include "files/torch_globals.hpp"

namespace assay::files::pickle {

const Object& Unpickler::run() {
  for (;;) {
    const auto opcode = static_cast<unsigned char>(take(1)[0]);
    if (opcode == '.') {
      if (stack_.size() != 1 || !marks_.empty()) malformed("stops with a stack that does not hold one object");
      return *stack_.back();
    }
    if (!step(opcode)) malformed("uses the opcode " + std::to_string(opcode) + ", which checkpoints do not use");
  }
}

bool Unpickler::step(unsigned char opcode) {
  switch (opcode) {
    case 0x80:  // PROTO
      if (take_unsigned(1) > 5) malformed("is of a protocol after 5");
      return true;
    case 0x95:  // FRAME: a hint for buffering
      (void)take_unsigned(8);
      return true;
    default:
      return step_stack(opcode) || step_container(opcode) || step_memo(opcode) || step_object(opcode) ||
             step_number(opcode) || step_text(opcode);
  }
}

bool Unpickler::step_stack(unsigned char opcode) {
  switch (opcode) {
    case '(':  // MARK
      if (marks_.size() >= limits_.values) malformed("marks too many places");
      marks_.push_back(stack_.size());
      return true;
    case '0':  // POP, which also removes a mark if one is on top
      if (!marks_.empty() && marks_.back() == stack_.size()) {
        marks_.pop_back();
      } else {
        (void)pop();
      }
      return true;
    case '1': (void)pop_to_mark(); return true;  // POP_MARK
    case '2': push(top()); return true;          // DUP
    default: return false;
  }
}

bool Unpickler::step_container(unsigned char opcode) {
  switch (opcode) {
    case ')': push_new({Tuple{}}); return true;
    case ']': push_new({ListObject{}}); return true;
    case '}': push_new({Dict{}}); return true;
    case 't': push_new({Tuple{pop_to_mark()}}); return true;
    case 'l': push_new({ListObject{pop_to_mark()}}); return true;
    case 0x85:
    case 0x86:
    case 0x87: {  // TUPLE1, TUPLE2, TUPLE3
      Objects items(opcode - 0x84U);
      for (std::size_t k = items.size(); k-- > 0;) items[k] = pop();
      push_new({Tuple{std::move(items)}});
      return true;
    }
    case 'd': {  // DICT
      const Objects items = pop_to_mark();
      push_new({Dict{}});
      set_items(top(), items);
      return true;
    }
    case 'a': {  // APPEND
      Object* item = pop();
      append(top(), {item});
      return true;
    }
    case 'e': {  // APPENDS
      const Objects items = pop_to_mark();
      append(top(), items);
      return true;
    }
    case 's': {  // SETITEM
      Object* value = pop();
      Object* key = pop();
      set_items(top(), {key, value});
      return true;
    }
    case 'u': {  // SETITEMS
      const Objects items = pop_to_mark();
      set_items(top(), items);
      return true;
    }
    default: return false;
  }
}

bool Unpickler::step_memo(unsigned char opcode) {
  const auto line_key = [this] {
    const std::string_view line = take_line();
    std::size_t key = 0;
    if (line.empty() || line.size() > 10) malformed("has a memo key that is no number");
    for (const char c : line) {
      if (c < '0' || c > '9') malformed("has a memo key that is no number");
      key = key * 10 + static_cast<std::size_t>(c - '0');
    }
    return key;
  };
  switch (opcode) {
    case 'q': remember(take_unsigned(1)); return true;  // BINPUT
    case 'r': remember(take_unsigned(4)); return true;  // LONG_BINPUT
    case 'p': remember(line_key()); return true;        // PUT
    case 0x94: remember(memo_.size()); return true;     // MEMOIZE
    case 'h': recall(take_unsigned(1)); return true;    // BINGET
    case 'j': recall(take_unsigned(4)); return true;    // LONG_BINGET
    case 'g': recall(line_key()); return true;          // GET
    default: return false;
  }
}

bool Unpickler::step_object(unsigned char opcode) {
  switch (opcode) {
    case 'c': {  // GLOBAL
      const std::string module(take_line());
      const std::string name(take_line());
      push_global(module, name);
      return true;
    }
    case 0x93: {  // STACK_GLOBAL
      const Object* name = pop();
      const Object* module = pop();
      const auto* name_text = std::get_if<std::string>(&name->content);
      const auto* module_text = std::get_if<std::string>(&module->content);
      if (name_text == nullptr || module_text == nullptr) malformed("names a global by something else than texts");
      push_global(*module_text, *name_text);
      return true;
    }
    case 'i': {  // INST names its class in the program
      const std::string module(take_line());
      const std::string name(take_line());
      push_global(module, name);
      malformed("makes an instance in the manner of protocol 0");
    }
    case 'R':
    case 0x81: reduce(); return true;                               // REDUCE, NEWOBJ
    case 'b': build(); return true;                                 // BUILD
    case 'Q': push_new({persistent_storage(*pop())}); return true;  // BINPERSID
    default: return false;
  }
}

void Unpickler::malformed(const std::string& what) const {
  throw Refusal{"its pickle, at byte " + std::to_string(at_) + ", " + what, ""};
}

Object* Unpickler::make(Object object) {
  if (arena_.size() >= limits_.values)
    throw Refusal{"its pickle makes more than " + std::to_string(limits_.values) + " objects", "Split the file."};
  return &arena_.emplace_back(std::move(object));
}

void Unpickler::push(Object* object) {
  if (stack_.size() >= limits_.values) malformed("piles up too many objects");
  stack_.push_back(object);
}

Object* Unpickler::pop() {
  Object* object = top();
  stack_.pop_back();
  return object;
}

Object* Unpickler::top() {
  if (stack_.size() <= (marks_.empty() ? 0 : marks_.back())) malformed("takes an object from an empty stack");
  return stack_.back();
}

Objects Unpickler::pop_to_mark() {
  if (marks_.empty()) malformed("uses a mark that it did not set");
  const auto begin = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
  Objects items(begin, stack_.end());
  stack_.erase(begin, stack_.end());
  marks_.pop_back();
  return items;
}

void Unpickler::remember(std::size_t key) {
  if (memo_.size() >= limits_.values) malformed("remembers too many objects");
  memo_[key] = top();
}

void Unpickler::recall(std::size_t key) {
  const auto object = memo_.find(key);
  if (object == memo_.end()) malformed("recalls object " + std::to_string(key) + ", which it did not remember");
  push(object->second);
}

void Unpickler::append(Object* list, const Objects& items) {
  auto* content = std::get_if<ListObject>(&list->content);
  if (content == nullptr) malformed(std::string("appends to ") + kind_of(*list));
  content->items.insert(content->items.end(), items.begin(), items.end());
}

void Unpickler::set_items(Object* dict, const Objects& items) {
  auto* content = std::get_if<Dict>(&dict->content);
  if (content == nullptr) malformed(std::string("sets items of ") + kind_of(*dict));
  if (items.size() % 2 != 0) malformed("sets a key without a value");
  for (std::size_t k = 0; k < items.size(); k += 2) content->items.emplace_back(items[k], items[k + 1]);
}

void Unpickler::push_global(const std::string& module, const std::string& name) {
  std::optional<Object> known = known_global(module, name);
  if (!known)
    throw Refusal{"it asks for `" + module + "." + name +
                      "`, which Assay refuses: a checkpoint may hold only tensors, "
                      "numbers, texts, lists and dictionaries",
                  "Save only the weights: torch.save(model.state_dict(), …), or safetensors."};
  push_new(std::move(*known));
}

void Unpickler::reduce() {
  const Object* arguments = pop();
  const Object* callable = pop();
  const auto* tuple = std::get_if<Tuple>(&arguments->content);
  const auto* known = std::get_if<Callable>(&callable->content);
  if (known == nullptr || tuple == nullptr)
    malformed(std::string("calls ") + kind_of(*callable) + " with " + kind_of(*arguments));
  push_new(call(*known, tuple->items));
}

void Unpickler::build() {
  (void)pop();
  // A state_dict carries the versions of its modules as attribute `_metadata`; attributes do not change its items.
  const auto* dict = std::get_if<Dict>(&top()->content);
  if (dict == nullptr || !dict->ordered) malformed(std::string("sets the state of ") + kind_of(*top()));
}

}  // namespace assay::files::pickle
