#pragma once
#include "evaluate/finding.hpp"
#include "linear/inertia.hpp"
#include "linear/matrix.hpp"
#include "linear/root_test.hpp"

/// What can be said about one matrix: det, inverse, rank, kernel, … of the notation. Each arithmetic has a class of
/// matrices, `matrices_of(arithmetic)`, and each ladder one for matrices of rational numbers; their members answer with
/// a `Finding` (prover_matrices.hpp has the prover's).
