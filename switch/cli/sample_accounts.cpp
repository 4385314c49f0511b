#include "cli/sample_accounts.hpp"

#include <algorithm>

#include "cli/sample_file.hpp"
#include "cli/sample_participants.hpp"
#include "cli/sample_places.hpp"
#include "cli/sample_random.hpp"
#include "csv/formats.hpp"

namespace wasl::cli {
namespace {

using core::Day;
using core::to_text;
using std::chrono::days;

constexpr int kYearDays = 365;
constexpr int kBeneficiariesMax = 7;
constexpr std::uint64_t kInsuredBase = 1'000'000'000;
constexpr std::uint64_t kCardFactor = 387'420'489;  // 3^18: no factor of 10, so no number twice.
constexpr std::uint64_t kCardModulus = 1'000'000'000'000;
static_assert(kSampleCardsMax * kCardFactor < UINT64_MAX);
static_assert(kInsuredBase + kSampleCardsMax * kSampleInsuredStep < 10'000'000'000);
constexpr std::uint64_t kProgressEvery = 10'000;

struct Person {
  int rank = 0;
  int age = 0;
  bool ill = false;
};

class AccountWriter {
 public:
  AccountWriter(const SampleOptions& options, const SampleCatalogue& catalogue,
                SampleCounts& counts)
      : options_(options), catalogue_(catalogue), counts_(counts) {}

  void write(std::uint64_t index);
  [[nodiscard]] core::Result<void> close() {
    return close_all(accounts_, cards_, beneficiaries_, rights_, treatments_, agreements_);
  }

 private:
  void write_person(SampleRandom& random, const Person& person);
  Day write_rights(SampleRandom& random, const std::string& rank);
  void write_treatment(SampleRandom& random, const std::string& rank, int order);
  void write_card(SampleRandom& random, int rank);
  void write_agreement(SampleRandom& random);
  [[nodiscard]] std::string_view bar(SampleRandom& random, std::string& until) const;

  const SampleOptions& options_;
  const SampleCatalogue& catalogue_;
  SampleCounts& counts_;
  SampleFile accounts_{options_.out, csv::AccountsFile::kFormat};
  SampleFile cards_{options_.out, csv::CardsFile::kFormat};
  SampleFile beneficiaries_{options_.out, csv::BeneficiariesFile::kFormat};
  SampleFile rights_{options_.out, csv::RightsFile::kFormat};
  SampleFile treatments_{options_.out, csv::TreatmentsFile::kFormat};
  SampleFile agreements_{options_.out, csv::AgreementsFile::kFormat};
  // Of the account being written.
  std::string insured_;
  const SampleFund* fund_ = nullptr;
  Day rights_end_{};
};

// In ten thousand of that age.
std::uint32_t illness_chance(int age) {
  if (age < 18) return 150;
  if (age < 40) return 500;
  return age < 60 ? 1'800 : 4'200;
}

int age_of(SampleRandom& random, int rank, int insured_age) {
  if (rank == 1) return insured_age;
  if (rank == 2) return std::max(18, insured_age + random.between(-8, 4));
  if (rank == kBeneficiariesMax) return std::min(95, insured_age + random.between(20, 32));
  return std::max(0, std::min(24, insured_age - random.between(20, 38)));
}

void AccountWriter::write(std::uint64_t index) {
  constexpr std::array<std::uint32_t, kBeneficiariesMax> kSizes{22, 18, 18, 16, 13, 8, 5};
  SampleRandom random(options_.seed, kStreamAccounts, index);
  insured_ = sample_insured(options_.seed, index);
  const auto funds = sample_funds();
  std::array<std::uint32_t, 3> weights{};
  std::ranges::transform(funds, weights.begin(), &SampleFund::weight);
  fund_ = &funds[random.weighted(weights)];
  const bool has_payout = random.chance(6'000);
  const std::string payout = sample_payout_account(random);
  accounts_.row({insured_, fund_->code, has_payout ? std::string_view{payout} : "", "1"});
  ++counts_.accounts;

  const int size = static_cast<int>(random.weighted(kSizes)) + 1;
  const int insured_age = random.between(19, 82);
  rights_end_ = core::kDayMin;
  std::array<Person, kBeneficiariesMax> people;
  for (int i = 0; i < size; ++i) {
    Person& person = people[static_cast<std::size_t>(i)];
    person = {.rank = i + 1, .age = age_of(random, i + 1, insured_age)};
    person.ill = random.chance(illness_chance(person.age));
    write_person(random, person);
  }
  write_card(random, 0);
  for (const Person& person : std::span(people).first(static_cast<std::size_t>(size))) {
    const bool away = person.ill ? random.chance(5'000) : person.age >= 18 && random.chance(600);
    const bool own = person.rank > 1 && away;
    if (own && counts_.cards < options_.cards) write_card(random, person.rank);
  }
  if (random.chance(50)) write_agreement(random);
}

void AccountWriter::write_person(SampleRandom& random, const Person& person) {
  constexpr std::array<std::uint32_t, 3> kTreatmentCounts{70, 25, 5};
  const std::string rank = std::to_string(person.rank);
  const Day birth = std::max(
      core::kDayMin, options_.date - days{person.age * kYearDays + random.between(30, 360)});
  const bool exempt = person.age >= 60 && random.chance(1'500);
  beneficiaries_.row({insured_, rank, to_text(birth), exempt ? "yes" : "no"});
  ++counts_.beneficiaries;
  const Day end = write_rights(random, rank);
  rights_end_ = std::max(rights_end_, end);
  if (!person.ill) return;
  const int treatments = static_cast<int>(random.weighted(kTreatmentCounts)) + 1;
  for (int i = 0; i < treatments; ++i) write_treatment(random, rank, i);
}

// Of a hundred, four have lost their rights, six lose them within two months.
Day AccountWriter::write_rights(SampleRandom& random, const std::string& rank) {
  constexpr std::array<std::uint32_t, 3> kKinds{4, 6, 90};
  Day until = options_.date;
  switch (random.weighted(kKinds)) {
    case 0:
      until -= days{random.between(1, kYearDays)};
      break;
    case 1:
      until += days{random.between(0, 60)};
      break;
    default:
      until += days{random.between(180, 2 * kYearDays)};
  }
  const Day from = options_.date - days{random.between(kYearDays + 100, 3 * kYearDays)};
  if (random.chance(1'000)) {  // After a gap, as between two employers.
    const Day before = from - days{random.between(30, 200)};
    rights_.row({insured_, rank, to_text(before - days{random.between(90, 900)}), to_text(before)});
  }
  rights_.row({insured_, rank, to_text(from), to_text(until)});
  return until;
}

// A condition may be drawn twice: `order`, of the person's treatments, 0 to 2, keeps the first days
// of two apart.
void AccountWriter::write_treatment(SampleRandom& random, const std::string& rank, int order) {
  const auto conditions = sample_conditions();
  std::vector<std::uint32_t> weights;
  for (const SampleCondition& each : conditions) weights.push_back(each.weight);
  const SampleCondition& condition = conditions[random.weighted(weights)];
  const auto& usual = catalogue_.inns_for(condition.letter);
  std::vector<std::uint32_t> chosen;
  for (int count = random.between(1, 4); count > 0; --count) {
    const std::uint32_t inn = random.pick(usual);
    if (std::ranges::find(chosen, inn) == chosen.end()) chosen.push_back(inn);
  }
  std::string inns;
  for (const std::uint32_t inn : chosen) {
    if (!inns.empty()) inns += ' ';
    inns += catalogue_.inns()[inn].code;
  }
  const Day from = options_.date - days{random.between(10, 900) * 3 + order};
  const bool ended = random.chance(500);
  const Day until = options_.date + days{ended ? -random.between(1, 9) : random.between(60, 700)};
  treatments_.row({insured_, rank, condition.code, to_text(from), to_text(until), inns});
  ++counts_.treatments;
}

std::string_view AccountWriter::bar(SampleRandom& random, std::string& until) const {
  constexpr std::array<std::uint32_t, 5> kShares{35, 20, 25, 10, 10};
  switch (random.weighted(kShares)) {
    case 0:
      return "lost";
    case 1:
      return "stolen";
    case 2:
      until = to_text(options_.date + days{random.between(10, 180)});
      return "blacklisted";
    case 3:
      return "blacklisted";
    default:
      return "replaced";
  }
}

void AccountWriter::write_card(SampleRandom& random, int rank) {
  const std::uint64_t place = counts_.cards++;
  std::string bar_until;
  std::string_view bar_word;
  if (place % kSampleBarredEvery == kSampleBarredPlace) {
    bar_word = bar(random, bar_until);
    ++counts_.barred_cards;
  }
  // Most cards were updated within the year; some must be updated before they serve again.
  const bool outdated = random.chance(300);
  const Day updated_until =
      options_.date + days{outdated ? -random.between(1, 200) : random.between(20, kYearDays)};
  cards_.row({insured_, sample_card(place), rank == 0 ? "family" : "individual",
              std::to_string(rank), random.chance(500) ? "2" : "1",
              random.chance(9'950) ? "yes" : "no", bar_word, bar_until,
              to_text(std::min(updated_until, rights_end_))});
}

void AccountWriter::write_agreement(SampleRandom& random) {
  const Day from = options_.date - days{random.between(0, 120)};
  const Day until = from + days{random.between(90, kYearDays)};
  const auto& dear = catalogue_.dear_products(fund_->catalogue);
  const bool by_product = !dear.empty() && random.chance(7'000);
  if (by_product || options_.prescribers == 0) {
    if (dear.empty()) return;
    agreements_.row({insured_, "1", "1", "granted", to_text(from), to_text(until),
                     random.pick(dear), "", "", ""});
    return;
  }
  agreements_.row({insured_, "1", "1", "granted", to_text(from), to_text(until), "",
                   sample_prescriber(random.below(options_.prescribers)),
                   padded(random.below(1'000'000), 6), to_text(from)});
}

}  // namespace

std::string sample_insured(std::uint64_t seed, std::uint64_t account) {
  SampleRandom random(seed, kStreamAccounts, ~account);
  const std::uint64_t number =
      kInsuredBase + account * kSampleInsuredStep + random.below(kSampleInsuredStep);
  return padded(number, 10) + padded(97 - number % 97, 2);
}

std::string sample_card(std::uint64_t card) {
  return "2130" + padded((card + 1) * kCardFactor % kCardModulus, 12);
}

core::Result<void> write_accounts(const SampleOptions& options, const SampleCatalogue& catalogue,
                                  SampleCounts& counts) {
  AccountWriter writer(options, catalogue, counts);
  for (std::uint64_t index = 0; counts.cards < options.cards; ++index) {
    writer.write(index);
    if (options.progress && index % kProgressEvery == 0) options.progress(counts.cards);
  }
  return writer.close();
}

}  // namespace wasl::cli
