#include "core/codec.hpp"

#include <gtest/gtest.h>

#include "core/ledger.hpp"
#include "samples.hpp"
#include "support/golden.hpp"
#include "support/random_fields.hpp"

namespace wasl::test {
namespace {

using namespace wasl::core;

std::string row_bytes(const Row& row) {
  std::string bytes;
  encode_row(row, bytes);
  return bytes;
}

std::string record_bytes(const RecordView& record) {
  std::string bytes;
  encode_record(record, bytes);
  return bytes;
}

RowKey request_row_key() { return request_key(provider(), request_id(1), 0); }
RowKey account_row_key() { return account_key(account_sample().insured); }

template <typename... Ts>
void add_random_requests(Golden& golden, std::variant<Ts...>*) {
  std::mt19937_64 random{1};
  const auto add = [&](Request request) {
    Command command = submit_sample();
    command.request = std::move(request);
    if (std::holds_alternative<NoRequest>(command.request)) return;
    std::string bytes;
    encode_request(command, bytes);
    golden.add(name(deed_of(command.request)), bytes);
  };
  (add(random_request<Ts>(random)), ...);
}

TEST(RequestCodec, WritesThePinnedBytes) {
  Golden golden("requests.txt", "Canonical requests: a sample claim, then one of each kind.");
  std::string bytes;
  encode_request(submit_sample(), bytes);
  golden.add("sample", bytes);
  add_random_requests(golden, static_cast<Request*>(nullptr));
  golden.check();
}

TEST(RequestCodec, BringsBackIdIndexAndRequest) {
  Command command = submit_sample();
  command.index = 99;
  std::string bytes;
  encode_request(command, bytes);
  Reader in(as_bytes(bytes));
  Command again;
  ASSERT_TRUE(decode_request(in, again));
  EXPECT_TRUE(in.finished());
  EXPECT_EQ(again.request_id, command.request_id);
  EXPECT_EQ(again.index, 99);
  EXPECT_TRUE(again.request == command.request);
}

TEST(RequestCodec, RefusesUnknownDeeds) {
  std::string bytes;
  encode_request(submit_sample(), bytes);
  for (const int deed : {0, 39, static_cast<int>(kDeeds) + 1, 255}) {
    bytes[0] = static_cast<char>(deed);
    Reader in(as_bytes(bytes));
    Command again;
    EXPECT_FALSE(decode_request(in, again)) << deed;
  }
}

TEST(RequestCodec, LeavesOutWhatTheSwitchOwns) {
  Command command = submit_sample();
  command.request = PutAccount{account_sample()};
  std::string bytes;
  encode_request(command, bytes);
  auto& account = std::get<PutAccount>(command.request).account;
  account.version += 1;
  account.cards[0].atc_highest += 1;
  account.cards[0].rights_until = kDayMax;
  account.cards[0].reported_bar = CardBar::kLost;
  std::string again;
  encode_request(command, again);
  EXPECT_EQ(again, bytes);
}

TEST(RequestCodec, SaysWhetherACommandCanBeWritten) {
  Command command = submit_sample();
  EXPECT_TRUE(within_bounds(command));
  auto& lines = std::get<SubmitClaim>(command.request).claim.lines;
  lines.resize(kClaimLinesMax, lines[0]);
  EXPECT_TRUE(within_bounds(command));
  lines.resize(kClaimLinesMax + 1, lines[0]);
  EXPECT_FALSE(within_bounds(command));
  lines.clear();
  EXPECT_FALSE(within_bounds(command));

  command.request = PutRulebook{};
  EXPECT_FALSE(within_bounds(command)) << "a rulebook without periods";
}

TEST(RequestCodecDeathTest, AbortsOnWhatItCouldNotReadBack) {
  Command command = submit_sample();
  std::get<SubmitClaim>(command.request).claim.lines[0].quantity = kQuantityMax + 1;
  std::string bytes;
  EXPECT_DEATH(encode_request(command, bytes), "encoder.ok");
}

TEST(RowCodec, WritesThePinnedBytes) {
  Golden golden("rows.txt", "Rows as stored: samples, then one of each kind.");
  golden.add("account", row_bytes(account_sample()));
  golden.add("history", row_bytes(history_sample()));
  golden.add("request", row_bytes(request_row_sample()));
  const PostedClaim claim{.claim = 77,
                          .request_id = request_id(1),
                          .kind = ClaimKind::kThirdParty,
                          .insurer = Cents{96'000}};
  const Instant at{std::chrono::milliseconds{1'773'129'600'000}};
  golden.add("approval_postings", encode_postings(approval_postings(claim, at)));
  golden.add("reversal_postings", encode_postings(reversal_postings(claim, at)));
  golden.add("balance", encode_balance({.debit = 96'000, .credit = 95'999}));
  golden.add("card", row_bytes(CardLink{account_sample().insured}));
  std::mt19937_64 random{2};
  golden.add("registration", row_bytes(random_value<Registration>(random)));
  const auto add = [&]<typename Entry>(std::string_view name, const Entry& entry) {
    std::string bytes;
    encode_entry(entry, bytes);
    golden.add(name, bytes);
  };
  add("product", random_value<Product>(random));
  add("tarif", random_value<Tarif>(random));
  add("prescriber", random_value<Prescriber>(random));
  add("fund", random_value<Fund>(random));
  add("rulebook", random_value<Rulebook>(random));
  golden.add("presentation", row_bytes(random_value<Presentation>(random)));
  golden.add("bordereau", row_bytes(random_value<Bordereau>(random)));
  golden.add("payout_change", row_bytes(random_value<PayoutChange>(random)));
  golden.add("owed", row_bytes(random_value<Owed>(random)));
  golden.add("run", row_bytes(random_value<SettlementRun>(random)));
  golden.add("payout", row_bytes(random_value<Payout>(random)));
  Payout payout;
  payout.id = {.run = 48213, .number = 12};
  golden.add("booking_postings", encode_postings(booking_postings(payout, Cents{96'000}, at)));
  golden.add("status_file", row_bytes(random_value<StatusFile>(random)));
  golden.add("status_part", row_bytes(random_value<StatusPart>(random)));
  golden.add("status_file_name", row_bytes(random_value<StatusFileName>(random)));
  golden.add("status_desk", row_bytes(random_value<StatusDesk>(random)));
  golden.add("receivable", row_bytes(random_value<Receivable>(random)));
  golden.add("business_day", row_bytes(random_value<BusinessDay>(random)));
  payout.withheld = Cents{6'000};
  payout.payee = provider();
  golden.add("export_postings", encode_postings(export_postings(payout, Cents{96'000}, at)));
  golden.add("reduction_postings", encode_postings(reduction_postings(claim, 3, true, at)));
  golden.check();
}

TEST(RowCodec, BringsBackEachKindOfRow) {
  Registration registration;
  registration.participant = provider();
  const std::pair<RowKey, Row> rows[] = {
      {account_row_key(), account_sample()},
      {history_key(account_sample().insured, 2), history_sample()},
      {request_row_key(), request_row_sample()},
      {card_key(account_sample().cards[0].number), CardLink{account_sample().insured}},
      {registration_key(provider()), registration}};
  for (const auto& [key, row] : rows) {
    const std::optional<Row> again = decode_row(key, as_bytes(row_bytes(row)));
    ASSERT_TRUE(again.has_value());
    EXPECT_TRUE(*again == row);
  }
}

TEST(RowCodec, RefusesARowUnderAnotherKey) {
  const std::string bytes = row_bytes(account_sample());
  EXPECT_FALSE(decode_row(account_key(code<InsuredNumber>("1")), as_bytes(bytes)));
  EXPECT_FALSE(decode_row(card_key(code<CardNumber>("1")), as_bytes(bytes)));
  EXPECT_FALSE(decode_row(RowKey(), as_bytes(bytes)));
  EXPECT_FALSE(decode_row(RowKey("\x01"), as_bytes(bytes)));
}

TEST(RowCodec, RefusesAnotherFormatVersion) {
  std::string bytes = row_bytes(account_sample());
  bytes[0] = 2;
  EXPECT_FALSE(decode_row(account_row_key(), as_bytes(bytes)));
  EXPECT_FALSE(decode_row(account_row_key(), {}));
}

TEST(RowCodec, LeavesTheReceiptToTheStore) {
  RequestRow row = request_row_sample();
  const std::string bytes = row_bytes(row);
  row.receipt.fill(1);
  EXPECT_EQ(row_bytes(row), bytes);
}

TEST(RowCodec, RefusesAnApprovedClaimOfNobody) {
  RequestRow row = request_row_sample();
  row.state = RequestState::kDeclined;
  row.rank = 0;
  std::string bytes = row_bytes(row);
  EXPECT_TRUE(decode_row(request_row_key(), as_bytes(bytes)));
  bytes[1] = static_cast<char>(RequestState::kApproved);
  EXPECT_FALSE(decode_row(request_row_key(), as_bytes(bytes)));
}

TEST(RowCodec, CountsTheBytesItWrites) {
  const std::uint64_t seed = seed_or(7);
  SCOPED_TRACE(seed);
  std::mt19937_64 random{seed};
  for (int round = 0; round < 50; ++round) {
    const auto account = random_value<Account>(random);
    if (encoded_bytes(account) <= kAccountBytesMax) {
      EXPECT_EQ(encoded_bytes(account), row_bytes(account).size());
    }
    const auto history = random_value<History>(random);
    EXPECT_EQ(encoded_bytes(history), row_bytes(history).size());
    std::size_t bytes = encoded_bytes(History{});
    for (const HistoryLine& line : history.lines) bytes += encoded_bytes(line);
    EXPECT_EQ(bytes, encoded_bytes(history));
  }
}

// Fills an account with agreements, then its payout account byte by byte, up to exactly `bytes`.
Account account_of(std::size_t bytes) {
  Account account = account_sample();
  const PriorAgreement agreement = account.agreements[0];
  account.payout_account.clear();
  const std::size_t each = [&] {
    const std::size_t before = encoded_bytes(account);
    account.agreements.push_back(agreement);
    return encoded_bytes(account) - before;
  }();
  while (encoded_bytes(account) + each <= bytes) account.agreements.push_back(agreement);
  account.payout_account.assign(bytes - encoded_bytes(account), '1');
  return account;
}

TEST(RowCodec, KeepsAccountsUpToTheirBound) {
  const Account largest = account_of(kAccountBytesMax);
  const std::string bytes = row_bytes(largest);
  EXPECT_EQ(bytes.size(), kAccountBytesMax);
  EXPECT_TRUE(decode_row(account_row_key(), as_bytes(bytes)));
  EXPECT_DEATH((void)row_bytes(account_of(kAccountBytesMax + 1)), "size_fits");
  EXPECT_TRUE(within_bounds(Row{largest}));
  EXPECT_FALSE(within_bounds(Row{account_of(kAccountBytesMax + 1)}));
  EXPECT_FALSE(within_bounds(Row{}));
}

TEST(RowCodec, KeepsHistoriesUpToTheirBound) {
  History history = history_sample();
  const HistoryLine line = history.lines[0];
  while (encoded_bytes(history) + encoded_bytes(line) <= kHistoryBytesMax) {
    history.lines.push_back(line);
  }
  const RowKey key = history_key(account_sample().insured, 1);
  EXPECT_TRUE(decode_row(key, as_bytes(row_bytes(history))));
  history.lines.push_back(line);
  EXPECT_DEATH((void)row_bytes(history), "size_fits");
}

TEST(ReferenceCodec, PutsBackWhatItWrote) {
  Product product;
  product.catalogue = code<CatalogueCode>("DZ");
  product.code = code<ProductCode>("P-0001");
  product.inn = code<InnCode>("AMOXICILLIN-500");
  product.public_price = Cents{60'000};
  product.restriction = {{std::uint8_t{18}, std::nullopt, code<ConditionCode>("E11")}};
  product.source_version = 4;
  std::string bytes;
  encode_entry(product, bytes);

  Reference reference;
  const RowKey key = product_key(product.catalogue, product.code, product.in_force.from);
  ASSERT_TRUE(decode_entry(key, as_bytes(bytes), reference));
  const Product* again = reference.product(product.catalogue, product.code, day(2026, 3, 10));
  ASSERT_NE(again, nullptr);
  EXPECT_TRUE(*again == product);

  EXPECT_FALSE(decode_entry(fund_key(code<FundCode>("CNAS")), as_bytes(bytes), reference));
  EXPECT_FALSE(decode_entry(account_row_key(), as_bytes(bytes), reference));
  EXPECT_FALSE(decode_entry(RowKey(), as_bytes(bytes), reference));
  const RowKey later = product_key(product.catalogue, product.code, day(2026, 1, 1));
  EXPECT_FALSE(decode_entry(later, as_bytes(bytes), reference));
  EXPECT_TRUE(within_bounds(product));
  product.name.assign(kNameBytesMax + 1, 'x');
  EXPECT_FALSE(within_bounds(product));
  bytes[0] = 2;
  EXPECT_FALSE(decode_entry(key, as_bytes(bytes), reference));
}

TEST(DecisionCodec, WritesThePinnedBytes) {
  Golden golden("decisions.txt", "Decisions as recorded: a sample claim's, then one of each kind.");
  const auto add = [&](std::string_view name, const Decision& decision) {
    std::string bytes;
    encode_decision(decision, bytes);
    golden.add(name, bytes);
  };
  std::mt19937_64 random{3};
  add("sample", record_sample().decision);
  add("claim", random_value<ClaimDecision>(random));
  add("reversal", random_value<ReversalDecision>(random));
  add("status", random_value<StatusDecision>(random));
  add("rights", random_value<RightsDecision>(random));
  add("plain", random_value<PlainDecision>(random));
  golden.check();
}

TEST(DecisionCodec, RefusesReasonsThatAreNotInTheTable) {
  std::string bytes;
  encode_decision(PlainDecision{Reason::kNone, {}, 0}, bytes);
  bytes[1] = 39;
  Reader in(as_bytes(bytes));
  Decision decision;
  EXPECT_FALSE(decode_decision(in, decision));
}

TEST(RecordCodec, WritesThePinnedBytes) {
  Golden golden("records.txt", "A record's payload: the sample claim, decided.");
  golden.add("sample", record_bytes(record_sample()));
  golden.check();
}

TEST(RecordCodec, BringsBackTheRecord) {
  const RecordView record = record_sample();
  const auto again = decode_record(as_bytes(record_bytes(record)));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->command.from, record.command.from);
  EXPECT_TRUE(again->command.request == record.command.request);
  EXPECT_TRUE(again->command.proofs == record.command.proofs);
  EXPECT_TRUE(again->decision == record.decision);
  EXPECT_EQ(again->body, record.body);
  EXPECT_EQ(again->rulebook, record.rulebook);
  EXPECT_EQ(again->decider_version, record.decider_version);
  EXPECT_EQ(record_bytes(*again), record_bytes(record));
}

TEST(RecordCodec, RefusesEveryCutAndReadsNoFlippedByteTwice) {
  const std::string bytes = record_bytes(record_sample());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_record(as_bytes(std::string_view(bytes).substr(0, size))));
  }
  EXPECT_FALSE(decode_record(as_bytes(bytes + '\0')));
  for (std::size_t at = 0; at < bytes.size() * 255; ++at) {
    std::string flipped = bytes;
    flipped[at / 255] = static_cast<char>(flipped[at / 255] ^ static_cast<char>(at % 255 + 1));
    const auto read = decode_record(as_bytes(flipped));
    if (read && flipped.front() == bytes.front()) {
      ASSERT_EQ(record_bytes(*read), flipped);
    }
  }
}

TEST(RecordCodec, RefusesADecisionOfAnotherKind) {
  RecordView record = record_sample();
  std::string claim;
  encode_decision(record.decision, claim);
  std::string plain;
  encode_decision(PlainDecision{}, plain);
  std::string bytes = record_bytes(record);
  bytes.replace(bytes.find(claim), claim.size(), plain);
  EXPECT_FALSE(decode_record(as_bytes(bytes)));

  std::get<ClaimDecision>(record.decision).lines.pop_back();
  EXPECT_DEATH((void)record_bytes(record), "encoder.ok") << "a line without its decision";
  std::get<ClaimDecision>(record.decision).lines.clear();
  EXPECT_TRUE(decode_record(as_bytes(record_bytes(record)))) << "declined at claim level";
}

TEST(RecordCodec, KeepsTheRulebookThatWasReadFromTheContent) {
  std::mt19937_64 random{4};
  RecordView record;
  record.command.from = {Role::kAuthority, code<ParticipantId>("DZ")};
  record.command.request = PutRulebook{"scheme = 'DZ-CNAS'", random_value<Rulebook>(random), 12};
  record.decision = PlainDecision{};
  const auto again = decode_record(as_bytes(record_bytes(record)));
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(again->command.request == record.command.request);
}

TEST(RecordCodec, KnowsNoSenderOnlyForAnOperatorsWord) {
  RecordView record;
  record.command.request = ConfirmClock{};
  record.decision = PlainDecision{};
  const auto again = decode_record(as_bytes(record_bytes(record)));
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(again->command.from.id.empty());

  record.command.request = ReverseClaim{};
  record.decision = ReversalDecision{};
  EXPECT_DEATH((void)record_bytes(record), "encoder.ok");
}

}  // namespace
}  // namespace wasl::test
