#include <fmt/format.h>

#include <boost/json.hpp>
#include <iomanip>

#include "cli/demo.hpp"
#include "core/money.hpp"

namespace wasl::cli {
namespace {

boost::json::object counts(const std::map<std::string, std::uint64_t>& by_reason) {
  boost::json::object object;
  for (const auto& [reason, count] : by_reason) object[reason] = count;
  return object;
}

void row(std::ostream& out, const std::string& name, const std::string& value) {
  out << "   " << std::left << std::setw(36) << name << std::right << std::setw(16) << value
      << "\n";
}

}  // namespace

void print_report(const DemoReport& report, std::ostream& out) {
  const FleetTotals& totals = report.totals;
  const auto number = [](std::uint64_t value) { return grouped(value); };
  const auto tenths = [](double value) { return fmt::format("{:.1f}", value); };
  const auto ms = [&](double share) {
    return fmt::format("{:.2f} ms", percentile_ms(totals.latencies_us, share));
  };
  out << "\n";
  row(out, "claims answered", number(totals.claims));
  row(out, "approved", number(totals.approved));
  row(out, "approved partially", number(totals.approved_partially));
  for (const auto& [reason, count] : totals.declined)
    row(out, "declined, " + reason, number(count));
  for (const auto& [reason, count] : totals.declined_lines) {
    row(out, "  line, " + reason, number(count));
  }
  row(out, "of the claims, refunds at centres", number(totals.refunds));
  row(out, "claims reversed", number(totals.reversed));
  row(out, "rights shown at centres", number(totals.rights_shown));
  row(out, "cards updated at centres", number(totals.cards_updated));
  row(out, "cards opposed and found again", number(totals.cards_reported));
  row(out, "of these four, not done", number(totals.not_done));
  row(out, "repeats, all alike", number(totals.repeated));
  if (totals.refused > 0) row(out, "refused without effect", number(totals.refused));
  row(out, "the funds pay", core::to_text(core::Cents{totals.insurer_cents}) + " DZD");
  row(out, "the patients pay", core::to_text(core::Cents{totals.patient_cents}) + " DZD");
  row(out, "latency p50", ms(0.50));
  row(out, "latency p99", ms(0.99));
  row(out, "latency p99.9", ms(0.999));
  row(out, "terminals connected at once", number(report.terminals));
  if (report.connection_bytes > 0) {
    row(out, "the switch's memory for each",
        tenths(static_cast<double>(report.connection_bytes) / 1024) + " KiB");
  }
  row(out, "from kill -9 until all were back", tenths(report.all_back.count()) + " s");
  row(out, "in doubt and resolved", number(totals.in_doubt));
  row(out, "lost", number(report.lost));
  row(out, "doubled", number(report.doubled));
  out << "\n   " << (report.verified ? "Everything verified." : "NOT VERIFIED: " + report.finding)
      << "\n";
}

std::string report_json(const DemoReport& report) {
  const FleetTotals& totals = report.totals;
  const boost::json::object object{{"claims", totals.claims},
                                   {"approved", totals.approved},
                                   {"approved_partially", totals.approved_partially},
                                   {"declined", counts(totals.declined)},
                                   {"declined_lines", counts(totals.declined_lines)},
                                   {"claims_per_second", report.claims_per_second},
                                   {"latency_ms",
                                    {{"p50", percentile_ms(totals.latencies_us, 0.50)},
                                     {"p99", percentile_ms(totals.latencies_us, 0.99)},
                                     {"p999", percentile_ms(totals.latencies_us, 0.999)}}},
                                   {"in_doubt", totals.in_doubt},
                                   {"lost", report.lost},
                                   {"doubled", report.doubled},
                                   {"presented", report.settlement.presented},
                                   {"accepted", report.settlement.accepted},
                                   {"rejected", report.settlement.rejected},
                                   {"corrected", report.settlement.corrected},
                                   {"settled", report.settlement.payouts.settled},
                                   {"paid", report.settlement.payouts.paid},
                                   {"returned", report.settlement.payouts.returned},
                                   {"trial_balance_zero", report.settlement.trial_balance_zero},
                                   {"verified", report.verified}};
  return boost::json::serialize(object);
}

}  // namespace wasl::cli
