#include "cli/demo_people.hpp"

#include <algorithm>
#include <set>

#include "cli/pki.hpp"
#include "core/assert.hpp"
#include "net/identity.hpp"

namespace wasl::cli {
namespace {

// Who sits at the payment centre's counter, and the fund's two people.
constexpr std::string_view kClerk = ":001";
constexpr std::string_view kProposer = ":001";
constexpr std::string_view kApprover = ":002";

// Any pharmacy to which cards of an agreed fund can come; nullptr if there is none.
const Fleet::Seat* pharmacy_of(const DemoStage& stage) {
  const auto found = std::ranges::find_if(stage.seats, [](const Fleet::Seat& seat) {
    return seat.open && seat.me.role == core::Role::kProvider && !seat.agreed_fund.empty();
  });
  return found == stage.seats.end() ? nullptr : &*found;
}

core::Participant participant(core::Role role, std::string_view id) {
  const auto made = core::ParticipantId::make(id);
  WASL_ASSERT(made.has_value());  // The sample's ids leave room for an operator's.
  return {role, *made};
}

core::Participant person(core::Role role, std::string_view of, std::string_view name) {
  return participant(role, std::string(of) + std::string(name));
}

core::Result<DemoPerson> issue(const DemoStage& stage, const core::Participant& me) {
  PkiIssue options;
  options.directory = stage.directory.home() + "/pki";
  options.uri = net::participant_uri(me);
  options.now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const core::Result<IssuedFiles> files = pki_issue(options);
  if (!files) return std::unexpected(files.error());
  auto certificate = net::ClientCertificate::from_files(files->certificate_file, files->key_file);
  if (!certificate) return std::unexpected(certificate.error());
  return DemoPerson{.me = me, .key_file = files->key_file, .certificate = std::move(*certificate)};
}

core::Result<void> issue(const DemoStage& stage, const core::Participant& me, DemoPerson& person) {
  core::Result<DemoPerson> issued = issue(stage, me);
  if (!issued) return std::unexpected(issued.error());
  person = std::move(*issued);
  return {};
}

core::Result<void> issue_funds(const DemoStage& stage, std::vector<DemoPerson>& funds) {
  std::set<core::FundCode> codes;
  for (const DemoCard& card : stage.network.cards) codes.insert(card.reference.fund);
  for (const core::FundCode& code : codes) {
    const core::Participant fund = participant(core::Role::kFund, code.view());
    const core::Result<void> issued = issue(stage, fund, funds.emplace_back());
    if (!issued) return issued;
  }
  return {};
}

}  // namespace

const DemoPerson& DemoPeople::of_fund() const {
  const auto found = std::ranges::find_if(
      funds, [&](const DemoPerson& each) { return each.me.id.view() == fund.view(); });
  WASL_ASSERT(found != funds.end());
  return *found;
}

core::Result<DemoPeople> issue_people(const DemoStage& stage) {
  const Fleet::Seat* const seat = pharmacy_of(stage);
  if (seat == nullptr) {
    return core::fail(core::Errc::kOutOfRange,
                      "no pharmacy has an agreement with a fund: take more --pharmacies");
  }
  DemoPeople people;
  people.registered =
      *std::ranges::find(stage.network.pharmacies, seat->me, &core::Registration::participant);
  people.fund = seat->agreed_fund;
  const core::Participant clerk =
      person(core::Role::kCentreOperator, people.registered.centre.view(), kClerk);
  const core::Participant proposer =
      person(core::Role::kFundOperator, people.fund.view(), kProposer);
  const core::Participant approver =
      person(core::Role::kFundOperator, people.fund.view(), kApprover);
  core::Result<void> issued = issue(stage, seat->me, people.pharmacy);
  if (issued) issued = issue(stage, clerk, people.clerk);
  if (issued) issued = issue(stage, proposer, people.proposer);
  if (issued) issued = issue(stage, approver, people.approver);
  if (issued) issued = issue_funds(stage, people.funds);
  if (!issued) return std::unexpected(issued.error());
  return people;
}

}  // namespace wasl::cli
