// Pages of what is owed and owed back, of settlement runs, of their payouts and of what banks said
// of these; and parts of bank files.

#include "core/assert.hpp"
#include "core/codec.hpp"
#include "core/run.hpp"
#include "wire/answer_messages.hpp"
#include "wire/same.hpp"

namespace wasl::wire {
namespace {

static_assert(same(core::RunState::kCollecting, v1::RUN_COLLECTING));
static_assert(same(core::RunState::kCancelled, v1::RUN_CANCELLED));
static_assert(same(core::RunState::kExporting, v1::RUN_EXPORTING));
static_assert(same(core::RunState::kExported, v1::RUN_EXPORTED));
static_assert(same(core::PayoutState::kTaken, v1::PAYOUT_TAKEN));
static_assert(same(core::PayoutState::kExported, v1::PAYOUT_EXPORTED));
static_assert(same(core::PayoutState::kPaid, v1::PAYOUT_PAID));
static_assert(same(core::PayoutState::kReturned, v1::PAYOUT_RETURNED));
static_assert(same(core::StatusFileState::kReceiving, v1::STATUS_FILE_RECEIVING));
static_assert(same(core::StatusFileState::kApplying, v1::STATUS_FILE_APPLYING));
static_assert(same(core::StatusFileState::kApplied, v1::STATUS_FILE_APPLIED));
static_assert(same(core::StatusFileState::kRefused, v1::STATUS_FILE_REFUSED));

// Calls `show` with each row of the kind that can be read; `wasl verify` names the others.
template <typename T, typename Show>
void each_row(const core::Listed& listed, Show show) {
  for (const auto& [key, value] : listed.rows) {
    const auto row = core::decode_row(key, core::as_bytes(value));
    if (row) show(std::get<T>(*row));
  }
}

void set_export(const core::RunExport& from, v1::SettlementRun& out) {
  out.set_exported_by(std::string(from.by.view()));
  out.set_exported_at_ms(from.at.time_since_epoch().count());
  out.set_debtor_account(from.account);
  out.set_debtor_name(from.name);
  out.set_payouts_per_file(from.payouts_per_file);
  out.set_exported(from.payouts);
}

void set_bank(const core::BankStatus& from, v1::Payout& out) {
  out.set_bank_word(static_cast<v1::BankWord>(from.word));
  out.set_bank_reason(from.reason);
  out.set_status_file(from.file);
}

}  // namespace

void fill(const core::Listed& listed, v1::OwedPage& out) {
  each_row<core::Owed>(listed, [&](const core::Owed& owed) {
    v1::Owed& shown = *out.add_owed();
    set_payee(owed.payee, *shown.mutable_payee());
    shown.set_record(owed.item.record);
    shown.set_amount_cents(owed.item.amount.value);
    const auto* accepted = std::get_if<core::AcceptedItem>(&owed.item.of);
    if (accepted != nullptr) shown.set_bordereau(accepted->bordereau);
    shown.set_since_ms(owed.item.since.time_since_epoch().count());
    if (owed.item.due != core::kDayMax) shown.set_due(core::to_text(owed.item.due));
    if (!owed.item.came_back) return;
    shown.set_came_back(core::end_to_end_id(owed.fund, owed.item.came_back->payout));
    shown.set_account_must_change(!owed.item.came_back->account.empty());
  });
  if (!listed.more || out.owed().empty()) return;
  *out.mutable_next_after() = out.owed().rbegin()->payee();
  out.set_next_after_record(out.owed().rbegin()->record());
}

void fill(const core::Listed& listed, v1::ReceivablesPage& out) {
  each_row<core::Receivable>(listed, [&](const core::Receivable& receivable) {
    v1::Receivable& shown = *out.add_receivables();
    set_participant(receivable.provider, *shown.mutable_provider());
    shown.set_amount_cents(receivable.amount.value);
  });
  if (listed.more && !out.receivables().empty()) {
    *out.mutable_next_after() = out.receivables().rbegin()->provider();
  }
}

void fill(const core::Listed& listed, v1::RunsPage& out) {
  each_row<core::SettlementRun>(listed, [&](const core::SettlementRun& run) {
    v1::SettlementRun& shown = *out.add_runs();
    shown.set_run(run.id);
    shown.set_state(static_cast<v1::RunState>(run.state));
    shown.set_value_date(core::to_text(run.value_date));
    shown.set_minimum_cents(run.minimum.value);
    shown.set_proposed_by(std::string(run.proposed_by.view()));
    shown.set_proposed_at_ms(run.proposed_at.time_since_epoch().count());
    shown.set_approved_by(std::string(run.approved_by.view()));
    shown.set_payouts(run.payouts);
    shown.set_total_cents(run.total.value);
    shown.set_released(run.released);
    if (run.exported) set_export(*run.exported, shown);
  });
  if (listed.more && !out.runs().empty()) out.set_next_after(out.runs().rbegin()->run());
}

void fill(const core::Listed& listed, v1::PayoutsPage& out) {
  each_row<core::Payout>(listed, [&](const core::Payout& payout) {
    v1::Payout& shown = *out.add_payouts();
    shown.set_number(payout.id.number);
    set_payee(payout.payee, *shown.mutable_payee());
    shown.set_payout_account(core::masked(payout.to.account));
    shown.set_amount_cents(payout.amount.value);
    shown.set_withheld_cents(payout.withheld.value);
    shown.set_items(static_cast<std::uint32_t>(payout.items.size()));
    shown.set_state(static_cast<v1::PayoutState>(payout.state));
    shown.set_end_to_end_id(core::end_to_end_id(payout.fund, payout.id));
    if (payout.bank) set_bank(*payout.bank, shown);
  });
  if (listed.more && !out.payouts().empty()) {
    out.set_next_after(out.payouts().rbegin()->number());
  }
}

void fill(const core::Listed& listed, v1::BankFilePart& out) {
  WASL_ASSERT(listed.part.has_value());
  const core::BankFilePart& part = *listed.part;
  WASL_ASSERT(part.bytes.size() <= core::kFilePartBytesMax);
  out.set_reason(static_cast<v1::Reason>(part.reason));
  out.set_files(part.files);
  out.set_name(part.name);
  out.set_size(part.size);
  if (part.size > 0) out.set_sha256(std::string(core::as_text(part.sha256)));
  out.set_payouts(part.payouts);
  out.set_total_cents(part.total.value);
  out.set_offset(part.offset);
  out.set_data(part.bytes);
  out.set_problem(part.problem);
}

void fill(const core::Listed& listed, v1::StatusFilesPage& out) {
  each_row<core::StatusFile>(listed, [&](const core::StatusFile& file) {
    v1::StatusFile& shown = *out.add_files();
    shown.set_file(file.id);
    shown.set_message_id(file.message_id);
    shown.set_sha256(std::string(core::as_text(file.sha256)));
    shown.set_state(static_cast<v1::StatusFileState>(file.state));
    shown.set_opened_by(std::string(file.by.view()));
    shown.set_opened_at_ms(file.at.time_since_epoch().count());
    shown.set_entries(file.entries);
    shown.set_received(file.received);
    shown.set_wrong(file.wrong);
    shown.set_applied(file.applied);
  });
  if (listed.more && !out.files().empty()) out.set_next_after(out.files().rbegin()->file());
}

}  // namespace wasl::wire
