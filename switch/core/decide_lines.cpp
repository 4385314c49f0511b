// Checks 13 to 20, line by line, and what an approved line costs.

#include <algorithm>

#include "core/claim_facts.hpp"

namespace wasl::core {
namespace {

using std::chrono::days;

class LineCheck {
 public:
  LineCheck(const ClaimFacts& facts, std::size_t index, const std::vector<LineDecision>& earlier)
      : facts_(facts), index_(index), earlier_(earlier), line_(facts.claim.lines[index]) {}

  LineDecision decide() {
    using Step = Reason (LineCheck::*)();
    static constexpr Step kOrder[] = {
        &LineCheck::product,     &LineCheck::covered,   &LineCheck::price,
        &LineCheck::restriction, &LineCheck::agreement, &LineCheck::quantity,
        &LineCheck::supply,      &LineCheck::duplicate, &LineCheck::refill};
    LineDecision decision;
    for (const Step step : kOrder) {
      decision.reason = (this->*step)();
      if (decision.reason == Reason::kNone) continue;
      if (decision.reason == Reason::kRefillTooSoon) decision.come_back_on = come_back_on();
      return decision;
    }
    return approve();
  }

 private:
  template <typename Inputs>
  Reason unless(Reason broken, int number, bool passed, Inputs&& inputs) const {
    const int line = static_cast<int>(index_);
    return facts_.situation.check(number, passed, inputs, line) ? Reason::kNone : broken;
  }

  [[nodiscard]] Day service() const { return facts_.claim.service_date; }

  Reason product() {
    const CatalogueCode& catalogue = facts_.card.rulebook->catalogue;
    product_ = facts_.situation.reference.product(catalogue, line_.product, service());
    if (product_ != nullptr) {
      agreed_ = facts_.agreed(line_);
      long_term_ = facts_.claim.prescription.type == PrescriptionType::kLongTerm && treated();
    }
    return unless(Reason::kProductUnknown, 13, product_ != nullptr, [&] {
      return words("product ", line_.product.view(), " in ", catalogue.view(), " on ", service());
    });
  }

  [[nodiscard]] bool treated() const {
    return std::ranges::any_of(facts_.beneficiary->treatments, [&](const Treatment& treatment) {
      return treatment.in_force.contains(service()) &&
             std::ranges::find(treatment.inns, product_->inn) != treatment.inns.end();
    });
  }

  Reason covered() {
    return unless(Reason::kProductNotCovered, 14, product_->reimbursable,
                  [&] { return words("reimbursable ", product_->reimbursable); });
  }

  Reason price() {
    const bool passed = !facts_.third_party() || line_.unit_price <= product_->public_price;
    return unless(Reason::kPriceAbovePublic, 15, passed, [&] {
      return words("unit price ", line_.unit_price, ", public price ", product_->public_price);
    });
  }

  Reason restriction() {
    const auto& alternatives = product_->restriction;
    const int age = completed_years(facts_.beneficiary->birth, service());
    const bool met =
        alternatives.empty() ||
        std::ranges::any_of(alternatives, [&](const RestrictionAlternative& alternative) {
          return meets(alternative, age);
        });
    return unless(Reason::kProductRestricted, 16, met,
                  [&] { return words("age ", age, "; alternatives ", alternatives.size()); });
  }

  [[nodiscard]] bool meets(const RestrictionAlternative& alternative, int age) const {
    if (alternative.age_min && age < *alternative.age_min) return false;
    if (alternative.age_max && age > *alternative.age_max) return false;
    if (alternative.condition.empty()) return true;
    return std::ranges::any_of(facts_.beneficiary->treatments, [&](const Treatment& treatment) {
      return treatment.condition == alternative.condition && treatment.in_force.contains(service());
    });
  }

  Reason agreement() {
    const auto& above = product_->prior_agreement_above_days;
    const bool needed = above && (*above == 0 || line_.supply_days > *above);
    return unless(Reason::kPriorAgreementRequired, 17, !needed || agreed_, [&] {
      return words("supply ", line_.supply_days, " days; agreement needed ", needed, ", granted ",
                   agreed_);
    });
  }

  Reason quantity() {
    const auto& most = product_->quantity_max;
    const bool passed = agreed_ || !most || line_.quantity <= *most;
    return unless(Reason::kQuantityAboveMaximum, 18, passed, [&] {
      return words("quantity ", line_.quantity, ", at most ", most ? words(*most) : "any",
                   "; agreement ", agreed_);
    });
  }

  Reason supply() {
    std::uint16_t most = product_->supply_days_max.value_or(kSupplyDaysMax);
    if (long_term_) most = std::min(most, facts_.parameters->long_term_supply_days_max);
    return unless(Reason::kSupplyTooLong, 18, agreed_ || line_.supply_days <= most, [&] {
      return words("supply ", line_.supply_days, " days, at most ", most, "; long-term ",
                   long_term_, "; agreement ", agreed_);
    });
  }

  Reason duplicate() {
    bool repeated = false;
    for (std::size_t i = 0; i < index_; ++i) {
      repeated = repeated || (earlier_[i].reason == Reason::kNone &&
                              facts_.claim.lines[i].product == line_.product);
    }
    const std::optional<Day> same_day = long_term_ ? std::optional(service()) : std::nullopt;
    const bool dispensed =
        facts_.history.dispensed(facts_.claim.prescription.key, line_.product, same_day);
    return unless(Reason::kDuplicateDispensing, 19, !repeated && !dispensed, [&] {
      return words("earlier in this claim ", repeated, "; earlier on this prescription ",
                   dispensed);
    });
  }

  Reason refill() {
    const auto end = facts_.history.supplied_until(product_->inn, service());
    const days left_max{facts_.parameters->refill_days_left_max};
    const bool passed = !end || *end - service() <= left_max;
    return unless(Reason::kRefillTooSoon, 20, passed, [&] {
      return words("supplied until ", end ? to_text(*end) : "never", ", service ", service(),
                   "; days left at most ", left_max.count());
    });
  }

  // A later dispensing may already stand behind a backdated claim, and a later period of the
  // rulebook may allow another number of days left, so the day is approached from dispensing to
  // dispensing and from period to period; each round takes in at least one more.
  [[nodiscard]] Day come_back_on() const {
    const Rulebook& rulebook = *facts_.card.rulebook;
    Day day = service();
    for (;;) {
      const auto end = facts_.history.supplied_until(product_->inn, day);
      if (!end) return std::min(day, kDayMax);
      const Day passes = *end - days{rulebook.at(day).refill_days_left_max};
      if (passes <= day) return std::min(day, kDayMax);
      day = std::min(passes, rulebook.next_period(day).value_or(passes));
    }
  }

  // A refund is of the public price at most, and either kind of the tarif.
  [[nodiscard]] Cents unit_base() const {
    Cents base = line_.unit_price;
    if (!facts_.third_party()) base = std::min(base, product_->public_price);
    const Tarif* tarif =
        facts_.situation.reference.tarif(facts_.card.rulebook->catalogue, product_->inn, service());
    return tarif != nullptr ? std::min(base, tarif->amount) : base;
  }

  [[nodiscard]] BasisPoints rate() const {
    BasisPoints rate = product_->rate;
    if (long_term_) rate = std::max(rate, facts_.parameters->long_term_rate);
    if (facts_.beneficiary->basis == RateBasis::kExempt) {
      rate = std::max(rate, facts_.parameters->exempt_rate);
    }
    return rate;
  }

  [[nodiscard]] bool subject_to_limits() const {
    if (!facts_.third_party() || agreed_ || facts_.exempt_person()) return false;
    return !(facts_.parameters->limits_exempt == LimitsExempt::kLongTermLines && long_term_);
  }

  [[nodiscard]] LineDecision approve() const {
    const LinePrice priced = price_line(line_.quantity, line_.unit_price, unit_base(), rate());
    LineDecision decision;
    decision.price = priced.price;
    decision.insurer = priced.insurer;
    decision.patient = priced.patient;
    decision.long_term = long_term_;
    decision.subject_to_limits = subject_to_limits();
    decision.inn = product_->inn;
    return decision;
  }

  const ClaimFacts& facts_;
  std::size_t index_;
  const std::vector<LineDecision>& earlier_;
  const ClaimLine& line_;
  // Known after check 13.
  const Product* product_ = nullptr;
  bool agreed_ = false;
  bool long_term_ = false;
};

}  // namespace

LineDecision decide_line(const ClaimFacts& facts, std::size_t index,
                         const std::vector<LineDecision>& earlier) {
  return LineCheck(facts, index, earlier).decide();
}

}  // namespace wasl::core
