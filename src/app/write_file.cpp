#include "app/write_file.hpp"

#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "base/error.hpp"

namespace assay::app {

void write_file(const std::string& path, const std::string& content) {
  const std::string temporary = path + ".part" + std::to_string(getpid());
  {
    std::ofstream out(temporary, std::ios::binary);
    out << content;
    out.close();
    if (!out) {
      (void)std::remove(temporary.c_str());
      throw InputError("cannot write " + path, "Is its directory there and writable, and is there space?");
    }
  }
  if (std::rename(temporary.c_str(), path.c_str()) != 0) {
    (void)std::remove(temporary.c_str());
    throw InputError("cannot write " + path, "Is it a directory?");
  }
}

}  // namespace assay::app
