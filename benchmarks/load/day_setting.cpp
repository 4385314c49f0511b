#include "load/day_setting.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "cli/pki.hpp"
#include "net/identity.hpp"

namespace wasl::cli {
namespace {

// Of claims that may be declined: some percent are.
constexpr std::size_t kSpareClaims = 12;
// A day that is not over by then has failed: the figure asked for is a third of it.
constexpr double kDaySecondsMax = 180;

core::Participant person(core::Role role, std::string_view of, std::string_view number) {
  return {role, *core::ParticipantId::make(std::string(of) + ":" + std::string(number))};
}

// One agreement of today remains, with a fund that has cards; nothing if there is none.
core::Result<core::FundCode> keep_one_agreement(core::Registration& pharmacy,
                                                const std::set<core::FundCode>& funds,
                                                core::Day today) {
  std::erase_if(pharmacy.agreements, [&](const core::FundAgreement& each) {
    return !funds.contains(each.fund) || !each.in_force.contains(today);
  });
  if (pharmacy.agreements.empty()) {
    return core::fail(core::Errc::kOutOfRange, "no card that is in order is of a pharmacy's fund");
  }
  pharmacy.agreements.resize(1);
  return pharmacy.agreements.front().fund;
}

core::Result<void> issue(const std::string& directory, std::vector<Visitor*> people) {
  PkiIssueClients clients;
  clients.directory = directory + "/pki";
  clients.now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  for (const Visitor* each : people) clients.uris.push_back(net::participant_uri(each->me));
  const auto issued = pki_issue_clients(clients);
  if (!issued) return std::unexpected(issued.error());
  for (std::size_t i = 0; i < people.size(); ++i) {
    auto certificate =
        net::ClientCertificate::from_pem((*issued)[i].certificate_pem, (*issued)[i].key_pem);
    if (!certificate) return std::unexpected(certificate.error());
    people[i]->certificate = std::move(*certificate);
  }
  return {};
}

class Preparation {
 public:
  Preparation(const DayPlan& plan, LoadSetting load)
      : plan_(plan), load_(std::move(load)), seats_(std::exchange(load_.seats, {})) {}

  core::Result<DaySetting> run() {
    day_.door = {.tls = load_.tls, .connections = plan_.connections};
    day_.today = load_.today;
    core::Result<void> done = check_sizes();
    if (done) done = seat_pharmacies();
    if (done) done = seat_officials();
    if (done) done = make_claims();
    if (done) done = make_arriving();
    if (!done) return std::unexpected(done.error());
    return std::move(day_);
  }

 private:
  [[nodiscard]] core::Result<void> check_sizes() const {
    if (seats_.size() == plan_.pharmacies) return {};
    return core::fail(core::Errc::kOutOfRange, "only " + std::to_string(seats_.size()) +
                                                   " pharmacies sell: make a larger sample");
  }

  core::Result<void> seat_pharmacies() {
    std::erase_if(load_.network.cards,
                  [](const DemoCard& card) { return card.barred || !card.fresh; });
    std::set<core::FundCode> funds;
    for (const DemoCard& card : load_.network.cards) funds.insert(card.reference.fund);
    for (LoadSeat& seat : seats_) {
      const auto fund = keep_one_agreement(seat.pharmacy, funds, load_.today);
      if (!fund) return std::unexpected(fund.error());
      day_.visitors.push_back({seat.pharmacy.participant, seat.certificate});
      day_.pharmacies.push_back({.fund = *fund, .claims = {}});
    }
    return {};
  }

  core::Result<void> seat_officials() {
    std::set<core::ParticipantId> centres;
    std::set<core::FundCode> funds;
    for (const LoadSeat& seat : seats_) centres.insert(seat.pharmacy.centre);
    for (const DayPharmacy& each : day_.pharmacies) funds.insert(each.fund);
    for (const core::ParticipantId& centre : centres) {
      day_.clerks.push_back(
          {.me = person(core::Role::kCentreOperator, centre.view(), "001"), .certificate = {}});
    }
    for (const core::FundCode& fund : funds) {
      day_.offices.push_back(
          {.proposer = {.me = person(core::Role::kFundOperator, fund.view(), "001"),
                        .certificate = {}},
           .approver = {.me = person(core::Role::kFundOperator, fund.view(), "002"),
                        .certificate = {}}});
    }
    std::vector<Visitor*> people;
    for (Visitor& clerk : day_.clerks) people.push_back(&clerk);
    for (FundOffice& office : day_.offices) {
      people.push_back(&office.proposer);
      people.push_back(&office.approver);
    }
    return issue(plan_.directory, std::move(people));
  }

  // Pharmacy by pharmacy, as they will be sent: a card's counter goes up from one to the next.
  core::Result<void> make_claims() {
    for (std::size_t i = 0; i < seats_.size(); ++i) {
      load_.seats.assign(1, seats_[i]);
      core::Result<Envelopes> claims = prepare(plan_.claims_each + kSpareClaims);
      if (!claims) return std::unexpected(claims.error());
      day_.pharmacies[i].claims = std::move(*claims);
    }
    return {};
  }

  core::Result<void> make_arriving() {
    const std::size_t count = std::min(plan_.connections, seats_.size());
    load_.seats.clear();
    for (std::size_t i = 0; i < count; ++i) {
      load_.seats.push_back(seats_[i * seats_.size() / count]);
      day_.arriving_at.push_back(day_.visitors[i * seats_.size() / count]);
    }
    core::Result<Envelopes> claims =
        prepare(static_cast<std::size_t>(plan_.arriving_per_second * kDaySecondsMax));
    if (!claims) return std::unexpected(claims.error());
    day_.arriving = std::move(*claims);
    return {};
  }

  // Of the seats in load_, with request ids and prescriptions that no others have.
  core::Result<Envelopes> prepare(std::size_t claims) {
    ++load_.seed;
    return prepare_claims({.claims = claims}, load_);
  }

  const DayPlan& plan_;
  LoadSetting load_;
  std::vector<LoadSeat> seats_;
  DaySetting day_;
};

}  // namespace

core::Result<DaySetting> prepare_day(const DayPlan& plan) {
  core::Result<LoadSetting> load = read_load_setting(plan.directory, plan.network, plan.pharmacies);
  if (!load) return std::unexpected(load.error());
  return Preparation(plan, std::move(*load)).run();
}

}  // namespace wasl::cli
