#pragma once
// The files of an exported run that its fund's bank is given, and the parts in which they leave the
// switch. All that stands in a file was fixed when its run was exported: made again, by whomever
// and whenever, it is the same bytes. docs/bank_files.md. Pure.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/reason.hpp"
#include "core/result.hpp"
#include "core/settlement.hpp"

namespace wasl::core {

// Of one part: a frame of 64 KiB, and room for what stands beside the bytes.
inline constexpr std::size_t kFilePartBytesMax = std::size_t{60} * 1024;
// 10,000 payouts of 1.6 KiB; a bank's files have the same bound.
inline constexpr std::size_t kBankFileBytesMax = std::size_t{16} * 1024 * 1024;

struct BankFile {
  std::string name;  // "CNAS-48213-F1.xml"
  std::string bytes;
  Sha256 sha256{};
  std::uint32_t payouts = 0;
  Cents total;
};

// How many files a run of so many payouts has, at most `per_file` (not 0) in one.
[[nodiscard]] std::uint32_t bank_files(std::uint32_t payouts, std::uint32_t per_file);

// The payouts of one file: both ends included.
struct FilePayouts {
  std::uint32_t first = 0;
  std::uint32_t last = 0;

  friend bool operator==(const FilePayouts&, const FilePayouts&) = default;
};
// Nothing: the run has no file of this number; they begin at 1.
[[nodiscard]] std::optional<FilePayouts> payouts_of_file(std::uint32_t number,
                                                         std::uint32_t payouts,
                                                         std::uint32_t per_file);

// "CNAS-48213-F1"; with ".xml" the file's name.
[[nodiscard]] std::string bank_message_id(const FundCode& fund, Sequence run, std::uint32_t file);
[[nodiscard]] std::string bank_file_name(const FundCode& fund, Sequence run, std::uint32_t file);

// How the store gets a bank file's bytes without knowing their format; `cli` implements it.
class BankFileMaker {
 public:
  virtual ~BankFileMaker() = default;

  // File `number` of an exported run; `payouts`: those of the file, in order. Deterministic; the
  // store's scanner thread. Errors name the field, and the payout by its number in the file, that
  // is outside what the message admits.
  [[nodiscard]] virtual Result<BankFile> make(const SettlementRun& run, std::uint32_t number,
                                              std::span<const Payout> payouts) const = 0;
};

// The part of a fund's bank file that somebody asks for.
struct WantedPart {
  FundCode fund;
  Sequence run = 0;
  std::uint32_t file = 0;
  std::uint64_t offset = 0;
};

// What is given for it. Of a file that there is, all but the bytes are the same in each part.
struct BankFilePart {
  // kRunUnknown, or kRunNotInThisState: nothing else but `offset` is given then.
  Reason reason = Reason::kNone;
  std::uint32_t files = 0;  // Of the run.
  std::string name;         // Empty: the run has no file of this number.
  std::uint64_t size = 0;   // Of the whole file, as what follows.
  Sha256 sha256{};
  std::uint32_t payouts = 0;
  Cents total;
  std::uint64_t offset = 0;  // As it was asked.
  std::string bytes;         // None at or behind the end.
  // Why this file cannot be made. Then it has a name, and neither size nor bytes.
  std::string problem;
};

}  // namespace wasl::core
