#include "wire/scan.hpp"

#include <array>
#include <optional>

#include "wire/limits.hpp"
#include "wire/path.hpp"
#include "wire/scan_table.hpp"

namespace wasl::wire {
namespace {

enum WireType : unsigned { kVarintType = 0, kFixed64Type = 1, kBytesType = 2, kFixed32Type = 5 };

constexpr std::uint64_t kFieldNumberMax = (1ULL << 29) - 1;
constexpr std::uint64_t kCorrelationField = 1;

bool continues(std::uint8_t byte) { return (byte & 0xc0) == 0x80; }

// Length of the UTF-8 sequence at the start (RFC 3629: shortest form, no surrogates); 0 if wrong.
std::size_t sequence_length(core::ByteView text) {
  const std::uint8_t lead = text[0];
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!continues(text[i])) return 0;
  }
  const bool overlong = (lead == 0xe0 && text[1] < 0xa0) || (lead == 0xf0 && text[1] < 0x90);
  const bool surrogate = lead == 0xed && text[1] >= 0xa0;
  const bool above = lead == 0xf4 && text[1] >= 0x90;
  return overlong || surrogate || above ? 0 : length;
}

bool is_ascii(core::ByteView text) {
  std::uint8_t bits = 0;
  for (const std::uint8_t byte : text) bits |= byte;
  return bits < 0x80;
}

bool is_utf8(core::ByteView text) {
  if (is_ascii(text)) return true;  // All codes, and most names.
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) return false;
    text = text.subspan(length);
  }
  return true;
}

// The values of a packed field: each ends with the byte that has no continuation bit.
unsigned packed_count(core::ByteView values) {
  unsigned count = 0;
  for (const std::uint8_t byte : values) count += (byte & 0x80) == 0 ? 1U : 0U;
  return count;
}

std::optional<std::uint64_t> take_long_varint(core::ByteView& in) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !in.empty(); shift += 7) {
    const std::uint8_t byte = in.front();
    in = in.subspan(1);
    value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) return value;
  }
  return std::nullopt;
}

// Nearly all tags and lengths are one byte.
inline std::optional<std::uint64_t> take_varint(core::ByteView& in) {
  if (in.empty() || in.front() >= 0x80) return take_long_varint(in);
  const std::uint64_t byte = in.front();
  in = in.subspan(1);
  return byte;
}

std::optional<core::ByteView> take_bytes(core::ByteView& in, std::uint64_t count) {
  if (count > in.size()) return std::nullopt;
  const core::ByteView taken = in.first(static_cast<std::size_t>(count));
  in = in.subspan(static_cast<std::size_t>(count));
  return taken;
}

std::uint64_t little_endian(core::ByteView bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | bytes[i];
  return value;
}

class Scanner {
 public:
  Scan run(core::ByteView envelope) {
    const Path root{};
    message(envelope, 0, root);
    return std::move(result_);
  }

 private:
  // Recursion ends: no message of a request contains itself.
  bool message(core::ByteView in, std::int16_t index, const Path& at) {
    const ScanMessage& fields = table_.message(index);
    std::array<std::uint8_t, kFieldNumbers> seen{};
    while (!in.empty()) {
      const auto tag = take_varint(in);
      const std::uint64_t number = tag ? *tag >> 3 : 0;
      if (number == 0 || number > kFieldNumberMax) return fail(at, "not an Envelope in protobuf");
      const auto value = take_value(in, *tag & 7);
      if (!value) return fail(at, "ends inside a field, or is not protobuf");
      const bool known = number < kFieldNumbers && fields[number].kind != FieldKind::kUnknown;
      if (!known) {
        if (++unknown_ > kUnknownFieldsMax) return fail(at, "too many unknown fields");
        continue;
      }
      const ScanField& field = fields[number];
      const Path place{&at, field.name, field.repeated ? seen[field.slot] : -1};
      if (!known_field(field, *tag & 7, *value, place, seen[field.slot])) return false;
      if (index == 0 && number == kCorrelationField) result_.correlation_id = little_endian(*value);
    }
    return true;
  }

  std::optional<core::ByteView> take_value(core::ByteView& in, std::uint64_t type) {
    if (type == kFixed64Type) return take_bytes(in, 8);
    if (type == kFixed32Type) return take_bytes(in, 4);
    const core::ByteView before = in;
    const auto number = take_varint(in);
    if (!number) return std::nullopt;
    if (type == kVarintType) return before.first(before.size() - in.size());
    if (type == kBytesType) return take_bytes(in, *number);
    return std::nullopt;
  }

  bool known_field(const ScanField& field, std::uint64_t type, core::ByteView value,
                   const Path& place, std::uint8_t& seen) {
    if (field.answer) {
      result_.code = core::Refusal::kUnknownRequest;
      return fail(place, "an answer is not a request");
    }
    const bool packed = field.repeated && field.kind == FieldKind::kVarint && type == kBytesType;
    if (!packed && type != type_of(field.kind)) return fail(place, "wrong type");
    const unsigned times = seen + (packed ? packed_count(value) : 1U);
    if (times > field.times_max) return fail_times(field, place);
    seen = static_cast<std::uint8_t>(times);
    if (field.kind == FieldKind::kText && !is_utf8(value)) return fail(place, "not UTF-8");
    return field.kind != FieldKind::kMessage || message(value, field.message, place);
  }

  static WireType type_of(FieldKind kind) {
    switch (kind) {
      case FieldKind::kFixed64:
        return kFixed64Type;
      case FieldKind::kFixed32:
        return kFixed32Type;
      case FieldKind::kBytes:
      case FieldKind::kText:
      case FieldKind::kMessage:
        return kBytesType;
      case FieldKind::kVarint:
      case FieldKind::kUnknown:
        break;
    }
    return kVarintType;
  }

  bool fail_times(const ScanField& field, const Path& place) {
    const Path whole{place.parent, place.name};
    if (*field.name == '\0') return fail(whole, "more than one request in an Envelope");
    if (!field.repeated) return fail(whole, "given more than once");
    return fail(whole, "more than " + std::to_string(field.times_max) + " of them");
  }

  bool fail(const Path& place, std::string problem) {
    result_.ok = false;
    result_.field = to_text(place);
    result_.problem = std::move(problem);
    return false;
  }

  const ScanTable& table_ = ScanTable::of_envelope();
  Scan result_;
  unsigned unknown_ = 0;
};

}  // namespace

Scan scan(core::ByteView envelope) { return Scanner().run(envelope); }

}  // namespace wasl::wire
