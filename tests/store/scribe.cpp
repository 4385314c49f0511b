#include "store/scribe.hpp"

#include <chrono>

#include "core/assert.hpp"
#include "journal/digest.hpp"
#include "store/rows_for_tests.hpp"
#include "store/stored_row.hpp"
#include "support/kept_balances.hpp"

namespace wasl::test {

namespace {

constexpr core::Instant kStart{std::chrono::milliseconds{1'773'129'600'000}};  // 2026-03-10.
const core::Day kToday{std::chrono::year{2026} / 3 / 10};

core::InsuredNumber insured_number(std::uint64_t number) {
  return *core::InsuredNumber::make("I" + std::to_string(number));
}
core::Participant fund() { return {core::Role::kFund, *core::ParticipantId::make("CNAS")}; }

core::Sha256 content_of(const core::Command& command) {
  std::string bytes;
  core::encode_request(command, bytes);
  return journal::Digest{}.of(core::as_bytes(bytes));
}

core::HistoryBounds keeps_everything() {
  return {.quarter_from = 0, .service_from = core::kDayMin};
}

}  // namespace

core::RequestId Scribe::request_id(std::uint64_t number) { return test::request_id(number); }

std::string Scribe::body(core::Sequence sequence) { return "answer " + std::to_string(sequence); }

core::RowSet Scribe::provide(const core::Command& command,
                             std::map<core::Slot, core::RowKey>& keys) {
  core::RowSet set;
  std::vector<core::Need> needs;
  for (;;) {
    core::keys_needed(command, set, needs);
    if (needs.empty()) return set;
    for (const core::Need& need : needs) {
      set[need.slot] = &rows_[need.key];
      keys[need.slot] = need.key;
    }
  }
}

void Scribe::record(const Deed& deed, core::Group& group,
                    std::map<core::RowKey, core::RowChange>& last) {
  core::Command command = deed.command;
  command.content = content_of(command);
  const core::Sequence sequence = group.first + group.payloads.size();
  const auto index = static_cast<std::int32_t>(group.payloads.size());
  group.payloads.push_back(payload(deed, sequence));

  std::map<core::Slot, core::RowKey> keys;
  core::RowSet set = provide(command, keys);
  const core::Touched touched =
      core::apply(command, deed.decision, {sequence, group.now}, body(sequence), set, reference_);
  for (const auto& [slot, key] : keys) {
    if (!touched.marked(slot)) continue;
    const core::Row& row = rows_.at(key);
    core::RowChange change{.key = key, .bytes = bytes_of(row), .receipt_of = -1, .receipt = {}};
    if (const auto* request = std::get_if<core::RequestRow>(&row)) {
      if (request->sequence == sequence) {
        change.receipt_of = index;
      } else if (request->sequence >= group.first) {
        change.receipt_of = static_cast<std::int32_t>(request->sequence - group.first);
      } else {
        change.receipt = request->receipt;
      }
    }
    last[key] = std::move(change);
  }
  WASL_ASSERT(touched.made.empty());  // No deed of these tests makes any.
  for (const auto& [key, value] : touched.inserted) {
    group.changes.push_back({.key = key, .bytes = value, .receipt_of = -1, .receipt = {}});
  }
  for (const core::RowKey& key : touched.removed) {
    group.changes.push_back({.key = key, .bytes = {}, .receipt_of = -1, .receipt = {}});
  }
}

std::string Scribe::payload(const Deed& deed, core::Sequence sequence) {
  std::string bytes;
  core::encode_record({.command = deed.command,
                       .decision = deed.decision,
                       .body = body(sequence),
                       .rulebook = {},
                       .decider_version = core::kDeciderVersion},
                      bytes);
  return bytes;
}

core::Group Scribe::group(const std::vector<Deed>& deeds) {
  core::Group group;
  group.first = next_;
  group.now = kStart + std::chrono::milliseconds(next_);
  std::map<core::RowKey, core::RowChange> last;
  for (const Deed& deed : deeds) record(deed, group, last);
  for (auto& [key, change] : last) group.changes.push_back(std::move(change));
  changes_ = group.changes;
  next_ += deeds.size();
  return group;
}

void Scribe::durable(const core::Committed& committed) {
  for (const core::RowChange& change : changes_) {
    if (change.bytes.empty()) {
      stored_.erase(change.key);
      continue;
    }
    std::string value = change.bytes;
    if (store::keeps_receipt(change.key.view())) {
      auto& request = std::get<core::RequestRow>(rows_.at(change.key));
      if (change.receipt_of >= 0) {
        request.receipt = committed.receipts.at(static_cast<std::size_t>(change.receipt_of));
      }
      value.insert(0, core::as_text(request.receipt));
    }
    test::keep_balances(change.key, value, stored_);
    stored_[change.key] = std::move(value);
  }
  changes_.clear();
}

Scribe::Deed Scribe::put_account(std::uint64_t number) {
  core::Card card;
  card.number = card_number(number);
  card.active = true;
  core::Beneficiary beneficiary;
  beneficiary.rank = 1;
  beneficiary.birth = core::Day{std::chrono::year{1980} / 1 / 1};
  core::PutAccount put;
  put.account.insured = insured_number(number);
  put.account.fund = *core::FundCode::make("CNAS");
  put.account.cards.push_back(card);
  put.account.beneficiaries.push_back(beneficiary);
  put.account.source_version = 1;
  core::Command command;
  command.from = fund();
  command.request_id = next_request_id();
  command.request = put;
  return {std::move(command),
          core::PlainDecision{
              .reason = core::Reason::kNone, .insured = insured_number(number), .agreement = 0}};
}

Scribe::Deed Scribe::claim(std::uint64_t number) {
  core::SubmitClaim submit;
  core::Claim& claim = submit.claim;
  claim.provider = *core::ParticipantId::make("16-000001");
  claim.terminal = *core::TerminalId::make("T1");
  claim.card = {card_number(number), *core::FundCode::make("CNAS"), 1};
  claim.rank = 1;
  claim.service_date = kToday;
  claim.first_act_date = kToday;
  claim.prescription.key = {*core::PrescriberId::make("D1"),
                            *core::PrescriptionNumber::make("N" + std::to_string(requests_)),
                            kToday};
  claim.lines.push_back({*core::ProductCode::make("P1"), 1, core::Cents{120'000}, 30});
  core::ClaimDecision decision;
  decision.outcome = core::Outcome::kApproved;
  decision.insured = insured_number(number);
  decision.lines.push_back({.reason = core::Reason::kNone,
                            .price = core::Cents{120'000},
                            .insurer = core::Cents{96'000},
                            .patient = core::Cents{24'000},
                            .long_term = false,
                            .subject_to_limits = true,
                            .inn = *core::InnCode::make("INN1"),
                            .come_back_on = {}});
  decision.insurer = core::Cents{96'000};
  decision.patient = core::Cents{24'000};
  decision.kept = keeps_everything();
  core::Command command;
  command.from = provider("16-000001");
  command.request_id = next_request_id();
  command.request = submit;
  return {std::move(command), std::move(decision)};
}

Scribe::Deed Scribe::reverse(const core::RequestId& original, core::Sequence claim) {
  core::Command command;
  command.from = provider("16-000001");
  command.request_id = next_request_id();
  command.request =
      core::ReverseClaim{.original = original, .cause = core::ReversalCause::kEntryError};
  return {std::move(command),
          core::ReversalDecision{.effect = core::ReversalDecision::Effect::kReleased,
                                 .reason = core::Reason::kNone,
                                 .claim = claim,
                                 .insurer = core::Cents{96'000},
                                 .patient = core::Cents{24'000}}};
}

Scribe::Deed Scribe::put_product(std::uint64_t number) {
  core::Product product;
  product.catalogue = *core::CatalogueCode::make("DZ");
  product.code = *core::ProductCode::make("P" + std::to_string(number));
  product.inn = *core::InnCode::make("INN1");
  product.reimbursable = true;
  product.public_price = core::Cents{120'000};
  product.rate = core::BasisPoints{8'000};
  product.name = "Product " + std::to_string(number);
  product.source_version = 1;
  core::Command command;
  command.from = {core::Role::kAuthority, *core::ParticipantId::make("AUTH")};
  command.request_id = next_request_id();
  command.request = core::PutProduct{product};
  return {std::move(command), core::PlainDecision{}};
}

}  // namespace wasl::test
