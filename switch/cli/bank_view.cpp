#include "cli/bank_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "cli/receipt_text.hpp"
#include "core/calendar.hpp"
#include "core/hex.hpp"
#include "core/run.hpp"

namespace wasl::cli {
namespace {

namespace json = boost::json;
using core::Language;

std::string time_text(std::int64_t ms) {
  return core::to_text(core::Instant{std::chrono::milliseconds{ms}});
}

std::string hex_of(const std::string& digest) { return core::to_hex(core::as_bytes(digest)); }

std::string payouts_text(std::uint64_t count) {
  return fmt::format("{} payout{}", count, count == 1 ? "" : "s");
}

// Within a field of CSV: an end-to-end id or a message id may be anything of one line.
std::string quoted(std::string_view text) {
  if (text.find_first_of(",\"") == std::string_view::npos) return std::string(text);
  std::string field = "\"";
  for (const char c : text) field.append(c == '"' ? 2 : 1, c);
  return field + '"';
}

std::string exported_json(const Exported& what) {
  json::array list;
  for (std::size_t i = 0; i < what.files.size(); ++i) {
    const core::BankFile& file = what.files[i];
    list.push_back({{"name", file.name},
                    {"payouts", file.payouts},
                    {"total_cents", file.total.value},
                    {"sha256", core::to_hex(file.sha256)},
                    {"written", bool{what.written[i]}}});
  }
  const json::object object{{"run", what.run.run()},
                            {"exported_before", what.was_before},
                            {"exported_by", what.run.exported_by()},
                            {"exported_at", time_text(what.run.exported_at_ms())},
                            {"value_date", what.run.value_date()},
                            {"payouts_per_file", what.run.payouts_per_file()},
                            {"payouts", what.run.payouts()},
                            {"total_cents", what.run.total_cents()},
                            {"files", std::move(list)}};
  return json::serialize(object) + "\n";
}

// What is said of an imported file beside that it was carried out.
struct Remark {
  std::string_view kind;  // "wrong", "told", "declined" or "failed"
  std::uint32_t line = 0;
  std::string what;
};

// Where the file says what is wrong; 0: only as a part of something.
std::uint32_t line_of(const StatusEntries& statuses, const v1::WrongStatus& wrong) {
  const auto is_meant = [&](const v1::StatusEntry& entry) {
    return entry.run() == wrong.run() && entry.number() == wrong.number();
  };
  const auto at = std::ranges::find_if(statuses.entries, is_meant);
  if (at == statuses.entries.end()) return 0;
  return statuses.lines[static_cast<std::size_t>(at - statuses.entries.begin())];
}

std::string reason_text(v1::Reason reason, Language language) {
  const auto known = core::reason_numbered(static_cast<std::uint8_t>(reason));
  if (!known || static_cast<int>(*known) != reason) return std::to_string(reason);
  const core::ReasonEntry& entry = core::entry(*known);
  return fmt::format("{} ({})", entry.meaning.in(language), entry.name);
}

// `other` stands in the way: nothing of one that is received only was done, so it may be given up;
// one that is being carried out goes to its end; what one says that was carried out, the bank
// knows.
std::string way_past(const v1::StatusFile& other, v1::Reason declined) {
  const bool by_its_name = declined == v1::STATUS_FILE_DIFFERS;
  switch (other.state()) {
    case v1::STATUS_FILE_RECEIVING:
      return fmt::format("import that file again, or wasl settle drop-status --file {}{}",
                         other.file(), by_its_name ? " and then this one" : "; then this one");
    case v1::STATUS_FILE_APPLYING:
      return by_its_name ? "import that file again" : "import that file again; then this one";
    default:
      return by_its_name ? "ask the bank which of the two holds" : "this one again";
  }
}

// The reason, the file that stands in the way, and the way out.
std::string declined_text(const Imported& what, Language language) {
  std::string reason = reason_text(what.sent.declined, language);
  if (!what.in_the_way) return reason;
  const v1::StatusFile& other = *what.in_the_way;
  return fmt::format("{}: status file {}, {}, of {} by {}: {}; next: {}", reason, other.file(),
                     other.message_id(), time_text(other.opened_at_ms()), other.opened_by(),
                     text(other.state(), language), way_past(other, what.sent.declined));
}

std::string wrong_text(const v1::WrongStatus& wrong, const core::FundCode& fund,
                       Language language) {
  const std::string id = core::end_to_end_id(fund, {.run = wrong.run(), .number = wrong.number()});
  const bool stands = wrong.why() == v1::WrongStatus::CONTRADICTS;
  return fmt::format("{}: {}{}", id, text(wrong.why(), language),
                     stands ? fmt::format("; how: wasl settle show --run {}", wrong.run()) : "");
}

std::vector<Remark> remarks_of(const Imported& what, const core::FundCode& fund,
                               Language language) {
  std::vector<Remark> remarks;
  for (const StatusNote& note : what.statuses.told)
    remarks.push_back({"told", note.line, note.what});
  for (const StatusNote& note : what.statuses.wrong) {
    remarks.push_back({"wrong", note.line, note.what});
  }
  for (const v1::WrongStatus& each : what.sent.wrong) {
    remarks.push_back({"wrong", line_of(what.statuses, each), wrong_text(each, fund, language)});
  }
  if (what.is_declined()) remarks.push_back({"declined", 0, declined_text(what, language)});
  if (!what.failed.empty()) remarks.push_back({"failed", 0, what.failed});
  return remarks;
}

std::string outcome_of(const Imported& what) {
  if (what.is_wrong()) return std::string(outcome_of_wrong(what));
  if (what.sent.file == 0) return "nothing in it changes a payout: nothing to do";
  if (what.sent.was_done) {
    return fmt::format("was carried out before, as status file {}: nothing to do", what.sent.file);
  }
  return fmt::format("carried out as status file {}", what.sent.file);
}

// Of a file that was not sent there is none.
std::string state_name(const Imported& what) {
  return what.sent.file == 0 ? "" : v1::StatusFileState_Name(what.sent.state);
}

std::string imported_json(const Imported& what, std::span<const Remark> remarks) {
  json::array list;
  for (const Remark& each : remarks) {
    list.push_back({{"kind", each.kind}, {"line", each.line}, {"what", each.what}});
  }
  const json::object object{
      {"path", what.path},
      {"message_id", what.statuses.message_id},
      {"entries", what.statuses.entries.size()},
      {"status_file", what.sent.file},
      {"state", state_name(what)},
      {"done_before", what.sent.was_done},
      {"wrong", what.wrong_count()},
      {"declined",
       what.is_declined() ? std::string(v1::Reason_Name(what.sent.declined)) : std::string()},
      {"remarks", std::move(list)}};
  return json::serialize(object) + "\n";
}

std::string imported_csv(const Imported& what, std::span<const Remark> remarks) {
  const std::string head = fmt::format(
      "{},{},{},{},{},{}", quoted(what.path), quoted(what.statuses.message_id),
      what.statuses.entries.size(), what.sent.file, state_name(what), what.sent.was_done ? 1 : 0);
  if (remarks.empty()) return head + ",,,\n";
  std::string out;
  for (const Remark& each : remarks) {
    out += fmt::format("{},{},{},{}\n", head, each.kind, each.line, quoted(each.what));
  }
  return out;
}

}  // namespace

std::string exported(const Exported& what, Format format) {
  if (format == Format::kJson) return exported_json(what);
  const v1::SettlementRun& run = what.run;
  const bool csv = format == Format::kCsv;
  std::string out =
      csv ? "file,payouts,total_cents,sha256,written\n"
          : fmt::format(
                "settlement run {}, value date {}: {}, {}\n{} by {} at {}, at most {} in a file\n",
                run.run(), run.value_date(), payouts_text(run.payouts()),
                amount_for_people(run.total_cents()),
                what.was_before ? "was exported before," : "exported", run.exported_by(),
                time_text(run.exported_at_ms()), run.payouts_per_file());
  for (std::size_t i = 0; i < what.files.size(); ++i) {
    const core::BankFile& file = what.files[i];
    const std::string digest = core::to_hex(file.sha256);
    out += csv ? fmt::format("{},{},{},{},{}\n", file.name, file.payouts, file.total.value, digest,
                             what.written[i] ? 1 : 0)
               : fmt::format("{}: {}, {}, {}\n  SHA-256 {}\n", file.name,
                             payouts_text(file.payouts), amount_for_people(file.total.value),
                             what.written[i] ? "written" : "the same file is there", digest);
  }
  return out;
}

std::string imported(const Imported& what, const core::FundCode& fund, Format format,
                     Language language) {
  const std::vector<Remark> remarks = remarks_of(what, fund, language);
  if (format == Format::kJson) return imported_json(what, remarks);
  if (format == Format::kCsv) return imported_csv(what, remarks);
  std::string out = fmt::format("{}: {}, {}\n", what.path, what.statuses.message_id,
                                payouts_text(what.statuses.entries.size()));
  for (const Remark& each : remarks) {
    const std::string_view kind = each.kind == "told" ? "not applied" : each.kind;
    out += fmt::format("  {}: {}\n", kind, describe(StatusNote{each.line, each.what}));
  }
  return out + "  " + outcome_of(what) + "\n";
}

std::string_view outcome_of_wrong(const Imported& what) {
  const bool begun = what.is_declined() && what.sent.state == v1::STATUS_FILE_APPLYING;
  return begun ? "it was not carried out to its end" : "nothing of it was done";
}

std::string_view imported_header() {
  return "path,message_id,entries,status_file,state,done_before,remark,line,what\n";
}

std::string status_files(std::span<const v1::StatusFile> rows, Format format, Language language) {
  if (format == Format::kJson) {
    json::array list;
    for (const v1::StatusFile& file : rows) {
      list.push_back({{"status_file", file.file()},
                      {"message_id", file.message_id()},
                      {"sha256", hex_of(file.sha256())},
                      {"state", v1::StatusFileState_Name(file.state())},
                      {"opened_by", file.opened_by()},
                      {"opened_at", time_text(file.opened_at_ms())},
                      {"entries", file.entries()},
                      {"received", file.received()},
                      {"wrong", file.wrong()},
                      {"applied", file.applied()}});
    }
    return json::serialize(json::object{{"status_files", std::move(list)}}) + "\n";
  }
  const bool csv = format == Format::kCsv;
  std::string out = csv ? "status_file,message_id,sha256,state,opened_by,opened_at,entries,"
                          "received,wrong,applied\n"
                        : "";
  for (const v1::StatusFile& file : rows) {
    out +=
        csv ? fmt::format("{},{},{},{},{},{},{},{},{},{}\n", file.file(), quoted(file.message_id()),
                          hex_of(file.sha256()), v1::StatusFileState_Name(file.state()),
                          file.opened_by(), time_text(file.opened_at_ms()), file.entries(),
                          file.received(), file.wrong(), file.applied())
            : fmt::format(
                  "status file {}, {}: {}\n  by {} at {}; {}; received {}, wrong {}, "
                  "carried out {}\n",
                  file.file(), file.message_id(), text(file.state(), language), file.opened_by(),
                  time_text(file.opened_at_ms()), payouts_text(file.entries()), file.received(),
                  file.wrong(), file.applied());
  }
  return out.empty() ? "no status file came\n" : out;
}

}  // namespace wasl::cli
