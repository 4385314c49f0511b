#pragma once
// Proves that an answer somebody holds was given by this switch: its receipt names a record of this
// journal by sequence and hash, and the body stored there is the answer's. Reads only; one thread.

#include <string>
#include <string_view>
#include <vector>

#include "core/files.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "store/verify.hpp"

namespace wasl::cli {

// An answer's receipt and what was answered.
struct GivenReceipt {
  core::DataId journal{};
  core::Sequence sequence = 0;
  core::Sha256 hash{};
  std::string body;  // Empty: the answer had none, as one that only closed a request id.
};

// Of one answer: JSON as `wasl terminal --json` prints it, or a frame as the outbox keeps it. A
// batch's answer has several, by sequence. kMalformed if it is neither, kNotFound if nothing was
// recorded for it (a quote, a refusal).
[[nodiscard]] core::Result<std::vector<GivenReceipt>> read_receipts(std::string_view bytes);

struct ProvenRecord {
  core::Sequence sequence = 0;
  core::Sha256 hash{};
  std::string text;  // record_text() of the record.
};

struct ReceiptProof {
  std::vector<ProvenRecord> proven;
  store::Differences differences;
};

// The chain is verified from its first record to the last one named. Errors are for what keeps
// from looking; a journal that is damaged before that record is a difference.
[[nodiscard]] core::Result<ReceiptProof> prove_receipts(core::Directory& journal,
                                                        const core::DataId& data_id,
                                                        const std::vector<GivenReceipt>& receipts);

}  // namespace wasl::cli
