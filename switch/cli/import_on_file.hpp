#pragma once
// What the store and the rulebooks of an import know already. One thread.

#include <set>
#include <string>

#include "core/reference.hpp"
#include "csv/network.hpp"
#include "store/rocks.hpp"

namespace wasl::cli {

class StoreOnFile final : public csv::OnFile {
 public:
  // Both outlive the object. Reads the store's schemes at once.
  [[nodiscard]] static core::Result<StoreOnFile> make(const store::Rocks& rocks,
                                                      const core::Reference& reference);
  // Also counts as known from now on.
  void add(const core::Rulebook& rulebook);

  [[nodiscard]] bool fund(const core::FundCode& code) const override;
  [[nodiscard]] bool scheme(const core::SchemeCode& code) const override;
  [[nodiscard]] bool catalogue(const core::CatalogueCode& code) const override;
  [[nodiscard]] bool product(const core::ProductCode& code) const override;
  [[nodiscard]] bool centre(const core::ParticipantId& id) const override;
  // A read of the store failed; its answers since then are worth nothing.
  [[nodiscard]] const core::Result<void>& state() const { return state_; }

 private:
  StoreOnFile(const store::Rocks& rocks, const core::Reference& reference)
      : rocks_(&rocks), reference_(&reference) {}
  [[nodiscard]] bool any_row(std::string_view prefix) const;

  const store::Rocks* rocks_;
  const core::Reference* reference_;
  std::set<core::SchemeCode> schemes_;
  std::set<core::CatalogueCode> catalogues_;
  mutable core::Result<void> state_;
};

}  // namespace wasl::cli
