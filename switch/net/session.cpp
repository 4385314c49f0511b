#include "net/session.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "core/assert.hpp"
#include "core/permission.hpp"
#include "wire/encode.hpp"

namespace wasl::net {
namespace {

// A minute's look-ups are used up: the next minute begins within this.
constexpr std::uint32_t kRateRetryMs = 60'000;
// An operator has to bring the keys back.
constexpr std::uint32_t kKeysRetryMs = 5'000;

// Asked without the card's proof; or a day, for which all of a participant's postings are read.
bool is_look_up(const core::Command& command) {
  const core::Deed deed = core::deed_of(command.request);
  if (deed == core::Deed::kReconcile) return command.from.role != core::Role::kFund;
  const bool rights = deed == core::Deed::kGetRights || deed == core::Deed::kUpdateCard;
  return rights && command.from.role != core::Role::kProvider;
}

}  // namespace

Session::Session(std::shared_ptr<Connection> peer, std::shared_ptr<Lane> lane)
    : peer_(std::move(peer)),
      lane_(std::move(lane)),
      id_(lane_->enter(*this)),
      answered_(lane_->context()) {
  answered_.expires_at(asio::steady_timer::time_point::max());
}

Session::~Session() { lane_->leave(id_); }

asio::awaitable<void> Session::run() {
  for (;;) {
    const core::Result<core::ByteView> frame = co_await peer_->read_frame();
    if (!frame) {
      refuse_broken(frame.error());
      break;
    }
    take_frame(*frame);
  }
  while (in_flight_ > 0 && peer_->is_open()) {
    boost::system::error_code cancelled;
    co_await answered_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  }
}

void Session::take_frame(core::ByteView frame) {
  const engine::MonotonicTime received = std::chrono::steady_clock::now();
  std::expected<wire::Decoded, wire::Refusal> decoded =
      lane_->decoder().decode(frame, peer_->participant());
  lane_->observer().stage(core::Stage::kDecode, std::chrono::steady_clock::now() - received);
  if (!decoded) {
    lane_->observer().refused(decoded.error().refused.code);
    wire::encode_refusal(decoded.error(), frame_);
    return send();
  }
  take_request(std::move(*decoded), received);
}

void Session::take_request(wire::Decoded decoded, engine::MonotonicTime received) {
  if (decoded.echo) {
    wire::encode_echo(decoded.correlation_id, decoded.echo_data, frame_);
    return send();
  }
  const std::uint64_t correlation = decoded.correlation_id;
  for (core::Command& command : decoded.commands) {
    if (!core::permitted(peer_->participant().role, command.request)) {
      return refuse(correlation, {core::Refusal::kNotPermitted},
                    "this role may not send this request");
    }
    if (is_look_up(command) && !lane_->look_ups().admit(peer_->certificate(), received)) {
      return refuse(correlation, {core::Refusal::kBusy, core::BusyCause::kRate, kRateRetryMs},
                    "this certificate's look-ups of the minute are used up: send the same request "
                    "again after retry_after_ms");
    }
    const auto began = std::chrono::steady_clock::now();
    const core::Result<void> verified = lane_->verifier().verify(command);
    lane_->observer().stage(core::Stage::kProof, std::chrono::steady_clock::now() - began);
    if (!verified) {
      return refuse(
          correlation, {core::Refusal::kBusy, core::BusyCause::kKeys, kKeysRetryMs},
          "the keys that prove cards cannot be reached: send the same request again after "
          "retry_after_ms");
    }
  }
  const bool repeated_correlation = decoded.batch && batches_.contains(correlation);
  if (repeated_correlation || in_flight_ + decoded.commands.size() > kInFlightMax) {
    return refuse(correlation,
                  {core::Refusal::kBusy, core::BusyCause::kQueue, lane_->retry_after_ms()},
                  "too many requests of this connection wait for their answers: read some, then "
                  "send the same request again");
  }
  submit(decoded, received);
}

void Session::submit(wire::Decoded& decoded, engine::MonotonicTime received) {
  const std::size_t count = decoded.commands.size();
  if (decoded.batch) batches_.emplace(decoded.correlation_id, Batch{{count, core::Reply{}}, count});
  for (std::size_t i = 0; i < count; ++i) {
    ++in_flight_;
    lane_->submit({.command = std::move(decoded.commands[i]),
                   .origin = {.io_thread = lane_->index(),
                              .connection = id_,
                              .correlation = decoded.correlation_id,
                              .item = static_cast<std::uint16_t>(i),
                              .batch = decoded.batch,
                              .languages = decoded.languages},
                   .wants_trace = decoded.trace,
                   .received = received});
  }
}

// Whoever is not on file has the typed answer and is closed behind it.
void Session::take(engine::Delivery delivery) {
  WASL_ASSERT(in_flight_ > 0);
  --in_flight_;
  lane_->observer().stage(core::Stage::kTotal,
                          std::chrono::steady_clock::now() - delivery.received);
  const auto* refused = std::get_if<core::Refused>(&delivery.reply);
  const bool unregistered = refused != nullptr && refused->code == core::Refusal::kNotRegistered;
  if (delivery.origin.batch) {
    take_batch_item(std::move(delivery));
  } else {
    wire::encode_reply({.correlation_id = delivery.origin.correlation,
                        .journal = lane_->journal_id(),
                        .languages = delivery.origin.languages},
                       delivery.reply, frame_);
    send();
  }
  if (unregistered) peer_->stop();
  if (in_flight_ == 0) answered_.cancel();
}

void Session::take_batch_item(engine::Delivery delivery) {
  const auto found = batches_.find(delivery.origin.correlation);
  WASL_ASSERT(found != batches_.end());
  Batch& batch = found->second;
  batch.replies[delivery.origin.item] = std::move(delivery.reply);
  if (--batch.missing > 0) return;
  wire::encode_batch({.correlation_id = delivery.origin.correlation,
                      .journal = lane_->journal_id(),
                      .languages = delivery.origin.languages},
                     batch.replies, frame_);
  batches_.erase(found);
  send();
}

void Session::refuse_broken(const core::Error& error) {
  if (error.code == core::Errc::kLimit) {
    wire::encode_refusal(wire::HeaderFault::kTooLarge, frame_);
  } else if (error.code == core::Errc::kMalformed) {
    wire::encode_refusal(wire::HeaderFault::kEmpty, frame_);
  } else {
    return;
  }
  send();
}

void Session::refuse(std::uint64_t correlation, const core::Refused& refused,
                     const char* sentence) {
  if (refused.code == core::Refusal::kBusy) {
    lane_->observer().busy(refused.cause);
  } else {
    lane_->observer().refused(refused.code);
  }
  wire::encode_refusal(
      {.refused = refused, .sentence = sentence, .field = {}, .correlation_id = correlation},
      frame_);
  send();
}

// A peer that is gone or too slow is not an error here: what was decided is stored, and it asks
// again.
void Session::send() {
  static_cast<void>(peer_->send(std::string_view{frame_}.substr(wire::kFrameHeaderBytes)));
  frame_.clear();
}

asio::awaitable<void> Gate::serve(std::shared_ptr<Connection> peer) {
  const std::shared_ptr<Lane>& lane = lane_of(*peer);
  Session session(std::move(peer), lane);
  co_await session.run();
}

void Gate::deliver(std::vector<engine::Delivery> deliveries) {
  if (lanes_.size() == 1) return lanes_.front()->deliver(std::move(deliveries));
  std::vector<std::vector<engine::Delivery>> sorted(lanes_.size());
  for (engine::Delivery& delivery : deliveries) {
    sorted[delivery.origin.io_thread].push_back(std::move(delivery));
  }
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    if (!sorted[i].empty()) lanes_[i]->deliver(std::move(sorted[i]));
  }
}

const std::shared_ptr<Lane>& Gate::lane_of(Connection& peer) const {
  const asio::execution_context& context = asio::query(peer.executor(), asio::execution::context);
  for (const std::shared_ptr<Lane>& lane : lanes_) {
    if (&lane->context() == &context) return lane;
  }
  core::assertion_failed("a connection runs on one of the lanes' threads", __FILE__, __LINE__);
}

}  // namespace wasl::net
