#pragma once
// Rulebook files (config/rulebooks/*.toml, which explain each key) to core::Rulebook. Pure: no file
// is opened and nothing is kept. Any thread.

#include <string_view>

#include "core/reference.hpp"
#include "core/result.hpp"

namespace wasl::rulebook {

// Problems of one file that are shown; the number of the rest is said.
inline constexpr std::size_t kProblemsMax = 20;

// The rulebook with the SHA-256 of the text. Errors: kLimit above core::kRulebookBytesMax; else
// kMalformed, one problem per line of the context as `line:column: what is wrong, what was
// expected`, with the nearest known key where one was mistyped.
[[nodiscard]] core::Result<core::Rulebook> read_rulebook(std::string_view text);

}  // namespace wasl::rulebook
