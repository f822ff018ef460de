#pragma once

namespace assay {

/// An end of a set of real numbers (ends.hpp).
enum class End : bool { lower, upper };

}  // namespace assay
