// `wasl terminal` and a whole switch: started by init and import of the committed sample, over
// mTLS, durable. The switch's clock stands on the day for which the sample was made.

#include <gtest/gtest.h>

#include <fstream>

#include "card/issue.hpp"
#include "card/key_file.hpp"
#include "card/virtual_card.hpp"
#include "cli/fund_keys.hpp"
#include "cli/import.hpp"
#include "cli/init.hpp"
#include "cli/server.hpp"
#include "cli/terminal_command.hpp"
#include "cli/typed_command.hpp"
#include "support/source_directory.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::cli {
namespace {

// Of config/sample: a family card of CNAS without long-term treatment, and who may serve it.
constexpr const char* kCardNumber = "2130001162261467";
constexpr const char* kPharmacy = "09-000001";
constexpr core::Day kToday{std::chrono::year{2026} / 3 / 10};
// 277.25 DZD at 80 %, no tarif; and one that is not reimbursed.
constexpr const char* kClaim = R"({"claim":{"kind":"THIRD_PARTY","terminalId":"T1",
  "beneficiaryRank":1,"serviceDate":"2026-03-10","prescription":{"type":"ACUTE","key":
  {"prescriberId":"M000001","number":"RX-1","date":"2026-03-09"}},"lines":[
  {"productCode":"01103","quantity":1,"unitPriceCents":"27725","supplyDays":10},
  {"productCode":"01034","quantity":1,"unitPriceCents":"33014"}]}})";

class SampleClock final : public core::Clock {
 public:
  [[nodiscard]] core::Instant wall() const override {
    return kToday + std::chrono::hours{9} +
           std::chrono::floor<std::chrono::milliseconds>(monotonic() - begun_);
  }
  [[nodiscard]] std::chrono::steady_clock::time_point monotonic() const override {
    return std::chrono::steady_clock::now();
  }

 private:
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

class TerminalAndSwitch : public ::testing::Test {
 protected:
  void SetUp() override {
    const TimePoint now =
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    ASSERT_TRUE(init_switch({.directory = path("switch"),
                             .funds = {"CNAS", "CASNOS", "AMO"},
                             .dns_names = {"localhost"},
                             .ip_addresses = {"127.0.0.1"},
                             .now = now}));
    auto config = ops::load_config(path("switch/wasl.toml"));
    ASSERT_TRUE(config) << core::describe(config.error());
    config->listen_port = 0;
    config->admin_port = 0;
    config_ = *config;
    import_sample();
    const auto issued = pki_issue({.directory = path("switch/pki"),
                                   .uri = std::string("urn:wasl:provider:") + kPharmacy,
                                   .file_name = "pharmacy",
                                   .now = now});
    ASSERT_TRUE(issued) << core::describe(issued.error());
    issue_cards();
    start();
  }

  void import_sample() {
    const auto places = Places::open(config_);
    ASSERT_TRUE(places) << core::describe(places.error());
    csv::Faults faults;
    const auto imported = import_network(places->store(),
                                         {.paths = {test::source_directory() + "/config/sample"},
                                          .kept = places->imports(),
                                          .now = clock_.wall()},
                                         faults);
    ASSERT_TRUE(imported) << core::describe(imported.error());
  }

  void issue_cards() {
    const auto keys = FundKeys::read(config_.card_key_files);
    ASSERT_TRUE(keys) << core::describe(keys.error());
    const auto fund = *core::FundCode::make("CNAS");
    const auto card = card::issue(
        *keys,
        card::card_key_name(
            {.number = *core::CardNumber::make(kCardNumber), .fund = fund, .key_version = 1}));
    ASSERT_TRUE(card);
    ASSERT_TRUE(card::create_card(path("card.json"), *card));
    const auto professional = card::issue(
        *keys, card::professional_key_name(fund, *core::ParticipantId::make(kPharmacy), 1));
    ASSERT_TRUE(professional);
    ASSERT_TRUE(card::create_card(path("professional.json"), *professional));
    write("claim.json", kClaim);
  }

  void start() {
    auto server = Server::start({.config = config_}, clock_, *log_);
    ASSERT_TRUE(server) << core::describe(server.error());
    server_ = std::move(*server);
    write("terminal.toml", "server = \"127.0.0.1:" + std::to_string(server_->port()) +
                               "\"\ncertificate = \"switch/pki/pharmacy.crt\"\n"
                               "key = \"switch/pki/pharmacy.key\"\n"
                               "authority = \"switch/pki/ca.crt\"\n"
                               "crl = \"switch/pki/ca.crl\"\n"
                               "professional = [\"professional.json\"]\n");
  }
  void stop() {
    ASSERT_TRUE(server_->stop());
    server_.reset();
  }

  test::Typed type(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "terminal");
    arguments.insert(arguments.end(), {"--config", path("terminal.toml")});
    return test::type(add_terminal_commands, std::move(arguments));
  }
  test::Typed claim() { return type({"claim", path("claim.json"), "--card", path("card.json")}); }
  // Of the only request that has been answered: its file's name without suffix, and its id.
  [[nodiscard]] std::string answered_stem() const {
    for (const auto& file : std::filesystem::directory_iterator(path("outbox"))) {
      if (file.path().extension() == ".answer") return file.path().stem().string();
    }
    return {};
  }
  [[nodiscard]] std::string answered_id() const { return answered_stem().substr(14); }
  void write(const std::string& name, const std::string& content) const {
    std::ofstream(path(name)) << content;
  }
  [[nodiscard]] std::string path(const std::string& name) const {
    return directory_.path() + "/" + name;
  }

  test::TemporaryDirectory directory_;
  SampleClock clock_;
  std::unique_ptr<ops::Log> log_ = ops::Log::to_stderr(clock_, ops::Level::kError);
  ops::Config config_;
  std::unique_ptr<Server> server_;
};

TEST_F(TerminalAndSwitch, ApprovesReversesAndListsAClaim) {
  const test::Typed claimed = claim();
  EXPECT_EQ(claimed.exit_code, 0) << claimed.err << claimed.out;
  EXPECT_NE(claimed.out.find("Claim: APPROVED IN PART\n  The fund pays: 221.80\n"
                             "  The patient pays: 55.45\n"),
            std::string::npos)
      << claimed.out;
  EXPECT_NE(claimed.out.find("(PRODUCT_NOT_COVERED)"), std::string::npos) << claimed.out;
  const std::string id = answered_id();

  EXPECT_EQ(type({"status", id}).exit_code, 0);
  const test::Typed listed = type({"list", "--from", "2026-03-10", "--until", "2026-03-10"});
  EXPECT_NE(listed.out.find(id), std::string::npos) << listed.out << listed.err;
  const test::Typed reversed = type({"reverse", id});
  EXPECT_EQ(reversed.exit_code, 0) << reversed.err;
  EXPECT_NE(reversed.out.find("The fund pays: -221.80"), std::string::npos) << reversed.out;
  const test::Typed status = type({"status", id});
  EXPECT_EQ(status.exit_code, 2) << status.err;
  EXPECT_NE(status.out.find("State now: reversed"), std::string::npos) << status.out;
}

TEST_F(TerminalAndSwitch, QuotesWithoutEffectAndShowsRights) {
  const test::Typed quote =
      type({"quote", path("claim.json"), "--card", path("card.json"), "--lang", "fr"});
  EXPECT_EQ(quote.exit_code, 0) << quote.err;
  EXPECT_NE(quote.out.find("Devis, sans engagement"), std::string::npos) << quote.out;
  const test::Typed listed = type({"list", "--from", "2026-03-10", "--until", "2026-03-10"});
  EXPECT_EQ(listed.out, "No claims in these days\n") << listed.err;
  const test::Typed rights =
      type({"rights", "--card", path("card.json"), "--terminal", "T1", "--json"});
  EXPECT_EQ(rights.exit_code, 0) << rights.err;
  EXPECT_NE(rights.out.find(R"("beneficiaries":[{)"), std::string::npos) << rights.out;
}

TEST_F(TerminalAndSwitch, ResolvesWhatARestartLeftInDoubt) {
  ASSERT_EQ(claim().exit_code, 0);
  // As if the answer had been lost with the line.
  const std::string stem = path("outbox/" + answered_stem());
  std::filesystem::remove(stem + ".answer");
  std::filesystem::rename(stem + ".closed", stem + ".open");
  stop();
  const test::Typed down = type({"recover", "--timeout", "1000"});
  EXPECT_EQ(down.exit_code, 5) << down.err;
  EXPECT_EQ(claim().exit_code, 1) << "a second claim for the same sale";

  start();
  const test::Typed recovered = type({"recover"});
  EXPECT_EQ(recovered.exit_code, 0) << recovered.err;
  EXPECT_NE(recovered.out.find("This request was answered before"), std::string::npos)
      << recovered.out;
  EXPECT_NE(recovered.out.find("The fund pays: 221.80"), std::string::npos) << recovered.out;
  EXPECT_EQ(type({"recover"}).out, "nothing is in doubt\n");
}

TEST_F(TerminalAndSwitch, GivesUpAnOldSaleThatTheSwitchNeverSaw) {
  ASSERT_EQ(claim().exit_code, 0);
  const std::string stem = path("outbox/" + answered_stem());
  std::filesystem::remove(stem + ".answer");
  std::filesystem::rename(stem + ".closed", stem + ".open");
  // A claim that the switch knows is found, however old it is.
  const test::Typed found = type({"recover", "--close-older", "0"});
  EXPECT_EQ(found.exit_code, 0) << found.err;
  EXPECT_NE(found.out.find("Claim: Decided"), std::string::npos) << found.out;

  const std::string never = "ffffffffffffffffffffffffffffffff";
  EXPECT_EQ(type({"status", never}).exit_code, 5);
  const test::Typed closed = type({"status", never, "--close-if-absent"});
  EXPECT_EQ(closed.exit_code, 2) << closed.err;
  EXPECT_NE(closed.out.find("it will never count"), std::string::npos) << closed.out;
}

}  // namespace
}  // namespace wasl::cli
