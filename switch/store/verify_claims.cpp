#include "store/verify_claims.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "store/row_walk.hpp"
#include "store/stored_row.hpp"
#include "store/verify_text.hpp"

namespace wasl::store {

using core::fail;

namespace {

// Tags of the scratch map's keys.
constexpr char kAnswered = 'a';   // Key of the request row: answered.
constexpr char kCounter = 'c';    // Card and counter: marked.
constexpr char kLines = 'l';      // Claim: history key, then its lines as a History.
constexpr char kAmount = 'm';     // Claim: what the fund owes for it.
constexpr char kPresented = 'n';  // Claim: the record that presented it,
constexpr char kRejected = 'j';   // that rejected it,
constexpr char kCorrected = 'k';  // and that put another in its place.
constexpr char kSold = 's';       // Claim: service date, rank and fund.
constexpr char kBounds = 'b';     // History key: the furthest bounds any approval pruned by.

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

// As rules.md "Effects" says, written down a second time.
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

std::string counter_key(const core::Command& command, const core::CardNumber& card) {
  return kCounter + std::string(card.view()) + '/' + number(command.proofs.card->atc);
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

core::Result<ClaimCheck> ClaimCheck::make(const std::string& scratch, Differences& differences) {
  auto map = ScratchMap::make(scratch);
  if (!map) return std::unexpected(map.error());
  return ClaimCheck(std::make_unique<ScratchMap>(std::move(*map)), differences);
}

core::Result<void> ClaimCheck::mark_once(const std::string& key, core::Sequence sequence,
                                         const char* what) {
  const auto before = map_->get(key);
  if (!before) return std::unexpected(before.error());
  if (before->has_value()) {
    core::Reader in(core::as_bytes(**before));
    differences_.add(
        "claim", at(sequence) + ": " + what + " already in " + at(in.integer<core::Sequence>()));
  }
  return map_->put(key, number(sequence));
}

core::Result<void> ClaimCheck::take(const core::RecordView& record, const core::Stamp& stamp) {
  const core::Command& command = record.command;
  if (auto owed = settlement_->take(record, stamp); !owed) return owed;
  if (core::has_request_id(command.request)) {
    const core::RowKey key = core::request_key(command.from, command.request_id, command.index);
    auto marked = mark_once(kAnswered + std::string(key.view()), stamp.sequence,
                            "this request id was answered");
    if (!marked) return marked;
  }
  if (std::holds_alternative<core::SubmitClaim>(command.request)) {
    return take_claim(record, stamp);
  }
  if (std::holds_alternative<core::CorrectClaim>(command.request)) {
    return take_correction(record, stamp);
  }
  if (std::holds_alternative<core::ReviewBordereau>(command.request)) {
    return take_review(record, stamp);
  }
  if (const auto* rights = std::get_if<core::RightsDecision>(&record.decision);
      rights != nullptr && rights->marks_atc) {
    const auto* get = std::get_if<core::GetRights>(&command.request);
    const core::CardNumber& card =
        get != nullptr ? get->card.number : std::get<core::UpdateCard>(command.request).card.number;
    return mark_once(counter_key(command, card), stamp.sequence, "this card counter was used");
  }
  if (const auto* closing = std::get_if<core::ClosingDecision>(&record.decision);
      closing != nullptr && closing->reason == core::Reason::kNone) {
    return take_closing(record, stamp.sequence);
  }
  const auto* reversal = std::get_if<core::ReversalDecision>(&record.decision);
  if (reversal == nullptr || reversal->effect != core::ReversalDecision::Effect::kReleased) {
    return {};
  }
  return take_reversal(reversal->claim, stamp);
}

core::Result<void> ClaimCheck::take_closing(const core::RecordView& record,
                                            core::Sequence sequence) {
  const auto& closing = std::get<core::CloseBordereau>(record.command.request);
  for (const core::ListedClaim& listed : closing.claims) {
    const auto standing = map_->get(kLines + number(listed.claim));
    if (!standing) return std::unexpected(standing.error());
    const auto amount = map_->get(kAmount + number(listed.claim));
    if (!amount) return std::unexpected(amount.error());
    const auto cents = static_cast<std::uint64_t>(listed.insurer.value);
    if (!standing->has_value() || !amount->has_value() || **amount != number(cents)) {
      differences_.add("claim", at(sequence) + ": presents " + at(listed.claim) +
                                    ", which is no standing claim of that amount");
    }
    auto marked =
        mark_once(kPresented + number(listed.claim), sequence, "this claim was presented");
    if (!marked) return marked;
  }
  return bordereaux_.take_closing(record.command, std::get<core::ClosingDecision>(record.decision),
                                  sequence);
}

core::Result<void> ClaimCheck::take_review(const core::RecordView& record,
                                           const core::Stamp& stamp) {
  const auto& decision = std::get<core::ReviewDecision>(record.decision);
  if (decision.reason != core::Reason::kNone) return {};
  const auto& review = std::get<core::ReviewBordereau>(record.command.request);
  const auto reviewed = bordereaux_.take_review(review, decision, stamp.sequence);
  if (!reviewed) return std::unexpected(reviewed.error());
  for (const core::PostedClaim& claim : reviewed->rejected) {
    auto marked =
        mark_once(kRejected + number(claim.claim), stamp.sequence, "this claim was rejected");
    if (!marked) return marked;
    if (auto released = release(claim.claim, stamp.sequence, "rejects"); !released) return released;
  }
  return ledger_->take_review(review, *reviewed, stamp);
}

core::Result<void> ClaimCheck::release(core::ClaimId claim, core::Sequence sequence,
                                       const char* what) {
  const std::string key = kLines + number(claim);
  const auto standing = map_->get(key);
  if (!standing) return std::unexpected(standing.error());
  if (!standing->has_value()) {
    differences_.add("claim", at(sequence) + ": " + what + " " + at(claim) +
                                  ", which is no approved claim that stands");
  }
  return map_->put(key, {});
}

core::Result<void> ClaimCheck::take_reversal(core::ClaimId claim, const core::Stamp& stamp) {
  const auto presented = map_->get(kPresented + number(claim));
  if (!presented) return std::unexpected(presented.error());
  if (presented->has_value()) {
    differences_.add(
        "claim", at(stamp.sequence) + ": reverses " + at(claim) + ", which was presented before");
  }
  if (auto posted = ledger_->take_reversal(claim, stamp); !posted) return posted;
  return release(claim, stamp.sequence, "reverses");
}

core::Result<void> ClaimCheck::take_claim(const core::RecordView& record,
                                          const core::Stamp& stamp) {
  ++claims_;
  const core::Sequence sequence = stamp.sequence;
  const auto& claim = std::get<core::SubmitClaim>(record.command.request).claim;
  const auto& decision = std::get<core::ClaimDecision>(record.decision);
  check_sums(decision, sequence);
  if (decision.marks_atc) {
    if (!record.command.proofs.card.has_value()) {
      differences_.add("claim", at(sequence) + ": marks a counter that no proof carries");
    } else {
      auto marked = mark_once(counter_key(record.command, claim.card.number), sequence,
                              "this card counter was used");
      if (!marked) return marked;
    }
  }
  return decision.outcome == core::Outcome::kDeclined ? core::Result<void>{}
                                                      : take_approval(claim, record, stamp);
}

// Of the original's card, person and service date.
core::Result<void> ClaimCheck::take_correction(const core::RecordView& record,
                                               const core::Stamp& stamp) {
  ++claims_;
  const auto& decision = std::get<core::ClaimDecision>(record.decision);
  check_sums(decision, stamp.sequence);
  if (decision.outcome == core::Outcome::kDeclined) return {};
  const core::ClaimId original = decision.corrects;
  const auto rejected = map_->get(kRejected + number(original));
  if (!rejected) return std::unexpected(rejected.error());
  const auto amount = map_->get(kAmount + number(original));
  if (!amount) return std::unexpected(amount.error());
  const auto sold = map_->get(kSold + number(original));
  if (!sold) return std::unexpected(sold.error());
  const auto& request = std::get<core::CorrectClaim>(record.command.request);
  const core::RowKey named = core::request_key(record.command.from, request.original, 0);
  const auto answered = map_->get(kAnswered + std::string(named.view()));
  if (!answered) return std::unexpected(answered.error());
  const bool own = answered->has_value() && **answered == number(original);
  const auto cents = static_cast<std::uint64_t>(decision.insurer.value);
  if (!own || !rejected->has_value() || !sold->has_value() || **amount < number(cents)) {
    differences_.add("claim", at(stamp.sequence) + ": corrects " + at(original) +
                                  ", which is no rejected claim of this sender of that amount "
                                  "or more");
    return {};
  }
  auto marked = mark_once(kCorrected + number(original), stamp.sequence,
                          "another claim stands in the place of this one");
  if (!marked) return marked;
  core::Claim claim;
  claim.prescription = request.prescription;
  claim.lines = request.lines;
  core::Reader in(core::as_bytes(**sold));
  claim.service_date = core::Day{std::chrono::days{in.integer<std::int32_t>()}};
  claim.rank = in.integer<std::uint8_t>();
  claim.card.fund = core::FundCode::make(in.text()).value_or(core::FundCode{});
  return take_approval(claim, record, stamp);
}

core::Result<void> ClaimCheck::take_approval(const core::Claim& claim,
                                             const core::RecordView& record,
                                             const core::Stamp& stamp) {
  const core::Sequence sequence = stamp.sequence;
  const auto& decision = std::get<core::ClaimDecision>(record.decision);
  std::string sold;
  core::Writer out(sold);
  out.integer(static_cast<std::int32_t>(claim.service_date.time_since_epoch().count()));
  out.integer(claim.rank);
  out.text(claim.card.fund.view());
  if (auto put = map_->put(kSold + number(sequence), sold); !put) return put;
  const auto cents = static_cast<std::uint64_t>(decision.insurer.value);
  if (auto put = map_->put(kAmount + number(sequence), number(cents)); !put) return put;
  const bool proven = claim.kind == core::ClaimKind::kThirdParty;
  auto posted = ledger_->take_approval(
      {.fund = proven ? claim.card.fund : core::FundCode{}, .of = record.command.from},
      {.claim = sequence,
       .request_id = record.command.request_id,
       .kind = claim.kind,
       .insurer = decision.insurer},
      stamp.now);
  if (!posted) return posted;
  return expect_lines(claim, decision, sequence);
}

void ClaimCheck::check_sums(const core::ClaimDecision& decision, core::Sequence sequence) {
  std::int64_t insurer = 0;
  std::int64_t patient = 0;
  for (const core::LineDecision& line : decision.lines) {
    if (line.price.value != line.insurer.value + line.patient.value) {
      differences_.add("claim", at(sequence) + ": a line's price is not insurer plus patient");
    }
    insurer += line.insurer.value;
    patient += line.patient.value;
  }
  if (insurer != decision.insurer.value || patient != decision.patient.value) {
    differences_.add("claim", at(sequence) + ": the amounts are not the sums of the lines");
  }
}

core::Result<void> ClaimCheck::expect_lines(const core::Claim& claim,
                                            const core::ClaimDecision& decision,
                                            core::Sequence sequence) {
  Standing standing{core::history_key(decision.insured, claim.rank), {}};
  for (std::size_t i = 0; i < decision.lines.size(); ++i) {
    if (decision.lines[i].reason != core::Reason::kNone) continue;
    standing.lines.push_back(expected_line(claim, i, decision.lines[i], sequence));
  }
  if (auto put = map_->put(kLines + number(sequence), encode(standing)); !put) return put;

  const std::string key = kBounds + std::string(standing.history.view());
  const auto before = map_->get(key);
  if (!before) return std::unexpected(before.error());
  core::HistoryBounds bounds = decode_bounds(*before);
  bounds.quarter_from = std::max(bounds.quarter_from, decision.kept.quarter_from);
  bounds.service_from = std::max(bounds.service_from, decision.kept.service_from);
  return map_->put(key, encode(bounds));
}

core::Result<void> ClaimCheck::compare_rows(const Rocks& rows) {
  if (auto held = bordereaux_.compare_rows(rows); !held) return held;
  if (auto posted = ledger_->compare_rows(rows); !posted) return posted;
  if (auto owed = settlement_->compare_rows(rows); !owed) return owed;
  if (auto present = check_present(rows); !present) return present;
  return check_missing(rows);
}

core::Result<void> ClaimCheck::check_present(const Rocks& rows) {
  return for_each_row(
      rows, core::KeyTag::kHistory,
      [&](const core::RowKey& key, std::string_view value) { return check_history(key, value); });
}

core::Result<void> ClaimCheck::check_history(const core::RowKey& key, std::string_view value) {
  const auto row = decode_stored(key, value);
  if (!row.has_value()) {
    return fail(core::Errc::kCorrupt, "a history row does not follow its format");
  }
  for (const core::HistoryLine& line : std::get<core::History>(*row).lines) {
    const auto bytes = map_->get(kLines + number(line.claim));
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

core::Result<void> ClaimCheck::check_missing(const Rocks& rows) {
  core::Result<void> outcome;
  const auto check = [&](std::string_view key, std::string_view value) {
    outcome = check_standing(rows, key, value);
    return outcome.has_value();
  };
  if (auto scanned = map_->scan({&kLines, 1}, check); !scanned) return scanned;
  return outcome;
}

core::Result<void> ClaimCheck::check_standing(const Rocks& rows, std::string_view key,
                                              std::string_view value) {
  core::Reader in(core::as_bytes(key.substr(1)));
  const auto claim = in.integer<core::Sequence>();
  const auto standing = decode(value);
  if (!standing.has_value()) return {};
  const auto lines = lines_of(rows, standing->history);
  if (!lines) return std::unexpected(lines.error());
  const auto bounds = map_->get(kBounds + std::string(standing->history.view()));
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
