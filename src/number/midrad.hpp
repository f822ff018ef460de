#pragma once
/// Midpoint-radius arithmetic on machine doubles: the first rigorous attempt at everything.
#include "number/midrad_complex.hpp"
#include "number/midrad_real.hpp"
