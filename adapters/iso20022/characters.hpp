#pragma once
// What a text of XML 1.0 may hold: the characters of its production Char, as UTF-8 of RFC 3629
// (no overlong form, no surrogate). Pure.

#include <cstddef>
#include <string_view>

namespace wasl::iso20022 {

// Bytes of the longest beginning that XML admits; text.size() if it admits all of it.
[[nodiscard]] std::size_t legal_bytes(std::string_view text);

// Characters of a text that XML admits, as the schemas' maxLength counts them.
[[nodiscard]] std::size_t character_count(std::string_view text);

// A character below U+0020, or U+007F: XML admits some, a name or an id has none.
[[nodiscard]] bool has_control_character(std::string_view text);

}  // namespace wasl::iso20022
