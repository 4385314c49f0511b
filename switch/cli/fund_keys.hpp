#pragma once
// The card master keys that a configuration names, one file per fund: each fund's custodian brings
// their own. Once read and told what is
// expected, immutable; any thread.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "card/key_file.hpp"

namespace wasl::cli {

class FundKeys final : public card::KeyProvider {
 public:
  // `files`: by fund code. kMalformed if a file lacks its fund.
  [[nodiscard]] static core::Result<FundKeys> read(const std::map<std::string, std::string>& files);

  // Funds that are on file: without their master key nothing can be said of their cards, while a
  // fund that nobody knows proves nothing. Gives those of them that have no key.
  std::vector<core::FundCode> expect(const std::vector<core::FundCode>& funds);

  // kConfiguration: an expected fund's key is not configured.
  [[nodiscard]] core::Result<card::Key> derive(const card::KeyName& name) const override;

 private:
  std::map<core::FundCode, card::KeyFile> files_;
  std::set<core::FundCode> without_key_;
};

}  // namespace wasl::cli
