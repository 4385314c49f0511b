#include "store/stored_row.hpp"

#include <algorithm>

#include "core/codec.hpp"

namespace wasl::store {

bool keeps_receipt(std::string_view key) {
  return key.starts_with(static_cast<char>(core::KeyTag::kRequest));
}

bool is_reference(std::string_view key) {
  return !key.empty() &&
         std::ranges::find(kReferenceTags, core::KeyTag{key.front()}) != kReferenceTags.end();
}

void encode_stored(const core::RowKey& key, const core::Row& row, std::string& out) {
  if (keeps_receipt(key.view())) {
    out.append(core::as_text(std::get<core::RequestRow>(row).receipt));
  }
  core::encode_row(row, out);
}

std::optional<core::Row> decode_stored(const core::RowKey& key, std::string_view bytes) {
  if (!keeps_receipt(key.view())) return core::decode_row(key, core::as_bytes(bytes));
  if (bytes.size() < kReceiptBytes) return std::nullopt;
  auto row = core::decode_row(key, core::as_bytes(bytes.substr(kReceiptBytes)));
  if (!row.has_value()) return std::nullopt;
  auto& receipt = std::get<core::RequestRow>(*row).receipt;
  std::ranges::copy(core::as_bytes(bytes.substr(0, kReceiptBytes)), receipt.begin());
  return row;
}

}  // namespace wasl::store
