#include "cli/demo_peer.hpp"

#include "cli/format.hpp"
#include "cli/outbox.hpp"
#include "cli/receipt.hpp"
#include "wire/client.hpp"

namespace wasl::cli {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPatience{5'000};

}  // namespace

core::Result<DemoPeer> DemoPeer::connect(const DemoStage& stage, std::uint16_t port,
                                         const DemoPerson& person) {
  core::Result<BlockingClient> client = BlockingClient::connect({.host = "127.0.0.1",
                                                                 .port = std::to_string(port),
                                                                 .tls = stage.tls,
                                                                 .certificate = person.certificate},
                                                                kPatience);
  if (!client) return std::unexpected(client.error());
  return DemoPeer(std::move(*client), person);
}

core::Result<Told> DemoPeer::ask(v1::Envelope request) {
  request.set_correlation_id(++correlation_);
  request.mutable_options()->add_languages(v1::ENGLISH);
  const core::Result<std::string> frame = wire::frame_of(request);
  if (!frame) return std::unexpected(frame.error());
  const steady_clock::time_point sent = steady_clock::now();
  core::Result<v1::Envelope> answer = client_.call(*frame, correlation_, kPatience);
  const auto took =
      std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - sent);
  if (!answer) return std::unexpected(answer.error());
  if (answer->has_refused()) {
    return core::fail(core::Errc::kNotPermitted, "refused: " + answer->refused().sentence());
  }
  return Told{
      .request = std::move(request), .answer = std::move(*answer), .body = {}, .took = took};
}

core::Result<Told> DemoPeer::submit(v1::Envelope request) {
  core::Result<Told> told = ask(std::move(request));
  if (!told) return told;
  core::Result<v1::AnswerBody> body = wire::read_body(told->answer.answer().body());
  if (!body) return std::unexpected(body.error());
  told->body = std::move(*body);
  // The journal names an operator's centre, for which it speaks.
  kept_.push_back(open_exchange(core::speaker_of(me())->participant, told->request));
  close_exchange(kept_.back(), told->answer.answer());
  return told;
}

AskPage asking(DemoPeer& peer) {
  return [&peer](const v1::Envelope& request) -> core::Result<v1::Envelope> {
    core::Result<Told> told = peer.ask(request);
    if (!told) return std::unexpected(told.error());
    return std::move(told->answer);
  };
}

core::Result<std::string> receipt_of(const Told& told) {
  const v1::Envelope& request = told.request;
  return receipt(
      {.answer = told.answer,
       .lines = request.has_submit_claim() ? &request.submit_claim().claim().lines() : nullptr,
       .id = request_id_of(request),
       .took = told.took});
}

std::string dinars(std::int64_t cents) { return amount_for_people(cents) + " DZD"; }

}  // namespace wasl::cli
