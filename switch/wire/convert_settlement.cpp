#include "wire/convert.hpp"

namespace wasl::wire {
namespace {

core::Sequence run_id(std::uint64_t given, const Fields& at) {
  at.require(given > 0, "run", "0 is the id of no run");
  return given;
}

// CollectRun and CancelRun.
template <typename Step, typename Message>
void convert_step(const Message& given, const Fields& at, core::Command& out) {
  out.request_id = at.request_id("request_id", given.request_id());
  out.request = Step{run_id(given.run(), at)};
}

}  // namespace

void convert(const v1::ProposeRun& given, const Fields& at, core::Command& out) {
  core::ProposeRun propose;
  out.request_id = at.request_id("request_id", given.request_id());
  propose.value_date = at.day("value_date", given.value_date());
  propose.minimum = at.cents("minimum_cents", given.minimum_cents(), core::kBordereauAmountMax, 0);
  out.request = propose;
}

void convert(const v1::CollectRun& given, const Fields& at, core::Command& out) {
  convert_step<core::CollectRun>(given, at, out);
}

void convert(const v1::CancelRun& given, const Fields& at, core::Command& out) {
  convert_step<core::CancelRun>(given, at, out);
}

void convert(const v1::ApproveRun& given, const Fields& at, core::Command& out) {
  core::ApproveRun approve;
  out.request_id = at.request_id("request_id", given.request_id());
  approve.run = run_id(given.run(), at);
  at.require(given.payouts() > 0, "payouts", "a run that can be approved has some");
  approve.payouts = given.payouts();
  approve.total = at.cents("total_cents", given.total_cents(), core::kRunAmountMax);
  out.request = approve;
}

void convert(const v1::ExportRun& given, const Fields& at, core::Command& out) {
  core::ExportRun to_bank;
  out.request_id = at.request_id("request_id", given.request_id());
  to_bank.run = run_id(given.run(), at);
  to_bank.payouts_per_file = at.number<std::uint16_t>("payouts_per_file", given.payouts_per_file(),
                                                      1, core::kPayoutsPerFileMax);
  out.request = to_bank;
}

void convert(const v1::ListOwed& given, const Fields& at, core::Command& out) {
  core::ListOwed list;
  at.require(given.has_after() == (given.after_record() > 0), "after_record",
             "together with `after`");
  if (given.has_after()) list.after = payee(given.after(), at.in("after"));
  list.after_record = given.after_record();
  list.page = at.page_size(given.page_size());
  out.request = list;
}

void convert(const v1::ListReceivables& given, const Fields& at, core::Command& out) {
  core::ListReceivables list;
  if (given.has_after()) list.after = convert(given.after(), at.in("after"));
  list.page = at.page_size(given.page_size());
  out.request = list;
}

void convert(const v1::ListRuns& given, const Fields& at, core::Command& out) {
  out.request = core::ListRuns{given.after(), at.page_size(given.page_size())};
}

void convert(const v1::ListPayouts& given, const Fields& at, core::Command& out) {
  core::ListPayouts list;
  list.run = run_id(given.run(), at);
  list.after = given.after();
  list.page = at.page_size(given.page_size());
  out.request = list;
}

void convert(const v1::GetBankFile& given, const Fields& at, core::Command& out) {
  core::GetBankFile get;
  get.run = run_id(given.run(), at);
  at.require(given.file() > 0, "file", "a run's files begin at 1");
  get.file = given.file();
  get.offset = given.offset();
  out.request = get;
}

}  // namespace wasl::wire
