#include "cli/import.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/csv_support.hpp"
#include "cli/imported_switch.hpp"
#include "cli/sample.hpp"
#include "csv/formats.hpp"

namespace wasl::cli {
namespace {

namespace fs = std::filesystem;
using core::Errc;

constexpr const char* kCard = "2130000387420489";

void set_row(test::Files& files, std::string_view file, const std::string& rows) {
  std::string& text = files.find(file)->second;
  text = text.substr(0, text.find('\n') + 1) + rows;
}

TEST(Import, MakesEveryRowOfASampleAndVerifies) {
  ImportedSwitch network;
  SampleOptions options{.cards = 3'000, .pharmacies = 50, .centres = 10, .prescribers = 100};
  options.out = network.at("/sample");
  const auto sample = write_sample(options);
  ASSERT_TRUE(sample);
  const auto report = network.import(std::vector{options.out});
  ASSERT_TRUE(report) << core::describe(report.error()) << network.faults.text();
  EXPECT_EQ(report->sequence, 1U);
  EXPECT_EQ(report->counts.accounts, sample->accounts);
  EXPECT_EQ(report->counts.cards, 3'000U);
  EXPECT_EQ(report->counts.registrations, 50 + 10 + sample->agencies + 6);
  EXPECT_EQ(report->counts.unchanged, 0U);

  const store::Verified verified = network.verified();
  EXPECT_EQ(differences(verified), "");
  EXPECT_EQ(verified.rows_compared, report->counts.accounts + report->counts.cards +
                                        report->counts.registrations + report->counts.reference);
}

TEST(Import, BringsReferenceAndRightsUntil) {
  ImportedSwitch network;
  ASSERT_TRUE(network.import(test::small_network())) << network.faults.text();
  const auto up = store::bring_up(network.places());
  ASSERT_TRUE(up);
  EXPECT_EQ(up->replayed, 0U);
  EXPECT_NE(up->reference.rulebook_of(code<core::FundCode>("CNAS")), nullptr);
  EXPECT_NE(up->reference.product(code<core::CatalogueCode>("DZ"), code<core::ProductCode>("01001"),
                                  std::chrono::year{2026} / 3 / 10),
            nullptr);
}

TEST(Import, TakesRightsUntilAndPayoutAccountForNewRowsOnly) {
  ImportedSwitch network;
  test::Files files = test::small_network();
  ASSERT_TRUE(network.import(files));
  const auto before = network.account();
  ASSERT_TRUE(before);
  EXPECT_EQ(core::to_text(before->cards.front().rights_until), "2026-12-31");
  EXPECT_EQ(before->version, 1U);

  set_row(files, "accounts.csv", std::string{kInsured} + ",CNAS,00099,2\n");
  set_row(files, "cards.csv",
          std::string{kInsured} + ',' + kCard + ",family,0,2,yes,,,2030-01-01\n");
  ASSERT_TRUE(network.import(files)) << network.faults.text();
  const auto after = network.account();
  EXPECT_EQ(after->cards.front().key_version, 2);
  EXPECT_EQ(core::to_text(after->cards.front().rights_until), "2026-12-31");
  EXPECT_EQ(after->payout_account, "00099");
  EXPECT_EQ(after->version, 2U);

  set_row(files, "accounts.csv", std::string{kInsured} + ",CNAS,00011,3\n");
  ASSERT_TRUE(network.import(files));
  EXPECT_EQ(network.account()->payout_account, "00099");
  EXPECT_EQ(differences(network.verified()), "");
}

TEST(Import, LeavesWhatTheSwitchOwns) {
  ImportedSwitch network;
  test::Files files = test::small_network();
  ASSERT_TRUE(network.import(files));
  core::Account used = *network.account();
  used.cards.front().atc_highest = 9;
  used.cards.front().reported_bar = core::CardBar::kLost;
  used.agreements.push_back({.id = 5,
                             .rank = 1,
                             .state = core::AgreementState::kPending,
                             .in_force = {},
                             .subject = code<core::ProductCode>("01001")});
  {
    auto rocks = store::Rocks::open(network.places().rocks);
    store::RocksBatch batch;
    std::string bytes;
    core::encode_row(core::Row{used}, bytes);
    batch.change(core::account_key(used.insured).view(), bytes);
    ASSERT_TRUE((*rocks)->write(batch, (*rocks)->applied()));
    ASSERT_TRUE((*rocks)->flush(true));
  }
  set_row(files, "accounts.csv", std::string{kInsured} + ",CNAS,,2\n");
  set_row(files, "cards.csv", std::string{kInsured} + ",21,family,0,1,yes,,,\n");
  set_row(files, "beneficiaries.csv", std::string{kInsured} + ",1,1971-01-01,yes\n");
  set_row(files, "agreements.csv", "");
  ASSERT_TRUE(network.import(files)) << network.faults.text();

  const core::Account after = *network.account();
  ASSERT_EQ(after.cards.size(), 2U) << "a card no longer named stays, not active";
  EXPECT_EQ(after.cards.front().atc_highest, 9U);
  EXPECT_EQ(after.cards.front().reported_bar, core::CardBar::kLost);
  EXPECT_FALSE(after.cards.front().active);
  EXPECT_EQ(after.cards.back().rights_until, core::kDayMin);
  EXPECT_EQ(core::to_text(after.beneficiaries.front().birth), "1971-01-01");
  ASSERT_EQ(after.agreements.size(), 1U) << "the fund's is gone, the switch's stays";
  EXPECT_EQ(after.agreements.front().id, 5U);
}

TEST(Import, LeavesAgreementsWithFundsItDoesNotSpeakOf) {
  ImportedSwitch network;
  test::Files files = test::small_network();
  set_row(files, "funds.csv", "CNAS,DZ-CNAS,CNAS,1\nCASNOS,DZ-CNAS,CASNOS,1\n");
  set_row(files, "provider_agreements.csv", "16-004512,CNAS,,\n16-004512,CASNOS,,\n");
  ASSERT_TRUE(network.import(files)) << network.faults.text();
  std::string& providers = files.find("providers.csv")->second;
  providers.replace(providers.rfind(",1\n"), 3, ",2\n");
  set_row(files, "provider_agreements.csv", "16-004512,CNAS,2026-01-01,\n");
  ASSERT_TRUE(network.import(files)) << network.faults.text();
  const auto provider = network.row<core::Registration>(
      core::registration_key({core::Role::kProvider, code<core::ParticipantId>("16-004512")}));
  ASSERT_TRUE(provider);
  EXPECT_EQ(provider->agreements.size(), 2U);
  EXPECT_EQ(provider->version, 2U);
}

TEST(Import, DoesNothingWithoutRoomForItsFilesAndTheReserve) {
  ImportedSwitch network;
  network.disk_reserve_bytes = std::uint64_t{1} << 60;
  const auto refused = network.import(test::small_network());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, core::Errc::kLimit);
  EXPECT_NE(refused.error().context.find("this import, with the reserve, needs 11529215046068"),
            std::string::npos)
      << refused.error().context;
  EXPECT_EQ(network.applied(), 0U);
  EXPECT_TRUE(std::filesystem::is_empty(network.kept()));
}

TEST(Import, DoesNothingWhenNothingIsNewer) {
  ImportedSwitch network;
  const test::Files files = test::small_network();
  ASSERT_TRUE(network.import(files));
  const auto again = network.import(files);
  ASSERT_TRUE(again) << network.faults.text();
  EXPECT_EQ(again->sequence, 0U);
  EXPECT_EQ(again->counts.accounts, 0U);
  EXPECT_GE(again->counts.unchanged, 10U);
  EXPECT_EQ(network.applied(), 1U);
}

TEST(Import, IsAllOrNothing) {
  ImportedSwitch network;
  test::Files files = test::small_network();
  set_row(files, "agreements.csv", std::string{kInsured} + ",1,1,maybe,,,01001,,,\n");
  const auto report = network.import(files);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, Errc::kMalformed);
  EXPECT_TRUE(network.faults.shown().front().starts_with("agreements.csv:2:"));
  EXPECT_EQ(network.applied(), 0U);
  EXPECT_FALSE(network.account());
  EXPECT_TRUE(fs::is_empty(network.kept()));
  EXPECT_FALSE(fs::exists(network.at("/data/rocks.import")));
  EXPECT_EQ(differences(network.verified()), "");
}

TEST(Import, ShowsTwentyMistakesAndCountsTheRest) {
  ImportedSwitch network;
  test::Files files = test::small_network();
  std::string rows;
  for (int i = 0; i < 25; ++i) rows += std::string{kInsured} + ",21,neither,0,1,yes,,,\n";
  set_row(files, "cards.csv", rows);
  ASSERT_FALSE(network.import(files));
  EXPECT_EQ(network.faults.shown().size(), 20U);
  EXPECT_TRUE(network.faults.text().ends_with("and 5 more\n")) << network.faults.text();
}

TEST(Import, TellsWhereARulebookIsWrong) {
  ImportedSwitch network;
  ASSERT_TRUE(network.import(test::small_network()));
  const std::string path = network.at("/wrong.toml");
  ImportedSwitch::write(path, "format = 1\nschema = 3\n");
  ASSERT_FALSE(network.import(std::vector{path}));
  EXPECT_TRUE(network.faults.shown().front().starts_with("rulebooks/wrong.toml:"))
      << network.faults.text();
}

TEST(Import, RefusesACardThatIsThereTwice) {
  ImportedSwitch network;
  test::Files files = test::small_network();
  const std::string card = std::string{kInsured} + ',' + kCard + ",family,0,1,yes,,,\n";
  set_row(files, "cards.csv", card + card);
  ASSERT_FALSE(network.import(files));
  EXPECT_EQ(network.faults.text(),
            "cards.csv:3:1: the card of line 2 again, expected each key once in the file\n");
}

TEST(Import, RefusesACardOrAccountOfSomebodyElse) {
  ImportedSwitch network;
  test::Files files = test::small_network();
  ASSERT_TRUE(network.import(files));
  const std::string other = "100000000043";
  set_row(files, "accounts.csv", other + ",CNAS,,1\n");
  set_row(files, "beneficiaries.csv", other + ",1,1970-01-01,no\n");
  set_row(files, "cards.csv", other + ',' + kCard + ",family,0,1,yes,,,\n");
  for (const char* file : {"rights.csv", "treatments.csv", "agreements.csv"}) {
    set_row(files, file, "");
  }
  ASSERT_FALSE(network.import(files));
  EXPECT_TRUE(network.faults.text().starts_with("cards.csv:2:1: a card of another account"));

  files = test::small_network();
  set_row(files, "funds.csv", "CNAS,DZ-CNAS,CNAS,1\nCASNOS,DZ-CNAS,CASNOS,1\n");
  set_row(files, "accounts.csv", std::string{kInsured} + ",CASNOS,,2\n");
  ASSERT_FALSE(network.import(files));
  EXPECT_TRUE(network.faults.text().starts_with("accounts.csv:2:1: an account of another fund"));
}

TEST(Import, KnowsWhatEarlierImportsBrought) {
  ImportedSwitch network;
  ASSERT_TRUE(network.import(test::small_network()));
  const std::string directory = network.at("/more");
  fs::create_directories(directory);
  ImportedSwitch::write(
      directory + "/providers.csv",
      "provider,wilaya,centre,name,suspended,signing_key,payout_account,source_version\n"
      "31-000001,31,16-01-1,x,no,,,1\n");
  ImportedSwitch::write(directory + "/provider_agreements.csv",
                        "provider,fund,from,until\n31-000001,CNAS,,\n");
  ImportedSwitch::write(directory + "/wilayas.csv", "wilaya,name_fr,name_ar\n31,Oran,وهران\n");
  const auto report = network.import(std::vector{directory});
  ASSERT_TRUE(report) << network.faults.text();
  EXPECT_EQ(report->counts.registrations, 1U);
  EXPECT_EQ(report->sequence, 2U);
  EXPECT_EQ(differences(network.verified()), "");
}

TEST(Import, RefusesFilesThatAreNotItsOrNotWhole) {
  ImportedSwitch network;
  const auto refused = [&](const std::vector<std::string>& paths) {
    const auto report = network.import(paths);
    EXPECT_FALSE(report);
    return report ? std::string{} : report.error().context;
  };
  EXPECT_NE(refused({network.at("/nowhere")}).find("is not there"), std::string::npos);
  EXPECT_NE(refused({network.at("/journal")}).find("no file to import"), std::string::npos);
  ImportedSwitch::write(network.at("/other.csv"), "a\n");
  EXPECT_NE(refused({network.at("/other.csv")}).find("has this name"), std::string::npos);
  const std::string wilayas = network.at("/wilayas.csv");
  ImportedSwitch::write(wilayas, "wilaya,name_fr,name_ar\n");
  EXPECT_NE(refused({wilayas, wilayas}).find("given twice"), std::string::npos);
  ImportedSwitch::write(network.at("/products.csv"), "x\n");
  EXPECT_NE(refused({network.at("/products.csv")}).find("also needs"), std::string::npos);
}

}  // namespace
}  // namespace wasl::cli
