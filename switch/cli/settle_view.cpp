#include "cli/settle_view.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "cli/payout_view.hpp"
#include "cli/receipt_text.hpp"
#include "core/calendar.hpp"

namespace wasl::cli {
namespace {

namespace json = boost::json;
using core::Language;

// What is owed to one payee.
struct Sum {
  v1::Payee payee;
  std::size_t items = 0;
  std::int64_t cents = 0;
};

bool same(const v1::Payee& a, const v1::Payee& b) {
  return kind_of(a) == kind_of(b) && id_of(a) == id_of(b);
}

// The rows of a payee stand together.
template <typename Row>
std::vector<Sum> by_payee(std::span<const Row> rows) {
  std::vector<Sum> sums;
  for (const Row& row : rows) {
    if (sums.empty() || !same(sums.back().payee, row.payee())) {
      sums.push_back({.payee = row.payee(), .items = 0, .cents = 0});
    }
    ++sums.back().items;
    sums.back().cents += row.amount_cents();
  }
  return sums;
}

std::string proposed_at(const v1::SettlementRun& run) {
  return core::to_text(core::Instant{std::chrono::milliseconds{run.proposed_at_ms()}});
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
          {"released", run.released()}};
}

std::string head_line(const v1::SettlementRun& run, Language language) {
  return fmt::format("settlement run {}, value date {}: {}\n", run.run(), run.value_date(),
                     text(run.state(), language));
}

std::string total_line(const v1::SettlementRun& run) {
  return fmt::format("payouts: {}; {}\n", run.payouts(), amount_for_people(run.total_cents()));
}

// One line for each payee, whose rows stand together.
std::string left_out_text(std::span<const v1::LeftOut> rows) {
  std::string out;
  std::size_t first = 0;
  for (const Sum& sum : by_payee(rows)) {
    out += fmt::format("left out: {:<34}  {:>16}  {}\n", payee_for_people(sum.payee),
                       amount_for_people(sum.cents), text(rows[first].why()));
    first += sum.items;
  }
  return out;
}

}  // namespace

std::string_view text(v1::LeftOut::Why why) {
  switch (why) {
    case v1::LeftOut::NO_ACCOUNT:
      return "no valid account";
    case v1::LeftOut::BELOW_MINIMUM:
      return "below the minimum";
    case v1::LeftOut::ABOVE_MAXIMUM:
      return "more than a run may pay";
    default:
      return "unknown";
  }
}

std::string owed(std::span<const v1::Owed> rows, Format format) {
  const std::vector<Sum> sums = by_payee(rows);
  if (format == Format::kJson) {
    json::array list;
    for (const Sum& sum : sums) {
      list.push_back({{"payee", kind_of(sum.payee)},
                      {"id", id_of(sum.payee)},
                      {"items", sum.items},
                      {"amount_cents", sum.cents}});
    }
    return json::serialize(json::object{{"owed", std::move(list)}}) + "\n";
  }
  constexpr std::string_view kLine = "{:<34}  {:>6}  {:>16}\n";
  const bool csv = format == Format::kCsv;
  std::string out =
      csv ? "payee,id,items,amount_cents\n" : fmt::format(kLine, "payee", "items", "owed");
  std::int64_t total = 0;
  for (const Sum& sum : sums) {
    total += sum.cents;
    out += csv ? fmt::format("{},{},{},{}\n", kind_of(sum.payee), id_of(sum.payee), sum.items,
                             sum.cents)
               : fmt::format(kLine, payee_for_people(sum.payee), sum.items,
                             amount_for_people(sum.cents));
  }
  if (csv) return out;
  if (sums.empty()) return "nothing is owed that no run has taken\n";
  return out + fmt::format("owed to {} payees: {}\n", sums.size(), amount_for_people(total));
}

std::string runs(std::span<const v1::SettlementRun> rows, Format format, Language language) {
  if (format == Format::kJson) {
    json::array list;
    for (const v1::SettlementRun& run : rows) list.push_back(json_of(run));
    return json::serialize(json::object{{"runs", std::move(list)}}) + "\n";
  }
  if (format == Format::kCsv) {
    std::string out =
        "run,state,value_date,minimum_cents,proposed_by,proposed_at,approved_by,payouts,"
        "total_cents,released\n";
    for (const v1::SettlementRun& run : rows) {
      out +=
          fmt::format("{},{},{},{},{},{},{},{},{},{}\n", run.run(), v1::RunState_Name(run.state()),
                      run.value_date(), run.minimum_cents(), run.proposed_by(), proposed_at(run),
                      run.approved_by(), run.payouts(), run.total_cents(), run.released());
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
  if (format == Format::kJson) {
    json::array list;
    for (const v1::Payout& payout : payouts) {
      list.push_back({{"number", payout.number()},
                      {"payee", kind_of(payout.payee())},
                      {"id", id_of(payout.payee())},
                      {"last_digits", last_digits(payout.payout_account())},
                      {"items", payout.items()},
                      {"amount_cents", payout.amount_cents()}});
    }
    json::object object = json_of(run);
    object["payout_list"] = std::move(list);
    return json::serialize(object) + "\n";
  }
  const bool csv = format == Format::kCsv;
  constexpr std::string_view kLine = "{:>6}  {:<34}  {:>7}  {:>6}  {:>16}\n";
  std::string out = csv ? "number,payee,id,last_digits,items,amount_cents\n"
                        : head_line(run, language) +
                              fmt::format(kLine, "payout", "payee", "account", "items", "amount");
  for (const v1::Payout& payout : payouts) {
    const std::string_view digits = last_digits(payout.payout_account());
    out += csv ? fmt::format("{},{},{},{},{},{}\n", payout.number(), kind_of(payout.payee()),
                             id_of(payout.payee()), digits, payout.items(), payout.amount_cents())
               : fmt::format(kLine, payout.number(), payee_for_people(payout.payee()), digits,
                             payout.items(), amount_for_people(payout.amount_cents()));
  }
  return csv ? out : out + total_line(run);
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
  std::string out =
      head_line(what.run, language) + total_line(what.run) + left_out_text(what.left_out);
  if (what.run.state() == v1::RUN_PROPOSED) {
    out += fmt::format("next, by another person: wasl settle approve --run {}\n", what.run.run());
  }
  return out;
}

std::string approval_summary(const v1::SettlementRun& run, Language language) {
  return head_line(run, language) +
         fmt::format("proposed by {} at {}\n", run.proposed_by(), proposed_at(run)) +
         total_line(run);
}

}  // namespace wasl::cli
