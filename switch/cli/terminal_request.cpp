#include "cli/terminal_request.hpp"

#include <openssl/rand.h>

#include <array>
#include <optional>

#include "card/issue.hpp"
#include "card/virtual_card.hpp"
#include "cli/closing_list.hpp"
#include "core/request.hpp"
#include "wire/client.hpp"
#include "wire/json.hpp"

namespace wasl::cli {
namespace {

using core::Errc;

template <std::size_t N>
core::Result<std::array<std::uint8_t, N>> random_bytes() {
  std::array<std::uint8_t, N> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1) return bytes;
  return core::fail(Errc::kIo, "no random numbers from the operating system");
}

template <typename Message>
core::Result<void> give_id(Message& request) {
  const auto id = random_bytes<std::tuple_size_v<core::RequestId>>();
  if (!id) return std::unexpected(id.error());
  request.set_request_id(id->data(), id->size());
  return {};
}

// Takes from the card what the request does not say.
core::Result<void> fill_card(const std::string& file, v1::CardReference& reference) {
  const core::Result<card::VirtualCard> card = card::read_card(file);
  if (!card) return std::unexpected(card.error());
  if (card->name.kind != card::KeyKind::kCard) {
    return core::fail(Errc::kMalformed, file + ": a professional's key, not a card");
  }
  const std::string number(card->name.holder.view());
  const std::string fund(card->name.fund.view());
  if ((!reference.number().empty() && reference.number() != number) ||
      (!reference.fund().empty() && reference.fund() != fund)) {
    return core::fail(Errc::kMalformed, file + ": another card than the one that the claim names");
  }
  reference.set_number(number);
  reference.set_fund(fund);
  if (reference.key_version() == 0) reference.set_key_version(card->name.version);
  return {};
}

core::Result<void> sign_with(const std::string& file, const core::Sha256& content,
                             v1::Proof& proof) {
  const auto unpredictable = random_bytes<4>();
  if (!unpredictable) return std::unexpected(unpredictable.error());
  const core::Result<core::Proof> made = card::sign(file, content, *unpredictable);
  if (!made) return std::unexpected(made.error());
  wire::set_proof(*made, proof);
  return {};
}

// The key of this fund; nothing if no keys were given at all, in which case the switch will say
// that the proof is missing.
core::Result<std::optional<std::string>> professional_key(const Signer& signer,
                                                          const std::string& fund) {
  for (const std::string& file : signer.professional_files) {
    const core::Result<card::VirtualCard> key = card::read_card(file);
    if (!key) return std::unexpected(key.error());
    if (key->name.kind != card::KeyKind::kProfessional) {
      return core::fail(Errc::kMalformed, file + ": a card, not a professional's key");
    }
    if (key->name.fund.view() == fund) return file;
  }
  if (signer.professional_files.empty()) return std::nullopt;
  return core::fail(Errc::kNotFound,
                    "none of the --professional keys is of fund " + fund + ", the card's");
}

core::Result<void> sign_as_professional(const Signer& signer, const std::string& fund,
                                        const core::Sha256& content, v1::Proofs& proofs) {
  const auto file = professional_key(signer, fund);
  if (!file) return std::unexpected(file.error());
  if (!*file) return {};
  const core::Result<card::VirtualCard> key = card::read_card(**file);
  if (!key) return std::unexpected(key.error());
  proofs.set_professional_key_version(key->name.version);
  return sign_with(**file, content, *proofs.mutable_professional());
}

core::Result<void> fill_claim(const Signer& signer, v1::Claim& claim) {
  if (claim.kind() != v1::THIRD_PARTY) return {};
  if (claim.provider_id().empty()) claim.set_provider_id(std::string(signer.me.id.view()));
  if (signer.card_file.empty()) return {};
  return fill_card(signer.card_file, *claim.mutable_card());
}

// The envelope's claim is complete but for its proofs, which stand in `proofs` of the same
// envelope.
core::Result<void> check_and_sign(const Signer& signer, const v1::Claim& claim,
                                  const v1::Envelope& envelope, v1::Proofs* proofs) {
  const core::Result<core::Command> checked = wire::checked(envelope, signer.me);
  if (!checked) return std::unexpected(checked.error());
  if (proofs == nullptr) return {};
  const core::Sha256 content = checked->content;
  core::Result<void> done = sign_with(signer.card_file, content, *proofs->mutable_card());
  if (!done) return done;
  return sign_as_professional(signer, claim.card().fund(), content, *proofs);
}

// `request` stands in `envelope`.
template <typename Message>
core::Result<v1::Envelope> finish_claim(const Signer& signer, const v1::Envelope& envelope,
                                        Message& request) {
  core::Result<void> done = {};
  if (request.request_id().empty()) done = give_id(request);
  if (done) done = fill_claim(signer, *request.mutable_claim());
  if (!done) return std::unexpected(done.error());
  const bool signs = request.claim().kind() == v1::THIRD_PARTY && !signer.card_file.empty();
  if (signs) request.clear_proofs();
  v1::Proofs proofs;
  done = check_and_sign(signer, request.claim(), envelope, signs ? &proofs : nullptr);
  if (!done) return std::unexpected(done.error());
  if (signs) *request.mutable_proofs() = proofs;
  return envelope;
}

core::Result<v1::SubmitClaim> read_claim(std::string_view json) {
  v1::SubmitClaim claim;
  const core::Result<void> read = wire::from_json(json, claim);
  if (!read) return std::unexpected(read.error());
  return claim;
}

// `request` stands in `envelope`, complete but for its id.
template <typename Message>
core::Result<v1::Envelope> finish(const core::Participant& me, const v1::Envelope& envelope,
                                  Message& request) {
  const core::Result<void> named = give_id(request);
  if (!named) return std::unexpected(named.error());
  const core::Result<core::Command> checked = wire::checked(envelope, me);
  if (!checked) return std::unexpected(checked.error());
  return envelope;
}

// A request whose content is complete but for its id.
template <auto kPart, typename Message>
core::Result<v1::Envelope> new_request(const Message& content, const core::Participant& me) {
  core::Result<v1::Envelope> envelope = new_envelope();
  if (!envelope) return envelope;
  v1::Envelope& made = *envelope;
  *(made.*kPart)() = content;
  return finish(me, made, *(made.*kPart)());
}

// What a correction takes from its original, as far as the file names it; empty: nothing.
std::string original_fields(const v1::SubmitClaim& file) {
  const v1::Claim& claim = file.claim();
  const std::pair<bool, const char*> fields[] = {
      {!file.request_id().empty(), "requestId"},
      {file.has_proofs(), "proofs"},
      {claim.has_card(), "claim.card"},
      {claim.beneficiary_rank() != 0, "claim.beneficiaryRank"},
      {!claim.service_date().empty(), "claim.serviceDate"},
      {!claim.first_act_date().empty(), "claim.firstActDate"}};
  std::string names;
  for (const auto& [is_given, name] : fields) {
    if (is_given) names.append(names.empty() ? "" : ", ").append(name);
  }
  return names;
}

core::Result<v1::Envelope> submission(v1::SubmitClaim claim, const Signer& signer) {
  core::Result<v1::Envelope> envelope = new_envelope();
  if (!envelope) return envelope;
  *envelope->mutable_submit_claim() = std::move(claim);
  v1::Envelope& made = *envelope;
  return finish_claim(signer, made, *made.mutable_submit_claim());
}

template <typename Message>
core::Result<v1::Envelope> finish_card_request(const CardQuestion& question, const Signer& signer,
                                               const v1::Envelope& envelope, Message& request) {
  core::Result<void> done = give_id(request);
  if (!done) return std::unexpected(done.error());
  request.set_terminal_id(question.terminal);
  request.set_purpose(question.purpose);
  request.mutable_card()->set_number(question.number);
  request.mutable_card()->set_fund(question.fund);
  const bool signs = signer.me.role == core::Role::kProvider;
  if (signs) request.set_provider_id(std::string(signer.me.id.view()));
  if (!signer.card_file.empty()) done = fill_card(signer.card_file, *request.mutable_card());
  if (!done) return std::unexpected(done.error());
  const core::Result<core::Command> checked = wire::checked(envelope, signer.me);
  if (!checked) return std::unexpected(checked.error());
  if (!signs || signer.card_file.empty()) return envelope;
  done = sign_with(signer.card_file, checked->content, *request.mutable_proofs()->mutable_card());
  if (!done) return std::unexpected(done.error());
  return envelope;
}

}  // namespace

core::Result<v1::Envelope> new_envelope() {
  const auto bytes = random_bytes<sizeof(std::uint64_t)>();
  if (!bytes) return std::unexpected(bytes.error());
  v1::Envelope envelope;
  envelope.set_correlation_id(core::get_big_endian<std::uint64_t>(bytes->data()));
  return envelope;
}

core::Result<v1::Envelope> submit_request(std::string_view json, const Signer& signer) {
  core::Result<v1::SubmitClaim> read = read_claim(json);
  if (!read) return std::unexpected(read.error());
  return submission(std::move(*read), signer);
}

core::Result<v1::Envelope> refund_request(std::string_view json, const Signer& signer) {
  core::Result<v1::SubmitClaim> read = read_claim(json);
  if (!read) return std::unexpected(read.error());
  if (read->claim().kind() == v1::THIRD_PARTY) {
    return core::fail(Errc::kMalformed, "claim.kind: THIRD_PARTY is no refund's");
  }
  read->mutable_claim()->set_kind(v1::REFUND);
  return submission(std::move(*read), signer);
}

core::Result<v1::Envelope> quote_request(std::string_view json, const Signer& signer) {
  core::Result<v1::SubmitClaim> read = read_claim(json);
  if (!read) return std::unexpected(read.error());
  core::Result<v1::Envelope> envelope = new_envelope();
  if (!envelope) return envelope;
  v1::QuoteClaim& quote = *envelope->mutable_quote_claim();
  *quote.mutable_claim() = std::move(*read->mutable_claim());
  v1::Envelope& made = *envelope;
  return finish_claim(signer, made, quote);
}

core::Result<v1::Envelope> card_request(const CardQuestion& question, const Signer& signer) {
  core::Result<v1::Envelope> envelope = new_envelope();
  if (!envelope) return envelope;
  v1::Envelope& made = *envelope;
  return question.update ? finish_card_request(question, signer, made, *made.mutable_update_card())
                         : finish_card_request(question, signer, made, *made.mutable_get_rights());
}

core::Result<v1::Envelope> reverse_request(const core::RequestId& original,
                                           v1::ReversalCause cause) {
  core::Result<v1::Envelope> envelope = new_envelope();
  if (!envelope) return envelope;
  v1::ReverseClaim& reverse = *envelope->mutable_reverse_claim();
  const core::Result<void> done = give_id(reverse);
  if (!done) return std::unexpected(done.error());
  reverse.set_original_request_id(original.data(), original.size());
  reverse.set_cause(cause);
  return envelope;
}

core::Result<v1::Envelope> status_request(const core::RequestId& original, bool close_if_absent) {
  core::Result<v1::Envelope> envelope = new_envelope();
  if (!envelope) return envelope;
  v1::GetClaim& status = *envelope->mutable_get_claim();
  status.set_original_request_id(original.data(), original.size());
  status.set_close_if_absent(close_if_absent);
  return envelope;
}

core::Result<v1::Envelope> list_request(const std::string& from, const std::string& until) {
  core::Result<v1::Envelope> envelope = new_envelope();
  if (!envelope) return envelope;
  envelope->mutable_list_claims()->set_from(from);
  envelope->mutable_list_claims()->set_until(until);
  return envelope;
}

core::Result<v1::Envelope> correction_request(const core::RequestId& original,
                                              std::string_view json, const core::Participant& me) {
  const core::Result<v1::SubmitClaim> read = read_claim(json);
  if (!read) return std::unexpected(read.error());
  const std::string fixed = original_fields(*read);
  if (!fixed.empty()) {
    return core::fail(
        Errc::kMalformed,
        "card, beneficiary and dates are the original's; take out of the file: " + fixed);
  }
  core::Result<v1::Envelope> envelope = new_envelope();
  if (!envelope) return envelope;
  v1::CorrectClaim& correction = *envelope->mutable_correct_claim();
  correction.set_original_request_id(original.data(), original.size());
  correction.set_terminal_id(read->claim().terminal_id());
  *correction.mutable_prescription() = read->claim().prescription();
  *correction.mutable_lines() = read->claim().lines();
  const v1::Envelope& made = *envelope;
  return finish(me, made, correction);
}

core::Result<v1::Envelope> review_request(const v1::ReviewBordereau& review,
                                          const core::Participant& me) {
  return new_request<&v1::Envelope::mutable_review_bordereau>(review, me);
}

core::Result<v1::Envelope> reduction_request(const v1::ReduceClaim& reduction,
                                             const core::Participant& me) {
  return new_request<&v1::Envelope::mutable_reduce_claim>(reduction, me);
}

core::Result<v1::Envelope> payout_request(const v1::SetPayoutAccount& change,
                                          const core::Participant& me) {
  return new_request<&v1::Envelope::mutable_set_payout_account>(change, me);
}

core::Result<v1::Envelope> run_request(const v1::ProposeRun& propose, const core::Participant& me) {
  return new_request<&v1::Envelope::mutable_propose_run>(propose, me);
}

core::Result<v1::Envelope> run_request(const v1::CollectRun& collect, const core::Participant& me) {
  return new_request<&v1::Envelope::mutable_collect_run>(collect, me);
}

core::Result<v1::Envelope> run_request(const v1::ApproveRun& approve, const core::Participant& me) {
  return new_request<&v1::Envelope::mutable_approve_run>(approve, me);
}

core::Result<v1::Envelope> run_request(const v1::CancelRun& cancel, const core::Participant& me) {
  return new_request<&v1::Envelope::mutable_cancel_run>(cancel, me);
}

core::Result<v1::Envelope> run_request(const v1::ExportRun& step, const core::Participant& me) {
  return new_request<&v1::Envelope::mutable_export_run>(step, me);
}

core::Result<v1::Envelope> run_request(const v1::OpenStatusFile& open,
                                       const core::Participant& me) {
  return new_request<&v1::Envelope::mutable_open_status_file>(open, me);
}

core::Result<v1::Envelope> run_request(const v1::ReceiveStatuses& part,
                                       const core::Participant& me) {
  return new_request<&v1::Envelope::mutable_receive_statuses>(part, me);
}

core::Result<v1::Envelope> run_request(const v1::ApplyStatuses& step, const core::Participant& me) {
  return new_request<&v1::Envelope::mutable_apply_statuses>(step, me);
}

core::Result<v1::Envelope> run_request(const v1::DropStatusFile& drop,
                                       const core::Participant& me) {
  return new_request<&v1::Envelope::mutable_drop_status_file>(drop, me);
}

core::Result<v1::Envelope> closing_request(const core::CloseBordereau& closing) {
  core::Result<v1::Envelope> envelope = new_envelope();
  if (!envelope) return envelope;
  v1::CloseBordereau& request = *envelope->mutable_close_bordereau();
  const core::Result<void> named = give_id(request);
  if (!named) return std::unexpected(named.error());
  set_closing(closing, request);
  return envelope;
}

void set_language(core::Language language, v1::Envelope& request) {
  request.mutable_options()->clear_languages();
  request.mutable_options()->add_languages(static_cast<v1::Language>(language));
}

}  // namespace wasl::cli
