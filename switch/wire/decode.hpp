#pragma once
// From the bytes of a frame to commands: every structural check of a request, once. What passes
// here is within the bounds of core/request.hpp; what does not gets a typed refusal that names the
// field, has no effect and is not remembered.

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/request.hpp"
#include "wire/convert.hpp"
#include "wire/digest.hpp"
#include "wire/refusal.hpp"

namespace wasl::wire {

// The languages of an answer's texts: bit `core::Language` is set for each one asked for.
using Languages = std::uint32_t;

struct Decoded {
  std::uint64_t correlation_id = 0;
  bool echo = false;                    // Answer with `echo_data`; there are no commands.
  bool batch = false;                   // A feed: its items in their order, answered together.
  std::vector<core::Command> commands;  // One, or 1..100 of a batch. `proofs` without verdicts.
  std::string echo_data;
  Languages languages = 0;
  bool trace = false;
};

// One per I/O thread. Nothing it returns refers to it or to the frame.
class Decoder {
 public:
  // Throws std::runtime_error where Digest does: at start-up only.
  explicit Decoder(RulebookReader read_rulebook);
  ~Decoder();

  // `envelope` is a frame without its header; `from` is who the certificate says.
  [[nodiscard]] std::expected<Decoded, Refusal> decode(core::ByteView envelope,
                                                       const core::Participant& from);

 private:
  struct Memory;

  std::expected<Decoded, Refusal> take(const v1::Envelope& envelope, const core::Participant& from);
  void finish(core::Command& command, Fault& fault);

  RulebookReader read_rulebook_;
  Digest digest_;
  std::string canonical_;
  std::unique_ptr<Memory> memory_;
};

}  // namespace wasl::wire
