#pragma once
// What scan() may expect in each message of a request, taken from the generated descriptors once.
// Immutable after construction; any thread.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace wasl::wire {

// The highest field number of any message here is below this; a static table per message stays in
// one or two cache lines.
inline constexpr std::size_t kFieldNumbers = 77;

enum class FieldKind : std::uint8_t {
  kUnknown,
  kVarint,
  kFixed64,
  kFixed32,
  kBytes,
  kText,
  kMessage
};

struct ScanField {
  FieldKind kind = FieldKind::kUnknown;
  std::uint8_t slot = 0;       // Members of one oneof are counted together.
  std::uint8_t times_max = 0;  // How often it may stand in one message.
  bool repeated = false;
  bool answer = false;        // Of the envelope: only the switch sends it.
  std::int16_t message = -1;  // Of kMessage: index in ScanTable::messages.
  const char* name = "";
};

using ScanMessage = std::array<ScanField, kFieldNumbers>;

class ScanTable {
 public:
  // The table of wasl.v1.Envelope, which is message 0.
  static const ScanTable& of_envelope();

  [[nodiscard]] const ScanMessage& message(std::int16_t index) const {
    return messages_[static_cast<std::size_t>(index)];
  }

 private:
  ScanTable();
  std::int16_t add(const google::protobuf::Descriptor& type);
  ScanField describe(const google::protobuf::FieldDescriptor& field);

  std::vector<const google::protobuf::Descriptor*> types_;
  std::vector<ScanMessage> messages_;
};

}  // namespace wasl::wire
