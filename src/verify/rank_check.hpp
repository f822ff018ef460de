#pragma once
#include <cstddef>
#include <optional>

#include "linear/inertia.hpp"
#include "linear/matrix.hpp"
#include "linear/rational_rank.hpp"
#include "number/integer.hpp"

/// Certificates of ranks and inertias, checked in GMP's integers. What a certificate says, and why it is enough, is
/// written where its type is defined (linear/rational_rank.hpp, linear/inertia.hpp); nothing of what is there is used.
namespace assay::verify {

/// The rank of `a` if the certificate proves it, else nothing. Every part of it may come from anywhere. That `prime` is
/// a prime number does not matter: a determinant that is not 0 modulo any number is not 0.
[[nodiscard]] std::optional<std::size_t> certified_rank(const Matrix<Rational>& a, const RankCertificate& certificate);

/// The inertia of `a` if it is symmetric and the certificate proves it, else nothing.
[[nodiscard]] std::optional<Inertia> certified_inertia(const Matrix<Rational>& a,
                                                       const InertiaCertificate& certificate);

}  // namespace assay::verify
