#include "support/world.hpp"

namespace wasl::test {

using namespace core;

Day day(std::string_view text) { return parse_day(text).value(); }

Rulebook dz_cnas() {
  Parameters first;
  first.service_date_ahead_minutes = 5;
  first.service_date_past_days_max = 30;
  first.refund_months_max = 3;
  first.prescription_days_max = 90;
  first.prescriber_checked = false;
  first.long_term_supply_days_max = 90;
  first.refill_days_left_max = 7;
  first.limits_exempt = LimitsExempt::kLongTermBeneficiary;
  first.prescriptions_per_quarter = 2;
  first.long_term_rate = kWhole;
  first.exempt_rate = kWhole;
  first.atc_window = 64;
  first.card_update_months = 12;
  first.cut_over_minutes = 20 * 60;
  Rulebook rulebook;
  rulebook.scheme = code<SchemeCode>("DZ-CNAS");
  rulebook.catalogue = code<CatalogueCode>(kCatalogue);
  rulebook.currency = "DZD";
  rulebook.utc_offset = std::chrono::minutes{60};
  rulebook.periods.push_back(first);
  const std::pair<std::string_view, Cents> ceilings[] = {
      {"2011-08-01", dzd(2000)}, {"2013-02-03", dzd(3000)}, {"2025-01-01", dzd(5000)}};
  for (const auto& [from, ceiling] : ceilings) {
    Parameters next = rulebook.periods.back();
    next.from = day(from);
    next.prescription_ceiling = ceiling;
    rulebook.periods.push_back(next);
  }
  return rulebook;
}

Product product(std::string_view name, Cents public_price) {
  Product product;
  product.catalogue = code<CatalogueCode>(kCatalogue);
  product.code = code<ProductCode>(name);
  product.inn = code<InnCode>(std::string("INN-") + std::string(name));
  product.reimbursable = true;
  product.public_price = public_price;
  product.rate = BasisPoints{8'000};
  product.name = name;
  product.source_version = 1;
  return product;
}

ClaimLine line(std::string_view product, Cents unit_price, std::uint32_t quantity,
               std::uint16_t supply_days) {
  return {.product = code<ProductCode>(product),
          .quantity = quantity,
          .unit_price = unit_price,
          .supply_days = supply_days};
}

World::World() {
  set_today("2026-03-10");
  reference.put(dz_cnas());
  reference.put(Fund{code<FundCode>(kFund), code<SchemeCode>("DZ-CNAS"), "CNAS", 1});
  reference.put(Prescriber{code<PrescriberId>("DR-1"), false, "Dr", 1});
  for (const std::string_view name : {"A", "B", "C", "D"}) put(product(name, dzd(100'000)));

  Card card;
  card.number = code<CardNumber>(kCard);
  card.key_version = 1;
  card.active = true;
  card.rights_until = day("2026-12-31");
  Beneficiary insured;
  insured.rank = 1;
  insured.birth = day("1980-06-15");
  insured.rights = {{day("2020-01-01"), day("2026-12-31")}};
  Beneficiary child = insured;
  child.rank = 2;
  child.birth = day("2015-06-15");
  Account account;
  account.insured = code<InsuredNumber>(kInsured);
  account.fund = code<FundCode>(kFund);
  account.cards = {card};
  account.beneficiaries = {insured, child};
  rows[card_key(card.number)] = CardLink{account.insured};
  rows[account_key(account.insured)] = account;

  registration(Role::kProvider, kPharmacy).agreements = {
      {code<FundCode>(kFund), {day("2020-01-01"), kDayMax}}};
  registration(Role::kCentre, kCentre);
  registration(Role::kFund, kFund);
  registration(Role::kAuthority, kCatalogue);
  registration(Role::kDesk, "3010");
}

void World::set_today(std::string_view text) { now = day(text) + std::chrono::hours{11}; }

Account& World::account() {
  return std::get<Account>(rows[account_key(code<InsuredNumber>(kInsured))]);
}

Registration& World::registration(Role role, std::string_view id) {
  const Participant participant{role, code<ParticipantId>(id)};
  Row& row = rows[registration_key(participant)];
  if (std::holds_alternative<std::monostate>(row)) {
    row.emplace<Registration>().participant = participant;
  }
  return std::get<Registration>(row);
}

History& World::history(std::uint8_t rank) {
  Row& row = rows[history_key(code<InsuredNumber>(kInsured), rank)];
  if (std::holds_alternative<std::monostate>(row)) row.emplace<History>();
  return std::get<History>(row);
}

const RequestRow* World::request_row(const Command& command) const {
  const auto found = rows.find(request_key(command.from, command.request_id, command.index));
  return found == rows.end() ? nullptr : std::get_if<RequestRow>(&found->second);
}

void World::treat(std::vector<std::string_view> inns, std::string_view condition) {
  Treatment treatment;
  treatment.condition = code<ConditionCode>(condition);
  treatment.in_force = {day("2026-01-01"), day("2026-12-31")};
  for (const std::string_view inn : inns) treatment.inns.push_back(code<InnCode>(inn));
  insured().treatments.push_back(treatment);
}

void World::put_tarif(std::string_view inn, Cents amount) {
  reference.put(Tarif{code<CatalogueCode>(kCatalogue), code<InnCode>(inn), {}, amount, 1});
}

void World::grant(std::variant<PrescriptionKey, ProductCode> subject) {
  account().agreements.push_back({.id = ++sequence,
                                  .rank = 1,
                                  .state = AgreementState::kGranted,
                                  .in_force = {day("2026-01-01"), day("2026-12-31")},
                                  .subject = subject});
}

Command World::command(Role role, std::string_view id, Request request) {
  Command command;
  command.from = {role, code<ParticipantId>(id)};
  const std::uint64_t number = next_request_++;
  put_big_endian(command.request_id.data(), number);
  put_big_endian(command.content.data(), number);
  command.request = std::move(request);
  return command;
}

Command World::claim(std::vector<ClaimLine> lines, ClaimOptions options) {
  Claim claim;
  const bool third_party = options.kind == ClaimKind::kThirdParty;
  claim.kind = options.kind;
  if (third_party) claim.provider = code<ParticipantId>(kPharmacy);
  claim.terminal = code<TerminalId>("T1");
  claim.card = {code<CardNumber>(kCard), code<FundCode>(kFund), 1};
  claim.rank = options.rank;
  claim.service_date = day(options.service);
  claim.first_act_date = claim.service_date;
  claim.prescription = {{code<PrescriberId>("DR-1"), code<PrescriptionNumber>(options.prescription),
                         day(options.prescribed)},
                        options.type};
  claim.lines = std::move(lines);
  Command made = third_party ? command(Role::kProvider, kPharmacy, SubmitClaim{claim})
                             : command(Role::kCentre, kCentre, SubmitClaim{claim});
  if (third_party) {
    made.proofs.card = Proof{next_atc_++, {}, {}};
    made.proofs.professional = made.proofs.card;
    made.proofs.card_verdict = ProofVerdict::kRight;
    made.proofs.professional_verdict = ProofVerdict::kRight;
  }
  return made;
}

Command World::quote(const Command& claim) {
  Command made = command(claim.from.role, claim.from.id.view(),
                         QuoteClaim{std::get<SubmitClaim>(claim.request).claim});
  made.proofs = claim.proofs;
  return made;
}

Command World::reversal(const Command& claim) {
  return command(claim.from.role, claim.from.id.view(),
                 ReverseClaim{claim.request_id, ReversalCause::kCustomerCancelled});
}

RowSet World::rows_for(const Command& command) {
  RowSet set;
  std::vector<Need> needs;
  for (keys_needed(command, set, needs); !needs.empty(); keys_needed(command, set, needs)) {
    for (const Need& need : needs) set.provide(need, &rows[need.key]);
  }
  return set;
}

Decision World::decide(const Command& command, Trace* trace) {
  return core::decide(command, rows_for(command), reference, now, trace);
}

Decision World::run(const Command& command) {
  RowSet set = rows_for(command);
  const Decision decision = core::decide(command, set, reference, now);
  if (!changes_state(command, decision)) return decision;
  const Stamp stamp{++sequence, now};
  const Touched touched = apply(command, decision, stamp, "answer", set, reference);
  for (const auto& [key, row] : touched.made) rows[key] = row;
  for (const auto& [key, bytes] : touched.inserted) index[key] = bytes;
  for (const RowKey& key : touched.removed) index.erase(key);
  return decision;
}

}  // namespace wasl::test
