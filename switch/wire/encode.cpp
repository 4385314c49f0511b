#include "wire/encode.hpp"

#include <google/protobuf/arena.h>

#include <array>

#include "core/assert.hpp"
#include "wire/answer_messages.hpp"
#include "wire/limits.hpp"

namespace wasl::wire {
namespace {

// An answer of 40 lines with one language's texts.
constexpr std::size_t kArenaBytes = 8 * 1024;

// Builds one Envelope in memory of its own and appends its frame.
class Frame {
 public:
  explicit Frame(std::uint64_t correlation_id)
      : envelope_(*google::protobuf::Arena::CreateMessage<v1::Envelope>(&arena_)) {
    envelope_.set_correlation_id(correlation_id);
  }

  [[nodiscard]] v1::Envelope& envelope() { return envelope_; }
  void append_to(std::string& out) const {
    const std::size_t start = begin_frame(out);
    WASL_ASSERT(envelope_.AppendToString(&out));
    finish_frame(start, out);
  }

 private:
  alignas(8) std::array<char, kArenaBytes> block_;
  google::protobuf::Arena arena_{block_.data(), block_.size()};
  v1::Envelope& envelope_;
};

struct ReplyWriter {
  const AnswerContext& context;
  v1::Envelope& out;

  void operator()(const core::Refused& refused) const { fill(refused, *out.mutable_refused()); }
  void operator()(const core::Answered& answered) const {
    v1::Answer& answer = *out.mutable_answer();
    fill(answered, context.journal, answer);
    add_texts(answered.body, context.languages, *answer.mutable_texts());
    fill_trace(answered.trace, answer);
  }
  void operator()(const core::Status& status) const {
    v1::StatusAnswer& answer = *out.mutable_status();
    fill(status, context.journal, answer);
    add_texts(status.body, context.languages, *answer.mutable_texts());
  }
  void operator()(const core::Listed& listed) const {
    switch (listed.deed) {
      case core::Deed::kListClaims:
        return fill(listed, *out.mutable_claims_page());
      case core::Deed::kListBalances:
        return fill(listed, *out.mutable_balances_page());
      case core::Deed::kListPostings:
        return fill(listed, *out.mutable_postings_page());
      case core::Deed::kListBordereaux:
      case core::Deed::kGetBordereau:
        return fill(listed, *out.mutable_bordereaux_page());
      case core::Deed::kListReviews:
        return fill(listed, *out.mutable_reviews_page());
      case core::Deed::kListPayoutChanges:
        return fill(listed, *out.mutable_payout_changes_page());
      case core::Deed::kListOwed:
        return fill(listed, *out.mutable_owed_page());
      case core::Deed::kListReceivables:
        return fill(listed, *out.mutable_receivables_page());
      case core::Deed::kListRuns:
        return fill(listed, *out.mutable_runs_page());
      case core::Deed::kListPayouts:
        return fill(listed, *out.mutable_payouts_page());
      case core::Deed::kGetBankFile:
        return fill(listed, *out.mutable_bank_file_part());
      case core::Deed::kListStatusFiles:
        return fill(listed, *out.mutable_status_files_page());
      case core::Deed::kReconcile:
        return fill(listed, *out.mutable_reconciliation_page());
      default:
        WASL_ASSERT(listed.deed == core::Deed::kListPriorAgreements);
        return fill(listed, *out.mutable_agreements_page());
    }
  }
};

}  // namespace

void encode_reply(const AnswerContext& context, const core::Reply& reply, std::string& out) {
  Frame frame(context.correlation_id);
  std::visit(ReplyWriter{context, frame.envelope()}, reply);
  frame.append_to(out);
}

void encode_batch(const AnswerContext& context, std::span<const core::Reply> replies,
                  std::string& out) {
  WASL_ASSERT(!replies.empty() && replies.size() <= kBatchItemsMax);
  Frame frame(context.correlation_id);
  v1::BatchAnswer& batch = *frame.envelope().mutable_batch();
  for (std::size_t i = 0; i < replies.size(); ++i) {
    v1::BatchItem& item = *batch.add_items();
    item.set_index(static_cast<std::uint32_t>(i));
    if (const auto* answered = std::get_if<core::Answered>(&replies[i])) {
      fill(*answered, context.journal, *item.mutable_answer());
    } else {
      const auto* refused = std::get_if<core::Refused>(&replies[i]);
      WASL_ASSERT(refused != nullptr);
      fill(*refused, *item.mutable_refused());
    }
  }
  frame.append_to(out);
}

void encode_echo(std::uint64_t correlation_id, std::string_view data, std::string& out) {
  Frame frame(correlation_id);
  frame.envelope().mutable_echo()->set_data(data.data(), data.size());
  frame.append_to(out);
}

void encode_refusal(const Refusal& refusal, std::string& out) {
  Frame frame(refusal.correlation_id);
  v1::Refused& refused = *frame.envelope().mutable_refused();
  fill(refusal.refused, refused);
  if (!refusal.sentence.empty()) refused.set_sentence(refusal.sentence);
  refused.set_field(refusal.field);
  frame.append_to(out);
}

void encode_refusal(HeaderFault fault, std::string& out) {
  Frame frame(0);
  v1::Refused& refused = *frame.envelope().mutable_refused();
  const bool large = fault == HeaderFault::kTooLarge;
  refused.set_code(large ? v1::Refused::FRAME_TOO_LARGE : v1::Refused::MALFORMED);
  refused.set_sentence(
      large ? "a frame is at most 65536 bytes; send a smaller one on a new connection"
            : "a frame of no bytes; connect again");
  frame.append_to(out);
}

}  // namespace wasl::wire
