#include "cli/settle_view.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "cli/payee_sums.hpp"
#include "cli/receipt_text.hpp"
#include "core/calendar.hpp"

namespace wasl::cli {
namespace {

namespace json = boost::json;
using core::Language;

// As RFC 4180 has it: what a bank wrote may hold anything.
std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out.append(c == '"' ? 2 : 1, c);
  return out + "\"";
}

std::string instant_text(std::int64_t ms) {
  return core::to_text(core::Instant{std::chrono::milliseconds{ms}});
}

std::string proposed_at(const v1::SettlementRun& run) { return instant_text(run.proposed_at_ms()); }

bool goes_to_the_bank(const v1::SettlementRun& run) { return run.exported_at_ms() != 0; }

// Empty before it does.
std::string exported_at(const v1::SettlementRun& run) {
  return goes_to_the_bank(run) ? instant_text(run.exported_at_ms()) : std::string();
}

json::object json_of(const v1::SettlementRun& run) {
  return {{"run", run.run()},
          {"state", v1::RunState_Name(run.state())},
          {"value_date", run.value_date()},
          {"minimum_cents", run.minimum_cents()},
          {"proposed_by", run.proposed_by()},
          {"proposed_at", proposed_at(run)},
          {"approved_by", run.approved_by()},
          {"payouts", run.payouts()},
          {"total_cents", run.total_cents()},
          {"released", run.released()},
          {"exported_by", run.exported_by()},
          {"exported_at", exported_at(run)},
          {"debtor_name", run.debtor_name()},
          {"debtor_last_digits", last_digits(run.debtor_account())},
          {"payouts_per_file", run.payouts_per_file()},
          {"exported", run.exported()}};
}

std::string head_line(const v1::SettlementRun& run, Language language) {
  return fmt::format("settlement run {}, value date {}: {}\n", run.run(), run.value_date(),
                     text(run.state(), language));
}

std::string total_line(const v1::SettlementRun& run) {
  const std::string back =
      run.released() == 0 ? "" : fmt::format("; given back, owed again: {}", run.released());
  return fmt::format("payouts: {}; {}{}\n", run.payouts(), amount_for_people(run.total_cents()),
                     back);
}

// Empty of a run that was not exported.
std::string export_line(const v1::SettlementRun& run) {
  if (!goes_to_the_bank(run)) return {};
  return fmt::format("exported by {} at {}: {} of {} payouts, at most {} in a file, from {} {}\n",
                     run.exported_by(), exported_at(run), run.exported(), run.payouts(),
                     run.payouts_per_file(), run.debtor_name(), last_digits(run.debtor_account()));
}

std::string_view bank_word_name(const v1::Payout& payout) {
  const bool none = payout.bank_word() == v1::BANK_WORD_UNSPECIFIED;
  return none ? std::string_view() : v1::BankWord_Name(payout.bank_word());
}

// "came back (rejected, AC04)"
std::string state_text(const v1::Payout& payout, Language language) {
  std::string out(text(payout.state(), language));
  if (payout.bank_word() == v1::BANK_WORD_UNSPECIFIED) return out;
  out.append(" (").append(text(payout.bank_word(), language));
  if (!payout.bank_reason().empty()) out.append(comma(language)).append(payout.bank_reason());
  return out + ")";
}

json::object json_of(const v1::Payout& payout) {
  return {{"number", payout.number()},
          {"payee", kind_of(payout.payee())},
          {"id", id_of(payout.payee())},
          {"last_digits", last_digits(payout.payout_account())},
          {"items", payout.items()},
          {"amount_cents", payout.amount_cents()},
          {"withheld_cents", payout.withheld_cents()},
          {"end_to_end_id", payout.end_to_end_id()},
          {"state", v1::PayoutState_Name(payout.state())},
          {"bank_word", bank_word_name(payout)},
          {"bank_reason", payout.bank_reason()},
          {"status_file", payout.status_file()}};
}

std::string csv_of(std::span<const v1::Payout> payouts) {
  std::string out =
      "number,payee,id,last_digits,items,amount_cents,withheld_cents,end_to_end_id,state,bank_word,"
      "bank_reason,status_file\n";
  for (const v1::Payout& payout : payouts) {
    out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\n", payout.number(),
                       kind_of(payout.payee()), id_of(payout.payee()),
                       last_digits(payout.payout_account()), payout.items(), payout.amount_cents(),
                       payout.withheld_cents(), payout.end_to_end_id(),
                       v1::PayoutState_Name(payout.state()), bank_word_name(payout),
                       csv_field(payout.bank_reason()), payout.status_file());
  }
  return out;
}

std::string table_of(std::span<const v1::Payout> payouts, Language language) {
  constexpr std::string_view kLine = "{:>6}  {:<34}  {:>7}  {:>6}  {:>16}  {:>14}  {:<20}  {}\n";
  std::string out = fmt::format(kLine, "payout", "payee", "account", "items", "amount", "withheld",
                                "end-to-end id", "state");
  for (const v1::Payout& payout : payouts) {
    out += fmt::format(kLine, payout.number(), payee_for_people(payout.payee()),
                       last_digits(payout.payout_account()), payout.items(),
                       amount_for_people(payout.amount_cents()),
                       amount_for_people(payout.withheld_cents()), payout.end_to_end_id(),
                       state_text(payout, language));
  }
  return out;
}

// One line for each payee, whose rows stand together.
std::string left_out_text(std::span<const v1::LeftOut> rows, Language language) {
  std::string out;
  std::size_t first = 0;
  for (const PayeeSum& sum : by_payee(rows)) {
    out += fmt::format("left out: {:<34}  {:>16}  {}\n", payee_for_people(sum.payee),
                       amount_for_people(sum.cents), text(rows[first].why(), language));
    first += sum.items;
  }
  return out;
}

}  // namespace

std::string runs(std::span<const v1::SettlementRun> rows, Format format, Language language) {
  if (format == Format::kJson) {
    json::array list;
    for (const v1::SettlementRun& run : rows) list.push_back(json_of(run));
    return json::serialize(json::object{{"runs", std::move(list)}}) + "\n";
  }
  if (format == Format::kCsv) {
    std::string out =
        "run,state,value_date,minimum_cents,proposed_by,proposed_at,approved_by,payouts,"
        "total_cents,released,exported_by,exported_at,payouts_per_file,exported\n";
    for (const v1::SettlementRun& run : rows) {
      out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", run.run(),
                         v1::RunState_Name(run.state()), run.value_date(), run.minimum_cents(),
                         run.proposed_by(), proposed_at(run), run.approved_by(), run.payouts(),
                         run.total_cents(), run.released(), run.exported_by(), exported_at(run),
                         run.payouts_per_file(), run.exported());
    }
    return out;
  }
  if (rows.empty()) return "there is no settlement run\n";
  std::string out;
  for (const v1::SettlementRun& run : rows)
    out += head_line(run, language) + "  " + total_line(run);
  return out;
}

std::string run_with_payouts(const v1::SettlementRun& run, std::span<const v1::Payout> payouts,
                             Format format, Language language) {
  if (format == Format::kCsv) return csv_of(payouts);
  if (format == Format::kText) {
    const std::string table = payouts.empty() ? "" : table_of(payouts, language);
    return head_line(run, language) + export_line(run) + table + total_line(run);
  }
  json::array list;
  for (const v1::Payout& payout : payouts) list.push_back(json_of(payout));
  json::object object = json_of(run);
  object["payout_list"] = std::move(list);
  return json::serialize(object) + "\n";
}

std::string collected(const Collected& what, Format format, Language language) {
  if (format == Format::kJson) {
    json::array list;
    for (const v1::LeftOut& row : what.left_out) {
      list.push_back({{"payee", kind_of(row.payee())},
                      {"id", id_of(row.payee())},
                      {"amount_cents", row.amount_cents()},
                      {"why", v1::LeftOut::Why_Name(row.why())}});
    }
    json::object object = json_of(what.run);
    object["left_out"] = std::move(list);
    return json::serialize(object) + "\n";
  }
  if (format == Format::kCsv) {
    std::string out = "payee,id,amount_cents,why\n";
    for (const v1::LeftOut& row : what.left_out) {
      out += fmt::format("{},{},{},{}\n", kind_of(row.payee()), id_of(row.payee()),
                         row.amount_cents(), v1::LeftOut::Why_Name(row.why()));
    }
    return out;
  }
  const bool nothing = what.run.state() == v1::RUN_CANCELLED && what.run.payouts() == 0;
  std::string out = head_line(what.run, language) +
                    (nothing ? "nothing to pay\n" : total_line(what.run)) +
                    left_out_text(what.left_out, language);
  if (what.run.state() == v1::RUN_PROPOSED) {
    out += fmt::format("next, by another person: wasl settle approve --run {}\n", what.run.run());
  }
  return out;
}

std::string run_summary(const v1::SettlementRun& run, Language language) {
  return head_line(run, language) +
         fmt::format("proposed by {} at {}\n", run.proposed_by(), proposed_at(run)) +
         total_line(run);
}

}  // namespace wasl::cli
