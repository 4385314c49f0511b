#include "cli/demo_story.hpp"

#include <algorithm>
#include <iterator>

#include "cli/demo_claim.hpp"
#include "cli/outbox.hpp"

namespace wasl::cli {
namespace {

// One pharmacy at its counter.
class Counter {
 public:
  Counter(DemoStage& stage, DemoShop& shop, std::ostream& out)
      : stage_(stage), shop_(shop), out_(out), lines_(shop.affordable_lines()) {}

  core::Result<void> tell() {
    core::Result<void> told = approved();
    if (told) told = declined();
    if (told) told = reversed();
    return told;
  }

 private:
  core::Result<void> approved() {
    const core::Result<DemoCard*> card = shop_.next_card();
    if (!card) return std::unexpected(card.error());
    const core::CardReference& shown = (*card)->reference;
    out_ << "\n1. A claim is approved.\nPharmacy " << shop_.peer().me().id.view() << " reads card "
         << core::masked(shown.number.view()) << " of " << shown.fund.view() << " and dispenses:\n";
    for (const DemoLine& line : lines_) {
      out_ << "   " << line.quantity << " x " << line.medicine->name << " at "
           << dinars(line.medicine->public_price.value) << "\n";
    }
    const core::Result<Told> told = printed(shop_.sell(**card, lines_));
    const core::Result<v1::ClaimAnswer> answer = expect(told, v1::ClaimAnswer::APPROVED);
    if (!answer) return std::unexpected(answer.error());
    first_ = *request_id_of(told->request);
    out_
        << "  Why: the card, the pharmacy's key and the rights are good, no limit is reached; of\n";
    for (int i = 0; i < answer->lines_size(); ++i) {
      out_ << "    line " << i + 1 << " the fund pays "
           << price_text(lines_[static_cast<std::size_t>(i)], answer->lines(i)) << "\n";
    }
    return {};
  }

  core::Result<void> declined() {
    const core::Result<DemoCard*> card = shop_.bad_card();
    if (!card) return std::unexpected(card.error());
    out_ << "\n2. A claim is declined, and says what the person can do.\nCard "
         << core::masked((*card)->reference.number.view()) << " comes to the same counter:\n";
    const core::Result<v1::ClaimAnswer> answer =
        expect(printed(shop_.sell(**card, lines_)), v1::ClaimAnswer::DECLINED);
    if (!answer) return std::unexpected(answer.error());
    return {};
  }

  core::Result<void> reversed() {
    out_ << "\n3. The first claim is reversed: the customer changed their mind.\n";
    const core::Result<Told> told = printed(shop_.peer().submit(reversal_of(first_, random_id())));
    if (!told) return std::unexpected(told.error());
    return {};
  }

  core::Result<Told> printed(core::Result<Told> told) {
    if (!told) return told;
    const core::Result<std::string> text = receipt_of(*told);
    if (!text) return std::unexpected(text.error());
    out_ << *text;
    return told;
  }

  // "80 % of the price", or of what is reimbursed at most.
  [[nodiscard]] std::string price_text(const DemoLine& line, const v1::LineAnswer& answer) const {
    const core::Product& medicine = *line.medicine;
    const auto tarif = std::ranges::find_if(stage_.network.tarifs, [&](const core::Tarif& each) {
      return each.inn == medicine.inn && each.amount < medicine.public_price;
    });
    const bool capped = tarif != stage_.network.tarifs.end();
    const core::Cents base = line.quantity * (capped ? tarif->amount : medicine.public_price);
    const std::int64_t percent = (answer.insurer_cents() * 100 + base.value / 2) / base.value;
    return std::to_string(percent) + " % of " + dinars(base.value) +
           (capped ? ", the tarif de référence of its substance" : ", its price");
  }

  DemoStage& stage_;
  DemoShop& shop_;
  std::ostream& out_;
  std::vector<DemoLine> lines_;
  core::RequestId first_{};
};

core::Result<DemoOfficials> connect_officials(const DemoStage& stage, const DemoPeople& people,
                                              std::uint16_t port) {
  core::Result<DemoPeer> clerk = DemoPeer::connect(stage, port, people.clerk);
  if (!clerk) return std::unexpected(clerk.error());
  core::Result<DemoPeer> fund = DemoPeer::connect(stage, port, people.of_fund());
  if (!fund) return std::unexpected(fund.error());
  core::Result<DemoPeer> proposer = DemoPeer::connect(stage, port, people.proposer);
  if (!proposer) return std::unexpected(proposer.error());
  core::Result<DemoPeer> approver = DemoPeer::connect(stage, port, people.approver);
  if (!approver) return std::unexpected(approver.error());
  return DemoOfficials{std::move(*clerk), std::move(*fund), std::move(*proposer),
                       std::move(*approver)};
}

}  // namespace

core::Result<DemoStory> tell_story(DemoStage& stage, const DemoPeople& people, std::uint16_t port,
                                   std::ostream& out) {
  core::Result<DemoPeer> pharmacy = DemoPeer::connect(stage, port, people.pharmacy);
  if (!pharmacy) return std::unexpected(pharmacy.error());
  core::Result<DemoOfficials> officials = connect_officials(stage, people, port);
  if (!officials) return std::unexpected(officials.error());
  DemoShop shop(stage, std::move(*pharmacy), people.fund);
  const core::Result<void> told = Counter(stage, shop, out).tell();
  if (!told) return std::unexpected(told.error());
  core::Result<DemoSettlement> settled = tell_settlement(people, shop, *officials, out);
  if (!settled) return std::unexpected(settled.error());
  DemoStory story{.exchanges = shop.peer().take_kept(), .settlement = *settled};
  for (DemoPeer* peer : {&officials->clerk, &officials->proposer, &officials->approver}) {
    std::ranges::move(peer->take_kept(), std::back_inserter(story.exchanges));
  }
  return story;
}

}  // namespace wasl::cli
