#include "cli/sample.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "cli/sample_accounts.hpp"
#include "cli/sample_command.hpp"
#include "cli/sample_places.hpp"
#include "cli/sample_rulebooks.hpp"
#include "cli/typed_command.hpp"
#include "csv/account_stream.hpp"
#include "csv/formats.hpp"
#include "csv/network.hpp"
#include "support/source_directory.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::cli {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::map<std::string, std::string> files_of(const std::string& directory) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    files[fs::relative(entry.path(), directory).string()] = content(entry.path());
  }
  return files;
}

SampleOptions small(const std::string& out) {
  return {.cards = 200,
          .pharmacies = 20,
          .centres = 5,
          .prescribers = 20,
          .inns = 120,
          .brands = 300,
          .tarifs = 50,
          .out = out};
}

csv::Open open_in(const std::string& directory) {
  return [directory](std::string_view name) -> std::optional<csv::Source> {
    auto file =
        std::make_shared<std::ifstream>(directory + "/" + std::string{name}, std::ios::binary);
    if (!*file) return std::nullopt;
    return [file](std::span<char> out) -> core::Result<std::size_t> {
      file->read(out.data(), static_cast<std::streamsize>(out.size()));
      return static_cast<std::size_t>(file->gcount());
    };
  };
}

class SampleSchemes final : public csv::OnFile {
 public:
  [[nodiscard]] bool fund(const core::FundCode&) const override { return false; }
  [[nodiscard]] bool scheme(const core::SchemeCode& code) const override {
    return std::ranges::find(sample_funds(), code.view(), &SampleFund::scheme) !=
           sample_funds().end();
  }
  [[nodiscard]] bool catalogue(const core::CatalogueCode& code) const override {
    return std::ranges::find(sample_funds(), code.view(), &SampleFund::catalogue) !=
           sample_funds().end();
  }
  [[nodiscard]] bool product(const core::ProductCode&) const override { return false; }
  [[nodiscard]] bool centre(const core::ParticipantId&) const override { return false; }
};

TEST(Sample, IsTheCommittedOneByteForByte) {
  const test::TemporaryDirectory directory;
  ASSERT_TRUE(write_sample(small(directory.path())));
  const auto made = files_of(directory.path());
  const auto committed = files_of(test::source_directory() + "/config/sample");
  EXPECT_EQ(made.size(), csv::kFormats.size() + sample_rulebooks().size());
  std::size_t bytes = 0;
  for (const auto& [name, text] : made) {
    const auto found = committed.find(name);
    ASSERT_NE(found, committed.end()) << name;
    EXPECT_TRUE(found->second == text)
        << "config/sample/" << name << " differs: make it again as docs/import_format.md says";
    bytes += text.size();
  }
  EXPECT_EQ(made.size(), committed.size());
  EXPECT_LT(bytes, 1024U * 1024U);
}

TEST(Sample, NamesTheCommandThatComesNextWithItsConfiguration) {
  const test::TemporaryDirectory directory;
  const test::Typed outcome =
      test::type(add_sample_command, {"sample", "--out", directory.path(), "--cards", "200",
                                      "--pharmacies", "20", "--centres", "5", "--prescribers", "20",
                                      "--inns", "120", "--brands", "300", "--tarifs", "50"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("wasl import --config DIR/wasl.toml " + directory.path()),
            std::string::npos)
      << outcome.out;
}

TEST(Sample, ChangesWithSeedAndDateOnly) {
  const test::TemporaryDirectory first;
  const test::TemporaryDirectory second;
  SampleOptions options = small(first.path());
  ASSERT_TRUE(write_sample(options));
  options.out = second.path();
  options.seed = 2;
  ASSERT_TRUE(write_sample(options));
  EXPECT_NE(content(first.path() + "/cards.csv"), content(second.path() + "/cards.csv"));
  EXPECT_NE(content(first.path() + "/accounts.csv"), content(second.path() + "/accounts.csv"));
}

TEST(Sample, NeverWritesOverAnother) {
  const test::TemporaryDirectory directory;
  ASSERT_TRUE(write_sample(small(directory.path())));
  const auto again = write_sample(small(directory.path()));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, core::Errc::kExists);
}

TEST(Sample, RefusesSizesOutsideItsBounds) {
  const test::TemporaryDirectory directory;
  SampleOptions options = small(directory.path());
  options.cards = 0;
  EXPECT_EQ(write_sample(options).error().code, core::Errc::kOutOfRange);
  options.cards = kSampleCardsMax + 1;
  EXPECT_EQ(write_sample(options).error().code, core::Errc::kOutOfRange);
  options = small(directory.path());
  options.centres = kSampleCentresMax + 1;
  EXPECT_EQ(write_sample(options).error().code, core::Errc::kOutOfRange);
  options = small(directory.path());
  options.tarifs = options.inns + 1;
  EXPECT_EQ(write_sample(options).error().code, core::Errc::kOutOfRange);
}

TEST(Sample, NumbersFollowTheirRules) {
  EXPECT_EQ(sample_card(0), "2130000387420489");
  EXPECT_EQ(sample_card(1), "2130000774840978");
  std::string last;
  for (std::uint64_t i = 0; i < 1'000; ++i) {
    const std::string number = sample_insured(1, i);
    ASSERT_EQ(number.size(), 12U);
    EXPECT_LT(last, number);
    const std::uint64_t ten = std::stoull(number.substr(0, 10));
    EXPECT_EQ(97 - ten % 97, std::stoull(number.substr(10)));
    last = number;
  }
}

TEST(Sample, AdmitsTheLargestOfEach) {
  const test::TemporaryDirectory directory;
  SampleOptions options = small(directory.path());
  options.inns = kSampleInnsMax;
  options.brands = 5'000;
  ASSERT_TRUE(write_sample(options));
  const std::string inns = content(directory.path() + "/inns.csv");
  EXPECT_EQ(std::ranges::count(inns, '\n'), static_cast<std::ptrdiff_t>(kSampleInnsMax) + 1);
}

// One national sample for all statistics: making it is what takes the time.
class NationalSample : public testing::Test {
 protected:
  static constexpr std::uint64_t kCards = 20'000;

  static void SetUpTestSuite() {
    directory_ = new test::TemporaryDirectory;
    const auto written = write_sample({.cards = kCards, .out = directory_->path()});
    ASSERT_TRUE(written);
    counts_ = *written;
    const SampleSchemes schemes;
    const csv::Open open = open_in(directory_->path());
    network_ = csv::read_network(open, schemes, faults_);
    csv::AccountStream stream(open, schemes, network_, faults_);
    core::Account account;
    while (stream.next(account)) accounts_.push_back(account);
  }
  static void TearDownTestSuite() {
    accounts_.clear();
    network_ = {};
    delete directory_;
  }

  static inline test::TemporaryDirectory* directory_ = nullptr;
  static inline SampleCounts counts_;
  static inline csv::Faults faults_;
  static inline csv::Network network_;
  static inline std::vector<core::Account> accounts_;
};

TEST_F(NationalSample, IsImportable) { EXPECT_EQ(faults_.text(), ""); }

TEST_F(NationalSample, HasTheSizesOfTheNetwork) {
  EXPECT_EQ(network_.wilayas.size(), 69U);
  EXPECT_EQ(network_.funds.size(), 3U);
  EXPECT_GE(network_.conditions.size(), 26U);
  EXPECT_EQ(network_.inns.size(), 1'365U);
  EXPECT_EQ(network_.prescribers.size(), 5'000U);
  std::map<core::Role, std::size_t> roles;
  std::size_t agencies = 0;
  for (const core::Registration& each : network_.registrations) {
    ++roles[each.participant.role];
    const bool is_centre = each.participant.role == core::Role::kCentre;
    if (is_centre && !each.centre.empty()) ++agencies;
  }
  EXPECT_EQ(roles[core::Role::kProvider], 12'000U);
  EXPECT_EQ(roles[core::Role::kCentre] - agencies, 830U);
  EXPECT_EQ(agencies, counts_.agencies);
  EXPECT_GT(agencies, 830U);
  EXPECT_EQ(roles[core::Role::kFund], 3U);
  EXPECT_EQ(roles[core::Role::kAuthority], 2U);
}

TEST_F(NationalSample, HasBothCatalogues) {
  std::set<std::string> brands;
  std::set<std::string> inns;
  std::size_t second = 0;
  for (const core::Product& each : network_.products) {
    if (each.catalogue.view() == "MA") ++second;
    if (each.catalogue.view() != "DZ") continue;
    brands.emplace(each.code.view());
    inns.emplace(each.inn.view());
  }
  EXPECT_EQ(brands.size(), 4'550U);
  EXPECT_EQ(inns.size(), 1'365U);
  EXPECT_GT(second, 500U);
  std::set<std::string> tarifs;
  for (const core::Tarif& each : network_.tarifs) {
    if (each.catalogue.view() == "DZ") tarifs.emplace(each.inn.view());
  }
  EXPECT_EQ(tarifs.size(), 590U);
  EXPECT_EQ(counts_.tarifs, 590U);
}

TEST_F(NationalSample, HasAccountsOfEverySize) {
  std::array<std::size_t, 8> sizes{};
  std::map<std::string, std::size_t> funds;
  for (const core::Account& each : accounts_) {
    ASSERT_GE(each.beneficiaries.size(), 1U);
    ASSERT_LE(each.beneficiaries.size(), 7U);
    ++sizes[each.beneficiaries.size()];
    ++funds[std::string{each.fund.view()}];
  }
  EXPECT_EQ(accounts_.size(), counts_.accounts);
  for (std::size_t size = 1; size <= 7; ++size) EXPECT_GT(sizes[size], accounts_.size() / 50);
  EXPECT_EQ(funds.size(), 3U);
}

TEST_F(NationalSample, HasTheCardsAskedForOneInAThousandBarred) {
  std::size_t cards = 0;
  std::size_t individual = 0;
  std::size_t barred = 0;
  std::set<std::string> numbers;
  for (const core::Account& account : accounts_) {
    for (const core::Card& card : account.cards) {
      ++cards;
      numbers.emplace(card.number.view());
      if (card.kind == core::CardKind::kIndividual) ++individual;
      if (card.fund_bar != core::CardBar::kNone) ++barred;
    }
  }
  EXPECT_EQ(cards, kCards);
  EXPECT_EQ(numbers.size(), kCards);
  EXPECT_EQ(barred, kCards / 1'000);
  EXPECT_EQ(barred, counts_.barred_cards);
  EXPECT_GT(individual, kCards / 20);
}

TEST_F(NationalSample, HasRightsThatAreOpenAndRightsThatExpire) {
  const core::Day date = SampleOptions{}.date;
  std::size_t open = 0;
  std::size_t expiring = 0;
  std::size_t people = 0;
  std::size_t treated = 0;
  for (const core::Account& account : accounts_) {
    for (const core::Beneficiary& each : account.beneficiaries) {
      ++people;
      if (!each.treatments.empty()) ++treated;
      for (const core::Interval& rights : each.rights) {
        if (!rights.contains(date)) continue;
        ++open;
        if (rights.until <= date + std::chrono::days{60}) ++expiring;
      }
    }
  }
  EXPECT_GT(open, people * 9 / 10);
  EXPECT_LT(open, people * 99 / 100);
  EXPECT_GT(expiring, people / 50);
  EXPECT_GT(treated, people / 20);
}

}  // namespace
}  // namespace wasl::cli
