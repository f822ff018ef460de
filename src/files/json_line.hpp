#pragma once
#include <nlohmann/json.hpp>
#include <string>

namespace assay::files {

/// The value on one line, without its end. What is no UTF-8 in it, such as names of files, shows as U+FFFD.
template <class Json>
[[nodiscard]] std::string json_line(const Json& value) {
  constexpr int on_one_line = -1;
  return value.dump(on_one_line, ' ', false, Json::error_handler_t::replace);
}

}  // namespace assay::files
