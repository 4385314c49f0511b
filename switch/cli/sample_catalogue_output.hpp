#pragma once
// The files that a catalogue fills. Private to the sample's catalogue.

#include "cli/sample_catalogue.hpp"
#include "cli/sample_file.hpp"
#include "csv/formats.hpp"

namespace wasl::cli {

struct SampleCatalogue::Output {
  explicit Output(const std::string& directory)
      : products(directory, csv::ProductsFile::kFormat),
        restrictions(directory, csv::RestrictionsFile::kFormat),
        tarifs(directory, csv::TarifsFile::kFormat) {}

  SampleFile products;
  SampleFile restrictions;
  SampleFile tarifs;
  std::uint64_t tarif_rows = 0;
};

}  // namespace wasl::cli
