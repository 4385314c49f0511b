// Registrations and the Reference.

#include "core/account_change.hpp"
#include "core/application.hpp"
#include "core/codec.hpp"

namespace wasl::core {
namespace {

template <typename Entry>
void put_entry(Application& state, const RowKey& key, const Entry& entry) {
  std::string bytes;
  encode_entry(entry, bytes);
  state.touched.inserted.emplace_back(key, std::move(bytes));
  state.reference.put(entry);
}

}  // namespace

void apply_to(Application& state, const PutRegistration& request) {
  Registration merged = with_feed(state.rows.get<Registration>(Slot::kTarget), request.registration,
                                  state.command.from.id);
  ++merged.version;
  state.change<Registration>(Slot::kTarget) = std::move(merged);
}

void apply_to(Application& state, const PutPrescriber& request) {
  put_entry(state, prescriber_key(request.prescriber.id), request.prescriber);
}

void apply_to(Application& state, const PutProduct& request) {
  const Product& product = request.product;
  put_entry(state, product_key(product.catalogue, product.code, product.in_force.from), product);
}

void apply_to(Application& state, const PutTarif& request) {
  const Tarif& tarif = request.tarif;
  put_entry(state, tarif_key(tarif.catalogue, tarif.inn, tarif.in_force.from), tarif);
}

void apply_to(Application& state, const PutRulebook& request) {
  Rulebook rulebook = request.rulebook;
  rulebook.source_version = request.source_version;
  put_entry(state, rulebook_key(rulebook.scheme), rulebook);
}

}  // namespace wasl::core
