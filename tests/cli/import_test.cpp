#include "cli/import.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/csv_support.hpp"
#include "cli/import_cards.hpp"
#include "cli/sample.hpp"
#include "core/codec.hpp"
#include "csv/formats.hpp"
#include "journal/posix_files.hpp"
#include "journal/reader.hpp"
#include "store/rocks.hpp"
#include "store/stored_row.hpp"
#include "store/verify.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::cli {
namespace {

namespace fs = std::filesystem;
using core::Errc;

constexpr const char* kInsured = "100000000042";
constexpr const char* kCard = "2130000387420489";

template <typename Code>
Code code(std::string_view text) {
  return *Code::make(text);
}

// A switch's directories, made empty.
class Switch {
 public:
  Switch() {
    for (const char* name : {"/journal", "/data"}) fs::create_directories(at(name));
    journal_ = std::move(*journal::open_directory(at("/journal")));
    EXPECT_TRUE(store::create_store(places(), core::DataId{7}));
  }

  [[nodiscard]] std::string at(const std::string& name) const { return root_.path() + name; }
  [[nodiscard]] std::string kept() const { return at("/data/imports"); }
  [[nodiscard]] store::StorePlaces places() const {
    return {.journal = {.journal = *journal_, .head = *journal_, .mirror = nullptr},
            .rocks = {.path = at("/data/rocks")},
            .segments = {.segment_bytes = 1024 * 1024},
            .counted = {},
            .run_import = run_kept_imports(kept())};
  }
  core::Result<ImportReport> import(const std::vector<std::string>& paths) {
    faults = {};
    return import_network(places(), {.paths = paths, .kept = kept(), .now = now_}, faults);
  }
  // The network's files in a directory of their own, with the rulebook they name.
  core::Result<ImportReport> import(const test::Files& files) {
    const std::string directory = at("/given");
    fs::remove_all(directory);
    fs::create_directories(directory + "/rulebooks");
    for (const auto& [name, text] : files) write(directory + "/" + name, text);
    fs::copy(std::string{WASL_SOURCE_DIR} + "/config/rulebooks/dz-cnas.toml",
             directory + "/rulebooks/dz-cnas.toml");
    return import(std::vector{directory});
  }
  static void write(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
  }
  // Reads a row as it lies in the store.
  template <typename T>
  [[nodiscard]] std::optional<T> row(const core::RowKey& key) const {
    const auto rocks = store::Rocks::open(places().rocks);
    std::optional<T> found;
    const std::string_view name = key.view();
    const auto take = [&](std::size_t, std::optional<std::string_view> value) {
      if (value) found = std::get<T>(*store::decode_stored(key, *value));
    };
    EXPECT_TRUE((*rocks)->get({&name, 1}, take));
    return found;
  }
  [[nodiscard]] std::optional<core::Account> account(const std::string& insured = kInsured) const {
    return row<core::Account>(core::account_key(code<core::InsuredNumber>(insured)));
  }
  [[nodiscard]] store::Verified verified() const {
    auto result = store::verify_store({.journal = *journal_,
                                       .head = *journal_,
                                       .rocks = places().rocks,
                                       .scratch = at("/scratch"),
                                       .run_import = run_kept_imports(kept())});
    fs::remove_all(at("/scratch"));
    EXPECT_TRUE(result) << core::describe(result.error());
    return std::move(*result);
  }
  [[nodiscard]] core::Sequence applied() const {
    return (*store::Rocks::open(places().rocks))->applied().sequence;
  }

  csv::Faults faults;

 private:
  test::TemporaryDirectory root_;
  std::unique_ptr<core::Directory> journal_;
  core::Instant now_{std::chrono::hours{24 * 365 * 56}};
};

void set_row(test::Files& files, std::string_view file, const std::string& rows) {
  std::string& text = files.find(file)->second;
  text = text.substr(0, text.find('\n') + 1) + rows;
}

std::string differences(const store::Verified& verified) {
  std::string text;
  for (const store::Difference& each : verified.differences.named()) {
    text += each.where + ": " + each.what + '\n';
  }
  return text;
}

TEST(Import, MakesEveryRowOfASampleAndVerifies) {
  Switch network;
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
  Switch network;
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
  Switch network;
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
  Switch network;
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
  Switch network;
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

TEST(Import, DoesNothingWhenNothingIsNewer) {
  Switch network;
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
  Switch network;
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
  Switch network;
  test::Files files = test::small_network();
  std::string rows;
  for (int i = 0; i < 25; ++i) rows += std::string{kInsured} + ",21,neither,0,1,yes,,,\n";
  set_row(files, "cards.csv", rows);
  ASSERT_FALSE(network.import(files));
  EXPECT_EQ(network.faults.shown().size(), 20U);
  EXPECT_TRUE(network.faults.text().ends_with("and 5 more\n")) << network.faults.text();
}

TEST(Import, TellsWhereARulebookIsWrong) {
  Switch network;
  ASSERT_TRUE(network.import(test::small_network()));
  const std::string path = network.at("/wrong.toml");
  Switch::write(path, "format = 1\nschema = 3\n");
  ASSERT_FALSE(network.import(std::vector{path}));
  EXPECT_TRUE(network.faults.shown().front().starts_with("rulebooks/wrong.toml:"))
      << network.faults.text();
}

TEST(Import, RefusesACardThatIsThereTwice) {
  Switch network;
  test::Files files = test::small_network();
  const std::string card = std::string{kInsured} + ',' + kCard + ",family,0,1,yes,,,\n";
  set_row(files, "cards.csv", card + card);
  ASSERT_FALSE(network.import(files));
  EXPECT_EQ(network.faults.text(),
            "cards.csv:3:1: the card of line 2 again, expected each key once in the file\n");
}

TEST(Import, RefusesACardOrAccountOfSomebodyElse) {
  Switch network;
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
  Switch network;
  ASSERT_TRUE(network.import(test::small_network()));
  const std::string directory = network.at("/more");
  fs::create_directories(directory);
  Switch::write(directory + "/providers.csv",
                "provider,wilaya,centre,name,suspended,signing_key,payout_account,source_version\n"
                "31-000001,31,16-01-1,x,no,,,1\n");
  Switch::write(directory + "/provider_agreements.csv",
                "provider,fund,from,until\n31-000001,CNAS,,\n");
  Switch::write(directory + "/wilayas.csv", "wilaya,name_fr,name_ar\n31,Oran,وهران\n");
  const auto report = network.import(std::vector{directory});
  ASSERT_TRUE(report) << network.faults.text();
  EXPECT_EQ(report->counts.registrations, 1U);
  EXPECT_EQ(report->sequence, 2U);
  EXPECT_EQ(differences(network.verified()), "");
}

TEST(Import, RefusesFilesThatAreNotItsOrNotWhole) {
  Switch network;
  const auto refused = [&](const std::vector<std::string>& paths) {
    const auto report = network.import(paths);
    EXPECT_FALSE(report);
    return report ? std::string{} : report.error().context;
  };
  EXPECT_NE(refused({network.at("/nowhere")}).find("is not there"), std::string::npos);
  EXPECT_NE(refused({network.at("/journal")}).find("no file to import"), std::string::npos);
  Switch::write(network.at("/other.csv"), "a\n");
  EXPECT_NE(refused({network.at("/other.csv")}).find("has this name"), std::string::npos);
  const std::string wilayas = network.at("/wilayas.csv");
  Switch::write(wilayas, "wilaya,name_fr,name_ar\n");
  EXPECT_NE(refused({wilayas, wilayas}).find("given twice"), std::string::npos);
  Switch::write(network.at("/products.csv"), "x\n");
  EXPECT_NE(refused({network.at("/products.csv")}).find("also needs"), std::string::npos);
}

// The journal has the import, the store has not: as after a crash between the two.
class UnappliedImport : public testing::Test {
 protected:
  void SetUp() override {
    const std::string rocks = network_.at("/data/rocks");
    fs::copy(rocks, network_.at("/before"), fs::copy_options::recursive);
    ASSERT_TRUE(network_.import(test::small_network())) << network_.faults.text();
    expected_ = network_.account();
    ASSERT_TRUE(expected_);
    fs::remove_all(rocks);
    fs::rename(network_.at("/before"), rocks);
    ASSERT_EQ(network_.applied(), 0U);
  }
  [[nodiscard]] std::string kept_cards() const {
    for (const auto& entry : fs::directory_iterator(network_.kept())) {
      std::ifstream file(entry.path());
      std::string line;
      std::getline(file, line);
      if (line.starts_with("insured,card,")) return entry.path().string();
    }
    ADD_FAILURE() << "cards.csv was not kept";
    return {};
  }

  Switch network_;
  std::optional<core::Account> expected_;
};

TEST_F(UnappliedImport, IsCarriedOutAgainFromTheKeptFiles) {
  {
    const auto up = store::bring_up(network_.places());
    ASSERT_TRUE(up) << core::describe(up.error());
    EXPECT_EQ(up->replayed, 1U);
    EXPECT_NE(up->reference.fund(code<core::FundCode>("CNAS")), nullptr);
  }
  EXPECT_TRUE(network_.account() == expected_);
  EXPECT_EQ(network_.applied(), 1U);
  EXPECT_EQ(differences(network_.verified()), "");
}

TEST_F(UnappliedImport, IsRefusedWhenAKeptFileWasChanged) {
  std::ofstream(kept_cards(), std::ios::app) << "\n";
  const auto up = store::bring_up(network_.places());
  ASSERT_FALSE(up);
  EXPECT_EQ(up.error().code, Errc::kCorrupt);
  EXPECT_NE(up.error().context.find("put it back from a backup"), std::string::npos);
  EXPECT_EQ(network_.applied(), 0U);
}

TEST_F(UnappliedImport, IsRefusedWhenAKeptFileIsGone) {
  fs::remove(kept_cards());
  const auto up = store::bring_up(network_.places());
  ASSERT_FALSE(up);
  EXPECT_EQ(up.error().code, Errc::kCorrupt);
}

TEST_F(UnappliedImport, IsRefusedByAToolThatCannotCarryItOut) {
  store::StorePlaces places = network_.places();
  places.run_import = {};
  const auto up = store::bring_up(places);
  ASSERT_FALSE(up);
  EXPECT_EQ(up.error().code, Errc::kUnsupported);
}

TEST_F(UnappliedImport, IsADifferenceWithoutItsFiles) {
  ASSERT_TRUE(store::bring_up(network_.places()));
  fs::remove(kept_cards());
  const store::Verified verified = network_.verified();
  EXPECT_GT(verified.differences.total(), 0U) << "a kept file that is gone is a difference";
}

TEST(ImportRecord, NamesItsFiles) {
  Switch network;
  const auto report = network.import(test::small_network());
  ASSERT_TRUE(report);
  const auto directory = journal::open_directory(network.at("/journal"));
  auto reader = journal::Reader::open(**directory, journal::genesis(core::DataId{7}));
  ASSERT_TRUE(reader);
  const auto group = reader->next();
  ASSERT_TRUE(group && group->has_value());
  const auto record = core::decode_record((*group)->records.front().payload);
  ASSERT_TRUE(record);
  EXPECT_TRUE(record->command.from.id.empty());
  const auto& import = std::get<core::Import>(record->command.request);
  EXPECT_EQ(import.files.size(), csv::kFormats.size() + 1);
  EXPECT_TRUE(import.files == report->files);
  for (const core::ImportedFile& file : import.files) {
    EXPECT_TRUE(fs::exists(network.kept() + "/" + kept_name(file.sha256))) << file.name;
    EXPECT_EQ(file.rows, file.name.ends_with(".csv") ? 1U : 0U) << file.name;
  }
}

TEST(CardSorter, MergesRunsInTheOrderOfKeys) {
  for (const std::size_t run : {2U, 3U, 100U}) {
    const test::TemporaryDirectory directory;
    CardSorter sorter(directory.path(), run);
    const std::vector<std::string> numbers{"9", "10", "100", "11", "2", "10", "1"};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      ASSERT_TRUE(sorter.add({.card = code<core::CardNumber>(numbers[i]),
                              .insured = code<core::InsuredNumber>("1"),
                              .line = i,
                              .newer = true}));
    }
    ASSERT_TRUE(sorter.sort());
    std::string order;
    CardEntry entry;
    while (*sorter.next(entry)) {
      order += std::string{entry.card.view()} + ':' + std::to_string(entry.line) + ' ';
    }
    EXPECT_EQ(order, "1:6 2:4 9:0 10:1 10:5 11:3 100:2 ") << "runs of " << run;
  }
}

}  // namespace
}  // namespace wasl::cli
