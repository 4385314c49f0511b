#include "cli/demo_export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "cli/bank_file.hpp"
#include "cli/demo_bank.hpp"
#include "cli/fetched_files.hpp"
#include "cli/payout_view.hpp"
#include "cli/receipt_text.hpp"
#include "cli/settle_steps.hpp"
#include "cli/status_entries.hpp"

namespace wasl::cli {
namespace {

constexpr std::uint32_t kPayoutsPerFile = 1'000;

core::Instant now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

// "1 payout", "2 payouts"
std::string payouts_text(std::size_t count) {
  return fmt::format("{} payout{}", count, count == 1 ? "" : "s");
}

StepSender sender(DemoPeer& peer) {
  return {.me = peer.me(), .submit = [&peer](v1::Envelope request) -> core::Result<v1::AnswerBody> {
            core::Result<Told> told = peer.submit(std::move(request));
            if (!told) return std::unexpected(told.error());
            return std::move(told->body);
          }};
}

// Whether a person wants to see this line of the file.
bool is_shown(std::string_view line) {
  const std::string_view tag = line.substr(std::min(line.find('<'), line.size()));
  constexpr std::string_view kShown[] = {"<MsgId>", "<CtrlSum>", "<EndToEndId>", "<InstdAmt "};
  return std::ranges::any_of(kShown, [&](std::string_view each) { return tag.starts_with(each); });
}

// The lines that say what is paid, as they stand in the file.
void show(const core::BankFile& file, std::ostream& out) {
  out << fmt::format("   {}, {} bytes, {}, {}:\n", file.name, file.bytes.size(),
                     payouts_text(file.payouts), dinars(file.total.value));
  std::istringstream lines(file.bytes);
  std::string last;  // The sum stands twice, of the file and of its one PmtInf.
  for (std::string line; std::getline(lines, line);) {
    if (!is_shown(line) || line == last) continue;
    out << line << "\n";
    last = line;
  }
}

class Banking {
 public:
  Banking(const DemoTreasury& treasury, std::ostream& out) : treasury_(treasury), out_(out) {}

  core::Result<DemoPayouts> tell(const DemoRun& first) {
    core::Result<void> told = returned_by_the_bank(first);
    if (told) told = paid_again();
    if (!told) return std::unexpected(told.error());
    return payouts_;
  }

 private:
  core::Result<void> returned_by_the_bank(const DemoRun& run) {
    out_ << "\n9. The fund's bank is given the run as a file; it books all but one, which comes "
            "back.\n";
    const core::Result<BankOrder> order = export_to_bank(run.id);
    if (!order) return std::unexpected(order.error());
    return answer(run.id, *order, order->transfers.back().end_to_end_id);
  }

  core::Result<void> paid_again() {
    out_ << "\n10. The account was closed: two people enter the new one, and a second run pays.\n";
    const core::Result<void> set = set_account(treasury_, returned_.payee(), demo_account(0), out_);
    if (!set) return set;
    const core::Result<DemoRun> run = tell_run(treasury_, out_);
    if (!run) return std::unexpected(run.error());
    const core::Result<BankOrder> order = export_to_bank(run->id);
    if (!order) return std::unexpected(order.error());
    return answer(run->id, *order, {});
  }

  // What the bank read in the one file that it is given.
  core::Result<BankOrder> export_to_bank(std::uint64_t run) {
    const core::Result<std::uint32_t> exported =
        export_run(sender(treasury_.proposer), run, kPayoutsPerFile);
    if (!exported) return std::unexpected(exported.error());
    const core::Result<std::vector<v1::SettlementRun>> runs = runs_of(asking(treasury_.proposer));
    if (!runs) return std::unexpected(runs.error());
    const auto found = std::ranges::find(*runs, run, &v1::SettlementRun::run);
    if (found == runs->end()) return core::fail(core::Errc::kNotFound, "the run is not listed");
    const core::Result<std::vector<core::BankFile>> files =
        fetch_bank_files(asking(treasury_.proposer), treasury_.fund, *found);
    if (!files) return std::unexpected(files.error());
    if (files->size() != 1) {
      return core::fail(core::Errc::kOutOfRange, "the story's run fills more than one bank file");
    }
    show(files->front(), out_);
    return read_order(files->front().bytes);
  }

  // The bank's two files, imported; `returned`: the end-to-end id of what comes back, if anything.
  core::Result<void> answer(std::uint64_t run, const BankOrder& order, std::string_view returned) {
    core::Result<void> done = import_file(acceptance_of(order, now()), "pain.002.001.10");
    if (done) done = import_file(booking_of(order, returned, now()), "camt.054.001.08");
    return done ? count(run) : done;
  }

  core::Result<void> import_file(const std::string& file, std::string_view message) {
    const core::Result<iso20022::BankFile> read =
        iso20022::read_bank_file(file, {.currency = std::string(kBankCurrency)});
    if (!read) return std::unexpected(read.error());
    const core::Result<std::vector<v1::SettlementRun>> runs = runs_of(asking(treasury_.proposer));
    if (!runs) return std::unexpected(runs.error());
    const StatusEntries statuses = status_entries(*read, treasury_.fund, *runs);
    if (!statuses.wrong.empty()) {
      return core::fail(core::Errc::kMalformed, describe(statuses.wrong.front()));
    }
    const core::Result<SentStatusFile> sent =
        send_status_file(sender(treasury_.proposer), statuses, sha256_of(file));
    if (!sent) return std::unexpected(sent.error());
    out_ << fmt::format("   the bank's {}, {}, {}: {}\n", message, statuses.message_id,
                        payouts_text(statuses.entries.size()),
                        text(sent->state, core::Language::kEnglish));
    if (sent->state == v1::STATUS_FILE_APPLIED) return {};
    return core::fail(core::Errc::kOutOfRange, "the bank's file was not carried out");
  }

  core::Result<void> count(std::uint64_t run) {
    const core::Result<std::vector<v1::Payout>> payouts =
        payouts_of(asking(treasury_.proposer), run);
    if (!payouts) return std::unexpected(payouts.error());
    for (const v1::Payout& payout : *payouts) {
      ++payouts_.settled;
      if (payout.state() == v1::PAYOUT_PAID) ++payouts_.paid;
      if (payout.state() == v1::PAYOUT_RETURNED) {
        ++payouts_.returned;
        returned_ = payout;
      }
      out_ << fmt::format("     {}, {}, {}: {}{}{}\n", payout.end_to_end_id(),
                          payee_for_people(payout.payee()), dinars(payout.amount_cents()),
                          text(payout.state(), core::Language::kEnglish),
                          payout.bank_reason().empty() ? "" : ", ", payout.bank_reason());
    }
    return {};
  }

  const DemoTreasury& treasury_;
  std::ostream& out_;
  DemoPayouts payouts_{};
  v1::Payout returned_;  // The one that came back last.
};

}  // namespace

core::Result<DemoPayouts> tell_banking(const DemoTreasury& treasury, const DemoRun& run,
                                       std::ostream& out) {
  return Banking(treasury, out).tell(run);
}

}  // namespace wasl::cli
