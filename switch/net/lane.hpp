#pragma once
// One I/O thread's end of the way to the engine: its sessions, its codecs, and the commands of one
// turn on their way together. Only deliver() may be called from another thread.

#include <absl/container/flat_hash_map.h>

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <vector>

#include "card/verifier.hpp"
#include "core/observer.hpp"
#include "engine/inbox.hpp"
#include "net/look_up_rate.hpp"
#include "wire/decode.hpp"

namespace wasl::net {

namespace asio = boost::asio;

class Session;

// What all lanes share; outlives them.
struct LaneParts {
  engine::Inbox& inbox;
  const card::KeyProvider& keys;
  wire::RulebookReader read_rulebook;
  core::DataId journal_id{};  // Goes into receipts.
  LookUpRate& look_ups;
  core::Observer& observer;
  std::uint32_t retry_after_ms;  // Of BUSY where a queue is full: it empties within a few groups.
};

class Lane {
 public:
  // `index` is the lane's own number, given back with each delivery.
  Lane(asio::io_context& context, std::uint32_t index, const LaneParts& parts);
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  // The session may submit and is handed its answers until it leaves.
  [[nodiscard]] std::uint64_t enter(Session& session);
  void leave(std::uint64_t session);

  // Sent to the engine at the end of this turn of the thread, with all others of the turn. What the
  // engine has no room for is answered BUSY.
  void submit(engine::Submission submission);
  // Any thread; one post for all. Answers whose session has left are dropped: they are stored, and
  // the participant asks again.
  void deliver(std::vector<engine::Delivery> deliveries);

  [[nodiscard]] std::uint32_t index() const { return index_; }
  [[nodiscard]] asio::io_context& context() { return context_; }
  [[nodiscard]] wire::Decoder& decoder() { return decoder_; }
  [[nodiscard]] const core::DataId& journal_id() const { return parts_.journal_id; }
  [[nodiscard]] card::Verifier& verifier() { return verifier_; }
  [[nodiscard]] LookUpRate& look_ups() { return parts_.look_ups; }
  [[nodiscard]] core::Observer& observer() { return parts_.observer; }
  [[nodiscard]] std::uint32_t retry_after_ms() const { return parts_.retry_after_ms; }

 private:
  void flush();
  void hand_over(std::vector<engine::Delivery> deliveries);

  asio::io_context& context_;
  const std::uint32_t index_;
  LaneParts parts_;
  wire::Decoder decoder_;
  card::Verifier verifier_;
  absl::flat_hash_map<std::uint64_t, Session*> sessions_;
  std::uint64_t sessions_ever_ = 0;
  std::vector<engine::Submission> leaving_;
  bool flush_posted_ = false;
};

}  // namespace wasl::net
