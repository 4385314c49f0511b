#pragma once
// A small network for tests of the decision core: one pharmacy, one centre, one fund, one family
// with a card, a few products. Rows and reference are public: a test breaks or extends what it is
// about. `submit` and `run` decide and apply like the engine, without journal or store. One thread.

#include <map>
#include <string>
#include <vector>

#include "core/codec.hpp"
#include "core/decide.hpp"

namespace wasl::test {

// "2026-03-10"
core::Day day(std::string_view text);
// The code of a text known to be one.
template <typename CodeType>
CodeType code(std::string_view text) {
  return CodeType::make(text).value();
}
// DZD, for readable amounts: dzd(1200) or dzd(5000, 1).
constexpr core::Cents dzd(std::int64_t units, std::int64_t cents = 0) {
  return core::Cents{units * 100 + cents};
}

// The parameters of config/rulebooks/dz-cnas.toml, which a test of the reader compares with this.
core::Rulebook dz_cnas();

core::Product product(std::string_view code, core::Cents public_price);
core::ClaimLine line(std::string_view product, core::Cents unit_price, std::uint32_t quantity = 1,
                     std::uint16_t supply_days = 0);

inline constexpr std::string_view kPharmacy = "16-004512";
inline constexpr std::string_view kCentre = "16-C001";
inline constexpr std::string_view kFund = "CNAS";
inline constexpr std::string_view kCatalogue = "DZ";
inline constexpr std::string_view kCard = "5500112233445566";
inline constexpr std::string_view kOtherCard = "5500112233445567";
inline constexpr std::string_view kInsured = "871234567890";

// What the claim of claim() is, besides its lines.
struct ClaimOptions {
  core::ClaimKind kind = core::ClaimKind::kThirdParty;
  std::string_view prescription = "RX-1";
  core::PrescriptionType type = core::PrescriptionType::kAcute;
  std::string_view service = "2026-03-10";
  std::string_view prescribed = "2026-03-10";
  std::uint8_t rank = 1;
};

class World {
 public:
  World();

  // The day of `now`, at noon of the network's offset.
  void set_today(std::string_view text);

  [[nodiscard]] core::Account& account();
  [[nodiscard]] core::Card& card() { return account().cards.front(); }
  [[nodiscard]] core::Beneficiary& insured() { return account().beneficiaries.front(); }
  core::Registration& registration(core::Role role, std::string_view id);
  [[nodiscard]] core::Registration& pharmacy() {
    return registration(core::Role::kProvider, kPharmacy);
  }
  // Never nullptr; empty if nothing was dispensed yet.
  [[nodiscard]] core::History& history(std::uint8_t rank = 1);
  [[nodiscard]] const core::RequestRow* request_row(const core::Command& command) const;

  // Of the insured person: a long-term treatment of these INNs, in force all of 2026.
  void treat(std::vector<std::string_view> inns, std::string_view condition = "ALD-8");
  void put(const core::Product& product) { reference.put(product); }
  void put_tarif(std::string_view inn, core::Cents amount);
  void grant(std::variant<core::PrescriptionKey, core::ProductCode> subject);

  // From the pharmacy (third party) or the centre (refund), with right proofs and the next counter.
  [[nodiscard]] core::Command claim(std::vector<core::ClaimLine> lines, ClaimOptions options = {});
  // A request id of its own, and content that no other command has.
  [[nodiscard]] core::Command command(core::Role role, std::string_view id, core::Request request);
  [[nodiscard]] core::Command quote(const core::Command& claim);
  [[nodiscard]] core::Command reversal(const core::Command& claim);

  [[nodiscard]] core::RowSet rows_for(const core::Command& command);
  [[nodiscard]] core::Decision decide(const core::Command& command, core::Trace* trace = nullptr);
  // Decides and applies; rows and sequence go on from there.
  core::Decision run(const core::Command& command);
  core::ClaimDecision submit(const core::Command& command) {
    return std::get<core::ClaimDecision>(run(command));
  }
  [[nodiscard]] core::ClaimDecision judge(const core::Command& command,
                                          core::Trace* trace = nullptr) {
    return std::get<core::ClaimDecision>(decide(command, trace));
  }

  core::Reference reference;
  std::map<core::RowKey, core::Row> rows;
  std::map<core::RowKey, std::string> index;  // Inserted rows, as apply() wrote them.
  core::Instant now{};
  core::Sequence sequence = 0;  // Of the last record.

 private:
  std::uint32_t next_atc_ = 1;
  std::uint64_t next_request_ = 1;
};

}  // namespace wasl::test
