#include "cli/terminal.hpp"

#include <algorithm>
#include <thread>

#include "core/assert.hpp"
#include "net/certificates.hpp"
#include "net/identity.hpp"
#include "wire/client.hpp"

namespace wasl::cli {
namespace {

using core::Errc;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// Between two attempts, doubled each time; BUSY may ask for more.
constexpr milliseconds kPauseFirst{100};

core::Result<void> check_given(const std::string& value, const char* option) {
  if (!value.empty()) return {};
  return core::fail(Errc::kConfiguration, std::string("--") + option +
                                              " is missing; give it, or a --config file with it");
}

core::Result<core::Participant> participant_of_file(const std::string& file) {
  const auto certificates = net::read_certificates(file);
  if (!certificates) return std::unexpected(certificates.error());
  core::Result<core::Participant> me = net::participant_of(*certificates->front());
  if (!me) me.error().context = file + ": " + me.error().context;
  return me;
}

core::Result<BlockingTarget> target_of(const TerminalConfig& config) {
  const core::Result<HostPort> server = parse_server(config.server);
  if (!server) return std::unexpected(server.error());
  BlockingTarget target{.host = server->host, .port = server->port};
  auto certificate = net::ClientCertificate::from_files(config.certificate, config.key);
  if (!certificate) return std::unexpected(certificate.error());
  target.certificate = std::move(*certificate);
  auto tls = net::TlsContext::client(
      {.ca_file = config.authority,
       .crl_file = config.crl,
       .server_name = config.server_name.empty() ? server->host : config.server_name});
  if (!tls) return std::unexpected(tls.error());
  target.tls = std::move(*tls);
  return target;
}

bool is_refused_link(const core::Error& error) {
  return error.code == Errc::kTls || error.code == Errc::kNotPermitted;
}

Exit exit_of_body(const v1::AnswerBody& body) {
  bool done = true;
  if (body.has_claim()) done = body.claim().outcome() != v1::ClaimAnswer::DECLINED;
  if (body.has_reversal()) done = body.reversal().effect() != v1::ReversalAnswer::NOT_DONE;
  if (body.has_rights()) done = body.rights().reason() == v1::REASON_NONE;
  if (body.has_card()) done = body.card().reason() == v1::REASON_NONE;
  if (body.has_closing()) done = body.closing().reason() == v1::REASON_NONE;
  if (body.has_review()) done = body.review().reason() == v1::REASON_NONE;
  if (body.has_payout()) done = body.payout().reason() == v1::REASON_NONE;
  if (body.has_reduction()) done = body.reduction().reason() == v1::REASON_NONE;
  if (body.has_run()) done = body.run().reason() == v1::REASON_NONE;
  if (body.has_status_file()) done = body.status_file().reason() == v1::REASON_NONE;
  return done ? Exit::kOk : Exit::kDeclined;
}

bool counts(v1::State state) {
  return state == v1::APPROVED || state == v1::PRESENTED || state == v1::HELD ||
         state == v1::ACCEPTED || state == v1::IN_RUN || state == v1::EXPORTED ||
         state == v1::PAID || state == v1::RETURNED;
}

bool counts_no_more(v1::State state) {
  return state == v1::DECLINED || state == v1::REVERSED || state == v1::CLOSED ||
         state == v1::REJECTED || state == v1::CORRECTED;
}

}  // namespace

Exit exit_of(const v1::Envelope& answer) {
  if (answer.has_refused()) return Exit::kRefused;
  if (answer.has_status()) {
    const v1::StatusAnswer& status = answer.status();
    if (status.finding() == v1::StatusAnswer::NOT_SEEN) return Exit::kInDoubt;
    return counts(status.state_now()) ? Exit::kOk : Exit::kDeclined;
  }
  if (!answer.has_answer()) return Exit::kOk;
  if (counts_no_more(answer.answer().state_now())) return Exit::kDeclined;
  const core::Result<v1::AnswerBody> body = wire::read_body(answer.answer().body());
  return body ? exit_of_body(*body) : Exit::kFailed;
}

core::Result<Terminal> Terminal::open(const TerminalConfig& config) {
  core::Result<void> given = check_given(config.certificate, "certificate");
  if (given) given = check_given(config.key, "key");
  if (given) given = check_given(config.authority, "authority");
  if (!given) return std::unexpected(given.error());
  const core::Result<core::Participant> me = participant_of_file(config.certificate);
  if (!me) return std::unexpected(me.error());
  core::Result<BlockingTarget> target = target_of(config);
  if (!target) return std::unexpected(target.error());
  core::Result<Outbox> outbox = Outbox::open(config.outbox);
  if (!outbox) return std::unexpected(outbox.error());
  return Terminal(config, *me, std::move(*target), std::move(*outbox));
}

Signer Terminal::signer(const std::string& card_file) const {
  return {.me = me_, .card_file = card_file, .professional_files = config_.professional};
}

core::Result<void> Terminal::link(milliseconds timeout) {
  if (client_) return {};
  core::Result<BlockingClient> client = BlockingClient::connect(target_, timeout);
  if (!client) return std::unexpected(client.error());
  client_.emplace(std::move(*client));
  return {};
}

std::optional<milliseconds> Terminal::attempt(const std::string& frame,
                                              std::uint64_t correlation_id,
                                              Clock::time_point deadline, Delivery& delivery) {
  const auto left = [deadline] {
    return std::max(milliseconds{1}, std::chrono::ceil<milliseconds>(deadline - Clock::now()));
  };
  const core::Result<void> linked = link(left());
  if (!linked) {
    delivery.error = linked.error();
    if (!delivery.maybe_taken || is_refused_link(linked.error())) return std::nullopt;
    return milliseconds{0};
  }
  const Clock::time_point sent = Clock::now();
  core::Result<v1::Envelope> answer = client_->call(frame, correlation_id, left());
  delivery.took = std::chrono::ceil<std::chrono::microseconds>(Clock::now() - sent);
  if (!answer) {
    delivery.error = answer.error();
    delivery.maybe_taken = true;
    client_.reset();
    return milliseconds{0};
  }
  delivery.answer = std::move(*answer);
  const v1::Refused& refused = delivery.answer->refused();
  if (refused.code() != v1::Refused::BUSY) return std::nullopt;
  return milliseconds{refused.retry_after_ms()};
}

Terminal::Delivery Terminal::deliver(const std::string& frame, std::uint64_t correlation_id,
                                     bool maybe_taken) {
  const Clock::time_point deadline = Clock::now() + milliseconds{config_.timeout_ms};
  Delivery delivery{.maybe_taken = maybe_taken};
  for (milliseconds pause = kPauseFirst;; pause *= 2) {
    const std::optional<milliseconds> asked = attempt(frame, correlation_id, deadline, delivery);
    if (!asked) return delivery;
    pause = std::max(pause, *asked);
    if (Clock::now() + pause >= deadline) return delivery;
    std::this_thread::sleep_for(pause);
  }
}

// What a delivery means for a request that is in the outbox. A refusal is about one copy: it is the
// end only if there was no other, or if the id itself can never serve this content.
core::Result<Ending> Terminal::conclude(const core::RequestId& id, Delivery delivery) {
  Ending ending{.answer = std::move(delivery.answer),
                .error = std::move(delivery.error),
                .took = delivery.took};
  const bool refused = ending.answer && ending.answer->has_refused();
  const bool never = refused && ending.answer->refused().code() == v1::Refused::REQUEST_ID_REUSED;
  if (ending.answer && (!refused || (never && delivery.maybe_taken))) {
    ending.exit = exit_of(*ending.answer);
    const core::Result<void> stored = outbox_.finish(id, *ending.answer);
    if (!stored) return std::unexpected(stored.error());
    return ending;
  }
  if (delivery.maybe_taken) {
    ending.exit = Exit::kInDoubt;
    return ending;
  }
  ending.exit = refused || is_refused_link(ending.error) ? Exit::kRefused : Exit::kNotReachable;
  const core::Result<void> forgotten = outbox_.withdraw(id);
  if (!forgotten) return std::unexpected(forgotten.error());
  return ending;
}

core::Result<Ending> Terminal::submit(v1::Envelope request) {
  const std::optional<core::RequestId> id = request_id_of(request);
  WASL_ASSERT(id.has_value());  // checked() has seen it.
  set_language(language_of(config_), request);
  core::Result<std::string> frame = wire::frame_of(request);
  if (!frame) return std::unexpected(frame.error());
  const auto now = std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
  const OutboxEntry entry{.id = *id, .made = now, .frame = std::move(*frame), .request = request};
  const core::Result<void> begun = outbox_.begin(entry);
  if (!begun) return std::unexpected(begun.error());
  core::Result<Ending> ending =
      conclude(*id, deliver(entry.frame, request.correlation_id(), false));
  if (ending) ending->request = std::move(request);
  return ending;
}

core::Result<Ending> Terminal::ask(v1::Envelope request) {
  set_language(language_of(config_), request);
  const core::Result<std::string> frame = wire::frame_of(request);
  if (!frame) return std::unexpected(frame.error());
  Delivery delivery = deliver(*frame, request.correlation_id(), false);
  Ending ending{.request = std::move(request),
                .answer = std::move(delivery.answer),
                .error = std::move(delivery.error),
                .took = delivery.took};
  if (ending.answer) {
    ending.exit = exit_of(*ending.answer);
  } else {
    ending.exit = is_refused_link(ending.error) ? Exit::kRefused : Exit::kNotReachable;
  }
  return ending;
}

}  // namespace wasl::cli
