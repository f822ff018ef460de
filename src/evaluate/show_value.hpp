#pragma once
#include "evaluate/evaluator.hpp"
#include "evaluate/shown_value.hpp"
#include "number/exact.hpp"
#include "number/midrad_complex.hpp"

/// Values of an arithmetic as `ShownValue`.
namespace assay::evaluate {

[[nodiscard]] inline std::optional<KnownReal> known(const MidRad& x, long) {
  if (!is_finite(x)) return std::nullopt;
  if (is_point(x)) return KnownReal{exact_rational(x.mid), {}};
  return KnownReal{std::nullopt, ball_from_midrad(x.mid, x.rad)};
}
[[nodiscard]] inline std::optional<KnownReal> known(const Ball& x, long) {
  if (!is_finite(x)) return std::nullopt;
  if (!is_exact(x)) return KnownReal{std::nullopt, x};
  try {
    return KnownReal{lower(x), {}};
  } catch (const NotRepresentable&) {
    return std::nullopt;
  }
}
[[nodiscard]] inline std::optional<KnownReal> known(const Exact& x, long bits) {
  if (const std::optional<Rational> q = rational_value(x)) return KnownReal{*q, {}};
  return known(re(enclosure(x, bits)), bits);
}

/// Real and imaginary part; no imaginary part if the number is known to be real.
struct KnownComplex {
  std::optional<KnownReal> re;
  std::optional<KnownReal> im;
  bool is_real = false;
};
[[nodiscard]] inline KnownComplex known_complex(const ComplexMidRad& z, long bits) {
  return {known(z.re, bits), known(z.im, bits), z.im.mid == 0 && z.im.rad == 0};
}
[[nodiscard]] inline KnownComplex known_complex(const ComplexBall& z, long bits) {
  return {known(re(z), bits), known(im(z), bits), is_real(z)};
}
[[nodiscard]] inline KnownComplex known_complex(const Exact& z, long bits) {
  if (is_real(z) == Truth::true_) return {known(z, bits), std::nullopt, true};
  try {
    return {known(re(z), bits), known(im(z), bits), false};
  } catch (const NotRepresentable&) {
    return known_complex(enclosure(z, bits), bits);
  }
}

/// Writes the value of one lane.
template <class A>
class ValueWriter {
 public:
  /// @param bits  the accuracy to which exact numbers that are not rational are enclosed.
  ValueWriter(const Evaluator<A>& evaluator, long bits) : evaluator_(evaluator), bits_(bits) {}

  /// The status of the value in the lane must be ok.
  [[nodiscard]] ShownValue of(const Value<A>& value, std::size_t lane) {
    out_ = {{""}, {}, false};
    if (const std::string* text = value.text()) {
      out_.pieces.front() = *text;
      out_.is_text = true;
    } else {
      write(value, lane);
    }
    return std::move(out_);
  }

 private:
  void write(const std::string& text) { out_.pieces.back() += text; }
  void write(std::optional<KnownReal> number) {
    out_.numbers.push_back(std::move(number));
    out_.pieces.emplace_back();
  }

  void write(const Value<A>& value, std::size_t lane) {
    if (const Numeric<A>* x = value.numeric()) return write_numbers(*x, lane);
    if (const TupleValue<A>* tuple = value.tuple()) return write_list("(", tuple->items, ")", lane);
    if (const RecordValue<A>* record = value.record()) {
      write("record(");
      for (std::size_t i = 0; i < record->fields.size(); ++i) {
        write((i > 0 ? ", " : "") + record->fields[i].first + " = ");
        write(record->fields[i].second, lane);
      }
      return write(")");
    }
    if (const SetLanes<A>* set = value.set(); set != nullptr && !set->at(lane).is_range)
      return write_list("{", set->at(lane).items, "}", 0);
    write(evaluator_.text(at_lane(value, lane)));
  }

  void write_list(const char* open, const std::vector<Value<A>>& items, const char* close, std::size_t lane) {
    write(open);
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) write(", ");
      write(items[i], lane);
    }
    write(close);
  }

  void write_numbers(const Numeric<A>& x, std::size_t lane) {
    const std::size_t columns = x.shape.size() > 1 ? x.shape.back() : 1;
    if (!x.is_scalar()) write("[");
    for (std::size_t e = 0; e < x.entries(); ++e) {
      if (e > 0) write(x.shape.size() > 1 && e % columns == 0 ? "; " : ", ");
      write_number(x, e * x.lanes + (x.lanes == 1 ? 0 : lane));
    }
    if (!x.is_scalar()) write("]");
  }

  void write_number(const Numeric<A>& x, std::size_t i) {
    if (x.form == Form::integer) return write(KnownReal{Rational(exact_integer((*x.integers)[i])), {}});
    if (x.form == Form::real) return write(known(x.reals->get(i), bits_));
    KnownComplex z = known_complex(x.complexes->get(i), bits_);
    write(std::move(z.re));
    if (z.is_real) return;
    write(" + ");
    write(std::move(z.im));
    write("*I");
  }

  const Evaluator<A>& evaluator_;
  long bits_;
  ShownValue out_;
};

}  // namespace assay::evaluate
