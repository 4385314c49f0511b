#pragma once
// The sample's catalogues: active substances with form and dose, constructed brands of them,
// tarifs, restrictions. Real substances, invented brand names and prices. One thread.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/sample.hpp"

namespace wasl::cli {

struct SampleInn {
  std::string code;          // "A007-02": class, place in the list, presentation.
  std::string_view name;     // In French.
  std::string presentation;  // "cp 850 mg"
  char atc_class = 'A';
  char condition = '-';    // Letter of the condition it is usual for; '-': none.
  std::int64_t price = 0;  // Of a usual pack, in centimes.
};

class SampleCatalogue {
 public:
  explicit SampleCatalogue(const SampleOptions& options);

  [[nodiscard]] const std::vector<SampleInn>& inns() const { return inns_; }
  // Substances for a treatment of the condition; never empty.
  [[nodiscard]] const std::vector<std::uint32_t>& inns_for(char condition) const;
  // Codes of dear products of the first and second catalogue, for prior agreements.
  [[nodiscard]] const std::vector<std::string>& dear_products(std::string_view catalogue) const;

  // inns.csv, conditions.csv, products.csv, restrictions.csv, tarifs.csv
  [[nodiscard]] core::Result<void> write(SampleCounts& counts);

 private:
  struct Output;
  struct Brand {
    std::uint32_t inn = 0;
    std::int64_t price = 0;
    bool reimbursable = true;
    std::string code;
    std::string name;
  };

  void choose_inns();
  void write_catalogue(Output& output, std::string_view catalogue, std::uint32_t inns,
                       std::uint32_t brands);
  [[nodiscard]] std::vector<Brand> make_brands(std::string_view catalogue, std::uint32_t inns,
                                               std::uint32_t brands) const;
  void write_brand(Output& output, std::string_view catalogue, std::size_t index,
                   const Brand& brand);
  void write_tarifs(Output& output, std::string_view catalogue, std::uint32_t count,
                    const std::vector<Brand>& brands);

  const SampleOptions& options_;
  std::vector<SampleInn> inns_;
  std::array<std::vector<std::uint32_t>, 128> by_condition_;  // By letter.
  std::vector<std::uint32_t> all_;
  std::vector<std::string> dear_dz_;
  std::vector<std::string> dear_ma_;
};

// "312.45"
[[nodiscard]] std::string money_text(std::int64_t cents);

}  // namespace wasl::cli
