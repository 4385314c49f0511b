// The rows that belong to one account, file by file.

#include <algorithm>

#include "core/account_change.hpp"
#include "core/bounds.hpp"
#include "core/row_set.hpp"
#include "csv/account_stream.hpp"
#include "csv/network_reader.hpp"

namespace wasl::csv {
namespace {

constexpr Bounds kRanks{1, core::kRankMax};
// Numbers in files leave the bit free that the switch sets.
constexpr std::uint64_t kAgreementNumberMax = core::kFeedAgreementBit - 1;

std::uint8_t read_rank(Table& table, std::size_t column) {
  return static_cast<std::uint8_t>(table.integer(column, kRanks));
}

// The beneficiary that the row names; nothing, noted, if there is none.
core::Beneficiary* beneficiary_of(Table& table, std::size_t column, core::Account& account) {
  const std::uint8_t rank = read_rank(table, column);
  if (!table.row_ok()) return nullptr;
  const auto found = std::ranges::find(account.beneficiaries, rank, &core::Beneficiary::rank);
  if (found != account.beneficiaries.end()) return &*found;
  table.wrong(column, "no beneficiary of rank " + std::to_string(rank),
              "a rank of this account in beneficiaries.csv");
  return nullptr;
}

// Notes one more than the list may have.
template <typename List>
bool has_room(Table& table, const List& list, std::size_t count_max, const char* of) {
  if (list.size() < count_max) return true;
  table.wrong(0, "one row more", "at most " + std::to_string(count_max) + " of " + of);
  return false;
}

void note_again(Table& table, std::size_t column) {
  table.wrong(column, quoted(table.raw(column)) + " again", "each key once in the file");
}

core::Card read_card(Table& table) {
  using F = CardsFile;
  static constexpr Word<core::CardKind> kKinds[] = {{"family", core::CardKind::kFamily},
                                                    {"individual", core::CardKind::kIndividual}};
  static constexpr Word<core::CardBar> kBars[] = {{"", core::CardBar::kNone},
                                                  {"lost", core::CardBar::kLost},
                                                  {"stolen", core::CardBar::kStolen},
                                                  {"blacklisted", core::CardBar::kBlacklisted},
                                                  {"replaced", core::CardBar::kReplaced}};
  core::Card card;
  card.number = table.code<core::CardNumber>(F::kCard);
  card.kind = table.word(F::kKind, kKinds);
  card.key_version = static_cast<std::uint16_t>(table.integer(F::kKeyVersion, {1, UINT16_MAX}));
  card.active = table.yes_or_no(F::kActive);
  card.fund_bar = table.word(F::kBar, kBars);
  card.fund_bar_until = table.day_or(F::kBarUntil, core::kDayMax);
  card.rights_until = table.day_or(F::kRightsUntil, core::kDayMin);
  if (card.fund_bar != core::CardBar::kBlacklisted && !table.raw(F::kBarUntil).empty()) {
    table.wrong(F::kBarUntil, "an end of what has none", "a day only where bar is blacklisted");
  }
  return card;
}

std::variant<core::PrescriptionKey, core::ProductCode> read_subject(Table& table) {
  using F = AgreementsFile;
  if (!table.raw(F::kProduct).empty()) {
    for (const std::size_t column : {F::kPrescriber, F::kPrescription, F::kPrescriptionDate}) {
      if (table.raw(column).empty()) continue;
      table.wrong(column, "a prescription beside a product", "one of the two");
      break;
    }
    return table.code<core::ProductCode>(F::kProduct);
  }
  return core::PrescriptionKey{.prescriber = table.code<core::PrescriberId>(F::kPrescriber),
                               .number = table.code<core::PrescriptionNumber>(F::kPrescription),
                               .date = table.day(F::kPrescriptionDate)};
}

core::PriorAgreement read_agreement(Table& table) {
  using F = AgreementsFile;
  static constexpr Word<core::AgreementState> kStates[] = {
      {"pending", core::AgreementState::kPending},
      {"granted", core::AgreementState::kGranted},
      {"refused", core::AgreementState::kRefused}};
  core::PriorAgreement agreement;
  agreement.id = table.integer(F::kAgreement, {1, kAgreementNumberMax}) | core::kFeedAgreementBit;
  agreement.state = table.word(F::kState, kStates);
  agreement.in_force = table.interval(F::kFrom, F::kUntil);
  agreement.subject = read_subject(table);
  return agreement;
}

}  // namespace

void AccountStream::read_beneficiaries(core::Account& account) {
  using F = BeneficiariesFile;
  while (beneficiaries_ != nullptr && beneficiaries_->next_of(account.insured)) {
    Table& table = beneficiaries_->table();
    core::Beneficiary beneficiary;
    beneficiary.rank = read_rank(table, F::kRank);
    beneficiary.birth = table.day(F::kBirth);
    beneficiary.basis =
        table.yes_or_no(F::kExempt) ? core::RateBasis::kExempt : core::RateBasis::kStandard;
    if (!table.row_ok()) continue;
    if (account.beneficiary(beneficiary.rank) != nullptr) {
      note_again(table, F::kRank);
    } else {
      account.beneficiaries.push_back(std::move(beneficiary));
    }
  }
}

void AccountStream::read_cards(core::Account& account) {
  using F = CardsFile;
  while (cards_ != nullptr && cards_->next_of(account.insured)) {
    Table& table = cards_->table();
    core::Card card = read_card(table);
    if (card.kind == core::CardKind::kIndividual) {
      const core::Beneficiary* holder = beneficiary_of(table, F::kRank, account);
      card.rank = holder != nullptr ? holder->rank : std::uint8_t{0};
    } else {
      (void)table.integer(F::kRank, {0, 0});
    }
    if (!table.row_ok() || !has_room(table, account.cards, core::kFeedCardsMax, "an account")) {
      continue;
    }
    account.cards.push_back(card);
    card_lines_.push_back(table.line());
  }
}

void AccountStream::read_rights(core::Account& account) {
  using F = RightsFile;
  while (rights_ != nullptr && rights_->next_of(account.insured)) {
    Table& table = rights_->table();
    core::Beneficiary* const holder = beneficiary_of(table, F::kRank, account);
    const core::Interval rights = table.interval(F::kFrom, F::kUntil);
    if (!table.row_ok() || !has_room(table, holder->rights, core::kRightsMax, "a beneficiary"))
      continue;
    if (std::ranges::find(holder->rights, rights.from, &core::Interval::from) !=
        holder->rights.end()) {
      note_again(table, F::kFrom);
    } else {
      holder->rights.push_back(rights);
    }
  }
}

void AccountStream::read_treatments(core::Account& account) {
  using F = TreatmentsFile;
  while (treatments_ != nullptr && treatments_->next_of(account.insured)) {
    Table& table = treatments_->table();
    core::Beneficiary* const holder = beneficiary_of(table, F::kRank, account);
    core::Treatment treatment{
        .condition = table.code<core::ConditionCode>(F::kCondition),
        .in_force = table.interval(F::kFrom, F::kUntil),
        .inns = table.codes<core::InnCode>(F::kInns, core::kTreatmentInnsMax)};
    must_be_known(table, F::kCondition, network_.conditions.contains(treatment.condition),
                  "conditions.csv");
    must_be_known(table, F::kInns,
                  std::ranges::all_of(treatment.inns,
                                      [&](const auto& inn) { return network_.inns.contains(inn); }),
                  "inns.csv");
    if (!table.row_ok()) continue;
    if (!has_room(table, holder->treatments, core::kTreatmentsMax, "a beneficiary")) continue;
    const bool again = std::ranges::any_of(holder->treatments, [&](const core::Treatment& each) {
      return each.condition == treatment.condition && each.in_force.from == treatment.in_force.from;
    });
    if (again) {
      note_again(table, F::kCondition);
    } else {
      holder->treatments.push_back(std::move(treatment));
    }
  }
}

void AccountStream::read_agreements(core::Account& account) {
  using F = AgreementsFile;
  while (agreements_ != nullptr && agreements_->next_of(account.insured)) {
    Table& table = agreements_->table();
    core::PriorAgreement agreement = read_agreement(table);
    const core::Beneficiary* const holder = beneficiary_of(table, F::kRank, account);
    const auto* product = std::get_if<core::ProductCode>(&agreement.subject);
    must_be_known(table, F::kProduct,
                  product == nullptr || network_.product_codes.contains(*product) ||
                      on_file_.product(*product),
                  "products.csv");
    if (!table.row_ok()) continue;
    if (!has_room(table, account.agreements, core::kAgreementsMax, "an account")) continue;
    if (std::ranges::find(account.agreements, agreement.id, &core::PriorAgreement::id) !=
        account.agreements.end()) {
      note_again(table, F::kAgreement);
      continue;
    }
    agreement.rank = holder->rank;
    account.agreements.push_back(std::move(agreement));
  }
}

}  // namespace wasl::csv
