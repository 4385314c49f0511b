#include "wire/path.hpp"

namespace wasl::wire {

std::string to_text(const Path& path) {
  std::string text = path.parent != nullptr ? to_text(*path.parent) : std::string();
  if (*path.name == '\0') return text;
  if (!text.empty()) text += '.';
  text += path.name;
  if (path.index >= 0) text += '[' + std::to_string(path.index) + ']';
  return text;
}

}  // namespace wasl::wire
