#pragma once
// Balls of any precision, real and complex.
#include "number/complex_ball.hpp"
#include "number/real_ball.hpp"
