#pragma once
// Where a field stands in a request, as a chain of places on the stack: nothing is allocated unless
// a refusal has to name the field.

#include <string>

namespace wasl::wire {

struct Path {
  const Path* parent = nullptr;
  const char* name = "";
  int index = -1;  // Of a repeated field, from 0.
};

// "claim.lines[3].quantity". Places without a name are left out.
[[nodiscard]] std::string to_text(const Path& path);

}  // namespace wasl::wire
