#pragma once
// Bank files of exported runs, made from the rows of the store and given in parts. The last one of
// each fund is kept, so that the parts of a big file are slices of one, whatever other funds fetch
// meanwhile: such a run does not change any more. At most core::kBankFileBytesMax for each fund
// with an exported run, and while a file is made twice that beside its payouts. One thread.

#include <map>

#include "core/durable.hpp"
#include "store/rocks.hpp"

namespace wasl::store {

class FileScan {
 public:
  // Both outlive it.
  FileScan(const Rocks& rocks, const core::BankFileMaker& maker) : rocks_(rocks), maker_(maker) {}

  // Of a scan with a part. kCorrupt: a row of the file does not follow its format, or is not there.
  [[nodiscard]] core::Result<core::Scanned> read(const core::Scan& scan);

 private:
  struct Kept {
    core::Sequence run = 0;
    std::uint32_t number = 0;
    std::uint32_t files = 0;  // Of the run.
    core::BankFile file;
  };

  [[nodiscard]] core::Result<core::BankFilePart> part_of(const core::WantedPart& wanted);
  [[nodiscard]] core::Result<core::BankFilePart> make(const core::WantedPart& wanted);
  [[nodiscard]] static core::BankFilePart slice(const Kept& kept, std::uint64_t offset);

  const Rocks& rocks_;
  const core::BankFileMaker& maker_;
  std::map<core::FundCode, Kept> kept_;
};

}  // namespace wasl::store
