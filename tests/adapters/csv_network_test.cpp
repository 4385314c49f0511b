#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "adapters/csv_support.hpp"
#include "core/codec.hpp"
#include "csv/account_stream.hpp"
#include "csv/formats.hpp"
#include "support/source_directory.hpp"

namespace wasl::csv {
namespace {

using test::Files;

struct Read {
  Network network;
  std::vector<core::Account> accounts;
  Faults faults;
};

Read read(const Files& files) {
  Read result;
  const test::RulebooksOnFile on_file;
  const Open open = test::open_in(files);
  result.network = read_network(open, on_file, result.faults);
  AccountStream stream(open, on_file, result.network, result.faults);
  core::Account account;
  while (stream.next(account)) result.accounts.push_back(account);
  return result;
}

// The network with one file's only row replaced.
Files with_row(std::string_view file, const std::string& row) {
  Files files = test::small_network();
  std::string& text = files.find(file)->second;
  text = text.substr(0, text.find('\n') + 1) + row;
  return files;
}

std::string first_fault(const Files& files) {
  const Read result = read(files);
  return result.faults.none() ? "" : result.faults.shown().front();
}

TEST(CsvNetwork, BecomesCoreTypes) {
  const Read result = read(test::small_network());
  EXPECT_EQ(result.faults.text(), "");
  ASSERT_EQ(result.network.products.size(), 1U);
  const core::Product& product = result.network.products.front();
  EXPECT_EQ(product.public_price.value, 31'245);
  EXPECT_EQ(product.rate.value, 8'000);
  EXPECT_EQ(product.quantity_max, 6U);
  EXPECT_EQ(product.supply_days_max, 90U);
  EXPECT_FALSE(product.prior_agreement_above_days);
  ASSERT_EQ(product.restriction.size(), 1U);
  EXPECT_EQ(product.restriction.front().age_min, 65);
  EXPECT_EQ(result.network.tarifs.front().amount.value, 28'000);
  ASSERT_EQ(result.network.registrations.size(), 4U);
  const core::Registration& agency = result.network.registrations[2];
  EXPECT_EQ(agency.participant.role, core::Role::kCentre);
  EXPECT_EQ(agency.centre.view(), "16-01");
  const core::Registration& provider = result.network.registrations[3];
  EXPECT_EQ(provider.agreements.size(), 1U);
  EXPECT_EQ(provider.agreements.front().in_force.until, core::kDayMax);
}

TEST(CsvNetwork, PutsAccountsTogether) {
  const Read result = read(test::small_network());
  ASSERT_EQ(result.accounts.size(), 1U);
  const core::Account& account = result.accounts.front();
  ASSERT_EQ(account.cards.size(), 1U);
  EXPECT_EQ(core::to_text(account.cards.front().rights_until), "2026-12-31");
  ASSERT_EQ(account.beneficiaries.size(), 1U);
  EXPECT_EQ(account.beneficiaries.front().rights.size(), 1U);
  EXPECT_EQ(account.beneficiaries.front().treatments.front().inns.size(), 1U);
  ASSERT_EQ(account.agreements.size(), 1U);
  EXPECT_EQ(account.agreements.front().id, (1ULL << 63U) + 1);
  EXPECT_EQ(std::get<core::ProductCode>(account.agreements.front().subject).view(), "01001");
}

struct Bad {
  const char* file;
  const char* row;
  const char* fault;  // What the first message begins with.
};

TEST(CsvNetwork, NotesUnknownReferences) {
  const Bad table[] = {
      {"funds.csv", "CNAS,XX,CNAS,1\n", "funds.csv:2:6: \"XX\" is not known"},
      {"participants.csv", "fund,CASNOS,x,no,1\n", "participants.csv:2:6: \"CASNOS\" is not"},
      {"participants.csv", "authority,XX,x,no,1\n", "participants.csv:2:11: \"XX\" is not"},
      {"centres.csv", "16-01,17,Alger,no,1\n", "centres.csv:2:7: \"17\" is not known"},
      {"agencies.csv", "16-01-1,16-02,x,no,1\n", "agencies.csv:2:9: \"16-02\" is not known"},
      {"providers.csv", "16-004512,17,16-01,x,no,,,1\n", "providers.csv:2:11: \"17\" is not"},
      {"providers.csv", "16-004512,16,16-09,x,no,,,1\n", "providers.csv:2:14: \"16-09\" is not"},
      {"provider_agreements.csv", "1,CNAS,,\n", "provider_agreements.csv:2:1: \"1\" is not"},
      {"provider_agreements.csv", "16-004512,X,,\n", "provider_agreements.csv:2:11: \"X\" is"},
      {"products.csv", "DZ,01001,2012-01-01,,X,N,yes,1.00,80,,,,1\n",
       "products.csv:2:22: \"X\" is not known, expected one of inns.csv"},
      {"products.csv", "XX,01001,2012-01-01,,A007-02,N,yes,1.00,80,,,,1\n",
       "products.csv:2:1: \"XX\" is not known"},
      {"restrictions.csv", "DZ,01001,2013-01-01,65,,\n", "restrictions.csv:2:4: \"01001\" is not"},
      {"restrictions.csv", "DZ,01001,2012-01-01,,,X\n", "restrictions.csv:2:23: \"X\" is not"},
      {"tarifs.csv", "DZ,X,2006-04-16,,280.00,1\n", "tarifs.csv:2:4: \"X\" is not known"},
      {"accounts.csv", "100000000042,X,,1\n", "accounts.csv:2:14: \"X\" is not known"},
      {"cards.csv", "100000000041,21,family,0,1,yes,,,\n", "cards.csv:2:1: no account"},
      {"cards.csv", "100000000043,21,family,0,1,yes,,,\n", "cards.csv:2:1: no account"},
      {"cards.csv", "100000000042,21,individual,2,1,yes,,,\n", "cards.csv:2:28: no beneficiary"},
      {"rights.csv", "100000000042,2,2020-01-01,\n", "rights.csv:2:14: no beneficiary of rank 2"},
      {"treatments.csv", "100000000042,1,X,,,A007-02\n", "treatments.csv:2:16: \"X\" is not"},
      {"treatments.csv", "100000000042,1,ALD04,,,X\n", "treatments.csv:2:24: \"X\" is not"},
      {"agreements.csv", "100000000042,1,1,granted,,,X,,,\n", "agreements.csv:2:28: \"X\" is not"},
      {"agreements.csv", "100000000042,1,3,granted,,,01001,,,\n", "agreements.csv:2:16: no benef"},
  };
  for (const Bad& bad : table) {
    const std::string fault = first_fault(with_row(bad.file, bad.row));
    EXPECT_TRUE(fault.starts_with(bad.fault)) << fault << " for " << bad.row;
  }
}

TEST(CsvNetwork, NotesAKeyThatComesAgain) {
  const char* const keyed[] = {"wilayas.csv",
                               "funds.csv",
                               "participants.csv",
                               "centres.csv",
                               "agencies.csv",
                               "providers.csv",
                               "provider_agreements.csv",
                               "prescribers.csv",
                               "conditions.csv",
                               "inns.csv",
                               "products.csv",
                               "restrictions.csv",
                               "tarifs.csv",
                               "accounts.csv",
                               "beneficiaries.csv",
                               "rights.csv",
                               "treatments.csv",
                               "agreements.csv"};
  for (const char* file : keyed) {
    Files files = test::small_network();
    std::string& text = files.find(file)->second;
    text += text.substr(text.find('\n') + 1);
    const std::string fault = first_fault(files);
    EXPECT_TRUE(fault.starts_with(std::string{file} + ":3:")) << file << ": " << fault;
    EXPECT_NE(fault.find("again"), std::string::npos) << fault;
  }
}

TEST(CsvNetwork, NotesRowsOutOfOrder) {
  const std::string beneficiaries = "100000000042,1,1970-05-17,no\n100000000043,1,1980-01-01,no\n";
  Files files = with_row("accounts.csv",
                         "100000000042,CNAS,,1\n100000000043,CNAS,,1\n"
                         "100000000041,CNAS,,1\n");
  files.find("beneficiaries.csv")->second = "insured,rank,birth,exempt\n" + beneficiaries;
  EXPECT_TRUE(first_fault(files).starts_with("accounts.csv:4:1: \"100000000041\" out of order"));

  files = with_row("accounts.csv", "100000000042,CNAS,,1\n100000000043,CNAS,,1\n");
  files.find("beneficiaries.csv")->second =
      "insured,rank,birth,exempt\n100000000043,1,1970-05-17,no\n100000000042,1,1980-01-01,no\n";
  const Read result = read(files);
  EXPECT_NE(result.faults.text().find("beneficiaries.csv:3:1: \"100000000042\" out of order"),
            std::string::npos);
}

TEST(CsvNetwork, SortsShorterNumbersFirst) {
  Files files = with_row("accounts.csv", "99,CNAS,,1\n100000000042,CNAS,,1\n");
  files.find("beneficiaries.csv")->second =
      "insured,rank,birth,exempt\n99,1,1970-05-17,no\n100000000042,1,1970-05-17,no\n";
  EXPECT_EQ(read(files).faults.text(), "");
}

TEST(CsvNetwork, HoldsNumbersToTheirBounds) {
  const auto product = [](const std::string& values) {
    return with_row("products.csv", "DZ,01001,2012-01-01,,A007-02,N,yes," + values + ",1\n");
  };
  const std::pair<Files, bool> table[] = {
      {product("0.01,80,,,"), true},
      {product("0.00,80,,,"), false},
      {product("100000000.00,80,,,"), true},
      {product("100000000.01,80,,,"), false},
      {product("1,80,,,"), false},
      {product("1.0,80,,,"), false},
      {product("1.000,80,,,"), false},
      {product("-1.00,80,,,"), false},
      {product("01.00,80,,,"), false},
      {product("99999999999999999999.00,80,,,"), false},
      {product("1.00,0,,,"), true},
      {product("1.00,100,,,"), true},
      {product("1.00,100.01,,,"), false},
      {product("1.00,33.33,,,"), true},
      {product("1.00,33.333,,,"), false},
      {product("1.00,33.,,,"), false},
      {product("1.00,80,0,,"), false},
      {product("1.00,80,1,,"), true},
      {product("1.00,80,9999,,"), true},
      {product("1.00,80,10000,,"), false},
      {product("1.00,80,,366,"), true},
      {product("1.00,80,,367,"), false},
      {product("1.00,80,,,0"), true},
      {product("1.00,80,,,367"), false},
      {with_row("restrictions.csv", "DZ,01001,2012-01-01,150,,\n"), true},
      {with_row("restrictions.csv", "DZ,01001,2012-01-01,151,,\n"), false},
      {with_row("restrictions.csv", "DZ,01001,2012-01-01,,,\n"), false},
      {with_row("restrictions.csv", "DZ,01001,2012-01-01,7,6,\n"), false},
      {with_row("accounts.csv", "100000000042,CNAS,,0\n"), false},
      {with_row("accounts.csv", "100000000042,CNAS,,9223372036854775807\n"), true},
      {with_row("accounts.csv", "100000000042,CNAS,,9223372036854775808\n"), false},
      {with_row("cards.csv", "100000000042,21,family,0,0,yes,,,\n"), false},
      {with_row("cards.csv", "100000000042,21,family,0,65535,yes,,,\n"), true},
      {with_row("cards.csv", "100000000042,21,family,0,65536,yes,,,\n"), false},
      {with_row("cards.csv", "100000000042,21,family,1,1,yes,,,\n"), false},
      {with_row("cards.csv", "100000000042,21,family,0,1,yes,lost,2026-01-01,\n"), false},
      {with_row("cards.csv", "100000000042,21,family,0,1,yes,blacklisted,2026-01-01,\n"), true},
      {with_row("cards.csv", "100000000042,21,family,0,1,maybe,,,\n"), false},
      {with_row("rights.csv", "100000000042,1,2020-01-01,2020-01-01\n"), true},
      {with_row("rights.csv", "100000000042,1,2020-01-02,2020-01-01\n"), false},
      {with_row("rights.csv", "100000000042,1,1899-12-31,\n"), false},
      {with_row("rights.csv", "100000000042,1,2020-02-30,\n"), false},
      {with_row("agreements.csv", "100000000042,0,1,granted,,,01001,,,\n"), false},
      {with_row("agreements.csv", "100000000042,1,1,granted,,,01001,M1,,\n"), false},
      {with_row("agreements.csv", "100000000042,1,1,granted,,,,M1,7,2026-01-01\n"), true},
      {with_row("agreements.csv", "100000000042,1,1,granted,,,,M1,,2026-01-01\n"), false},
      {with_row("wilayas.csv", "16,Alger,\n"), false},
      {with_row("providers.csv", "16-004512,16,,x,no,0g,,1\n"), false},
      {with_row("providers.csv", "16-004512,16,,x,no,0a,,1\n"), true},
      {with_row("providers.csv", "16-004512,16,,x,no," + std::string(400, 'a') + ",,1\n"), true},
      {with_row("providers.csv", "16-004512,16,,x,no," + std::string(402, 'a') + ",,1\n"), false},
      {with_row("providers.csv", "16-004512,16,,x,no,," + std::string(34, '1') + ",1\n"), true},
      {with_row("providers.csv", "16-004512,16,,x,no,," + std::string(35, '1') + ",1\n"), false},
      {with_row("providers.csv", "16-004512,16,," + std::string(80, 'x') + ",no,,,1\n"), true},
      {with_row("providers.csv", "16-004512,16,," + std::string(81, 'x') + ",no,,,1\n"), false},
  };
  for (std::size_t i = 0; i < std::size(table); ++i) {
    const std::string fault = first_fault(table[i].first);
    EXPECT_EQ(fault.empty(), table[i].second) << "row " << i << ": " << fault;
  }
}

// `count` rows of one account, each made by `row(i)`, i from 1.
template <typename Row>
Files with_many(std::string_view file, int count, Row row) {
  std::string rows;
  for (int i = 1; i <= count; ++i) rows += "100000000042," + row(i) + '\n';
  return with_row(file, rows);
}

TEST(CsvNetwork, HoldsListsToTheirBounds) {
  const auto card = [](int i) { return std::to_string(i) + ",family,0,1,yes,,,"; };
  const auto right = [](int i) { return "1,20" + std::to_string(10 + i) + "-01-01,"; };
  const auto agreement = [](int i) { return std::to_string(i) + ",1,granted,,,01001,,,"; };
  EXPECT_EQ(first_fault(with_many("cards.csv", 15, card)), "");
  EXPECT_NE(first_fault(with_many("cards.csv", 16, card)), "");
  EXPECT_EQ(first_fault(with_many("rights.csv", 16, right)), "");
  EXPECT_NE(first_fault(with_many("rights.csv", 17, right)), "");
  EXPECT_EQ(first_fault(with_many("agreements.csv", 32, agreement)), "");
  EXPECT_NE(first_fault(with_many("agreements.csv", 33, agreement)), "");
}

TEST(CsvNetwork, RefusesAnAccountThatItsRowCannotHold) {
  Files files = test::small_network();
  std::string inns = "inn,name,presentation\nA007-02,x,y\n";
  std::string list;
  for (int i = 0; i < 16; ++i) {
    const std::string code = "ABCDEFGHIJKLMN" + std::to_string(10 + i);
    inns += code + ",x,y\n";
    list += (i > 0 ? " " : "") + code;
  }
  files.find("inns.csv")->second = inns;
  std::string treatments = "insured,rank,condition,from,until,inns\n";
  for (int i = 0; i < 16; ++i) {
    treatments += "100000000042,1,ALD04,20" + std::to_string(10 + i) + "-01-01,," + list + '\n';
  }
  files.find("treatments.csv")->second = treatments;
  const std::string fault = first_fault(files);
  EXPECT_TRUE(fault.starts_with("accounts.csv:2:1: an account of ")) << fault;
}

TEST(CsvTable, NotesAHeaderThatIsNotTheFormats) {
  const auto with_header = [](const std::string& header) {
    Files files = test::small_network();
    files.find("wilayas.csv")->second = header;
    return first_fault(files);
  };
  EXPECT_TRUE(with_header("").starts_with("wilayas.csv:1:1: an empty file"));
  EXPECT_TRUE(
      with_header("wilaya,name_fr\n").starts_with("wilayas.csv:1:1: no column \"name_ar\""));
  EXPECT_TRUE(with_header("wilaya,name_fr,name_ar,x\n")
                  .starts_with("wilayas.csv:1:24: an unknown column \"x\""));
  EXPECT_TRUE(with_header("wilaya,name_fr,name_ar,name_ar\n")
                  .starts_with("wilayas.csv:1:24: the column \"name_ar\" again"));
}

TEST(CsvTable, TakesColumnsInAnyOrder) {
  Files files = test::small_network();
  files.find("wilayas.csv")->second = "name_ar,wilaya,name_fr\nالجزائر,16,Alger\n";
  EXPECT_EQ(read(files).faults.text(), "");
}

TEST(CsvTable, NotesARowWithOtherFieldsThanTheHeader) {
  EXPECT_EQ(first_fault(with_row("wilayas.csv", "16,Alger,x,y\n")),
            "wilayas.csv:2:1: 4 fields, expected 3 as in the header");
  EXPECT_EQ(first_fault(with_row("wilayas.csv", "16,Alger,x\n\n")),
            "wilayas.csv:3:1: 1 fields, expected 3 as in the header");
}

TEST(CsvTable, FindsAllMistakesOfARow) {
  const Read result = read(with_row("accounts.csv", ",,é,x\n"));
  EXPECT_GE(result.faults.count(), 4U);
}

TEST(ImportFormat, DocumentsEveryFileAndColumn) {
  std::ifstream file(test::source_directory() + "/docs/import_format.md");
  std::stringstream text;
  text << file.rdbuf();
  for (const FileFormat& format : kFormats) {
    const std::string heading = "### `" + std::string{format.name} + "`";
    const std::size_t begin = text.str().find(heading);
    ASSERT_NE(begin, std::string::npos) << heading;
    std::size_t at = begin;
    for (const std::string_view column : format.columns) {
      at = text.str().find("\n| `" + std::string{column} + "` |", at);
      EXPECT_NE(at, std::string::npos) << format.name << ' ' << column;
    }
  }
}

}  // namespace
}  // namespace wasl::csv
