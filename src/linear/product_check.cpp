#include "linear/product_check.hpp"

#include "base/contract.hpp"

namespace assay {

namespace {

bool is_product_by_entries(const IntegerMatrix& a, const IntegerMatrix& x, const FlintInteger& factor,
                           const IntegerMatrix& c) {
  FlintInteger sum;
  for (std::size_t i = 0; i < a.rows(); ++i)
    for (std::size_t j = 0; j < x.cols(); ++j) {
      fmpz_mul(sum.get(), factor.get(), c.at(i, j));
      for (std::size_t t = 0; t < a.cols(); ++t) fmpz_submul(sum.get(), a.at(i, t), x.at(t, j));
      if (!fmpz_is_zero(sum.get())) return false;
    }
  return true;
}

}  // namespace

bool is_product(const IntegerMatrix& a, const IntegerMatrix& x, const Integer& factor, const IntegerMatrix& c,
                [[maybe_unused]] unsigned threads) {
  ASSAY_ENSURE(a.cols() == x.rows() && a.rows() == c.rows() && x.cols() == c.cols(), "a product's extents fit");
  return is_product_by_entries(a, x, FlintInteger(factor), c);
}

IntegerMatrix checked_product(const IntegerMatrix& a, const IntegerMatrix& x, unsigned threads) {
  IntegerMatrix out(a.rows(), x.cols());
  fmpz_mat_mul(out.get(), a.get(), x.get());
  ASSAY_ENSURE(is_product(a, x, Integer(1), out, threads), "FLINT's product of matrices is right");
  return out;
}

}  // namespace assay
