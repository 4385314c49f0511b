#include "simulation/fund_people.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

namespace wasl::test {
namespace {

// Payouts that one part of a status file names: files take several.
constexpr std::size_t kPartEntries = 2;

using Runs = std::map<core::Sequence, KnownRun>;

// By what the people know.
bool is_done(const KnownRun& run) {
  return run.state == v1::RUN_CANCELLED || run.state == v1::RUN_EXPORTED;
}

std::vector<core::Sequence> not_done(const Runs& runs) {
  std::vector<core::Sequence> ids;
  for (const auto& [id, run] : runs) {
    if (!is_done(run)) ids.push_back(id);
  }
  return ids;
}

}  // namespace

// The next step of a known run, or a new one; also steps that a run's state no longer allows.
core::Request FundPeople::run_step(const ClientRecord& record, core::Day today) {
  const Runs runs = known_runs(record);
  const std::vector<core::Sequence> open = not_done(runs);
  if (runs.empty() || below(open.empty() ? 2 : 8) == 0) {
    return core::ProposeRun{today + std::chrono::days{2}, core::Cents{}};
  }
  const bool any = open.empty() || below(6) == 0;
  const core::Sequence id =
      any ? std::next(runs.begin(), static_cast<std::ptrdiff_t>(below(runs.size())))->first
          : open[below(open.size())];
  const KnownRun& run = runs.at(id);
  if (below(20) == 0) return core::CancelRun{id};
  switch (run.state) {
    case v1::RUN_PROPOSED:
      return core::ApproveRun{id, std::max(run.payouts, 1U), run.total};
    case v1::RUN_CANCELLING:
      return core::CancelRun{id};
    case v1::RUN_APPROVED:
    case v1::RUN_EXPORTING:
    case v1::RUN_EXPORTED:
      return core::ExportRun{id, static_cast<std::uint16_t>(1 + below(3))};
    default:
      return core::CollectRun{id};
  }
}

std::optional<core::Request> FundPeople::file_step(const ClientRecord& record,
                                                   const OrderedRows& rows) {
  const std::map<core::Sequence, KnownFile> known = known_files(record);
  const auto open = std::ranges::find_if(known, [](const auto& each) {
    return each.second.state == v1::STATUS_FILE_RECEIVING ||
           each.second.state == v1::STATUS_FILE_APPLYING;
  });
  if (open != known.end() && below(8) != 0) return go_on(open->first, open->second);
  if (!bank_.files().empty() && below(4) == 0) {
    const auto again =
        std::next(bank_.files().begin(), static_cast<std::ptrdiff_t>(below(bank_.files().size())));
    return open_file(again->first);
  }
  const std::string name = bank_.write_file(rows, random_);
  return name.empty() ? std::nullopt : std::optional(open_file(name));
}

// Sometimes another file under a name that is known.
core::Request FundPeople::open_file(const std::string& name) {
  const BankFile& file = bank_.files().at(name);
  core::OpenStatusFile request;
  request.message_id = name;
  request.sha256 = file.sha256;
  request.entries = static_cast<std::uint32_t>(file.entries.size());
  if (below(12) == 0) request.sha256[0] ^= 1;
  return request;
}

core::Request FundPeople::go_on(core::Sequence id, const KnownFile& file) {
  if (below(16) == 0) return core::DropStatusFile{id};
  const std::vector<core::StatusEntry>& entries = bank_.files().at(file.message_id).entries;
  // Sometimes the next but one, which is refused.
  const std::uint32_t part = file.parts + 1 + (below(16) == 0 ? 1 : 0);
  const std::size_t first = (part - 1) * kPartEntries;
  if (file.state == v1::STATUS_FILE_APPLYING || first >= entries.size()) {
    return core::ApplyStatuses{id};
  }
  const auto from = entries.begin() + static_cast<std::ptrdiff_t>(first);
  const std::size_t count = std::min(kPartEntries, entries.size() - first);
  core::ReceiveStatuses request;
  request.file = id;
  request.part = static_cast<std::uint16_t>(part);
  request.entries.assign(from, from + static_cast<std::ptrdiff_t>(count));
  return request;
}

core::Request FundPeople::account_change(const core::Payee& payee) {
  constexpr std::string_view kAccounts[] = {"00799999002345678941", "00100000000000000097"};
  return core::SetPayoutAccount{
      .payee = payee, .account = std::string(kAccounts[below(2)]), .withdraw = false};
}

}  // namespace wasl::test
