#pragma once
#include "evaluate/reducer.hpp"

/// Reducers of binders: vectors, matrices and sets.
namespace assay::evaluate {

/// vector(i in S: e) and matrix(i in S, j in T: e).
template <class A>
class VectorReducer final : public Reducer<A> {
 public:
  using Num = Numeric<A>;
  VectorReducer(Evaluator<A>& evaluator, const Node& node, std::size_t base_lanes)
      : Reducer<A>(evaluator, node, base_lanes), seen_(base_lanes, 0), rows_(base_lanes, 0) {}

  void first_domain(const SetLanes<A>& set) override {
    for (std::size_t l = 0; l < rows_.size(); ++l) rows_[l] = set.at(l).size();
  }
  void absorb(BinderWalk<A>&, LaneSpace& leaf, const std::vector<std::uint32_t>& origin,
              const Value<A>* body) override {
    Num x = this->numeric(*body);
    if (!x.is_scalar())
      fail(this->node_.where, "the entries of a vector or matrix must be scalars, not of shape " + describe(x.shape),
           "Use hstack or vstack to put matrices together.");
    Part part{std::move(x), origin, std::vector<std::uint32_t>(leaf.lanes())};
    for (std::size_t l = 0; l < leaf.lanes(); ++l) {
      part.entry[l] = seen_[origin[l]]++;
      this->not_ok(origin[l], part.body.status.at(l));
    }
    form_ = std::max(form_, part.body.form);
    parts_.push_back(std::move(part));
  }

  Value<A> finish() override {
    const std::size_t lanes = this->base_lanes();
    const std::size_t entries = seen_[0];
    for (std::size_t l = 0; l < lanes; ++l)
      if (seen_[l] != entries || rows_[l] != rows_[0])
        throw SplitLanes{this->node_.where, "vectors or matrices of different sizes"};
    Shape shape{entries};
    if (this->node_.kind == notation::BinderKind::matrix) {
      if (rows_[0] != 0 && entries % rows_[0] != 0)
        fail(this->node_.where, "the rows of this matrix have different lengths");
      shape = {rows_[0], rows_[0] == 0 ? 0 : entries / rows_[0]};
    }
    detail::check_size<A>(entries, lanes, this->node_.where);
    Num out;
    out.shape = shape;
    out.lanes = lanes;
    out.form = form_;
    out.status = this->status();
    std::vector<Num> bodies;
    bodies.reserve(parts_.size());
    for (const Part& part : parts_) bodies.push_back(promoted(this->arithmetic(), part.body, form_));
    if (form_ == Form::integer) out.integers = put_together(bodies, &Num::integers, entries);
    if (form_ == Form::real) out.reals = put_together(bodies, &Num::reals, entries);
    if (form_ == Form::complex) out.complexes = put_together(bodies, &Num::complexes, entries);
    return {std::move(out)};
  }

 private:
  struct Part {
    Num body;
    std::vector<std::uint32_t> origin;
    std::vector<std::uint32_t> entry;
  };

  template <class Array>
  std::shared_ptr<const Array> put_together(const std::vector<Num>& bodies, std::shared_ptr<const Array> Num::*member,
                                            std::size_t entries) const {
    const auto place = [lanes = this->base_lanes()](const Part& part) {
      return [&part, lanes](std::size_t, std::size_t l) { return part.entry[l] * lanes + part.origin[l]; };
    };
    std::vector<evaluate::Part<Array, decltype(place(parts_.front()))>> pieces;
    for (std::size_t p = 0; p < parts_.size(); ++p)
      pieces.push_back({(bodies[p].*member).get(), 1, parts_[p].entry.size(), bodies[p].lanes, place(parts_[p])});
    return assembled(pieces, entries, this->base_lanes());
  }

  Form form_ = Form::integer;
  std::vector<std::uint32_t> seen_;
  std::vector<std::size_t> rows_;
  std::vector<Part> parts_;
};

/// {e for k in S where P}
template <class A>
class SetReducer final : public Reducer<A> {
 public:
  SetReducer(Evaluator<A>& evaluator, const Node& node, std::size_t base_lanes)
      : Reducer<A>(evaluator, node, base_lanes), items_(base_lanes) {}
  void absorb(BinderWalk<A>&, LaneSpace& leaf, const std::vector<std::uint32_t>& origin,
              const Value<A>* body) override {
    for (std::size_t l = 0; l < leaf.lanes(); ++l) {
      this->not_ok(origin[l], status_at(*body, l));
      items_[origin[l]].push_back(at_lane(*body, l));
    }
  }
  Value<A> finish() override {
    SetLanes<A> out;
    for (std::size_t l = 0; l < items_.size(); ++l) {
      std::optional<FiniteSet<A>> set;
      if (this->statuses_[l] == Status::ok) {
        set = this->make_set(std::move(items_[l]));
        if (!set) this->not_ok(static_cast<std::uint32_t>(l), Status::open);
      }
      out.sets.push_back(std::make_shared<const FiniteSet<A>>(set ? std::move(*set) : FiniteSet<A>{}));
    }
    out.status = this->status();
    return {std::move(out)};
  }

 private:
  std::vector<std::vector<Value<A>>> items_;
};

}  // namespace assay::evaluate
