#include "core/codec.hpp"
#include "core/reference_fields.hpp"

namespace wasl::core {
namespace {

constexpr std::uint8_t kEntryFormat = 1;

RowKey key_of(const Product& entry) {
  return product_key(entry.catalogue, entry.code, entry.in_force.from);
}
RowKey key_of(const Tarif& entry) {
  return tarif_key(entry.catalogue, entry.inn, entry.in_force.from);
}
RowKey key_of(const Prescriber& entry) { return prescriber_key(entry.id); }
RowKey key_of(const Fund& entry) { return fund_key(entry.code); }
RowKey key_of(const Rulebook& entry) { return rulebook_key(entry.scheme); }

template <typename T>
void encode(const T& entry, std::string& out) {
  Writer writer(out);
  writer.integer(kEntryFormat);
  Encoder encoder(writer);
  fields(encoder, entry);
  WASL_ASSERT(encoder.ok());
}

template <typename T>
bool writable(const T& entry) {
  ByteCounter counter;
  Encoder encoder(counter);
  fields(encoder, entry);
  return encoder.ok();
}

template <typename T>
bool decode_into(const RowKey& key, ByteView bytes, Reference& reference) {
  Reader in(bytes);
  if (in.integer<std::uint8_t>() != kEntryFormat) return false;
  T entry;
  Decoder decoder(in);
  fields(decoder, entry);
  if (!in.finished() || key != key_of(entry)) return false;
  reference.put(std::move(entry));
  return true;
}

}  // namespace

void encode_entry(const Product& product, std::string& out) { encode(product, out); }
void encode_entry(const Tarif& tarif, std::string& out) { encode(tarif, out); }
void encode_entry(const Prescriber& prescriber, std::string& out) { encode(prescriber, out); }
void encode_entry(const Fund& fund, std::string& out) { encode(fund, out); }
void encode_entry(const Rulebook& rulebook, std::string& out) { encode(rulebook, out); }

bool within_bounds(const Product& product) { return writable(product); }
bool within_bounds(const Tarif& tarif) { return writable(tarif); }
bool within_bounds(const Prescriber& prescriber) { return writable(prescriber); }
bool within_bounds(const Fund& fund) { return writable(fund); }
bool within_bounds(const Rulebook& rulebook) { return writable(rulebook); }

bool decode_entry(const RowKey& key, ByteView bytes, Reference& reference) {
  if (key.view().empty()) return false;
  switch (static_cast<KeyTag>(key.view().front())) {
    case KeyTag::kProduct:
      return decode_into<Product>(key, bytes, reference);
    case KeyTag::kTarif:
      return decode_into<Tarif>(key, bytes, reference);
    case KeyTag::kPrescriber:
      return decode_into<Prescriber>(key, bytes, reference);
    case KeyTag::kFund:
      return decode_into<Fund>(key, bytes, reference);
    case KeyTag::kRulebook:
      return decode_into<Rulebook>(key, bytes, reference);
    default:
      return false;
  }
}

}  // namespace wasl::core
