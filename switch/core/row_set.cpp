#include "core/row_set.hpp"

namespace wasl::core {
namespace {

// Inline, so that a key costs no allocation; a code in a key has its length before it, as
// everywhere.
class KeyWriter {
 public:
  explicit KeyWriter(KeyTag tag) : bytes_{static_cast<char>(tag)} {}

  template <std::unsigned_integral T>
  KeyWriter& integer(T value) {
    std::uint8_t bytes[sizeof(T)];
    put_big_endian(bytes, value);
    return raw(as_text(bytes));
  }
  KeyWriter& code(std::string_view text) {
    return integer(static_cast<std::uint8_t>(text.size())).raw(text);
  }
  KeyWriter& participant(const Participant& participant) {
    return integer(static_cast<std::uint8_t>(participant.role)).code(participant.id.view());
  }
  KeyWriter& payee(const Payee& payee) {
    integer(static_cast<std::uint8_t>(payee.index() + 1));
    if (const auto* insured = std::get_if<InsuredNumber>(&payee)) {
      return code(pseudonym(insured->view()));
    }
    return participant(std::get<Participant>(payee));
  }
  // Offset by 2^31, so that byte order is the order of days, before 1970 too.
  KeyWriter& day(Day day) {
    const auto days = static_cast<std::int32_t>(day.time_since_epoch().count());
    return integer(static_cast<std::uint32_t>(days) ^ 0x8000'0000U);
  }
  KeyWriter& raw(std::string_view text) {
    WASL_ASSERT(size_ + text.size() <= bytes_.size());
    std::copy(text.begin(), text.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += text.size();
    return *this;
  }
  [[nodiscard]] RowKey done() const { return RowKey({bytes_.data(), size_}); }

 private:
  std::array<char, RowKey::kBytesMax> bytes_;
  std::size_t size_ = 1;
};

// As KeyWriter::day() wrote it.
Day day_in_key(std::uint32_t stored) {
  return Day{std::chrono::days{static_cast<std::int32_t>(stored ^ 0x8000'0000U)}};
}

// What a key of the tag ends with.
std::optional<Sequence> last_sequence(const RowKey& key, KeyTag tag) {
  const ByteView bytes = as_bytes(key.view());
  if (bytes.size() < 1 + sizeof(Sequence)) return std::nullopt;
  if (static_cast<KeyTag>(bytes.front()) != tag) return std::nullopt;
  return get_big_endian<Sequence>(bytes.last(sizeof(Sequence)).data());
}

std::optional<Participant> participant_in(Reader& in) {
  const auto role = static_cast<Role>(in.integer<std::uint8_t>());
  const auto id = ParticipantId::make(in.text());
  if (!id || role < Role::kProvider || role > Role::kDesk) return std::nullopt;
  return Participant{role, *id};
}

// What a key of the tag begins with.
std::optional<std::pair<FundCode, Participant>> participant_with_fund(Reader& in, KeyTag tag) {
  if (static_cast<KeyTag>(in.integer<char>()) != tag) in.reject();
  const auto fund = FundCode::make(in.text());
  const auto participant = participant_in(in);
  if (!fund || !participant) return std::nullopt;
  return std::pair{*fund, *participant};
}

}  // namespace

bool has_request_id(const Request& request) {
  const Deed deed = deed_of(request);
  return !is_listing(deed) && !is_switchs_own(deed) && deed != Deed::kGetClaim &&
         deed != Deed::kImport;
}

std::string_view pseudonym(std::string_view number) { return number; }

RowKey registration_key(const Participant& participant) {
  return KeyWriter(KeyTag::kRegistration).participant(participant).done();
}

RowKey request_key(const Participant& participant, const RequestId& id, std::uint16_t index) {
  return KeyWriter(KeyTag::kRequest)
      .participant(participant)
      .raw(as_text(id))
      .integer(index)
      .done();
}

RowKey card_key(const CardNumber& card) {
  return KeyWriter(KeyTag::kCard).code(pseudonym(card.view())).done();
}

RowKey account_key(const InsuredNumber& insured) {
  return KeyWriter(KeyTag::kAccount).code(pseudonym(insured.view())).done();
}

RowKey history_key(const InsuredNumber& insured, std::uint8_t rank) {
  return KeyWriter(KeyTag::kHistory).code(pseudonym(insured.view())).integer(rank).done();
}

RowKey claim_index_prefix(const Participant& participant) {
  return KeyWriter(KeyTag::kClaimIndex).participant(participant).done();
}

RowKey claim_index_key(const Participant& participant, Day decided, Sequence claim) {
  return KeyWriter(KeyTag::kClaimIndex).participant(participant).day(decided).integer(claim).done();
}

RowKey posting_key(const FundCode& fund, const Participant& participant, Sequence sequence,
                   std::uint16_t item) {
  return KeyWriter(KeyTag::kPosting)
      .code(fund.view())
      .participant(participant)
      .integer(sequence)
      .integer(item)
      .done();
}

RowKey posting_prefix(const FundCode& fund) {
  return KeyWriter(KeyTag::kPosting).code(fund.view()).done();
}

RowKey posting_prefix(const FundCode& fund, const Participant& participant) {
  return KeyWriter(KeyTag::kPosting).code(fund.view()).participant(participant).done();
}

RowKey day_closing_key(const FundCode& fund, const Participant& participant, Sequence last) {
  return KeyWriter(KeyTag::kDayClosing)
      .code(fund.view())
      .participant(participant)
      .integer(last)
      .done();
}

RowKey day_closing_prefix(const FundCode& fund, const Participant& participant) {
  return KeyWriter(KeyTag::kDayClosing).code(fund.view()).participant(participant).done();
}

RowKey presentation_key(const FundCode& fund, const Participant& provider) {
  return KeyWriter(KeyTag::kPresentation).code(fund.view()).participant(provider).done();
}

RowKey bordereau_prefix(const FundCode& fund) {
  return KeyWriter(KeyTag::kBordereau).code(fund.view()).done();
}

RowKey bordereau_prefix(const FundCode& fund, const Participant& provider) {
  return KeyWriter(KeyTag::kBordereau).code(fund.view()).participant(provider).done();
}

RowKey bordereau_key(const FundCode& fund, const Participant& provider, std::uint32_t number) {
  return KeyWriter(KeyTag::kBordereau)
      .code(fund.view())
      .participant(provider)
      .integer(number)
      .done();
}

RowKey review_index_prefix(const Participant& reviewer) {
  return KeyWriter(KeyTag::kReviewIndex).participant(reviewer).done();
}

RowKey review_index_key(const Participant& reviewer, Day deadline, Sequence closing,
                        std::uint32_t number) {
  return KeyWriter(KeyTag::kReviewIndex)
      .participant(reviewer)
      .day(deadline)
      .integer(closing)
      .integer(number)
      .done();
}

RowKey payout_change_prefix(const Participant& participant) {
  return KeyWriter(KeyTag::kPayoutChange).participant(participant).done();
}

RowKey payout_change_key(const Participant& participant, const Payee& payee) {
  return KeyWriter(KeyTag::kPayoutChange).participant(participant).payee(payee).done();
}

RowKey owed_prefix(const FundCode& fund) {
  return KeyWriter(KeyTag::kOwed).code(fund.view()).done();
}

RowKey owed_key(const FundCode& fund, const Payee& payee, Sequence record) {
  return KeyWriter(KeyTag::kOwed).code(fund.view()).payee(payee).integer(record).done();
}

RowKey receivable_prefix(const FundCode& fund) {
  return KeyWriter(KeyTag::kReceivable).code(fund.view()).done();
}

RowKey receivable_key(const FundCode& fund, const Participant& provider) {
  return KeyWriter(KeyTag::kReceivable).code(fund.view()).participant(provider).done();
}

RowKey run_prefix(const FundCode& fund) { return KeyWriter(KeyTag::kRun).code(fund.view()).done(); }

RowKey run_key(const FundCode& fund, Sequence run) {
  return KeyWriter(KeyTag::kRun).code(fund.view()).integer(run).done();
}

RowKey payout_prefix(const FundCode& fund, Sequence run) {
  return KeyWriter(KeyTag::kPayout).code(fund.view()).integer(run).done();
}

RowKey payout_key(const FundCode& fund, const PayoutId& payout) {
  return KeyWriter(KeyTag::kPayout)
      .code(fund.view())
      .integer(payout.run)
      .integer(payout.number)
      .done();
}

RowKey status_file_prefix(const FundCode& fund) {
  return KeyWriter(KeyTag::kStatusFile).code(fund.view()).done();
}

RowKey status_file_key(const FundCode& fund, Sequence file) {
  return KeyWriter(KeyTag::kStatusFile).code(fund.view()).integer(file).done();
}

RowKey status_part_key(const FundCode& fund, Sequence file, std::uint16_t part) {
  return KeyWriter(KeyTag::kStatusPart).code(fund.view()).integer(file).integer(part).done();
}

RowKey status_file_name_key(const FundCode& fund, std::string_view message_id) {
  return KeyWriter(KeyTag::kStatusFileName).code(fund.view()).raw(message_id).done();
}

RowKey status_desk_key(const FundCode& fund) {
  return KeyWriter(KeyTag::kStatusDesk).code(fund.view()).done();
}

RowKey business_day_key(const FundCode& fund) {
  return KeyWriter(KeyTag::kBusinessDay).code(fund.view()).done();
}

RowKey business_day_index_key(const FundCode& fund, Day date) {
  return KeyWriter(KeyTag::kBusinessDayIndex).code(fund.view()).day(date).done();
}

RowKey business_day_index_prefix(const FundCode& fund) {
  return KeyWriter(KeyTag::kBusinessDayIndex).code(fund.view()).done();
}

RowKey balance_prefix(const FundCode& fund) {
  return KeyWriter(KeyTag::kBalance).code(fund.view()).done();
}

RowKey balance_key(const FundCode& fund, std::uint8_t account) {
  return KeyWriter(KeyTag::kBalance).code(fund.view()).integer(account).done();
}

RowKey agreement_index_prefix(const FundCode& fund) {
  return KeyWriter(KeyTag::kAgreementIndex).code(fund.view()).done();
}

RowKey agreement_index_key(const FundCode& fund, Sequence agreement) {
  return KeyWriter(KeyTag::kAgreementIndex).code(fund.view()).integer(agreement).done();
}

std::optional<Sequence> indexed_sequence(const RowKey& key) {
  const auto claim = last_sequence(key, KeyTag::kClaimIndex);
  return claim ? claim : last_sequence(key, KeyTag::kAgreementIndex);
}

std::optional<PostingPlace> posting_place(const RowKey& key) {
  Reader in(as_bytes(key.view()));
  const auto of = participant_with_fund(in, KeyTag::kPosting);
  const auto sequence = in.integer<Sequence>();
  const auto item = in.integer<std::uint16_t>();
  if (!in.finished() || !of) return std::nullopt;
  return PostingPlace{
      .fund = of->first, .participant = of->second, .sequence = sequence, .item = item};
}

std::optional<DayClosingPlace> day_closing_place(const RowKey& key) {
  Reader in(as_bytes(key.view()));
  const auto of = participant_with_fund(in, KeyTag::kDayClosing);
  const auto last = in.integer<Sequence>();
  if (!in.finished() || !of) return std::nullopt;
  return DayClosingPlace{.fund = of->first, .participant = of->second, .last = last};
}

std::optional<ReviewPlace> review_place(const RowKey& key) {
  Reader in(as_bytes(key.view()));
  if (static_cast<KeyTag>(in.integer<char>()) != KeyTag::kReviewIndex) in.reject();
  const auto reviewer = participant_in(in);
  const Day deadline = day_in_key(in.integer<std::uint32_t>());
  const auto closing = in.integer<Sequence>();
  const auto number = in.integer<std::uint32_t>();
  if (!in.finished() || !reviewer) return std::nullopt;
  return ReviewPlace{
      .reviewer = reviewer->role, .deadline = deadline, .closing = closing, .number = number};
}

std::optional<Participant> payout_change_at(const RowKey& key) {
  Reader in(as_bytes(key.view()));
  if (static_cast<KeyTag>(in.integer<char>()) != KeyTag::kPayoutChange) in.reject();
  const auto participant = participant_in(in);
  return in.ok() ? participant : std::nullopt;
}

std::optional<std::uint8_t> balance_account(const RowKey& key) {
  Reader in(as_bytes(key.view()));
  if (static_cast<KeyTag>(in.integer<char>()) != KeyTag::kBalance) in.reject();
  (void)in.text();
  const auto account = in.integer<std::uint8_t>();
  if (!in.finished()) return std::nullopt;
  return account;
}

std::optional<Day> indexed_day(const RowKey& key) {
  constexpr std::size_t kTail = sizeof(std::uint32_t) + sizeof(Sequence);
  const ByteView bytes = as_bytes(key.view());
  if (bytes.size() < 1 + kTail) return std::nullopt;
  if (static_cast<KeyTag>(bytes.front()) != KeyTag::kClaimIndex) return std::nullopt;
  return day_in_key(get_big_endian<std::uint32_t>(bytes.last(kTail).data()));
}

RowKey product_key(const CatalogueCode& catalogue, const ProductCode& code, Day from) {
  return KeyWriter(KeyTag::kProduct).code(catalogue.view()).code(code.view()).day(from).done();
}

RowKey tarif_key(const CatalogueCode& catalogue, const InnCode& inn, Day from) {
  return KeyWriter(KeyTag::kTarif).code(catalogue.view()).code(inn.view()).day(from).done();
}

RowKey prescriber_key(const PrescriberId& id) {
  return KeyWriter(KeyTag::kPrescriber).code(id.view()).done();
}

RowKey fund_key(const FundCode& code) { return KeyWriter(KeyTag::kFund).code(code.view()).done(); }

RowKey rulebook_key(const SchemeCode& scheme) {
  return KeyWriter(KeyTag::kRulebook).code(scheme.view()).done();
}

}  // namespace wasl::core
