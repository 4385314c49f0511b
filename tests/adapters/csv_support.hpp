#pragma once
// Texts as the sources that the CSV adapter reads, in pieces of any size.

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "csv/network.hpp"

namespace wasl::test {

// At most `piece` bytes at a time: a reader must not depend on where reads end.
inline csv::Source source_of(std::string text, std::size_t piece = 1 << 20) {
  auto rest = std::make_shared<std::pair<std::string, std::size_t>>(std::move(text), 0);
  return [rest, piece](std::span<char> out) -> core::Result<std::size_t> {
    const std::size_t count = std::min({piece, out.size(), rest->first.size() - rest->second});
    std::copy_n(rest->first.begin() + static_cast<std::ptrdiff_t>(rest->second), count,
                out.begin());
    rest->second += count;
    return count;
  };
}

using Files = std::map<std::string, std::string, std::less<>>;

inline csv::Open open_in(const Files& files) {
  return [&files](std::string_view name) -> std::optional<csv::Source> {
    const auto found = files.find(name);
    if (found == files.end()) return std::nullopt;
    return source_of(found->second);
  };
}

// Knows the schemes and catalogues of the rulebooks, and nothing else.
class RulebooksOnFile final : public csv::OnFile {
 public:
  [[nodiscard]] bool fund(const core::FundCode&) const override { return false; }
  [[nodiscard]] bool scheme(const core::SchemeCode& code) const override {
    return code.view() == "DZ-CNAS";
  }
  [[nodiscard]] bool catalogue(const core::CatalogueCode& code) const override {
    return code.view() == "DZ";
  }
  [[nodiscard]] bool product(const core::ProductCode&) const override { return false; }
  [[nodiscard]] bool centre(const core::ParticipantId&) const override { return false; }
};

// One row in each file, with every reference right.
inline Files small_network() {
  return {
      {"wilayas.csv", "wilaya,name_fr,name_ar\n16,Alger,الجزائر\n"},
      {"funds.csv", "fund,scheme,name,source_version\nCNAS,DZ-CNAS,CNAS,1\n"},
      {"participants.csv", "role,id,name,suspended,source_version\nfund,CNAS,CNAS,no,1\n"},
      {"centres.csv", "centre,wilaya,name,suspended,source_version\n16-01,16,Alger 1,no,1\n"},
      {"agencies.csv", "agency,centre,name,suspended,source_version\n16-01-1,16-01,Bab,no,1\n"},
      {"providers.csv",
       "provider,wilaya,centre,name,suspended,signing_key,payout_account,source_version\n"
       "16-004512,16,16-01,صيدلية الأمل,no,,00000001000000000111,1\n"},
      {"provider_agreements.csv", "provider,fund,from,until\n16-004512,CNAS,2020-01-01,\n"},
      {"prescribers.csv", "prescriber,name,suspended,source_version\nM000001,Dr Zamiro,no,1\n"},
      {"conditions.csv", "condition,name_fr,name_ar\nALD04,Diabète,السكري\n"},
      {"inns.csv", "inn,name,presentation\nA007-02,Metformine,cp 850 mg\n"},
      {"products.csv",
       "catalogue,product,from,until,inn,name,reimbursable,public_price,rate_percent,quantity_max,"
       "supply_days_max,prior_agreement_above_days,source_version\n"
       "DZ,01001,2012-01-01,,A007-02,ZALOREX 850 mg,yes,312.45,80,6,90,,1\n"},
      {"restrictions.csv",
       "catalogue,product,from,age_min,age_max,condition\nDZ,01001,2012-01-01,65,,ALD04\n"},
      {"tarifs.csv",
       "catalogue,inn,from,until,amount,source_version\nDZ,A007-02,2006-04-16,,280.00,1\n"},
      {"accounts.csv", "insured,fund,payout_account,source_version\n100000000042,CNAS,,1\n"},
      {"cards.csv",
       "insured,card,kind,rank,key_version,active,bar,bar_until,rights_until\n"
       "100000000042,2130000387420489,family,0,1,yes,,,2026-12-31\n"},
      {"beneficiaries.csv", "insured,rank,birth,exempt\n100000000042,1,1970-05-17,no\n"},
      {"rights.csv", "insured,rank,from,until\n100000000042,1,2020-01-01,2026-12-31\n"},
      {"treatments.csv",
       "insured,rank,condition,from,until,inns\n100000000042,1,ALD04,2024-01-01,,A007-02\n"},
      {"agreements.csv",
       "insured,agreement,rank,state,from,until,product,prescriber,prescription,"
       "prescription_date\n100000000042,1,1,granted,2026-01-01,2026-06-30,01001,,,\n"},
  };
}

}  // namespace wasl::test
