#include "store/verify_histories.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/row_walk.hpp"
#include "store/stored_row.hpp"
#include "store/verify_text.hpp"

namespace wasl::store {

using core::fail;

namespace {

// Tags of the scratch map's keys.
constexpr char kLines = 'l';   // Claim: history key, then its lines as a History.
constexpr char kBounds = 'b';  // History key: the furthest bounds any approval pruned by.

// Of an approved claim that stands.
struct Standing {
  core::RowKey history;
  std::vector<core::HistoryLine> lines;
};

std::string encode(const Standing& standing) {
  std::string bytes;
  core::Writer(bytes).text(standing.history.view());
  core::encode_row(core::History{.lines = standing.lines, .version = 0}, bytes);
  return bytes;
}

std::optional<Standing> decode(std::string_view bytes) {
  core::Reader in(core::as_bytes(bytes));
  Standing standing{core::RowKey(in.text()), {}};
  const auto row = core::decode_row(standing.history, in.raw(in.remaining()));
  if (!row.has_value() || !std::holds_alternative<core::History>(*row)) return std::nullopt;
  standing.lines = std::get<core::History>(*row).lines;
  return standing;
}

std::string encode(const core::HistoryBounds& bounds) {
  std::string bytes;
  core::Writer writer(bytes);
  writer.integer(bounds.quarter_from);
  writer.integer(static_cast<std::int32_t>(bounds.service_from.time_since_epoch().count()));
  return bytes;
}

core::HistoryBounds decode_bounds(const std::optional<std::string>& bytes) {
  if (!bytes.has_value()) return {};
  core::Reader in(core::as_bytes(*bytes));
  core::HistoryBounds bounds;
  bounds.quarter_from = in.integer<std::int32_t>();
  bounds.service_from = core::Day{std::chrono::days{in.integer<std::int32_t>()}};
  return bounds;
}

// What core::history_line() makes of an approved line, written down a second time.
core::HistoryLine expected_line(const core::Claim& claim, std::size_t index,
                                const core::LineDecision& decision, core::Sequence sequence) {
  const core::ClaimLine& line = claim.lines[index];
  return {.claim = sequence,
          .kind = claim.kind,
          .prescription = claim.prescription.key,
          .service_date = claim.service_date,
          .product = line.product,
          .inn = decision.inn,
          .supply_days = line.supply_days,
          .price = decision.price,
          .long_term = decision.long_term,
          .subject_to_limits = decision.subject_to_limits};
}

core::Result<std::vector<core::HistoryLine>> lines_of(const Rocks& rows, const core::RowKey& key) {
  std::vector<core::HistoryLine> lines;
  bool damaged = false;
  const std::string_view name = key.view();
  const auto take = [&](std::size_t, std::optional<std::string_view> value) {
    if (!value.has_value()) return;
    auto row = decode_stored(key, *value);
    damaged = !row.has_value() || !std::holds_alternative<core::History>(*row);
    if (!damaged) lines = std::move(std::get<core::History>(*row).lines);
  };
  if (auto got = rows.get({&name, 1}, take); !got) return std::unexpected(got.error());
  if (damaged) return fail(core::Errc::kCorrupt, "a history row does not follow its format");
  return lines;
}

}  // namespace

core::Result<void> HistoryCheck::expect(const core::Claim& claim,
                                        const core::ClaimDecision& decision,
                                        core::Sequence sequence) {
  Standing standing{core::history_key(decision.insured, claim.rank), {}};
  for (std::size_t i = 0; i < decision.lines.size(); ++i) {
    if (decision.lines[i].reason != core::Reason::kNone) continue;
    standing.lines.push_back(expected_line(claim, i, decision.lines[i], sequence));
  }
  if (auto put = map_.put(kLines + number(sequence), encode(standing)); !put) return put;

  const std::string key = kBounds + std::string(standing.history.view());
  const auto before = map_.get(key);
  if (!before) return std::unexpected(before.error());
  core::HistoryBounds bounds = decode_bounds(*before);
  bounds.quarter_from = std::max(bounds.quarter_from, decision.kept.quarter_from);
  bounds.service_from = std::max(bounds.service_from, decision.kept.service_from);
  return map_.put(key, encode(bounds));
}

core::Result<bool> HistoryCheck::stands(core::ClaimId claim) {
  const auto standing = map_.get(kLines + number(claim));
  if (!standing) return std::unexpected(standing.error());
  return standing->has_value();
}

core::Result<bool> HistoryCheck::release(core::ClaimId claim) {
  auto stood = stands(claim);
  if (!stood) return stood;
  if (auto put = map_.put(kLines + number(claim), {}); !put) return std::unexpected(put.error());
  return stood;
}

core::Result<void> HistoryCheck::compare_rows(const Rocks& rows) {
  if (auto present = check_present(rows); !present) return present;
  return check_missing(rows);
}

core::Result<void> HistoryCheck::check_present(const Rocks& rows) {
  return for_each_row(
      rows, core::KeyTag::kHistory,
      [&](const core::RowKey& key, std::string_view value) { return check_history(key, value); });
}

core::Result<void> HistoryCheck::check_history(const core::RowKey& key, std::string_view value) {
  const auto row = decode_stored(key, value);
  if (!row.has_value()) {
    return fail(core::Errc::kCorrupt, "a history row does not follow its format");
  }
  for (const core::HistoryLine& line : std::get<core::History>(*row).lines) {
    const auto bytes = map_.get(kLines + number(line.claim));
    if (!bytes) return std::unexpected(bytes.error());
    const auto standing = bytes->has_value() ? decode(**bytes) : std::nullopt;
    if (!standing.has_value() || standing->history != key ||
        std::ranges::find(standing->lines, line) == standing->lines.end()) {
      differences_.add("claim", at(line.claim) +
                                    ": a line of the history is not that of an "
                                    "approved claim that stands");
    }
  }
  return {};
}

core::Result<void> HistoryCheck::check_missing(const Rocks& rows) {
  core::Result<void> outcome;
  const auto check = [&](std::string_view key, std::string_view value) {
    outcome = check_standing(rows, key, value);
    return outcome.has_value();
  };
  if (auto scanned = map_.scan({&kLines, 1}, check); !scanned) return scanned;
  return outcome;
}

core::Result<void> HistoryCheck::check_standing(const Rocks& rows, std::string_view key,
                                                std::string_view value) {
  core::Reader in(core::as_bytes(key.substr(1)));
  const auto claim = in.integer<core::Sequence>();
  const auto standing = decode(value);
  if (!standing.has_value()) return {};
  const auto lines = lines_of(rows, standing->history);
  if (!lines) return std::unexpected(lines.error());
  const auto bounds = map_.get(kBounds + std::string(standing->history.view()));
  if (!bounds) return std::unexpected(bounds.error());
  const core::HistoryBounds kept = decode_bounds(*bounds);
  for (const core::HistoryLine& line : standing->lines) {
    if (kept.keep(line) && std::ranges::find(*lines, line) == lines->end()) {
      differences_.add("claim", at(claim) + ": an approved line is missing from the history");
    }
  }
  return {};
}

}  // namespace wasl::store
