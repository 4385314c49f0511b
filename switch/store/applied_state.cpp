#include "store/applied_state.hpp"

#include <string>

#include "core/bytes.hpp"
#include "store/failure.hpp"

namespace wasl::store {

using core::Errc;

std::string encode_applied(const journal::Anchor& anchor) {
  std::string out;
  core::Writer writer(out);
  writer.integer(kStoreFormatVersion);
  writer.raw(journal::encode_anchor(anchor));
  return out;
}

core::Result<journal::Anchor> decode_applied(std::string_view bytes) {
  core::Reader in(core::as_bytes(bytes));
  const auto version = in.integer<std::uint16_t>();
  if (in.ok() && version > kStoreFormatVersion) {
    return core::fail(Errc::kUnsupported, "the store has format version " +
                                              std::to_string(version) + ", this build reads " +
                                              std::to_string(kStoreFormatVersion) +
                                              ": use a newer wasl");
  }
  if (in.ok() && version > 0 && version < kStoreFormatVersion) {
    return core::fail(Errc::kUnsupported, "the store has format version " +
                                              std::to_string(version) + ", this build reads " +
                                              std::to_string(kStoreFormatVersion) + kRebuild);
  }
  const auto anchor = in.array<journal::kAnchorBytes>();
  if (!in.finished() || version == 0) {
    return core::fail(Errc::kCorrupt,
                      std::string("the store's row of applied state is damaged") + kRebuild);
  }
  return journal::decode_anchor(anchor);
}

}  // namespace wasl::store
