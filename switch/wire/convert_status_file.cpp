#include <algorithm>

#include "wire/convert.hpp"
#include "wire/same.hpp"

namespace wasl::wire {
namespace {

static_assert(same(core::BankWord::kPending, v1::BANK_PENDING));
static_assert(same(core::BankWord::kAccepted, v1::BANK_ACCEPTED));
static_assert(same(core::BankWord::kRejected, v1::BANK_REJECTED));
static_assert(same(core::BankWord::kBooked, v1::BANK_BOOKED));
static_assert(same(core::BankWord::kReturned, v1::BANK_RETURNED));

// It becomes part of a row's key.
bool is_message_id(const std::string& text) {
  return !text.empty() && text.size() <= core::kMessageIdBytesMax &&
         std::ranges::all_of(text, [](char c) { return c >= 0x21 && c <= 0x7e; });
}

core::Sequence file_id(std::uint64_t given, const Fields& at) {
  at.require(given > 0, "file", "0 is the id of no status file");
  return given;
}

// It is shown on terminals.
bool is_control(char c) { return (c >= 0 && c < 0x20) || c == 0x7f; }

core::StatusEntry entry(const v1::StatusEntry& given, const Fields& at) {
  core::StatusEntry out;
  out.payout.run = at.number<core::Sequence>("run", given.run(), 1, UINT64_MAX);
  out.payout.number = at.number<std::uint32_t>("number", given.number(), 1, UINT32_MAX);
  out.word = at.choice("word", given.word(), core::BankWord::kReturned);
  const std::int64_t least = out.word >= core::BankWord::kBooked ? 1 : 0;
  out.amount = at.cents("amount_cents", given.amount_cents(), core::kRunAmountMax, least);
  out.reason = at.text("reason", given.reason(), core::kBankReasonBytesMax);
  at.require(std::ranges::none_of(out.reason, is_control), "reason", "holds a control character");
  return out;
}

// ApplyStatuses and DropStatusFile.
template <typename Step, typename Message>
void convert_step(const Message& given, const Fields& at, core::Command& out) {
  out.request_id = at.request_id("request_id", given.request_id());
  out.request = Step{file_id(given.file(), at)};
}

}  // namespace

void convert(const v1::OpenStatusFile& given, const Fields& at, core::Command& out) {
  core::OpenStatusFile open;
  out.request_id = at.request_id("request_id", given.request_id());
  at.require(is_message_id(given.message_id()), "message_id",
             "not 1 to 35 printable ASCII characters without space");
  open.message_id = given.message_id();
  open.sha256 = at.bytes<std::tuple_size_v<core::Sha256>>("sha256", given.sha256());
  open.entries = at.number<std::uint32_t>("entries", given.entries(), 1, core::kFileEntriesMax);
  out.request = std::move(open);
}

void convert(const v1::ReceiveStatuses& given, const Fields& at, core::Command& out) {
  core::ReceiveStatuses receive;
  out.request_id = at.request_id("request_id", given.request_id());
  receive.file = file_id(given.file(), at);
  receive.part = at.number<std::uint16_t>("part", given.part(), 1, UINT16_MAX);
  at.require(given.entries_size() > 0, "entries", "a part has 1 to 60 of them");
  core::PayoutId before;
  for (int i = 0; i < given.entries_size() && !at.failed(); ++i) {
    receive.entries.push_back(entry(given.entries(i), at.in("entries", i)));
    const core::PayoutId& payout = receive.entries.back().payout;
    at.in("entries", i).require(payout > before, "number", "not in ascending order of payouts");
    before = payout;
  }
  out.request = std::move(receive);
}

void convert(const v1::ApplyStatuses& given, const Fields& at, core::Command& out) {
  convert_step<core::ApplyStatuses>(given, at, out);
}

void convert(const v1::DropStatusFile& given, const Fields& at, core::Command& out) {
  convert_step<core::DropStatusFile>(given, at, out);
}

void convert(const v1::ListStatusFiles& given, const Fields& at, core::Command& out) {
  out.request = core::ListStatusFiles{given.after(), at.page_size(given.page_size())};
}

}  // namespace wasl::wire
