#pragma once
// What a terminal has sent, or was about to send, and has no final answer to: one file per request,
// durable before the first byte leaves. Names begin with the time and the request id, so a listing
// is in order of age:
//   <milliseconds since 1970, 13 digits>-<request id, 32 hex digits>.open     the request's frame
//   the same .answer                                                          the answer's frame
//   the same .closed                                                          the frame, once final
// Whole frames as they travel: `wasl decode FILE` shows them. Several processes may share one.
// Files stay until somebody archives them. Blocking.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/calendar.hpp"
#include "core/files.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "wasl/v1/envelope.pb.h"

namespace wasl::cli {

struct OutboxEntry {
  core::RequestId id{};
  core::Instant made{};
  std::string frame{};     // With its header: what is sent, first and again.
  v1::Envelope request{};  // The same, read.
};

class Outbox {
 public:
  // Made, for this user alone, if it is not there.
  [[nodiscard]] static core::Result<Outbox> open(const std::string& path);
  // `lock_path` keeps other processes out while something changes; empty: there are none.
  Outbox(std::unique_ptr<core::Directory> directory, std::string lock_path)
      : directory_(std::move(directory)), lock_path_(std::move(lock_path)) {}

  // Durable when it returns. kExists, with the way out, if the request id was used before or if a
  // request for the same sale is open.
  [[nodiscard]] core::Result<void> begin(const OutboxEntry& entry);
  // Stores the answer beside the request and closes it, durably. Again: no effect but the newer
  // answer. kNotFound if the id is not here.
  [[nodiscard]] core::Result<void> finish(const core::RequestId& id, const v1::Envelope& answer);
  // Forgets a request that certainly had no effect. kNotFound if it is not open.
  [[nodiscard]] core::Result<void> withdraw(const core::RequestId& id);
  // Without an answer, oldest first. kCorrupt names a file that is no request's.
  [[nodiscard]] core::Result<std::vector<OutboxEntry>> open_entries() const;
  // The answer that was stored, if the request is closed.
  [[nodiscard]] core::Result<std::optional<v1::Envelope>> answer(const core::RequestId& id) const;

 private:
  [[nodiscard]] core::Result<void> refuse_second(const OutboxEntry& entry) const;
  [[nodiscard]] core::Result<std::string> stem_of(const core::RequestId& id) const;
  [[nodiscard]] core::Result<OutboxEntry> read_entry(const std::string& name) const;
  [[nodiscard]] core::Result<std::string> read(const std::string& name) const;
  [[nodiscard]] core::Result<void> write(const std::string& name, std::string_view bytes);

  std::unique_ptr<core::Directory> directory_;
  std::string lock_path_;
};

// 32 hexadecimal digits, or base64 as JSON has ids.
[[nodiscard]] std::optional<core::RequestId> parse_request_id(std::string_view text);
// Of a request's own field; nothing unless it has 16 bytes.
[[nodiscard]] std::optional<core::RequestId> request_id_of(const v1::Envelope& request);

}  // namespace wasl::cli
