#pragma once
// What the clients hold, kept outside the switch: every request they made and every answer they
// got. It is the judge of every run: an answer that was given is there with the same bytes for
// ever, and a request without an answer has exactly one outcome that stays.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/reply.hpp"
#include "core/request.hpp"

namespace wasl::test {

struct Sent {
  core::Command command;
  std::optional<core::Answered> answer;  // The first one.
  std::uint64_t answers = 0;
};

class ClientRecord {
 public:
  // Returns the number under which its answers are noted.
  std::size_t sent(core::Command command);
  // Notes an answer to that request, or to a copy of it, and holds it against what is known.
  void answered(std::size_t request, const core::Reply& reply);
  // Notes a status of the claim.
  void status(std::size_t claim, const core::Status& status);

  [[nodiscard]] const std::vector<Sent>& requests() const { return requests_; }
  [[nodiscard]] std::uint64_t in_doubt() const;
  // Broken promises, in words; empty as it must be.
  [[nodiscard]] const std::vector<std::string>& violations() const { return violations_; }

 private:
  void first_answer(std::size_t request, const core::Answered& answer);
  void same_answer(std::size_t request, const core::Answered& answer);
  void went_on(std::size_t request, core::RequestState state);
  void violated(std::size_t request, const std::string& what);

  std::vector<Sent> requests_;
  std::map<core::Sequence, std::size_t> by_sequence_;
  std::map<std::size_t, core::RequestState> states_;  // As told last.
  std::vector<std::string> violations_;
};

}  // namespace wasl::test
