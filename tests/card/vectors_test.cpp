// The vectors of docs/card_proof.md, step by step. tests/card/vectors_check.py computes the same
// with nothing of ours.

#include <openssl/sha.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "card/derivation.hpp"
#include "card/hex.hpp"
#include "card/issue.hpp"
#include "card/proof.hpp"
#include "core/codec.hpp"
#include "support/source_directory.hpp"

namespace wasl::card {
namespace {

namespace json = boost::json;

std::string text(const json::object& from, const char* name) {
  return std::string(from.at(name).as_string().c_str());
}
template <typename T>
T number(const json::object& from, const char* name) {
  return from.at(name).to_number<T>();
}
template <typename CodeType>
CodeType code(const json::object& from, const char* name) {
  return CodeType::make(text(from, name)).value_or(CodeType{});
}
core::Day day(const json::object& from, const char* name) {
  return core::parse_day(text(from, name)).value_or(core::kDayMin);
}
template <std::size_t N>
std::array<std::uint8_t, N> bytes(const json::object& from, const char* name) {
  const std::string raw = test::from_hex(text(from, name));
  std::array<std::uint8_t, N> out{};
  EXPECT_EQ(raw.size(), N);
  std::copy_n(raw.begin(), std::min(N, raw.size()), out.begin());
  return out;
}

core::CardReference card_of(const json::object& from) {
  return {code<core::CardNumber>(from, "number"), code<core::FundCode>(from, "fund"),
          number<std::uint16_t>(from, "key_version")};
}

core::Claim claim_of(const json::object& from) {
  core::Claim claim;
  claim.kind = core::ClaimKind::kThirdParty;
  claim.provider = code<core::ParticipantId>(from, "provider_id");
  claim.terminal = code<core::TerminalId>(from, "terminal_id");
  claim.card = card_of(from.at("card").as_object());
  claim.rank = number<std::uint8_t>(from, "beneficiary_rank");
  claim.service_date = day(from, "service_date");
  claim.first_act_date =
      day(from, from.contains("first_act_date") ? "first_act_date" : "service_date");
  const json::object& prescription = from.at("prescription").as_object();
  claim.prescription.key = {code<core::PrescriberId>(prescription, "prescriber_id"),
                            code<core::PrescriptionNumber>(prescription, "number"),
                            day(prescription, "date")};
  claim.prescription.type = text(prescription, "type") == "ACUTE"
                                ? core::PrescriptionType::kAcute
                                : core::PrescriptionType::kLongTerm;
  for (const json::value& value : from.at("lines").as_array()) {
    const json::object& line = value.as_object();
    claim.lines.push_back({code<core::ProductCode>(line, "product_code"),
                           number<std::uint32_t>(line, "quantity"),
                           core::Cents{number<std::int64_t>(line, "unit_price_cents")},
                           number<std::uint16_t>(line, "supply_days")});
  }
  return claim;
}

template <typename Request>
Request service_of(const json::object& from) {
  Request request;
  request.provider = code<core::ParticipantId>(from, "provider_id");
  request.terminal = code<core::TerminalId>(from, "terminal_id");
  request.card = card_of(from.at("card").as_object());
  return request;
}

core::Command command_of(const json::object& from) {
  core::Command command;
  command.request_id = bytes<16>(from, "request_id");
  const std::string deed = text(from, "deed");
  if (deed == "SubmitClaim") {
    command.request = core::SubmitClaim{claim_of(from.at("claim").as_object())};
  } else if (deed == "QuoteClaim") {
    command.request = core::QuoteClaim{claim_of(from.at("claim").as_object())};
  } else if (deed == "GetRights") {
    command.request = service_of<core::GetRights>(from);
  } else {
    EXPECT_EQ(deed, "UpdateCard");
    command.request = service_of<core::UpdateCard>(from);
  }
  return command;
}

KeyName name_of(const json::object& vector, const json::object& request) {
  const json::object& holder =
      request.contains("claim") ? request.at("claim").as_object() : request;
  const core::CardReference card = card_of(holder.at("card").as_object());
  if (text(vector, "kind") == "card") return card_key_name(card);
  return professional_key_name(card.fund, code<core::ParticipantId>(holder, "provider_id"),
                               number<std::uint16_t>(vector, "professional_key_version"));
}

std::string hex(std::string_view raw) { return test::to_hex(core::as_bytes(raw)); }

void check(const json::object& vector) {
  SCOPED_TRACE(text(vector, "name"));
  const json::object& request = vector.at("request").as_object();
  const json::object& wanted = vector.at("results").as_object();
  const KeyName name = name_of(vector, request);
  EXPECT_EQ(derivation_label(name.kind), text(wanted, "label"));
  EXPECT_EQ(hex(derivation_context(name)), text(wanted, "context"));
  const Key key = derive(test::key(text(vector, "master_key")), name);
  EXPECT_EQ(key_to_hex(key), text(wanted, "derived_key"));

  std::string canonical;
  core::encode_request(command_of(request), canonical);
  EXPECT_EQ(hex(canonical), text(wanted, "canonical_request"));
  core::Sha256 digest{};
  SHA256(core::as_bytes(canonical).data(), canonical.size(), digest.data());
  EXPECT_EQ(test::to_hex(digest), text(wanted, "digest"));

  const core::Proof unsigned_proof{.atc = number<std::uint32_t>(vector, "atc"),
                                   .unpredictable = bytes<4>(vector, "unpredictable"),
                                   .mac = {}};
  const auto input = signed_bytes(unsigned_proof, digest);
  EXPECT_EQ(test::to_hex(input), text(wanted, "cmac_input"));
  Cmac cmac;
  EXPECT_EQ(test::to_hex(cmac.of(key, input)), text(wanted, "cmac"));
  const core::Proof proof = make_proof(cmac, key, unsigned_proof, digest);
  EXPECT_EQ(test::to_hex(proof.mac), text(wanted, "proof"));
  EXPECT_TRUE(is_right(cmac, key, proof, digest));
}

json::object vectors() {
  std::ifstream in(test::source_directory() + "/tests/golden/card_vectors.json");
  std::ostringstream content;
  content << in.rdbuf();
  return json::parse(content.str()).as_object();
}

TEST(CardVectors, AreWhatTheSwitchComputes) {
  const json::object all = vectors();
  const json::array& list = all.at("vectors").as_array();
  EXPECT_GE(list.size(), 5U);
  for (const json::value& vector : list) check(vector.as_object());
}

// The document shows every byte of the pinned vectors, so that it can be worked from alone.
TEST(CardVectors, StandInTheDocument) {
  std::ifstream in(test::source_directory() + "/docs/card_proof.md");
  std::ostringstream content;
  content << in.rdbuf();
  const json::object all = vectors();
  for (const json::value& vector : all.at("vectors").as_array()) {
    for (const auto& [name, value] : vector.as_object().at("results").as_object()) {
      EXPECT_NE(content.str().find(value.as_string().c_str()), std::string::npos)
          << text(vector.as_object(), "name") << ": " << name;
    }
  }
}

}  // namespace
}  // namespace wasl::card
