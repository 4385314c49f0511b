#pragma once
// What a replay found, for people (text) and for scripts (one JSON object). Pure.

#include <string>

#include "cli/replay.hpp"

namespace wasl::cli {

// Ends with a newline. A difference is a line of its own that begins with DIFFERS; without any, and
// without a rulebook or a trace, the last line is OK.
[[nodiscard]] std::string replay_text(const Replayed& replayed, const ReplayOptions& options);

// docs/operating.md "Replay" explains the fields.
[[nodiscard]] std::string replay_json(const Replayed& replayed, const ReplayOptions& options);

}  // namespace wasl::cli
