#pragma once
#include <deque>
#include <string_view>
#include <unordered_map>

#include "files/limits.hpp"
#include "files/pickle_value.hpp"

namespace assay::files::pickle {

/// Runs the program of a pickle (protocols 0 to 5) on a stack machine that can only build values.
///
/// There is no way to name, import or call anything beyond the table of torch_globals.hpp: any other global is refused
/// by its full name before anything is done with it. Stack, memo and number of objects are held against the limits,
/// and nothing is reserved for a declared length before that many bytes were seen to follow.
/// Source of the opcodes: CPython's Lib/pickletools.py.
class Unpickler {
 public:
  /// @param program  outlives the unpickler.
  Unpickler(std::string_view program, const Limits& limits) : program_(program), limits_(limits) {}
  Unpickler(const Unpickler&) = delete;
  Unpickler& operator=(const Unpickler&) = delete;

  /// The pickled object; it lives as long as the unpickler.
  /// @throws Refusal if the program is malformed, beyond the limits, or names what is not in the table.
  [[nodiscard]] const Object& run();

 private:
  // unpickler.cpp: the machine
  bool step(unsigned char opcode);
  bool step_stack(unsigned char opcode);
  bool step_container(unsigned char opcode);
  bool step_memo(unsigned char opcode);
  bool step_object(unsigned char opcode);
  [[noreturn]] void malformed(const std::string& what) const;
  Object* make(Object object);
  void push(Object* object);
  void push_new(Object object) { push(make(std::move(object))); }
  Object* pop();
  Object* top();
  Objects pop_to_mark();
  void remember(std::size_t key);
  void recall(std::size_t key);
  void append(Object* list, const Objects& items);
  void set_items(Object* dict, const Objects& items);
  void push_global(const std::string& module, const std::string& name);
  void reduce();
  void build();

  // pickle_literals.cpp: numbers and texts
  bool step_number(unsigned char opcode);
  bool step_text(unsigned char opcode);
  std::string_view take(std::size_t length);
  std::string_view take_line();
  std::size_t take_unsigned(std::size_t width);
  void push_signed(std::size_t width);
  void push_decimal(std::string_view digits);
  void push_binary_integer(std::string_view bytes);
  void push_decimal_float(const std::string& digits);
  void push_text(std::string_view text);

  std::string_view program_;
  const Limits& limits_;
  std::size_t at_ = 0;
  std::deque<Object> arena_;
  Objects stack_;
  std::vector<std::size_t> marks_;  ///< heights of the stack
  std::unordered_map<std::size_t, Object*> memo_;
};

}  // namespace assay::files::pickle
