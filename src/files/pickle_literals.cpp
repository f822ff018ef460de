#include <algorithm>
#include <bit>
#include <charconv>

#include "files/bytes.hpp"
#include "files/torch_globals.hpp"
#include "files/unpickler.hpp"

namespace assay::files::pickle {

bool Unpickler::step_number(unsigned char opcode) {
  switch (opcode) {
    case 'N': push_new({None{}}); return true;
    case 0x88: push_new({true}); return true;
    case 0x89: push_new({false}); return true;
    case 'K': push_new({Integer(take_unsigned(1))}); return true;         // BININT1
    case 'M': push_new({Integer(take_unsigned(2))}); return true;         // BININT2
    case 'J': push_signed(4); return true;                                // BININT
    case 0x8a: push_binary_integer(take(take_unsigned(1))); return true;  // LONG1
    case 0x8b: push_binary_integer(take(take_unsigned(4))); return true;  // LONG4
    case 'G': {                                                           // BINFLOAT
      const std::uint64_t bits = unsigned_at(take(8).data(), 8, ByteOrder::big);
      push_new({std::bit_cast<double>(bits)});
      return true;
    }
    case 'F': push_decimal_float(std::string(take_line())); return true;
    case 'I': {  // INT, and the truth values of protocols 0 and 1
      const std::string_view line = take_line();
      if (line == "00" || line == "01") {
        push_new({line == "01"});
      } else {
        push_decimal(line);
      }
      return true;
    }
    case 'L': {  // LONG ends in an L
      std::string_view line = take_line();
      if (line.ends_with('L')) line.remove_suffix(1);
      push_decimal(line);
      return true;
    }
    default: return false;
  }
}

bool Unpickler::step_text(unsigned char opcode) {
  switch (opcode) {
    case 'U':
    case 0x8c: push_text(take(take_unsigned(1))); return true;  // SHORT_BINSTRING, SHORT_BINUNICODE
    case 'T':
    case 'X': push_text(take(take_unsigned(4))); return true;   // BINSTRING, BINUNICODE
    case 0x8d: push_text(take(take_unsigned(8))); return true;  // BINUNICODE8
    case 'V': {                                                 // UNICODE, with escapes that we do not resolve
      const std::string_view line = take_line();
      if (line.find('\\') != std::string_view::npos) malformed("has a text with escapes in the manner of protocol 0");
      push_text(line);
      return true;
    }
    case 'C': push_new({Bytes{std::string(take(take_unsigned(1)))}}); return true;   // SHORT_BINBYTES
    case 'B': push_new({Bytes{std::string(take(take_unsigned(4)))}}); return true;   // BINBYTES
    case 0x8e: push_new({Bytes{std::string(take(take_unsigned(8)))}}); return true;  // BINBYTES8
    default: return false;
  }
}

std::string_view Unpickler::take(std::size_t length) {
  if (length > program_.size() - at_) malformed("ends too early");
  const std::string_view bytes = program_.substr(at_, length);
  at_ += length;
  return bytes;
}

std::string_view Unpickler::take_line() {
  const std::size_t end = program_.find('\n', at_);
  if (end == std::string_view::npos) malformed("ends within a line");
  const std::string_view line = take(end - at_);
  ++at_;
  if (line.size() > limits_.name_bytes + limits_.integer_digits) malformed("has too long a line");
  return line;
}

std::size_t Unpickler::take_unsigned(std::size_t width) {
  return unsigned_at(take(width).data(), width, ByteOrder::little);
}

void Unpickler::push_signed(std::size_t width) { push_binary_integer(take(width)); }

/// Two's complement, little-endian.
void Unpickler::push_binary_integer(std::string_view bytes) {
  // 8 bits are more than 2.4 digits.
  if (bytes.size() > limits_.integer_digits * 10 / 24) malformed("has too long an integer");
  Integer value;
  if (!bytes.empty()) mpz_import(value.get_mpz_t(), bytes.size(), -1, 1, 0, 0, bytes.data());
  if (!bytes.empty() && (static_cast<unsigned char>(bytes.back()) & 0x80U) != 0)
    value -= Integer(1) << (8 * bytes.size());
  push_new({std::move(value)});
}

void Unpickler::push_decimal(std::string_view digits) {
  const std::string_view magnitude = digits.substr(digits.starts_with('-') ? 1 : 0);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (magnitude.empty() || magnitude.size() > limits_.integer_digits ||
      !std::all_of(magnitude.begin(), magnitude.end(), is_digit))
    malformed("has an integer that is no decimal number");
  push_new({Integer(std::string(digits), 10)});
}

void Unpickler::push_decimal_float(const std::string& digits) {
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) malformed("has a float that is no decimal number");
  push_new({value});
}

void Unpickler::push_text(std::string_view text) {
  if (!is_text(text)) malformed("has a text that is no UTF-8");
  push_new({std::string(text)});
}

}  // namespace assay::files::pickle
