#pragma once
// The rulebook files of config/rulebooks as they were when this program was built, so that a sample
// needs nothing but the program.

#include <span>
#include <string_view>

namespace wasl::cli {

struct SampleRulebook {
  std::string_view name;  // "dz-cnas.toml"
  std::string_view content;
};
// By name.
[[nodiscard]] std::span<const SampleRulebook> sample_rulebooks();

}  // namespace wasl::cli
