#include "evaluate/sampling.hpp"

#include <algorithm>

#include "base/contract.hpp"
#include "evaluate/sample.hpp"

namespace assay::evaluate {

Integer Extent::size() const {
  if (form != Form::subsets) return Integer(static_cast<unsigned long>(elements));
  Integer out;
  if (!chosen)
    mpz_ui_pow_ui(out.get_mpz_t(), 2, elements);
  else
    mpz_bin_uiui(out.get_mpz_t(), elements, *chosen);
  return out;
}

Drawing::Drawing(const Assignments& assignments, std::uint64_t seed) : assignments_(assignments), random_(seed) {
  ASSAY_ENSURE(assignments.total() > 0, "there is something to draw");
}

/// Uniform in 0, …, bound − 1: as many bits as bound − 1 has, until they are below the bound.
Integer Drawing::below(const Integer& bound) {
  constexpr std::size_t word = 64;
  const Integer most = bound - 1;
  const std::size_t bits = most == 0 ? 0 : mpz_sizeinbase(most.get_mpz_t(), 2);
  for (;;) {
    Integer draw = 0;
    for (std::size_t done = 0; done < bits; done += word) {
      const std::size_t take = std::min(word, bits - done);
      draw = (draw << take) + Integer(static_cast<unsigned long>(random_.next() >> (word - take)));
    }
    if (draw < bound) return draw;
  }
}

/// A value of a generator; an offset or subset is put down in `out`.
std::uint32_t Drawing::position(const Extent& extent, DrawnPoints& out) {
  if (extent.form == Extent::Form::range) {
    out.offsets.push_back(random_.below(extent.elements));
    return static_cast<std::uint32_t>(out.offsets.size() - 1);
  }
  if (extent.form == Extent::Form::list) {
    if (extent.elements > UINT32_MAX) throw BudgetExceeded("a set of more than 4 thousand million elements");
    return static_cast<std::uint32_t>(random_.below(extent.elements));
  }
  std::vector<std::uint32_t> subset;
  if (extent.chosen) {
    for (const std::size_t p : sample_positions(extent.elements, *extent.chosen, random_))
      subset.push_back(static_cast<std::uint32_t>(p));
  } else {
    // Each element is in half of the subsets, independently of the others.
    for (std::uint64_t i = 0; i < extent.elements; ++i)
      if (random_.below(2) == 1) subset.push_back(static_cast<std::uint32_t>(i));
  }
  out.subsets.push_back(std::move(subset));
  return static_cast<std::uint32_t>(out.subsets.size() - 1);
}

void Drawing::draw(DrawnPoints& out, std::uint64_t count) {
  const Assignments& a = assignments_;
  const std::size_t rest = a.generators - a.listed;
  out.points.generators = a.generators;
  out.forms.assign(a.generators, Extent::Form::list);
  for (std::size_t g = 0; g < rest; ++g) out.forms[a.listed + g] = a.extents[g].form;
  for (std::uint64_t i = 0; i < count; ++i) {
    std::size_t prefix = 0;
    if (a.up_to.size() > 1) {
      const auto found = std::upper_bound(a.up_to.begin(), a.up_to.end(), below(a.total()));
      prefix = static_cast<std::size_t>(found - a.up_to.begin());
    }
    for (std::size_t g = 0; g < a.listed; ++g) out.points.flat.push_back(a.prefixes[prefix * a.listed + g]);
    for (std::size_t g = 0; g < rest; ++g) out.points.flat.push_back(position(a.extents[prefix * rest + g], out));
  }
}

DrawnPoints selected(const DrawnPoints& all, const std::vector<std::size_t>& numbers) {
  DrawnPoints out;
  out.points.generators = all.points.generators;
  out.forms = all.forms;
  for (const std::size_t number : numbers)
    for (std::size_t g = 0; g < all.points.generators; ++g) {
      std::uint32_t position = all.points.flat[number * all.points.generators + g];
      if (all.forms[g] == Extent::Form::range) {
        out.offsets.push_back(all.offsets[position]);
        position = static_cast<std::uint32_t>(out.offsets.size() - 1);
      } else if (all.forms[g] == Extent::Form::subsets) {
        out.subsets.push_back(all.subsets[position]);
        position = static_cast<std::uint32_t>(out.subsets.size() - 1);
      }
      out.points.flat.push_back(position);
    }
  return out;
}

}  // namespace assay::evaluate
