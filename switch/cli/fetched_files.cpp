#include "cli/fetched_files.hpp"

#include <string>
#include <utility>

#include "cli/bank_file.hpp"

namespace wasl::cli {
namespace {

using core::Errc;
using core::Result;

std::unexpected<core::Error> differs(const std::string& name, std::string_view what) {
  return core::fail(Errc::kMalformed, name + ": " + std::string(what) + "; ask again");
}

// One file on its way from the switch.
class Fetching {
 public:
  Fetching(const AskPage& ask, v1::Envelope request, std::string name)
      : ask_(ask), request_(std::move(request)), name_(std::move(name)) {}

  Result<core::BankFile> fetch() {
    do {
      request_.mutable_get_bank_file()->set_offset(file_.bytes.size());
      const Result<v1::Envelope> answer = ask_(request_);
      if (!answer) return std::unexpected(answer.error());
      if (auto taken = take(answer->bank_file_part()); !taken) {
        return std::unexpected(taken.error());
      }
    } while (file_.bytes.size() < size_);
    file_.name = name_;
    file_.sha256 = sha256_of(file_.bytes);
    if (core::as_text(file_.sha256) == sha256_) return std::move(file_);
    return differs(name_, "what the switch sent has another SHA-256 than it said");
  }

 private:
  Result<void> take(const v1::BankFilePart& part) {
    if (part.reason() != v1::REASON_NONE) {
      return core::fail(Errc::kNotPermitted,
                        "the switch answered " + v1::Reason_Name(part.reason()));
    }
    if (!part.problem().empty()) {
      return core::fail(Errc::kOutOfRange,
                        name_ + ": the switch cannot make it: " + part.problem());
    }
    if (part.name() != name_) return differs(name_, "the switch sent another file");
    if (part.size() == 0 || part.size() > core::kBankFileBytesMax) {
      return differs(name_, "the switch said that it has a size that no bank file has");
    }
    if (file_.bytes.empty()) begin(part);
    if (part.size() != size_ || part.sha256() != sha256_) {
      return differs(name_, "the switch sent parts of two files");
    }
    const std::uint64_t left = size_ - file_.bytes.size();
    if (part.offset() != file_.bytes.size() || part.data().empty() || part.data().size() > left) {
      return differs(name_, "the switch sent another part than it was asked for");
    }
    file_.bytes += part.data();
    return {};
  }

  void begin(const v1::BankFilePart& part) {
    size_ = part.size();
    sha256_ = part.sha256();
    file_.payouts = part.payouts();
    file_.total = core::Cents{part.total_cents()};
    file_.bytes.reserve(size_);
  }

  const AskPage& ask_;
  v1::Envelope request_;
  std::string name_;
  core::BankFile file_;
  std::uint64_t size_ = 0;
  std::string sha256_;
};

}  // namespace

Result<std::vector<core::BankFile>> fetch_bank_files(const AskPage& ask, const core::FundCode& fund,
                                                     const v1::SettlementRun& run,
                                                     v1::Envelope first) {
  std::vector<core::BankFile> files;
  std::int64_t left = run.total_cents();
  const std::uint32_t count =
      run.payouts_per_file() == 0 ? 0 : core::bank_files(run.payouts(), run.payouts_per_file());
  for (std::uint32_t number = 1; number <= count; ++number) {
    first.mutable_get_bank_file()->set_run(run.run());
    first.mutable_get_bank_file()->set_file(number);
    Result<core::BankFile> file =
        Fetching(ask, first, core::bank_file_name(fund, run.run(), number)).fetch();
    if (!file) return std::unexpected(file.error());
    const auto range = core::payouts_of_file(number, run.payouts(), run.payouts_per_file());
    if (!range || file->payouts != range->last - range->first + 1) {
      return differs(file->name, "the switch said that it has other payouts than the run's");
    }
    if (file->total.value <= 0) {
      return differs(file->name, "the switch said that it is worth nothing");
    }
    if (file->total.value > left) {
      return differs(file->name, "the files are worth more than the run");
    }
    left -= file->total.value;
    files.push_back(std::move(*file));
  }
  if (count > 0 && left == 0) return files;
  return core::fail(Errc::kMalformed,
                    "the files do not add up to run " + std::to_string(run.run()) + "; ask again");
}

}  // namespace wasl::cli
