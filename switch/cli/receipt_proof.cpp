#include "cli/receipt_proof.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <optional>

#include "cli/record_text.hpp"
#include "core/codec.hpp"
#include "core/hex.hpp"
#include "journal/reader.hpp"
#include "wasl/v1/envelope.pb.h"
#include "wire/frame.hpp"
#include "wire/json.hpp"

namespace wasl::cli {
namespace {

using core::Errc;
using core::fail;

core::Result<v1::Envelope> read_json(std::string_view text) {
  boost::json::error_code wrong;
  const boost::json::value whole = boost::json::parse({text.data(), text.size()}, wrong);
  if (wrong) return fail(Errc::kMalformed, "no JSON: " + wrong.message());
  const boost::json::object* const object = whole.if_object();
  const boost::json::value* const inner =
      object == nullptr ? nullptr : object->if_contains("envelope");
  if (inner == nullptr) {
    return fail(Errc::kMalformed,
                "no answer: `wasl terminal claim ... --json` prints one as {\"envelope\": ...}");
  }
  v1::Envelope envelope;
  if (auto read = wire::from_json(boost::json::serialize(*inner), envelope); !read) {
    return std::unexpected(read.error());
  }
  return envelope;
}

core::Result<v1::Envelope> read_frame(std::string_view bytes) {
  if (bytes.size() <= wire::kFrameHeaderBytes) return fail(Errc::kMalformed, "no whole frame");
  const std::span<const std::uint8_t, wire::kFrameHeaderBytes> header(
      core::as_bytes(bytes.substr(0, wire::kFrameHeaderBytes)));
  const auto size = wire::parse_header(header);
  bytes.remove_prefix(wire::kFrameHeaderBytes);
  v1::Envelope envelope;
  if (!size || *size != bytes.size() ||
      !envelope.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return fail(Errc::kMalformed, "neither JSON nor one frame that holds an answer");
  }
  return envelope;
}

bool is_json(std::string_view bytes) {
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && bytes[first] == '{';
}

// Nothing for a receipt of which a field has another size than its format says.
std::optional<GivenReceipt> given(const v1::Receipt& receipt, const std::string& body) {
  GivenReceipt out{.sequence = receipt.sequence(), .body = body};
  if (receipt.journal_id().size() != out.journal.size() ||
      receipt.record_hash().size() != out.hash.size() || receipt.sequence() == 0) {
    return std::nullopt;
  }
  std::copy(receipt.journal_id().begin(), receipt.journal_id().end(), out.journal.begin());
  std::copy(receipt.record_hash().begin(), receipt.record_hash().end(), out.hash.begin());
  return out;
}

class Proof {
 public:
  Proof(const std::vector<GivenReceipt>& receipts, ReceiptProof& result)
      : rest_(receipts), result_(result) {}

  [[nodiscard]] bool finished() const { return rest_.empty(); }

  void look_in(const journal::Group& group) {
    while (!rest_.empty() && rest_.front().sequence <= group.anchor.sequence) {
      compare(rest_.front(), group);
      rest_ = rest_.subspan(1);
    }
  }

  // No further record verifies.
  void end(const journal::Anchor& last, const std::string& why) {
    for (const GivenReceipt& receipt : rest_) {
      result_.differences.add("receipt", fmt::format("record {} is not there: the journal's last "
                                                     "verified record is {}{}",
                                                     receipt.sequence, last.sequence, why));
    }
  }

 private:
  void compare(const GivenReceipt& receipt, const journal::Group& group) {
    const journal::Record& stored = group.records[receipt.sequence - group.first_sequence];
    if (stored.hash != receipt.hash) {
      return differs(receipt, "has the hash " + core::to_hex(stored.hash) + ", the receipt says " +
                                  core::to_hex(receipt.hash));
    }
    const auto record = core::decode_record(stored.payload);
    if (!record) return differs(receipt, "is whole but this build cannot read it");
    if (record->body != receipt.body) {
      return differs(receipt, "holds another answer body than the one shown");
    }
    const core::Instant now{std::chrono::milliseconds(group.now_ms)};
    result_.proven.push_back({stored.sequence, stored.hash, record_text(*record, now)});
  }

  void differs(const GivenReceipt& receipt, const std::string& what) {
    result_.differences.add("receipt", fmt::format("record {} {}", receipt.sequence, what));
  }

  std::span<const GivenReceipt> rest_;  // By sequence.
  ReceiptProof& result_;
};

}  // namespace

core::Result<std::vector<GivenReceipt>> read_receipts(std::string_view bytes) {
  const core::Result<v1::Envelope> read = is_json(bytes) ? read_json(bytes) : read_frame(bytes);
  if (!read) return std::unexpected(read.error());
  std::vector<std::optional<GivenReceipt>> found;
  const auto take = [&](const auto& answer) {
    if (answer.has_receipt()) found.push_back(given(answer.receipt(), answer.body()));
  };
  if (read->has_answer()) take(read->answer());
  if (read->has_status()) take(read->status());
  for (const v1::BatchItem& item : read->batch().items()) {
    if (item.has_answer()) take(item.answer());
  }
  if (found.empty()) {
    return fail(Errc::kNotFound,
                "this answer has no receipt: quotes and refusals are not recorded, nor is a "
                "status that was not found");
  }
  std::vector<GivenReceipt> receipts;
  for (std::optional<GivenReceipt>& each : found) {
    if (!each) return fail(Errc::kMalformed, "the receipt's fields have not their sizes");
    receipts.push_back(std::move(*each));
  }
  std::ranges::sort(receipts, {}, &GivenReceipt::sequence);
  return receipts;
}

core::Result<ReceiptProof> prove_receipts(core::Directory& journal, const core::DataId& data_id,
                                          const std::vector<GivenReceipt>& receipts) {
  ReceiptProof result;
  for (const GivenReceipt& receipt : receipts) {
    if (receipt.journal == data_id) continue;
    result.differences.add(
        "receipt", fmt::format("record {} is of another switch's journal", receipt.sequence));
    return result;
  }
  auto reader = journal::Reader::open(journal, journal::genesis(data_id));
  if (!reader && reader.error().code != Errc::kCorrupt) return std::unexpected(reader.error());
  if (!reader) {
    result.differences.add("chain", reader.error().context);
    return result;
  }
  Proof proof(receipts, result);
  while (!proof.finished()) {
    const auto group = reader->next();
    if (!group) return std::unexpected(group.error());
    if (!group->has_value()) break;
    proof.look_in(**group);
  }
  if (proof.finished()) return result;
  const auto rest = reader->judge_rest();
  proof.end(reader->last(), rest ? std::string() : " (" + rest.error().context + ")");
  return result;
}

}  // namespace wasl::cli
