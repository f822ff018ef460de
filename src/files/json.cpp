#include "files/json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/contract.hpp"
#include "base/error.hpp"
#include "files/bytes.hpp"

namespace assay::files {

namespace {

/// Reads characters and counts them, so that errors found above the lexer have a place.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, std::size_t* count) : at_(at), count_(count) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_;
    ++*count_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const CountingIterator& a, const CountingIterator& b) { return a.at_ == b.at_; }
  friend bool operator!=(const CountingIterator& a, const CountingIterator& b) { return a.at_ != b.at_; }

 private:
  const char* at_;
  std::size_t* count_;
};

/// Receives the events of nlohmann's parser, which does not recurse, and builds the value. Every event counts against
/// the limits before anything is stored.
class Builder {
 public:
  Builder(std::string_view text, const std::string& name, const Limits& limits)
      : text_(text), name_(name), limits_(limits) {}

  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = std::string;
  using binary_t = nlohmann::json::binary_t;

  bool null() { return put({Null{}}); }
  bool boolean(bool value) { return put({value}); }
  bool number_integer(number_integer_t value) { return put({Rational(static_cast<long>(value))}); }
  bool number_unsigned(number_unsigned_t value) { return put({Rational(static_cast<unsigned long>(value))}); }
  bool number_float(number_float_t value, const std::string& spelling) {
    // Integers beyond 64 bits arrive here too; they have nothing but digits, at most 309 of them, since the parser
    // refuses numbers beyond the doubles.
    const bool is_integer = spelling.find_first_not_of("-0123456789") == std::string::npos;
    return put({is_integer ? Rational(Integer(spelling)) : Rational(value)});
  }
  bool string(std::string& value) { return put({std::move(value)}); }
  bool binary(binary_t&) { return false; }
  bool start_object(std::size_t) { return open({Record{}}); }
  bool start_array(std::size_t) { return open({List{}}); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(std::string& name) {
    if (name.size() > limits_.name_bytes)
      fail("a name of more than " + std::to_string(limits_.name_bytes) + " bytes", "Shorten it.");
    if (std::get<Record>(open_.back().value.content).find(name) != nullptr)
      fail("the name \"" + name + "\" occurs twice in one object", "Keep one of the two.");
    open_.back().key = std::move(name);
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& error) {
    read = std::max<std::size_t>(position, 1);
    std::string what = error.what();
    // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error while …"
    const std::size_t colon = what.find(": ");
    if (colon != std::string::npos) what = what.substr(colon + 2);
    fail("no well-formed JSON: " + what, "Write it as RFC 8259 has it, for example with Python's json.dump.");
  }

  [[nodiscard]] FileValue take() {
    ASSAY_ENSURE(open_.empty() && !result_.empty(), "the parser closes what it opened");
    return std::move(result_.front());
  }

  std::size_t read = 0;  ///< bytes consumed so far

 private:
  struct Open {
    FileValue value;  ///< a record or a list
    std::string key;  ///< of the field that comes next, in a record
  };

  [[noreturn]] void fail(const std::string& what, const std::string& remedy) const {
    const auto source = std::make_shared<const SourceText>(name_, std::string(text_));
    const std::size_t at = read > 0 ? read - 1 : 0;
    throw InputError(Diagnostic{{source, at, at + 1}, what, remedy});
  }

  bool put(FileValue value) {
    if (++count_ > limits_.values) fail("more than " + std::to_string(limits_.values) + " values", "Split the file.");
    return store(std::move(value));
  }

  bool open(FileValue value) {
    if (open_.size() >= limits_.nesting)
      fail("objects and arrays nested more than " + std::to_string(limits_.nesting) + " deep", "Flatten the file.");
    if (++count_ > limits_.values) fail("more than " + std::to_string(limits_.values) + " values", "Split the file.");
    open_.push_back({std::move(value), ""});
    return true;
  }

  bool close() {
    FileValue value = std::move(open_.back().value);
    open_.pop_back();
    return store(std::move(value));
  }

  bool store(FileValue value) {
    if (open_.empty()) {
      result_.push_back(std::move(value));
    } else if (auto* list = std::get_if<List>(&open_.back().value.content)) {
      list->items.push_back(std::move(value));
    } else {
      auto& record = std::get<Record>(open_.back().value.content);
      ASSAY_ENSURE(record.add(std::move(open_.back().key), std::move(value)), "a repeated name was refused");
    }
    return true;
  }

  std::string_view text_;
  const std::string& name_;
  const Limits& limits_;
  std::vector<Open> open_;
  std::vector<FileValue> result_;
  std::size_t count_ = 0;
};

}  // namespace

FileValue parse_json(std::string_view text, const std::string& name, const Limits& limits) {
  if (text.size() > limits.text_bytes)
    refuse(name, "its JSON is longer than " + std::to_string(limits.text_bytes) + " bytes", "Split the file.");
  Builder builder(text, name, limits);
  const CountingIterator first(text.data(), &builder.read);
  const CountingIterator last(text.data() + text.size(), &builder.read);
  const bool complete = nlohmann::json::sax_parse(first, last, &builder);
  ASSAY_ENSURE(complete, "the parser reports what stops it");
  return builder.take();
}

}  // namespace assay::files
