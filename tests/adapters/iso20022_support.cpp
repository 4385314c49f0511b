#include "adapters/iso20022_support.hpp"

#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <algorithm>
#include <memory>

#include "support/source_directory.hpp"

namespace wasl::test {
namespace {

template <auto kFree>
struct Free {
  template <typename T>
  void operator()(T* held) const {
    kFree(held);
  }
};
template <typename T, auto kFree>
using Held = std::unique_ptr<T, Free<kFree>>;

void note(void* problems, const xmlError* error) {
  *static_cast<std::string*>(problems) +=
      "line " + std::to_string(error->line) + ": " + error->message;
}

constexpr std::string_view kStatusReport =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10">
  <CstmrPmtStsRpt>
    <GrpHdr>
      <MsgId>BNA-20260311-000017</MsgId>
      <CreDtTm>2026-03-11T06:30:00+01:00</CreDtTm>
      <DbtrAgt>
        <FinInstnId>
          <Nm>Banque Nationale d&apos;Algérie</Nm>
        </FinInstnId>
      </DbtrAgt>
    </GrpHdr>
    <OrgnlGrpInfAndSts>
      <OrgnlMsgId>CNAS-R000042-1</OrgnlMsgId>
      <OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>
      <OrgnlNbOfTxs>3</OrgnlNbOfTxs>
      <OrgnlCtrlSum>2012.75</OrgnlCtrlSum>
      <GrpSts>PART</GrpSts>
      <StsRsnInf>
        <Rsn>
          <Prtry>une ligne refusée</Prtry>
        </Rsn>
      </StsRsnInf>
    </OrgnlGrpInfAndSts>
    <OrgnlPmtInfAndSts>
      <OrgnlPmtInfId>CNAS-R000042-1</OrgnlPmtInfId>
      <OrgnlNbOfTxs>3</OrgnlNbOfTxs>
      <OrgnlCtrlSum>2012.75</OrgnlCtrlSum>
      <PmtInfSts>PART</PmtInfSts>
      <TxInfAndSts>
        <OrgnlEndToEndId>R000042-000001</OrgnlEndToEndId>
        <TxSts>ACSP</TxSts>
      </TxInfAndSts>
      <TxInfAndSts>
        <StsId>17</StsId>
        <OrgnlEndToEndId>R000042-000002</OrgnlEndToEndId>
        <TxSts>RJCT</TxSts>
        <StsRsnInf>
          <Rsn>
            <Cd>AC04</Cd>
          </Rsn>
          <AddtlInf>compte clôturé</AddtlInf>
        </StsRsnInf>
        <OrgnlTxRef>
          <Amt>
            <InstdAmt Ccy="DZD">812.5</InstdAmt>
          </Amt>
        </OrgnlTxRef>
      </TxInfAndSts>
      <TxInfAndSts>
        <OrgnlEndToEndId>R000042-000003</OrgnlEndToEndId>
        <TxSts>PDNG</TxSts>
      </TxInfAndSts>
    </OrgnlPmtInfAndSts>
  </CstmrPmtStsRpt>
</Document>
)";

constexpr std::string_view kEntries =
    R"(      <Ntry>
        <NtryRef>1</NtryRef>
        <Amt Ccy="DZD">1200.25</Amt>
        <CdtDbtInd>DBIT</CdtDbtInd>
        <RvslInd>false</RvslInd>
        <Sts><Cd>BOOK</Cd></Sts>
        <BookgDt><Dt>2026-03-12</Dt></BookgDt>
        <ValDt><Dt>2026-03-12</Dt></ValDt>
        <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd>
        <NtryDtls>
          <Btch><PmtInfId>CNAS-R000042-1</PmtInfId><NbOfTxs>2</NbOfTxs></Btch>
          <TxDtls>
            <Refs><EndToEndId>R000042-000001</EndToEndId></Refs>
            <Amt Ccy="DZD">1000.25</Amt>
            <CdtDbtInd>DBIT</CdtDbtInd>
          </TxDtls>
          <TxDtls>
            <Refs><EndToEndId>R000042-000003</EndToEndId></Refs>
            <Amt Ccy="DZD">200</Amt>
          </TxDtls>
        </NtryDtls>
      </Ntry>
      <Ntry>
        <Amt Ccy="DZD">640.00</Amt>
        <CdtDbtInd>CRDT</CdtDbtInd>
        <RvslInd>true</RvslInd>
        <Sts><Cd>BOOK</Cd></Sts>
        <BookgDt><DtTm>2026-03-12T23:30:00+01:00</DtTm></BookgDt>
        <BkTxCd><Prtry><Cd>RTR</Cd></Prtry></BkTxCd>
        <NtryDtls>
          <TxDtls>
            <Refs><EndToEndId>R000041-000007</EndToEndId></Refs>
            <Amt Ccy="DZD">640.00</Amt>
            <CdtDbtInd>CRDT</CdtDbtInd>
            <RtrInf>
              <Rsn><Cd>AC01</Cd></Rsn>
              <AddtlInf>RIB inconnu</AddtlInf>
            </RtrInf>
          </TxDtls>
        </NtryDtls>
      </Ntry>
      <Ntry>
        <Amt Ccy="DZD">75.50</Amt>
        <CdtDbtInd>DBIT</CdtDbtInd>
        <Sts><Cd>PDNG</Cd></Sts>
        <BkTxCd><Prtry><Cd>VIR</Cd></Prtry></BkTxCd>
        <NtryDtls>
          <TxDtls>
            <Refs><EndToEndId>R000042-000004</EndToEndId></Refs>
            <Amt Ccy="DZD">75.50</Amt>
          </TxDtls>
        </NtryDtls>
      </Ntry>
)";

constexpr std::string_view kAccount =
    "<Acct><Id><Othr><Id>00100600030000012339</Id><SchmeNm><Prtry>RIB</Prtry></SchmeNm></Othr></Id>"
    "</Acct>\n";

// The messages differ in the names of the two elements around a report.
std::string message(std::string_view name, std::string_view element, std::string_view report,
                    std::string_view entries) {
  std::string text = R"(<?xml version="1.0" encoding="UTF-8"?>)";
  text.append("\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:").append(name).append("\">\n");
  text.append("  <").append(element).append(">\n    <GrpHdr><MsgId>BNA-NTF-20260312</MsgId>");
  text.append("<CreDtTm>2026-03-12T20:00:00</CreDtTm></GrpHdr>\n    <").append(report);
  text.append("><Id>1</Id>").append(kAccount).append(entries).append("    </").append(report);
  return text.append(">\n  </").append(element).append(">\n</Document>\n");
}

}  // namespace

std::string schema_problems(std::string_view schema, const std::string& document) {
  const std::string path = source_directory() + "/build/tools/libhbci4j-core-java/schemas/" +
                           std::string(schema) + ".xsd";
  const Held<xmlSchemaParserCtxt, xmlSchemaFreeParserCtxt> parser(
      xmlSchemaNewParserCtxt(path.c_str()));
  const Held<xmlSchema, xmlSchemaFree> parsed(xmlSchemaParse(parser.get()));
  if (!parsed) return "no schema " + path;
  const Held<xmlDoc, xmlFreeDoc> tree(xmlReadMemory(
      document.data(), static_cast<int>(document.size()), nullptr, nullptr, XML_PARSE_NONET));
  if (!tree) return "not well-formed";
  const Held<xmlSchemaValidCtxt, xmlSchemaFreeValidCtxt> validator(
      xmlSchemaNewValidCtxt(parsed.get()));
  std::string problems;
  xmlSchemaSetValidStructuredErrors(
      validator.get(), [](void* to, xmlError* error) { note(to, error); }, &problems);
  const int result = xmlSchemaValidateDoc(validator.get(), tree.get());
  return result == 0 || !problems.empty() ? problems : "the validator failed";
}

std::string with(std::string text, std::string_view what, std::string_view instead) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return at == std::string::npos ? text : text.replace(at, what.size(), instead);
}

std::string line_of(std::string_view text, std::string_view what) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string_view::npos) << what;
  return "line " + std::to_string(std::ranges::count(text.substr(0, at), '\n') + 1);
}

std::string status_report() { return std::string(kStatusReport); }

std::string notification(std::string_view entries) {
  return message("camt.054.001.08", "BkToCstmrDbtCdtNtfctn", "Ntfctn", entries);
}

std::string account_report(std::string_view entries) {
  return message(kCamt052, "BkToCstmrAcctRpt", "Rpt", entries);
}

std::string sample_entries() { return std::string(kEntries); }

const iso20022::Expected& expected() {
  static const iso20022::Expected kDinars{"DZD", std::chrono::minutes{60}};
  return kDinars;
}

std::string problem_of(std::string_view file) {
  const auto read = iso20022::read_bank_file(file, expected());
  return read ? "read" : core::describe(read.error());
}

}  // namespace wasl::test
