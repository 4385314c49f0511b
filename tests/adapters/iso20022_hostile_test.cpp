#include <gtest/gtest.h>

#include <random>
#include <thread>

#include "adapters/iso20022_support.hpp"
#include "iso20022/credit_transfer.hpp"
#include "iso20022/document.hpp"
#include "support/seed.hpp"

namespace wasl::iso20022 {
namespace {

using core::Errc;
using test::notification;
using test::problem_of;
using test::sample_entries;
using test::status_report;
using test::with;

constexpr std::string_view kFirstLine = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
constexpr std::string_view kRoot =
    "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\">";

// The report with a document type declaration before its first element.
std::string with_document_type(std::string_view declaration, std::string_view used = "") {
  std::string file = status_report();
  file.insert(kFirstLine.size(), declaration);
  return with(file, "BNA-20260311-000017", used);
}

// The report with more inside of Document, where nothing of it is read.
std::string with_supplement(std::string_view data) {
  return with(
      status_report(), "  </CstmrPmtStsRpt>",
      "<SplmtryData><Envlp>" + std::string(data) + "</Envlp></SplmtryData></CstmrPmtStsRpt>");
}

std::string supplement_line() {
  return "limit reached: " + test::line_of(status_report(), "  </CstmrPmtStsRpt>") + ": ";
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(BankFile, RefusesEveryDocumentType) {
  const std::string expected = "malformed: line 2: a document type declaration (DOCTYPE)";
  const std::string laughs =
      "<!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
      "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>";
  EXPECT_EQ(problem_of(with_document_type(laughs, "&c;")), expected);
  EXPECT_EQ(problem_of(with_document_type(
                "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>", "&f;")),
            expected);
  EXPECT_EQ(problem_of(with_document_type(
                "<!DOCTYPE x [<!ENTITY % p SYSTEM \"http://localhost/p\">%p;]>", "x")),
            expected);
  EXPECT_EQ(problem_of(with_document_type("<!DOCTYPE Document SYSTEM \"pain.dtd\">", "x")),
            expected);
  EXPECT_EQ(problem_of(with_document_type("<!DOCTYPE Document>", "x")), expected);
  EXPECT_EQ(problem_of(with_document_type("<!-- <!DOCTYPE Document> -->", "x")), expected);
}

TEST(BankFile, KnowsNoEntityButXmlsOwnFive) {
  EXPECT_EQ(problem_of(with(status_report(), "BNA-20260311-000017", "&f;")),
            "malformed: line 5: not well-formed XML (libxml2 error 26)");
  EXPECT_EQ(problem_of(with(status_report(), "BNA-20260311", "&amp;&lt;&#x41;")), "read");
}

TEST(BankFile, IncludesNothing) {
  const std::string include =
      "<x:include xmlns:x=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\"/>";
  EXPECT_EQ(problem_of(with_supplement(include)), "read");
  EXPECT_EQ(problem_of(with(status_report(), "<GrpHdr>", "<GrpHdr>" + include)),
            "malformed: line 4: CstmrPmtStsRpt/GrpHdr: holds an element of another namespace");
}

TEST(BankFile, BoundsItsSizeBeforeReading) {
  const std::string file = status_report();
  EXPECT_TRUE(read_bank_file(file, test::expected(), file.size()));
  const auto larger = read_bank_file(file, test::expected(), file.size() - 1);
  ASSERT_FALSE(larger);
  EXPECT_EQ(larger.error().code, Errc::kLimit);
  EXPECT_EQ(problem_of(std::string(kFileBytesMax + 1, '<')),
            "limit reached: the file has more than 16777216 bytes");
}

TEST(BankFile, BoundsItsDepth) {
  const auto nested = [](std::size_t levels) {
    return with_supplement(repeated("<a>", levels) + repeated("</a>", levels));
  };
  constexpr std::size_t kAround = 4;  // Document, the message, SplmtryData, Envlp.
  EXPECT_EQ(problem_of(nested(kDepthMax - kAround)), "read");
  EXPECT_EQ(problem_of(nested(kDepthMax - kAround + 1)),
            supplement_line() + "more than 28 elements within each other");
  EXPECT_EQ(problem_of(nested(1'000'000)),
            supplement_line() + "more than 28 elements within each other");
}

TEST(BankFile, BoundsItsElements) {
  const std::size_t others = [] {
    const std::string file = with_supplement("");
    std::size_t count = 0;
    for (std::size_t at = 0; at + 1 < file.size(); ++at) {
      count += file[at] == '<' && std::isalpha(static_cast<unsigned char>(file[at + 1])) != 0;
    }
    return count;
  }();
  EXPECT_EQ(problem_of(with_supplement(repeated("<a/>", kElementsMax - others))), "read");
  EXPECT_EQ(problem_of(with_supplement(repeated("<a/>", kElementsMax - others + 1))),
            supplement_line() + "more than 500000 elements");
}

TEST(BankFile, BoundsItsTexts) {
  const auto supplement = [](std::string_view text) {
    return problem_of(with_supplement("<a>" + std::string(text) + "</a>"));
  };
  EXPECT_EQ(supplement(std::string(kTextBytesMax, 'x')), "read");
  EXPECT_EQ(supplement(std::string(kTextBytesMax + 1, 'x')),
            supplement_line() + "more than 8192 bytes of text");
  EXPECT_EQ(supplement(repeated("xxxxxxxxxxxxxxxx<!-- -->", kTextBytesMax / 16 + 1)),
            supplement_line() + "more than 8192 bytes of text");
  EXPECT_EQ(supplement(repeated("<![CDATA[xxxxxxxxxxxxxxxx]]>", kTextBytesMax / 16 + 1)),
            supplement_line() + "more than 8192 bytes of text");
  EXPECT_EQ(supplement(std::string(10'000'000, 'x')),
            supplement_line() + "a tag and its text of more than 16384 bytes");
  EXPECT_EQ(supplement("<!--" + std::string(kGapBytesMax, 'x') + "-->"),
            supplement_line() + "a tag and its text of more than 16384 bytes");
}

// "<a b0=... b1=.../>"
std::string tag_with(std::string_view attribute, std::size_t count) {
  std::string tag = "<a";
  for (std::size_t i = 0; i < count; ++i) {
    tag.append(" ").append(attribute).append(std::to_string(i)).append("=\"u\"");
  }
  return tag + "/>";
}

TEST(BankFile, BoundsAttributesAndNamespaces) {
  for (const char* attribute : {"b", "xmlns:b"}) {
    const auto problem = [&](std::size_t count) {
      return problem_of(with_supplement(tag_with(attribute, count)));
    };
    EXPECT_EQ(problem(kAttributesMax), "read");
    EXPECT_EQ(problem(kAttributesMax + 1),
              supplement_line() + "more than 8 attributes or namespaces");
    EXPECT_EQ(problem(500'000), supplement_line() + "a tag and its text of more than 16384 bytes");
  }
}

TEST(BankFile, BoundsTheNamesItMakesTheParserKeep) {
  std::string elements;
  std::string instructions;
  std::string prefixes;
  for (std::size_t i = 0; i <= kNamesMax; ++i) {
    elements.append("<a").append(std::to_string(i)).append("/>");
    instructions.append("<?a").append(std::to_string(i)).append("?>");
    prefixes.append("<a xmlns:a").append(std::to_string(i)).append("=\"u\"/>");
  }
  for (const std::string& names : {elements, instructions, prefixes}) {
    EXPECT_EQ(problem_of(with_supplement(names)), supplement_line() + "more than 2000 names");
  }
  EXPECT_EQ(problem_of(with_supplement("<?xml-stylesheet href=\"a.xsl\"?>")), "read");
}

TEST(BankFile, IsUtf8WhateverItDeclares) {
  const std::string file = status_report();
  EXPECT_EQ(problem_of(with(file, "UTF-8", "ISO-8859-1")), "read");
  EXPECT_EQ(problem_of(with(file, "UTF-8", "UTF-16")), "read");
  EXPECT_EQ(problem_of(with(file, "UTF-8", "none")), "read");
  EXPECT_EQ(problem_of("\xef\xbb\xbf" + file), "read");
  const std::string no_text = ": a byte that is no part of a character of XML in UTF-8";
  EXPECT_EQ(problem_of(with(file, "clôturé", "cl\xf4tur\xe9")), "malformed: line 42" + no_text);
  std::string utf16;
  for (const char c : file) (utf16 += c) += '\0';
  EXPECT_EQ(problem_of(utf16), "malformed: line 1" + no_text);
  EXPECT_EQ(problem_of("\xff\xfe" + utf16), "malformed: line 1" + no_text);
}

TEST(BankFile, KnowsTwoMessagesInOneVersion) {
  const std::string file = status_report();
  const std::string version =
      "unsupported: line 2: Document: not pain.002.001.10 and not "
      "camt.054.001.08";
  EXPECT_EQ(problem_of(with(file, "xsd:pain.002.001.10", "xsd:pain.002.001.03")), version);
  EXPECT_EQ(problem_of(with(file, "xsd:pain.002.001.10", "xsd:pain.001.001.09")), version);
  EXPECT_EQ(problem_of(test::account_report(sample_entries())), version);
  const std::string no_message = "malformed: line 2: Document: not a message of ISO 20022";
  EXPECT_EQ(problem_of(with(file, "urn:iso:std:iso:20022:tech:xsd:", "urn:x:")), no_message);
  EXPECT_EQ(problem_of(with(file, " xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"", "")),
            no_message);
}

TEST(BankFile, RefusesAnotherRootOrMessageInANamespaceItKnows) {
  std::string other_root = with(status_report(), "<Document", "<Dossier");
  EXPECT_EQ(problem_of(with(other_root, "</Document", "</Dossier")),
            "malformed: line 2: Document: expected as the first element");
  EXPECT_EQ(problem_of(with(notification(""), "camt.054.001.08", "pain.002.001.10")),
            "malformed: line 2: Document: does not hold exactly one of the elements expected");
  EXPECT_EQ(problem_of(std::string(kRoot) + "</Document>"),
            "malformed: line 1: Document: does not hold exactly one of the elements expected");
}

TEST(BankFile, ReadsPrefixedNamesAsThose) {
  EXPECT_EQ(problem_of("<p:Document xmlns:p=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\">"
                       "<p:CstmrPmtStsRpt><p:GrpHdr><p:MsgId>1</p:MsgId>"
                       "<p:CreDtTm>2026-03-11T06:30:00Z</p:CreDtTm></p:GrpHdr>"
                       "<p:OrgnlGrpInfAndSts><p:OrgnlMsgId>2</p:OrgnlMsgId>"
                       "<p:OrgnlMsgNmId>pain.001.001.09</p:OrgnlMsgNmId></p:OrgnlGrpInfAndSts>"
                       "</p:CstmrPmtStsRpt></p:Document>"),
            "read");
  const std::string prefixed = with(status_report(), "<MsgId>", "<p:MsgId>");
  EXPECT_EQ(problem_of(with(prefixed, "</MsgId>", "</p:MsgId>")),
            "malformed: line 5: not well-formed XML (libxml2 error 201)");
}

TEST(BankFile, RefusesTextBetweenElements) {
  EXPECT_EQ(problem_of(with(status_report(), "<GrpHdr>", "<GrpHdr>x")),
            "malformed: line 5: text between elements");
  EXPECT_EQ(problem_of(with(status_report(), "</GrpHdr>", "x</GrpHdr>")),
            "malformed: line 12: text between elements");
}

TEST(BankFile, RefusesWhatIsNoXml) {
  const std::string files[] = {"",
                               " ",
                               "CNAS;1200,25",
                               "<",
                               "<Document",
                               "<?xml version=\"1.0\"?>",
                               "<!-- -->",
                               status_report() + "<Document/>",
                               with(status_report(), "</GrpHdr>", "</GrpHdrs>")};
  for (const std::string& file : files) {
    EXPECT_TRUE(problem_of(file).starts_with("malformed: ")) << file.substr(0, 40);
  }
}

TEST(BankFile, IsReadWholeOrNotAtAll) {
  for (const std::string& whole : {status_report(), notification(sample_entries())}) {
    const std::size_t complete = whole.rfind('>') + 1;
    for (std::size_t size = 0; size < complete; size += 100) {
      EXPECT_TRUE(problem_of(whole.substr(0, size)).starts_with("malformed: ")) << size;
    }
    EXPECT_NE(problem_of(whole.substr(0, complete - 1)), "read");
    EXPECT_EQ(problem_of(whole.substr(0, complete)), "read");
  }
}

TEST(BankFile, RepeatsNoTextOfTheFileInItsErrors) {
  const std::string secret = "SECRET0042";
  const std::string files[] = {
      with(status_report(), "2026-03-11T06:30:00+01:00", secret),
      with(status_report(), ">812.5<", ">" + secret + "<"),
      with(status_report(), "</GrpHdr>", "</" + secret + ">"),
      with(status_report(), "ACSP", secret),
      with(status_report(), "Ccy=\"DZD\"", "Ccy=\"" + secret + "\""),
      with(status_report(), "BNA-20260311-000017", "&" + secret + ";"),
      with(status_report(), "xsd:pain.002.001.10", "xsd:" + secret),
      "<" + secret + "/>",
  };
  for (const std::string& file : files) {
    const std::string problem = problem_of(file);
    EXPECT_NE(problem, "read");
    EXPECT_EQ(problem.find(secret), std::string::npos) << problem;
  }
}

// Fifty elements and 1.6 KiB for each payout, and more lines than sixteen bits count.
TEST(BankFile, HoldsTheAnswerToOurLargestFile) {
  const std::string all = status_report();
  const std::size_t begin = all.find("      <TxInfAndSts>\n        <StsId>");
  const std::size_t end = all.find("      <TxInfAndSts>", begin + 1);
  const std::string transaction = all.substr(begin, end - begin);
  const std::string reason = "<StsRsnInf><Rsn><Cd>AM09</Cd></Rsn><AddtlInf>" +
                             std::string(60, 'x') + "</AddtlInf></StsRsnInf>\n";
  const std::string longest =
      with(transaction, "<OrgnlTxRef>", repeated(reason, 9) + "<OrgnlTxRef>");
  std::string transactions;
  for (std::size_t i = 0; i < kPayoutsPerFileMax - 2; ++i) {
    transactions += with(longest, "R000042-000002", "R000042-A" + std::to_string(i));
  }
  const std::string file = with(all, transaction, transactions);
  EXPECT_GT(file.size(), kFileBytesMax * 9 / 10);
  EXPECT_EQ(problem_of(file), "read");
  const std::string twice = with(file, "R000042-000003", "R000042-000001");
  EXPECT_NE(problem_of(twice).find(test::line_of(file, "R000042-000003") + ": "),
            std::string::npos);
}

// One to eight changes of a byte, a loss or a doubling of a piece.
std::string mutated(std::string file, std::mt19937_64& random) {
  for (auto changes = random() % 8 + 1; changes > 0 && !file.empty(); --changes) {
    const std::size_t at = random() % file.size();
    const std::size_t count = std::min<std::size_t>(random() % 64, file.size() - at);
    switch (random() % 4) {
      case 0:
        file[at] = static_cast<char>(random());
        break;
      case 1:
        file[at] = "<>&\"'/=:;! 0A"[random() % 13];
        break;
      case 2:
        file.erase(at, count);
        break;
      default:
        file.insert(random() % file.size(), file.substr(at, count));
    }
  }
  return file;
}

// What must hold of everything that is read, however it came about.
void expect_sound(const Notification& read) {
  for (const Entry& entry : read.entries) {
    core::Cents sum;
    for (const Transaction& each : entry.transactions) sum += each.amount;
    EXPECT_TRUE(entry.transactions.empty() || sum == entry.amount);
    EXPECT_TRUE(!entry.booked || entry.booked_on);
  }
}

TEST(BankFile, TakesAnyBytesWithoutHarm) {
  std::mt19937_64 random(test::seed_of_run(1));
  const std::string samples[] = {status_report(), notification(sample_entries())};
  int read_files = 0;
  for (int round = 0; round < 20'000; ++round) {
    const std::string file = mutated(samples[random() % 2], random);
    const auto read = read_bank_file(file, test::expected());
    if (!read) continue;
    ++read_files;
    if (const auto* booked = std::get_if<Notification>(&*read)) expect_sound(*booked);
  }
  EXPECT_GT(read_files, 100);  // Else the changes went no further than the parser.
}

TEST(BankFile, IsReadOnAnyThread) {
  std::vector<std::thread> threads;
  std::array<int, 4> read_files{};
  for (int& count : read_files) {
    threads.emplace_back([&count] {
      for (int round = 0; round < 50; ++round) {
        count += problem_of(notification(sample_entries())) == "read";
        count += problem_of(with_document_type("<!DOCTYPE a>", "x")) != "read";
      }
    });
  }
  for (std::thread& each : threads) each.join();
  for (const int count : read_files) EXPECT_EQ(count, 100);
}

}  // namespace
}  // namespace wasl::iso20022
