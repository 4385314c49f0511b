#include "cli/receipt.hpp"

#include <fmt/format.h>

#include "cli/format.hpp"
#include "cli/outbox.hpp"
#include "cli/receipt_text.hpp"
#include "core/hex.hpp"
#include "wire/client.hpp"

namespace wasl::cli {
namespace {

using core::Language;

// Of the claim that was sent; nullptr where they are not known.
using Lines = const google::protobuf::RepeatedPtrField<v1::ClaimLine>*;

std::string hex(const std::string& bytes) { return core::to_hex(core::as_bytes(bytes)); }

std::string labelled(std::string_view word, std::string_view value, Language language) {
  return fmt::format("{}{}{}", word, colon(language), value);
}
std::string labelled(Word word, std::string_view value, Language language) {
  return labelled(text(word, language), value, language);
}
// "The fund pays: 960.00, The patient pays: 240.00"
std::string shares(std::int64_t insurer_cents, std::int64_t patient_cents, Language language) {
  return labelled(Word::kFundPays, amount_for_people(insurer_cents), language)
      .append(comma(language))
      .append(labelled(Word::kPatientPays, amount_for_people(patient_cents), language));
}

// Appends facts, one per line.
class Page {
 public:
  Page(const ReceiptView& view, const google::protobuf::RepeatedPtrField<v1::ReasonText>& texts)
      : view_(view), texts_(texts) {}

  void append(std::string_view lines) { out_.append(lines); }
  void line(std::string_view content) { out_.append(content).append("\n"); }
  void fact(Word word, std::string_view value) {
    line("  " + labelled(word, value, view_.language));
  }
  [[nodiscard]] Language language() const { return view_.language; }

  // Why, and what the person can do; nothing where nothing was refused.
  void reason(v1::Reason reason, v1::Remedy remedy, const std::string& come_back_on,
              std::string_view indent) {
    if (reason == v1::REASON_NONE) return;
    const auto say = [&](Word word, const std::string& value) {
      line(std::string(indent) + labelled(word, value, language()));
    };
    say(Word::kReason, meaning_of(reason));
    if (remedy != v1::REMEDY_NONE) say(Word::kWhatToDo, advice_of(reason, remedy));
    if (!come_back_on.empty()) say(Word::kComeBackOn, come_back_on);
  }

  // The end of every page.
  void proof(const v1::Receipt* receipt) {
    if (view_.id) fact(Word::kRequest, core::to_hex(*view_.id));
    if (receipt != nullptr) {
      fact(Word::kReceipt, fmt::format("{0}{4}{1} {2}{4}{3}", hex(receipt->journal_id()),
                                       text(Word::kRecord, language()), receipt->sequence(),
                                       hex(receipt->record_hash()), comma(language())));
    }
    if (view_.took) {
      fact(Word::kTook, fmt::format("{:.1f} ms", static_cast<double>(view_.took->count()) / 1e3));
    }
  }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  // This table's words, or those that a newer switch brought.
  [[nodiscard]] std::string meaning_of(v1::Reason reason) const {
    const auto known = core::reason_numbered(static_cast<std::uint8_t>(reason));
    if (known && static_cast<int>(*known) == reason) {
      const core::ReasonEntry& entry = core::entry(*known);
      return fmt::format("{} ({})", entry.meaning.in(language()), entry.name);
    }
    for (const v1::ReasonText& each : texts_) {
      if (each.reason() == reason) return fmt::format("{} ({})", each.meaning(), int{reason});
    }
    return std::to_string(reason);
  }
  [[nodiscard]] std::string advice_of(v1::Reason reason, v1::Remedy remedy) const {
    for (const core::RemedyEntry& entry : core::remedies()) {
      if (static_cast<int>(entry.remedy) == remedy) {
        return std::string(entry.advice.in(language()));
      }
    }
    for (const v1::ReasonText& each : texts_) {
      if (each.reason() == reason && each.remedy() == remedy) return each.advice();
    }
    return std::to_string(remedy);
  }

  const ReceiptView& view_;
  const google::protobuf::RepeatedPtrField<v1::ReasonText>& texts_;
  std::string out_;
};

std::string goods_of(Lines lines, int index, Language language) {
  if (lines == nullptr || index >= lines->size()) return {};
  const v1::ClaimLine& line = lines->Get(index);
  return fmt::format("{0}{1}{0}{2} x {3}", comma(language), line.product_code(), line.quantity(),
                     amount_for_people(line.unit_price_cents()));
}

void add_line(Page& page, Lines lines, const v1::LineAnswer& line, int index) {
  const Language language = page.language();
  std::string head = fmt::format("  {} {}{}", text(Word::kLine, language), index + 1,
                                 goods_of(lines, index, language));
  if (line.long_term()) head.append(comma(language)).append(text(Word::kLongTerm, language));
  page.line(head);
  if (line.reason() == v1::REASON_NONE) {
    page.line("    " + shares(line.insurer_cents(), line.patient_cents(), language));
  }
  page.reason(line.reason(), line.remedy(), line.come_back_on(), "    ");
}

void add_claim(Page& page, const v1::ClaimAnswer& answer, Lines lines) {
  const Language language = page.language();
  page.line(labelled(Word::kClaim, text(answer.outcome(), language), language));
  if (answer.quote()) page.line(fmt::format("  {}", text(Word::kQuote, language)));
  page.reason(answer.reason(), answer.remedy(), {}, "  ");
  if (answer.outcome() != v1::ClaimAnswer::DECLINED) {
    page.fact(Word::kFundPays, amount_for_people(answer.insurer_cents()));
    page.fact(Word::kPatientPays, amount_for_people(answer.patient_cents()));
  }
  if (answer.corrects_claim_id() != 0) {
    page.fact(Word::kCorrects, std::to_string(answer.corrects_claim_id()));
  }
  for (int i = 0; i < answer.lines_size(); ++i) add_line(page, lines, answer.lines(i), i);
  if (answer.has_prescriptions_left()) {
    page.fact(Word::kPrescriptionsLeft, std::to_string(answer.prescriptions_left()));
  }
  if (!answer.rights_until().empty()) page.fact(Word::kRightsUntil, answer.rights_until());
}

void add_reversal(Page& page, const v1::ReversalAnswer& answer) {
  const Language language = page.language();
  page.line(labelled(Word::kReversal, text(answer.effect(), language), language));
  page.reason(answer.reason(), answer.remedy(), {}, "  ");
  if (answer.effect() != v1::ReversalAnswer::RELEASED) return;
  page.fact(Word::kFundPays, "-" + amount_for_people(answer.insurer_cents()));
  page.fact(Word::kPatientPays, "-" + amount_for_people(answer.patient_cents()));
}

void add_beneficiary(Page& page, const v1::BeneficiaryRights& one) {
  const Language language = page.language();
  std::string line =
      fmt::format("  {} {}{}{} {}{}{}", text(Word::kBeneficiary, language), one.rank(),
                  comma(language), text(Word::kBorn, language), one.birth_date(), comma(language),
                  text(one.open() ? Word::kRightsOpen : Word::kRightsNotOpen, language));
  if (!one.until().empty()) line.append(" -> ").append(one.until());
  if (one.long_term()) line.append(comma(language)).append(text(Word::kLongTerm, language));
  if (one.has_prescriptions_left()) {
    line.append(comma(language))
        .append(
            labelled(Word::kPrescriptionsLeft, std::to_string(one.prescriptions_left()), language));
  }
  page.line(line);
}

void add_rights(Page& page, const v1::RightsAnswer& answer) {
  page.line(text(Word::kCard, page.language()));
  page.reason(answer.reason(), answer.remedy(), {}, "  ");
  if (!answer.rights_until().empty()) page.fact(Word::kRightsUntil, answer.rights_until());
  for (const v1::BeneficiaryRights& one : answer.beneficiaries()) add_beneficiary(page, one);
}

void add_card(Page& page, const v1::CardAnswer& answer) {
  page.line(text(Word::kCard, page.language()));
  page.reason(answer.reason(), answer.remedy(), {}, "  ");
  if (!answer.rights_until().empty()) page.fact(Word::kRightsUntil, answer.rights_until());
}

Word word_of(v1::ListDifference::Side side) {
  if (side == v1::ListDifference::ONLY_LISTED) return Word::kOnlyListed;
  return side == v1::ListDifference::ONLY_HELD ? Word::kOnlyHeld : Word::kAmountDiffers;
}

void add_closing(Page& page, const v1::ClosingAnswer& answer) {
  const Language language = page.language();
  page.line(text(Word::kClosing, language));
  page.reason(answer.reason(), answer.remedy(), {}, "  ");
  for (const v1::ClosedBordereau& each : answer.bordereaux()) {
    page.line(fmt::format("  {} {}{}{}{}{}", text(Word::kBordereau, language), each.number(),
                          colon(language),
                          labelled(Word::kClaims, std::to_string(each.count()), language),
                          comma(language), amount_for_people(each.total_cents())));
  }
  if (!answer.due().empty()) page.fact(Word::kDue, answer.due());
  for (const v1::ListDifference& each : answer.differences()) {
    page.line("  " + difference_text(each, language));
  }
}

void add_review(Page& page, const v1::ReviewAnswer& answer) {
  page.line(text(Word::kReview, page.language()));
  page.reason(answer.reason(), answer.remedy(), {}, "  ");
  if (answer.claim_id() != 0) page.fact(Word::kClaim, std::to_string(answer.claim_id()));
  if (answer.reason() == v1::REASON_NONE) page.append(review_totals(answer, page.language()));
}

void add_payout(Page& page, const v1::PayoutAnswer& answer) {
  const Language language = page.language();
  page.line(labelled(Word::kPayoutAccount, text(answer.effect(), language), language));
  page.reason(answer.reason(), answer.remedy(), {}, "  ");
}

void add_reduction(Page& page, const v1::ReductionAnswer& answer) {
  const Language language = page.language();
  page.line(labelled(Word::kReduction, text(answer.effect(), language), language));
  page.reason(answer.reason(), answer.remedy(), {}, "  ");
  if (answer.reason() == v1::REASON_NONE) {
    page.fact(Word::kDifference, amount_for_people(answer.difference_cents()));
  }
}

// What it is, its number, and its state; `number` 0: nothing was done with it.
void add_head(Page& page, Word what, std::uint64_t number, std::string_view state) {
  const Language language = page.language();
  page.line(number == 0
                ? std::string(text(what, language))
                : labelled(what, fmt::format("{}{}{}", number, comma(language), state), language));
}

void add_run(Page& page, const v1::RunAnswer& answer) {
  add_head(page, Word::kRun, answer.run(), text(answer.state(), page.language()));
  page.reason(answer.reason(), answer.remedy(), {}, "  ");
}

void add_status_file(Page& page, const v1::StatusFileAnswer& answer) {
  const Language language = page.language();
  add_head(page, Word::kStatusFile, answer.file(), text(answer.state(), language));
  page.reason(answer.reason(), answer.remedy(), {}, "  ");
  for (const v1::WrongStatus& each : answer.wrong()) {
    page.line(fmt::format("  {} {}-{}{}{}", text(Word::kPayout, language), each.run(),
                          each.number(), colon(language), text(each.why(), language)));
  }
  if (answer.applied() > 0) page.fact(Word::kCarriedOut, std::to_string(answer.applied()));
}

core::Result<void> add_body(Page& page, const std::string& bytes, Lines lines) {
  const core::Result<v1::AnswerBody> body = wire::read_body(bytes);
  if (!body) return std::unexpected(body.error());
  if (body->has_claim()) add_claim(page, body->claim(), lines);
  if (body->has_reversal()) add_reversal(page, body->reversal());
  if (body->has_rights()) add_rights(page, body->rights());
  if (body->has_card()) add_card(page, body->card());
  if (body->has_closing()) add_closing(page, body->closing());
  if (body->has_review()) add_review(page, body->review());
  if (body->has_payout()) add_payout(page, body->payout());
  if (body->has_run()) add_run(page, body->run());
  if (body->has_reduction()) add_reduction(page, body->reduction());
  if (body->has_status_file()) add_status_file(page, body->status_file());
  return {};
}

// What an approval said holds no more.
bool is_overtaken(v1::State now) {
  return now == v1::REVERSED || now == v1::CLOSED || now == v1::REJECTED || now == v1::CORRECTED;
}

core::Result<std::string> answer_receipt(const ReceiptView& view) {
  const v1::Answer& answer = view.answer.answer();
  Page page(view, answer.texts());
  if (answer.repeat()) page.line(text(Word::kRepeat, view.language));
  const core::Result<void> added = add_body(page, answer.body(), view.lines);
  if (!added) return std::unexpected(added.error());
  if (is_overtaken(answer.state_now())) {
    page.fact(Word::kStateNow, text(answer.state_now(), view.language));
  }
  page.proof(answer.has_receipt() ? &answer.receipt() : nullptr);
  return page.take();
}

core::Result<std::string> status_receipt(const ReceiptView& view) {
  const v1::StatusAnswer& status = view.answer.status();
  Page page(view, status.texts());
  page.line(labelled(Word::kClaim, text(status.finding(), view.language), view.language));
  if (status.state_now() != v1::STATE_UNKNOWN) {
    page.fact(Word::kStateNow, text(status.state_now(), view.language));
  }
  if (status.reduced_cents() > 0) {
    page.fact(Word::kReducedBy, amount_for_people(status.reduced_cents()));
  }
  if (!status.body().empty()) {
    const core::Result<void> added = add_body(page, status.body(), view.lines);
    if (!added) return std::unexpected(added.error());
  }
  page.proof(status.has_receipt() ? &status.receipt() : nullptr);
  return page.take();
}

std::string refused_receipt(const ReceiptView& view) {
  const v1::Refused& refused = view.answer.refused();
  static const google::protobuf::RepeatedPtrField<v1::ReasonText> kNoTexts;
  Page page(view, kNoTexts);
  page.line(labelled(Word::kRefused, v1::Refused::Code_Name(refused.code()) + " " + refused.field(),
                     view.language));
  page.proof(nullptr);
  return page.take();
}

}  // namespace

std::string difference_text(const v1::ListDifference& difference, Language language) {
  std::string line = fmt::format("{} {}{}{}", text(Word::kClaim, language), difference.claim_id(),
                                 colon(language), text(word_of(difference.side()), language));
  if (difference.side() != v1::ListDifference::ONLY_LISTED) {
    line += " " + amount_for_people(difference.held_cents());
  }
  return line;
}

core::Result<std::string> receipt(const ReceiptView& view) {
  if (view.answer.has_answer()) return answer_receipt(view);
  if (view.answer.has_status()) return status_receipt(view);
  if (view.answer.has_claims_page()) return listing(view.answer.claims_page(), view.language);
  if (view.answer.has_refused()) return refused_receipt(view);
  return core::fail(core::Errc::kMalformed, "the switch sent an answer of another kind");
}

std::string review_totals(const v1::ReviewAnswer& answer, core::Language language) {
  const auto line = [&](Word word, const v1::ReviewTally& tally) {
    const std::string value = fmt::format("{}{}{}", tally.claims(), comma(language),
                                          amount_for_people(tally.insurer_cents()));
    return "  " + labelled(word, value, language) + "\n";
  };
  return line(Word::kAcceptedClaims, answer.accepted()) +
         line(Word::kRejectedClaims, answer.rejected()) + line(Word::kHeldClaims, answer.held()) +
         line(Word::kUndecidedClaims, answer.undecided());
}

std::string listing(const v1::ClaimsPage& page, core::Language language) {
  if (page.claims_size() == 0) return fmt::format("{}\n", text(Word::kNoClaims, language));
  std::string out;
  for (const v1::ListedClaim& claim : page.claims()) {
    out += fmt::format("{}  {}  {}  {}\n", claim.decided_on(), hex(claim.request_id()),
                       shares(claim.insurer_cents(), claim.patient_cents(), language),
                       text(claim.state_now(), language));
  }
  return out;
}

}  // namespace wasl::cli
