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

// Collects what is not in the set yet.
class Needs {
 public:
  Needs(const Command& command, const RowSet& rows, std::vector<Need>& out)
      : command_(command), rows_(rows), out_(out) {}

  void add(Slot slot, const RowKey& key) {
    if (rows_.at(slot) == nullptr) out_.push_back({.slot = slot, .key = key});
  }
  void account_of(const CardNumber& card) {
    add(Slot::kCard, card_key(card));
    if (const auto* link = rows_.get<CardLink>(Slot::kCard)) {
      add(Slot::kAccount, account_key(link->insured));
    }
  }
  void history(const Account& account, std::uint8_t rank) {
    for (const Beneficiary& beneficiary : account.beneficiaries) {
      if (beneficiary.rank != rank) continue;
      add(history_slot(rank), history_key(account.insured, rank));
      return;
    }
  }

  void operator()(const SubmitClaim& request) { claim(request.claim); }
  void operator()(const QuoteClaim& request) { claim(request.claim); }
  // Of the original's beneficiary and nothing else: what is released is that claim's lines.
  void operator()(const ReverseClaim& request) {
    original(request.original);
    const auto* row = rows_.get<RequestRow>(Slot::kOriginal);
    if (row == nullptr || row->state != RequestState::kApproved) return;
    WASL_ASSERT(row->rank >= 1 && row->rank <= kRankMax);
    add(history_slot(row->rank), history_key(row->insured, row->rank));
  }
  void operator()(const GetClaim& request) { original(request.original); }
  void operator()(const GetRights& request) {
    account_of(request.card.number);
    const auto* account = rows_.get<Account>(Slot::kAccount);
    if (account == nullptr) return;
    for (const Card& card : account->cards) {
      if (card.number == request.card.number) covered_by(*account, card);
    }
  }
  void operator()(const UpdateCard& request) { account_of(request.card.number); }
  void operator()(const ReportCard& request) {
    account_of(request.card);
    if (request.action != CardAction::kReplace) return;
    add(Slot::kReplacement, card_key(request.replacement));
  }
  void operator()(const RequestPriorAgreement& request) { account_of(request.card); }
  void operator()(const DecidePriorAgreement& request) {
    add(Slot::kAccount, account_key(request.insured));
  }
  void operator()(const PutAccount& request) {
    const Account& account = request.account;
    WASL_ASSERT(account.cards.size() <= kFeedCardsMax);
    add(Slot::kAccount, account_key(account.insured));
    for (std::size_t i = 0; i < account.cards.size(); ++i) {
      add(link_slot(i), card_key(account.cards[i].number));
    }
  }
  void operator()(const PutCard& request) {
    add(Slot::kAccount, account_key(request.insured));
    add(Slot::kReplacement, card_key(request.card.number));
  }
  void operator()(const PutRegistration& request) {
    add(Slot::kTarget, registration_key(request.registration.participant));
  }
  // First what was presented before; then, once the engine has scanned what waits, the rows of the
  // claims that both sides know.
  void operator()(const CloseBordereau& request) {
    add(Slot::kPresentation, presentation_key(request.fund, command_.from));
    if (!command_.closing.holdings) return;
    for (std::size_t i = 0; i < request.claims.size(); ++i) {
      const HeldClaim* held = held_claim(*command_.closing.holdings, request.claims[i].claim);
      const bool provided = i < rows_.listed.size() && rows_.listed[i] != nullptr;
      if (held == nullptr || provided) continue;
      out_.push_back({.slot = Slot::kListed,
                      .key = request_key(command_.from, held->request_id, 0),
                      .index = static_cast<std::uint16_t>(i)});
    }
  }
  // Listings are scans; the reference is in memory whole.
  void operator()(const ListClaims&) {}
  void operator()(const ListPriorAgreements&) {}
  void operator()(const ListBalances&) {}
  void operator()(const ListPostings&) {}
  void operator()(const ListBordereaux&) {}
  void operator()(const GetBordereau&) {}
  void operator()(const PutPrescriber&) {}
  void operator()(const PutProduct&) {}
  void operator()(const PutTarif&) {}
  void operator()(const PutRulebook&) {}
  void operator()(const ConfirmClock&) {}
  void operator()(const Import&) {}

 private:
  // The history beside the account, not behind it: a cold claim waits for the store twice, not
  // three times. A rank that is nobody's has none, which is found at once.
  void claim(const Claim& claim) {
    account_of(claim.card.number);
    const auto* link = rows_.get<CardLink>(Slot::kCard);
    if (link != nullptr) add(history_slot(claim.rank), history_key(link->insured, claim.rank));
  }
  void original(const RequestId& id) { add(Slot::kOriginal, request_key(command_.from, id, 0)); }
  void covered_by(const Account& account, const Card& card) {
    if (card.kind == CardKind::kIndividual) return history(account, card.rank);
    for (const Beneficiary& beneficiary : account.beneficiaries) {
      history(account, beneficiary.rank);
    }
  }

  const Command& command_;
  const RowSet& rows_;
  std::vector<Need>& out_;
};

// What a key of the tag ends with.
std::optional<Sequence> last_sequence(const RowKey& key, KeyTag tag) {
  const ByteView bytes = as_bytes(key.view());
  if (bytes.size() < 1 + sizeof(Sequence)) return std::nullopt;
  if (static_cast<KeyTag>(bytes.front()) != tag) return std::nullopt;
  return get_big_endian<Sequence>(bytes.last(sizeof(Sequence)).data());
}

}  // namespace

void keys_needed(const Command& command, const RowSet& rows, std::vector<Need>& out) {
  out.clear();
  Needs needs(command, rows, out);
  if (!command.from.id.empty()) needs.add(Slot::kParticipant, registration_key(command.from));
  // The stored answer needs nothing else, but whose it is must be known.
  const auto* answered = rows.get<RequestRow>(Slot::kRequest);
  if (answered != nullptr && answered->answered) return;
  if (has_request_id(command.request)) {
    needs.add(Slot::kRequest, request_key(command.from, command.request_id, command.index));
  }
  std::visit(needs, command.request);
}

bool has_request_id(const Request& request) {
  const Deed deed = deed_of(request);
  return !is_listing(deed) && deed != Deed::kGetClaim && deed != Deed::kConfirmClock &&
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

RowKey posting_key(const FundCode& fund, const Participant& participant, Sequence sequence) {
  return KeyWriter(KeyTag::kPosting)
      .code(fund.view())
      .participant(participant)
      .integer(sequence)
      .done();
}

RowKey posting_prefix(const FundCode& fund) {
  return KeyWriter(KeyTag::kPosting).code(fund.view()).done();
}

RowKey posting_prefix(const FundCode& fund, const Participant& participant) {
  return KeyWriter(KeyTag::kPosting).code(fund.view()).participant(participant).done();
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
  if (static_cast<KeyTag>(in.integer<char>()) != KeyTag::kPosting) in.reject();
  const auto fund = FundCode::make(in.text());
  const auto role = static_cast<Role>(in.integer<std::uint8_t>());
  const auto id = ParticipantId::make(in.text());
  const auto sequence = in.integer<Sequence>();
  if (!in.finished() || !fund || !id || role < Role::kProvider || role > Role::kDesk)
    return std::nullopt;
  return PostingPlace{.fund = *fund, .participant = {role, *id}, .sequence = sequence};
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
  const auto stored = get_big_endian<std::uint32_t>(bytes.last(kTail).data());
  return Day{std::chrono::days{static_cast<std::int32_t>(stored ^ 0x8000'0000U)}};
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
