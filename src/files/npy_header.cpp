#include "files/npy_header.hpp"

#include <optional>

namespace assay::files {

namespace {

/// The Python dictionary of the header: {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }. Only texts, truth
/// values and tuples of integers occur in it, so it needs no more than this scanner.
class HeaderScanner {
 public:
  HeaderScanner(std::string_view text, const std::string& name, const Limits& limits)
      : text_(text), name_(name), limits_(limits) {}

  Layout scan() {
    expect('{');
    while (!accept('}')) {
      const std::string key = quoted();
      expect(':');
      entry(key);
      if (accept(',')) continue;
      expect('}');
      break;
    }
    skip_space();
    if (at_ != text_.size()) malformed("nothing after the dictionary");
    if (!descr_ || !fortran_order_ || !shape_) malformed("the keys 'descr', 'fortran_order' and 'shape'");
    return layout();
  }

 private:
  [[noreturn]] void malformed(const std::string& expected) const {
    refuse(name_, "its NumPy header is malformed at character " + std::to_string(at_) + ": expected " + expected);
  }

  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }

  bool accept(char c) {
    skip_space();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool accept(std::string_view word) {
    skip_space();
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  void expect(char c) {
    if (!accept(c)) malformed(std::string("'") + c + "'");
  }

  std::string quoted() {
    skip_space();
    const char quote = at_ < text_.size() ? text_[at_] : '\0';
    if (quote != '\'' && quote != '"') malformed("a text in quotes");
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) malformed("the closing quote of a text");
    std::string word(text_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    return word;
  }

  std::size_t integer() {
    skip_space();
    const std::size_t begin = at_;
    std::size_t value = 0;
    for (; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_) {
      bool overflow = __builtin_mul_overflow(value, std::size_t{10}, &value);
      overflow |= __builtin_add_overflow(value, static_cast<std::size_t>(text_[at_] - '0'), &value);
      if (overflow) malformed("a dimension below 2^64");
    }
    if (at_ == begin) malformed("a dimension");
    accept('L');  // Python 2 wrote long integers so
    return value;
  }

  void entry(const std::string& key) {
    if (key == "descr" && !descr_) {
      skip_space();
      if (at_ < text_.size() && text_[at_] == '[')
        refuse(name_, "it is a structured NumPy array", "Save each of its fields as an array of its own.");
      descr_ = quoted();
    } else if (key == "fortran_order" && !fortran_order_) {
      const bool yes = accept("True");
      if (!yes && !accept("False")) malformed("True or False");
      fortran_order_ = yes;
    } else if (key == "shape" && !shape_) {
      shape_ = tuple();
    } else {
      malformed("each of the keys 'descr', 'fortran_order' and 'shape' once, not '" + key + "'");
    }
  }

  Shape tuple() {
    Shape shape;
    expect('(');
    while (!accept(')')) {
      shape.push_back(integer());
      if (accept(',')) continue;
      expect(')');
      break;
    }
    return shape;
  }

  [[nodiscard]] Layout layout() const {
    const std::string fault = shape_fault(*shape_, limits_);
    if (!fault.empty()) refuse(name_, "its array " + fault, "Keep only the entries that claims use.");
    const ElementType type = element_type();
    const ByteOrder order = (*descr_)[0] == '>' ? ByteOrder::big : ByteOrder::little;
    return contiguous_layout(type, order, *shape_, !*fortran_order_);
  }

  [[nodiscard]] ElementType element_type() const {
    static constexpr ElementType signed_types[] = {ElementType::int8, ElementType::int16, ElementType::int32,
                                                   ElementType::int64};
    static constexpr ElementType unsigned_types[] = {ElementType::uint8, ElementType::uint16, ElementType::uint32,
                                                     ElementType::uint64};
    static constexpr ElementType float_types[] = {ElementType::float16, ElementType::float32, ElementType::float64};
    const std::string& descr = *descr_;
    if (descr.find('O') != std::string::npos)
      refuse(name_, "it holds Python objects, which only running its pickle could rebuild",
             "Save the numbers as an array with a numeric dtype.");
    const std::size_t log = descr.size() == 3 ? std::string("1248").find(descr[2]) : std::string::npos;
    const bool ordered = descr.size() == 3 && (descr[0] == '<' || descr[0] == '>' || (descr[0] == '|' && log == 0));
    if (ordered && log != std::string::npos) {
      if (descr[1] == 'i') return signed_types[log];
      if (descr[1] == 'u') return unsigned_types[log];
      if (descr[1] == 'f' && log > 0) return float_types[log - 1];
      if (descr[1] == 'b' && log == 0) return ElementType::boolean;
    }
    refuse(name_, "its NumPy dtype '" + descr + "' is not supported",
           "Save it as float16, float32, float64, an integer type or bool, of stated byte order.");
  }

  std::string_view text_;
  const std::string& name_;
  const Limits& limits_;
  std::size_t at_ = 0;
  std::optional<std::string> descr_;
  std::optional<bool> fortran_order_;
  std::optional<Shape> shape_;
};

}  // namespace

NpyHeader parse_npy_header(std::string_view content, const std::string& name, const Limits& limits) {
  constexpr std::size_t version_at = 6;
  constexpr std::size_t length_at = 8;
  if (content.size() < length_at + 4) refuse(name, "it ends within its NumPy header");
  const auto version = static_cast<unsigned char>(content[version_at]);
  if (version < 1 || version > 3)
    refuse(name, "its NumPy format version is " + std::to_string(version) + ", not 1, 2 or 3",
           "Save it with a current NumPy.");
  const std::size_t width = version == 1 ? 2 : 4;
  const std::size_t length = unsigned_at(content.data() + length_at, width, ByteOrder::little);
  const std::size_t begin = length_at + width;
  if (length > longest_npy_header - begin) refuse(name, "its NumPy header is implausibly long");
  if (length > content.size() - begin) refuse(name, "it ends within its NumPy header");
  const std::string_view text = content.substr(begin, length);
  if (!is_text(text)) refuse(name, "its NumPy header is no UTF-8 text");
  return {HeaderScanner(text, name, limits).scan(), begin + length};
}

}  // namespace assay::files
