#include "app/target.hpp"

#include <filesystem>

namespace assay::app {

std::pair<std::string, std::string> split_target(const std::string& target) {
  const std::size_t mark = target.rfind('#');
  if (mark == std::string::npos || std::filesystem::exists(target)) return {target, ""};
  return {target.substr(0, mark), target.substr(mark + 1)};
}

}  // namespace assay::app
