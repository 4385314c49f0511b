#include "net/lane.hpp"

#include <boost/asio/post.hpp>
#include <iterator>
#include <utility>

#include "core/assert.hpp"
#include "net/session.hpp"

namespace wasl::net {
Lane::Lane(asio::io_context& context, std::uint32_t index, const LaneParts& parts)
    : context_(context),
      index_(index),
      parts_(parts),
      decoder_(parts.read_rulebook),
      verifier_(parts.keys) {}

std::uint64_t Lane::enter(Session& session) {
  const std::uint64_t id = ++sessions_ever_;
  sessions_.emplace(id, &session);
  return id;
}

void Lane::leave(std::uint64_t session) {
  const std::size_t left = sessions_.erase(session);
  WASL_ASSERT(left == 1);
}

void Lane::submit(engine::Submission submission) {
  leaving_.push_back(std::move(submission));
  if (std::exchange(flush_posted_, true)) return;
  asio::post(context_, [this] { flush(); });
}

void Lane::flush() {
  flush_posted_ = false;
  std::vector<engine::Submission> submissions = std::exchange(leaving_, {});
  parts_.inbox.submit(submissions);
  std::vector<engine::Delivery> refused;
  for (const engine::Submission& submission : submissions) {
    parts_.observer.busy(core::BusyCause::kQueue);
    refused.push_back(
        {submission.origin,
         core::Refused{core::Refusal::kBusy, core::BusyCause::kQueue, parts_.retry_after_ms},
         submission.received});
  }
  hand_over(std::move(refused));
}

void Lane::deliver(std::vector<engine::Delivery> deliveries) {
  asio::post(context_, [this, deliveries = std::move(deliveries)]() mutable {
    hand_over(std::move(deliveries));
  });
}

void Lane::hand_over(std::vector<engine::Delivery> deliveries) {
  for (engine::Delivery& delivery : deliveries) {
    const auto session = sessions_.find(delivery.origin.connection);
    if (session != sessions_.end()) session->second->take(std::move(delivery));
  }
}

}  // namespace wasl::net
