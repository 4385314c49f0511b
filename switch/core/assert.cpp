#include "core/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace wasl::core {

void assertion_failed(const char* condition, const char* file, int line) noexcept {
  std::fprintf(stderr, "wasl: bug: %s is false at %s:%d\n", condition, file, line);
  std::abort();
}

}  // namespace wasl::core
