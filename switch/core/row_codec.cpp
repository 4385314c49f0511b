#include "core/codec.hpp"
#include "core/row_fields.hpp"

namespace wasl::core {
namespace {

// The newest of each kind; a store of an older version is rebuilt.
template <typename T>
constexpr std::uint8_t kFormatOf = 1;
// 1 knew neither fund nor kind of a claim, 2 no bordereau, 3 neither service date nor correction, 4
// no payout, 5 not where that stands.
template <>
constexpr std::uint8_t kFormatOf<RequestRow> = 6;
template <>
constexpr std::uint8_t kFormatOf<Bordereau> =
    5;  // 1 knew no review, 2 no payout, 3 not where it stands, 4 no reduction.
template <>
constexpr std::uint8_t kFormatOf<Owed> = 3;  // 1 knew nothing that came back, 2 no day of payment.
template <>
constexpr std::uint8_t kFormatOf<SettlementRun> = 2;  // 1 knew no export.
template <>
constexpr std::uint8_t kFormatOf<Payout> = 3;  // 1 knew neither name nor state, 2 nothing withheld.

std::uint8_t format_of(const Row& row) {
  return std::visit([]<typename T>(const T&) { return kFormatOf<T>; }, row);
}

// What a row names of itself must be what it is stored under.
bool belongs(const RowKey& key, const Registration& row) {
  return key == registration_key(row.participant);
}
bool belongs(const RowKey& key, const Account& row) { return key == account_key(row.insured); }
bool belongs(const RowKey& key, const Bordereau& row) {
  return key == bordereau_key(row.fund, row.provider, row.number);
}
bool belongs(const RowKey& key, const Owed& row) {
  return key == owed_key(row.fund, row.payee, row.item.record);
}
bool belongs(const RowKey& key, const Receivable& row) {
  return key == receivable_key(row.fund, row.provider);
}
bool belongs(const RowKey& key, const BusinessDay& row) {
  return key == business_day_key(row.fund);
}
bool belongs(const RowKey& key, const SettlementRun& row) {
  return key == run_key(row.fund, row.id);
}
bool belongs(const RowKey& key, const Payout& row) { return key == payout_key(row.fund, row.id); }
bool belongs(const RowKey& key, const StatusFile& row) {
  return key == status_file_key(row.fund, row.id);
}
bool belongs(const RowKey& key, const StatusPart& row) {
  return key == status_part_key(row.fund, row.file, row.number);
}
bool belongs(const RowKey&, const auto&) { return true; }

bool fits(const Account&, std::size_t bytes) { return bytes <= kAccountBytesMax; }
bool fits(const History&, std::size_t bytes) { return bytes <= kHistoryBytesMax; }
bool fits(const auto&, std::size_t) { return true; }

bool size_fits(const Row& row, std::size_t bytes) {
  return std::visit([&](const auto& present) { return fits(present, bytes); }, row);
}

// False if the row is absent or a field is out of bounds.
template <typename Sink>
bool encode_present(const Row& row, Sink& sink) {
  if (std::holds_alternative<std::monostate>(row)) return false;
  Encoder encoder(sink);
  encoder.alternative_fields(row);
  return encoder.ok();
}

template <typename T>
std::size_t counted_bytes(const T& value) {
  ByteCounter counter;
  Encoder encoder(counter);
  fields(encoder, value);
  return counter.bytes();
}

template <typename T>
std::optional<Row> decode_as(const RowKey& key, ByteView bytes) {
  Reader in(bytes);
  if (in.integer<std::uint8_t>() != kFormatOf<T>) return std::nullopt;
  T row;
  Decoder decoder(in);
  fields(decoder, row);
  if (!in.finished() || !fits(row, bytes.size()) || !belongs(key, row)) return std::nullopt;
  return row;
}

}  // namespace

void encode_row(const Row& row, std::string& out) {
  const std::size_t before = out.size();
  Writer writer(out);
  writer.integer(format_of(row));
  const bool fields_fit = encode_present(row, writer);
  WASL_ASSERT(fields_fit);
  WASL_ASSERT(size_fits(row, out.size() - before));
}

bool within_bounds(const Row& row) {
  ByteCounter counter;
  counter.integer(format_of(row));
  const bool fields_fit = encode_present(row, counter);
  return fields_fit && size_fits(row, counter.bytes());
}

std::optional<Row> decode_row(const RowKey& key, ByteView bytes) {
  if (key.view().empty()) return std::nullopt;
  switch (static_cast<KeyTag>(key.view().front())) {
    case KeyTag::kRegistration:
      return decode_as<Registration>(key, bytes);
    case KeyTag::kRequest:
      return decode_as<RequestRow>(key, bytes);
    case KeyTag::kCard:
      return decode_as<CardLink>(key, bytes);
    case KeyTag::kAccount:
      return decode_as<Account>(key, bytes);
    case KeyTag::kHistory:
      return decode_as<History>(key, bytes);
    case KeyTag::kPresentation:
      return decode_as<Presentation>(key, bytes);
    case KeyTag::kBordereau:
      return decode_as<Bordereau>(key, bytes);
    case KeyTag::kPayoutChange:
      return decode_as<PayoutChange>(key, bytes);
    case KeyTag::kOwed:
      return decode_as<Owed>(key, bytes);
    case KeyTag::kRun:
      return decode_as<SettlementRun>(key, bytes);
    case KeyTag::kPayout:
      return decode_as<Payout>(key, bytes);
    case KeyTag::kStatusFile:
      return decode_as<StatusFile>(key, bytes);
    case KeyTag::kStatusPart:
      return decode_as<StatusPart>(key, bytes);
    case KeyTag::kStatusFileName:
      return decode_as<StatusFileName>(key, bytes);
    case KeyTag::kStatusDesk:
      return decode_as<StatusDesk>(key, bytes);
    case KeyTag::kReceivable:
      return decode_as<Receivable>(key, bytes);
    case KeyTag::kBusinessDay:
      return decode_as<BusinessDay>(key, bytes);
    default:
      return std::nullopt;
  }
}

std::size_t encoded_bytes(const Account& account) {
  return sizeof(kFormatOf<Account>) + counted_bytes(account);
}

std::size_t encoded_bytes(const History& history) {
  return sizeof(kFormatOf<History>) + counted_bytes(history);
}

std::size_t encoded_bytes(const HistoryLine& line) { return counted_bytes(line); }

}  // namespace wasl::core
