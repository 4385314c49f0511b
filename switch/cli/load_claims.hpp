#pragma once
// The claims of a load, complete and signed before it begins: what is measured then is the switch,
// not the making of claims.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/load_setting.hpp"
#include "core/result.hpp"

namespace wasl::cli {

struct LoadPlan {
  std::size_t claims = 0;
  std::size_t lines = 3;  // Of each claim: different medicines, all below every ceiling together.
};

// Serialised envelopes, one behind the other in memory.
class Envelopes {
 public:
  void add(std::string_view envelope);
  // Room for as many as `others` and as large: nothing moves while they come.
  void reserve(const Envelopes& others);
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  // Valid until the next add().
  [[nodiscard]] std::string_view operator[](std::size_t place) const;
  [[nodiscard]] double mean_bytes() const;

 private:
  std::string bytes_;
  std::vector<std::size_t> ends_;
};

// Claim i has the correlation id i + 1. It is of seat i modulo their number, on a card drawn
// uniformly from those whose fund the pharmacy has an agreement with; two fresh proofs, a fresh
// prescription. The cards' counters go up. Errors: kOutOfRange if a pharmacy finds no card or the
// medicines are too few.
[[nodiscard]] core::Result<Envelopes> prepare_claims(const LoadPlan& plan, LoadSetting& setting);

}  // namespace wasl::cli
