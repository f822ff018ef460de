#pragma once

namespace assay {

/// One of the two ends of a set of reals.
enum class End : bool { lower, upper };

}  // namespace assay
