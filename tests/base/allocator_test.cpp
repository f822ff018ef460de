#include "base/allocator.hpp"

#include <catch2/catch.hpp>
#include <cstring>
#include <set>
#include <thread>

using namespace assay;

TEST_CASE("arrays of every size around the limits of the reserve can be written to their ends", "[base][allocator]") {
  const std::size_t least = BlockReserve::smallest_block / sizeof(double);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, least - 1, least, least + 1, 5 * least / 4,
                                 5 * least / 4 + 1, 2 * least - 1, 2 * least, std::size_t{3000000}}) {
    for (int round = 0; round < 3; ++round) {
      UnfilledVector<double> array(size);
      std::fill(array.begin(), array.end(), 1.0 + round);
      UnfilledVector<double> grown = array;
      grown.push_back(7);
      CHECK(grown.size() == size + 1);
      CHECK(std::all_of(array.begin(), array.end(), [&](double x) { return x == 1.0 + round; }));
    }
  }
}

TEST_CASE("arrays that are alive at the same time do not share memory", "[base][allocator]") {
  std::vector<UnfilledVector<double>> alive;
  std::set<const double*> places;
  for (int i = 0; i < 200; ++i) {
    alive.emplace_back(20000 + 100 * (i % 7));
    CHECK(places.insert(alive.back().data()).second);
    if (i % 3 == 0) {
      places.erase(alive.front().data());
      alive.erase(alive.begin());
    }
  }
}

TEST_CASE("an array may be given back by another thread than made it, and after that thread's end",
          "[base][allocator]") {
  UnfilledVector<double> made_there;
  std::thread([&] {
    made_there = UnfilledVector<double>(50000);
    std::fill(made_there.begin(), made_there.end(), 3.0);
    UnfilledVector<double> kept(50000);
  }).join();
  CHECK(std::all_of(made_there.begin(), made_there.end(), [](double x) { return x == 3.0; }));
  UnfilledVector<double> made_here(60000, 2.0);
  std::thread([array = std::move(made_here)]() mutable { array = UnfilledVector<double>(); }).join();
  made_there = UnfilledVector<double>();
}

TEST_CASE("a size that no memory can hold is refused", "[base][allocator]") {
  CHECK_THROWS(UnfilledVector<double>(SIZE_MAX / 8));
  CHECK_THROWS_AS(Unfilled<double>().allocate(SIZE_MAX / 4), std::bad_alloc);
}
