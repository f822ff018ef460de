#pragma once
#include "evaluate/reducer.hpp"

/// Reducers of binders: sums, products, means and counts.
namespace assay::evaluate {

/// sum, prod and mean; entrywise for vectors and matrices.
template <class A>
class SumReducer final : public Reducer<A> {
 public:
  using Num = Numeric<A>;
  SumReducer(Evaluator<A>& evaluator, const Node& node, std::size_t base_lanes)
      : Reducer<A>(evaluator, node, base_lanes),
        product_(node.kind == notation::BinderKind::prod),
        integers_(base_lanes, product_ ? 1 : 0),
        count_(base_lanes, 0) {}

  void absorb(BinderWalk<A>& walk, LaneSpace& leaf, const std::vector<std::uint32_t>& origin,
              const Value<A>* body) override {
    const Num& x = this->numeric(*body);
    const std::size_t lanes = leaf.lanes();
    if (OpenPoints* seen = this->session().instances.seen; seen != nullptr && &this->node_ == this->session().outermost)
      for (std::size_t l = 0; l < lanes; ++l) seen->add(this->trace(walk, leaf, l));
    if (!started_ && !x.is_scalar()) {
      shape_ = x.shape;
      integers_.assign(entry_count(shape_) * this->base_lanes(), product_ ? 1 : 0);
    }
    if (x.shape != shape_) throw SplitLanes{this->node_.where, "terms of different shapes"};
    started_ = true;
    for (std::size_t l = 0; l < lanes; ++l) {
      ++count_[origin[l]];
      this->not_ok(origin[l], x.status.at(l));
    }
    if (x.form == Form::integer && form_ == Form::integer && fold_integers(x, lanes, origin)) return;
    promote(std::max(x.form, Form::real));
    const Num y = promoted(this->arithmetic(), x, form_);
    if (form_ == Form::real)
      fold(reals_, *y.reals, y.lanes, lanes, origin);
    else
      fold(complexes_, *y.complexes, y.lanes, lanes, origin);
  }

  Value<A> finish() override {
    Value<A> total = value();
    if (this->node_.kind != notation::BinderKind::mean) return total;
    // The mean over the empty set is 0/0: undefined.
    return this->divide(*total.numeric(), *integer_value<A>(IntArray(count_)).numeric());
  }

 private:
  Value<A> value() const {
    const std::size_t lanes = this->base_lanes();
    if (form_ == Form::real) return real_value<A>(reals_, lanes, shape_, this->status());
    if (form_ == Form::complex) return complex_value<A>(complexes_, lanes, shape_, this->status());
    Value<A> out = integer_value<A>(integers_, shape_, this->status());
    std::get<Num>(out.data).lanes = lanes;
    return out;
  }

  bool fold_integers(const Num& x, std::size_t lanes, const std::vector<std::uint32_t>& origin) {
    IntArray sums = integers_;
    for (std::size_t e = 0; e < entry_count(shape_); ++e)
      for (std::size_t l = 0; l < lanes; ++l) {
        std::int64_t& sum = sums[e * this->base_lanes() + origin[l]];
        const std::int64_t term = (*x.integers)[e * x.lanes + (x.lanes == 1 ? 0 : l)];
        if (product_ ? __builtin_mul_overflow(sum, term, &sum) : __builtin_add_overflow(sum, term, &sum)) return false;
      }
    integers_ = std::move(sums);
    return true;
  }

  void promote(Form form) {
    if (form <= form_) return;
    const Value<A> now = value();
    const Num next = promoted(this->arithmetic(), *now.numeric(), form);
    form_ = form;
    if (form == Form::real)
      reals_ = *next.reals;
    else
      complexes_ = *next.complexes;
  }

  template <class Array>
  void fold(Array& sums, const Array& terms, std::size_t term_lanes, std::size_t lanes,
            const std::vector<std::uint32_t>& origin) {
    const A& arithmetic = this->arithmetic();
    if constexpr (A::is_traced)
      if (!product_) {
        sums = arithmetic.add_lanes(sums, terms, entry_count(shape_), term_lanes, lanes, origin, this->base_lanes());
        return;
      }
    for (std::size_t e = 0; e < entry_count(shape_); ++e)
      for (std::size_t l = 0; l < lanes; ++l) {
        typename Array::Scalar next{};
        const std::size_t at = e * this->base_lanes() + origin[l];
        const auto& term = terms.get(e * term_lanes + (term_lanes == 1 ? 0 : l));
        const Status status =
            product_ ? arithmetic.multiply(next, sums.get(at), term) : arithmetic.add(next, sums.get(at), term);
        sums.set(at, std::move(next));
        if (status != Status::ok) this->not_ok(origin[l], status);
      }
  }

  bool product_;
  bool started_ = false;
  Form form_ = Form::integer;
  Shape shape_;
  IntArray integers_;
  typename A::RealArray reals_;
  typename A::ComplexArray complexes_;
  IntArray count_;
};

/// Number of instances (whose body, if there is one, is true).
template <class A>
class CountReducer final : public Reducer<A> {
 public:
  CountReducer(Evaluator<A>& evaluator, const Node& node, std::size_t base_lanes)
      : Reducer<A>(evaluator, node, base_lanes), count_(base_lanes, 0) {}
  void absorb(BinderWalk<A>&, LaneSpace& leaf, const std::vector<std::uint32_t>& origin,
              const Value<A>* body) override {
    std::optional<TruthLanes> truth;
    if (body != nullptr) truth = this->truth(*body);
    for (std::size_t l = 0; l < leaf.lanes(); ++l) {
      const Truth each = truth ? truth->at(l) : Truth::true_;
      if (each == Truth::true_) ++count_[origin[l]];
      if (each == Truth::unknown) this->not_ok(origin[l], Status::open);
      if (each == Truth::undefined) this->not_ok(origin[l], Status::undefined);
    }
  }
  Value<A> finish() override { return integer_value<A>(count_, {}, this->status()); }

 private:
  IntArray count_;
};

}  // namespace assay::evaluate
