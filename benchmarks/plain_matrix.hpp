#pragma once
#include <Eigen/Dense>
#include <string>

#include "files/value.hpp"

/// Networks in plain doubles, the peers of certified ones.
namespace assay::benchmarks {

using PlainMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// rows × columns numbers of a tensor of doubles, by rows, from `offset` on.
inline PlainMatrix matrix_of(const files::FileValue& file, const std::string& name, std::size_t rows,
                             std::size_t columns, std::size_t offset = 0) {
  const auto& tensor = std::get<files::TensorPtr>(std::get<files::Record>(file.content).find(name)->content);
  const auto& values = std::get<std::vector<double>>(tensor->values());
  return Eigen::Map<const PlainMatrix>(values.data() + offset, static_cast<Eigen::Index>(rows),
                                       static_cast<Eigen::Index>(columns));
}

/// For how many a, b in 0, …, p − 1 the largest entry of column a·p + b is number a + b mod p.
inline long right_answers(const PlainMatrix& logits, int p) {
  long count = 0;
  for (int i = 0; i < p * p; ++i) {
    Eigen::Index best = 0;
    logits.col(i).maxCoeff(&best);
    count += best == (i / p + i % p) % p ? 1 : 0;
  }
  return count;
}

}  // namespace assay::benchmarks
