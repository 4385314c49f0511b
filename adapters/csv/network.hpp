#pragma once
// The reference files of a network directory as core types: all that is not an account. Small (tens
// of thousands of rows), so held in memory; accounts are streamed by account_stream.hpp. Whatever
// is wrong is noted and the rest is read on, so the result is of use only if nothing was noted.

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/reference.hpp"
#include "core/rows.hpp"
#include "csv/faults.hpp"
#include "csv/reader.hpp"

namespace wasl::csv {

using WilayaCode = core::Code<struct WilayaCodeTag, 4>;

// A version from outside stays below what a signed 64-bit column of the source can hold.
inline constexpr std::uint64_t kSourceVersionMax = (1ULL << 63U) - 1;

// Gives the bytes of a file of the schema, or nothing if it is no part of this import.
using Open = std::function<std::optional<Source>(std::string_view file)>;

// What may be named without being in these files: in the store already, or in a rulebook.
class OnFile {
 public:
  virtual ~OnFile() = default;
  [[nodiscard]] virtual bool fund(const core::FundCode& code) const = 0;
  [[nodiscard]] virtual bool scheme(const core::SchemeCode& code) const = 0;
  [[nodiscard]] virtual bool catalogue(const core::CatalogueCode& code) const = 0;
  [[nodiscard]] virtual bool product(const core::ProductCode& code) const = 0;
  [[nodiscard]] virtual bool centre(const core::ParticipantId& id) const = 0;
};

struct Network {
  std::vector<core::Fund> funds;
  std::vector<core::Registration> registrations;
  std::vector<core::Prescriber> prescribers;
  std::vector<core::Product> products;
  std::vector<core::Tarif> tarifs;
  // Only to be named by other files; the switch keeps them nowhere else.
  std::unordered_set<WilayaCode> wilayas;
  std::unordered_set<core::ConditionCode> conditions;
  std::unordered_set<core::InnCode> inns;
  // Of the rows above, to be looked up.
  std::unordered_set<core::FundCode> fund_codes;
  std::unordered_set<core::ProductCode> product_codes;
  std::unordered_set<core::ParticipantId> centres;  // And agencies.
  // Funds that provider_agreements.csv speaks of: what it says replaces what was agreed with them.
  std::set<core::FundCode> agreeing_funds;
  // Rows of each file read.
  std::vector<std::pair<std::string, std::uint64_t>> rows;
};

[[nodiscard]] Network read_network(const Open& open, const OnFile& on_file, Faults& faults);

}  // namespace wasl::csv
