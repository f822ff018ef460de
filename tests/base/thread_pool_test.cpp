#include "base/thread_pool.hpp"

#include <atomic>
#include <catch2/catch.hpp>

TEST_CASE("a pool runs the work once for each number, and waits", "[base]") {
  assay::ThreadPool pool(4);
  for (unsigned n = 1; n <= 4; ++n)
    for (int round = 0; round < 200; ++round) {
      std::vector<int> calls(4);
      pool.run(n, [&](unsigned i) { ++calls[i]; });
      for (unsigned i = 0; i < 4; ++i) REQUIRE(calls[i] == (i < n ? 1 : 0));
    }
}
