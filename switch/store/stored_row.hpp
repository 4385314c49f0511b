#pragma once
// A row as it lies in the store: core::encode_row's bytes; a request row's stand behind the 32
// bytes of its receipt, which is known only when the record is durable. docs/data_format.md
// "Store". Pure.

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/row_set.hpp"

namespace wasl::store {

inline constexpr std::size_t kReceiptBytes = sizeof(core::Sha256);

// True of keys of request rows.
[[nodiscard]] bool keeps_receipt(std::string_view key);

// What core::Reference is read from at a start.
inline constexpr std::array kReferenceTags{core::KeyTag::kFund, core::KeyTag::kRulebook,
                                           core::KeyTag::kProduct, core::KeyTag::kTarif,
                                           core::KeyTag::kPrescriber};
[[nodiscard]] bool is_reference(std::string_view key);

// A present row; appends to `out`.
void encode_stored(const core::RowKey& key, const core::Row& row, std::string& out);

// Nothing if the bytes are not a row of this key.
[[nodiscard]] std::optional<core::Row> decode_stored(const core::RowKey& key,
                                                     std::string_view bytes);

}  // namespace wasl::store
