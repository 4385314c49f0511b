#pragma once
// Whole frames, header included, of what the switch answers. Each call appends one frame of at most
// kFrameBytesMax to `out`. Pure; any thread.

#include <span>
#include <string>
#include <string_view>

#include "core/reply.hpp"
#include "wire/decode.hpp"
#include "wire/frame.hpp"
#include "wire/refusal.hpp"

namespace wasl::wire {

// Traces are cut there, so that body, texts and trace together stay within a frame.
inline constexpr std::size_t kTraceBytesMax = 32 * 1024;

// What every answer of one process and request needs beside the reply.
struct AnswerContext {
  std::uint64_t correlation_id = 0;
  core::DataId journal{};
  Languages languages = 0;  // As Decoded gave them.
};

// To a request that is one command.
void encode_reply(const AnswerContext& context, const core::Reply& reply, std::string& out);
// To a batch: one reply per item, Answered or Refused, in their order; at most kBatchItemsMax.
void encode_batch(const AnswerContext& context, std::span<const core::Reply> replies,
                  std::string& out);
void encode_echo(std::uint64_t correlation_id, std::string_view data, std::string& out);
void encode_refusal(const Refusal& refusal, std::string& out);
// After a header that is no header; the connection ends behind it.
void encode_refusal(HeaderFault fault, std::string& out);

}  // namespace wasl::wire
