#include "cli/audit.hpp"

#include <map>

#include "core/codec.hpp"
#include "journal/head.hpp"
#include "journal/reader.hpp"

namespace wasl::cli {
namespace {

struct Kept {
  std::uint64_t records = 0;
  std::uint64_t sequence = 0;
  core::Sha256 hash{};
  std::string body;
};

using Journaled = std::map<std::pair<core::Participant, core::RequestId>, Kept>;

core::Result<void> take_group(const journal::Group& group, Journaled& journaled) {
  for (const journal::Record& record : group.records) {
    const std::optional<core::RecordView> view = core::decode_record(record.payload);
    if (!view) return core::fail(core::Errc::kCorrupt, "a record does not follow its format");
    Kept& kept = journaled[{view->command.from, view->command.request_id}];
    ++kept.records;
    kept.sequence = record.sequence;
    kept.hash = record.hash;
    kept.body = view->body;
  }
  return {};
}

core::Result<Journaled> read_journal(core::Directory& journal, core::Directory& head) {
  const core::Result<journal::HeadState> state = journal::read_head(head);
  if (!state) return std::unexpected(state.error());
  core::Result<journal::Reader> reader =
      journal::Reader::open(journal, journal::genesis(state->anchor.data_id));
  if (!reader) return std::unexpected(reader.error());
  Journaled journaled;
  for (;;) {
    const core::Result<std::optional<journal::Group>> group = reader->next();
    if (!group) return std::unexpected(group.error());
    if (!group->has_value()) return journaled;
    const core::Result<void> taken = take_group(**group, journaled);
    if (!taken) return std::unexpected(taken.error());
  }
}

void judge(const Exchange& exchange, const Journaled& journaled, Audit& audit) {
  const auto found = journaled.find({exchange.from, exchange.request_id});
  const char* finding = nullptr;
  if (exchange.refused) {
    if (found == journaled.end()) return;
    ++audit.lost;
    finding = "was refused and is in the journal";
  } else if (found != journaled.end() && found->second.records > 1) {
    ++audit.doubled;
    finding = "has more than one record";
  } else if (found == journaled.end()) {
    ++(exchange.answered ? audit.lost : audit.without_outcome);
    finding = exchange.answered ? "was answered and is not in the journal" : "has no outcome";
  } else if (exchange.answered &&
             (found->second.body != exchange.body || found->second.sequence != exchange.sequence ||
              found->second.hash != exchange.record_hash)) {
    ++audit.lost;
    finding = "was answered with other bytes than the journal holds";
  }
  if (finding != nullptr && audit.first.empty()) {
    audit.first = "record " + std::to_string(exchange.sequence) + ": the request " + finding;
  }
}

}  // namespace

core::Result<Audit> audit(core::Directory& journal, core::Directory& head,
                          const std::vector<Exchange>& exchanges) {
  const core::Result<Journaled> journaled = read_journal(journal, head);
  if (!journaled) return std::unexpected(journaled.error());
  Audit result;
  for (const Exchange& each : exchanges) judge(each, *journaled, result);
  return result;
}

}  // namespace wasl::cli
