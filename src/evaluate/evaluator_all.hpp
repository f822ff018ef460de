#pragma once
/// The whole evaluator, for the files that instantiate it.
#include "evaluate/evaluator_binders.hpp"
#include "evaluate/evaluator_compare.hpp"
#include "evaluate/evaluator_core.hpp"
#include "evaluate/evaluator_functions.hpp"
#include "evaluate/evaluator_index.hpp"
#include "evaluate/evaluator_numbers.hpp"
#include "evaluate/evaluator_sample.hpp"
#include "evaluate/evaluator_sets.hpp"
#include "evaluate/evaluator_symbolic.hpp"
