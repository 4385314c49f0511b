#include "net/admission.hpp"

#include "core/assert.hpp"

namespace wasl::net {
namespace {

template <typename Map, typename Key>
void decrement(Map& counts, const Key& key) {
  const auto found = counts.find(key);
  WASL_ASSERT(found != counts.end() && found->second > 0);
  if (--found->second == 0) counts.erase(found);
}

}  // namespace

std::optional<Admission::Ticket> Admission::admit(const asio::ip::address& address,
                                                  core::AcceptRefusal& refusal) {
  const core::MutexLock lock{mutex_};
  if (connections_ >= limits_.connections_max) {
    refusal = core::AcceptRefusal::kTotalLimit;
    return std::nullopt;
  }
  std::size_t& from_address = by_address_[address];
  if (from_address >= limits_.connections_per_address_max) {
    refusal = core::AcceptRefusal::kAddressLimit;
    return std::nullopt;
  }
  ++from_address;
  ++connections_;
  ++handshakes_;
  return std::optional<Ticket>{std::in_place, shared_from_this(), address};
}

bool Admission::handshake_slot_free() const {
  const core::MutexLock lock{mutex_};
  return handshakes_ < limits_.handshakes_max;
}

std::size_t Admission::connections() const {
  const core::MutexLock lock{mutex_};
  return connections_;
}

void Admission::handshake_ended() {
  bool was_full = false;
  {
    const core::MutexLock lock{mutex_};
    WASL_ASSERT(handshakes_ > 0);
    was_full = handshakes_-- == limits_.handshakes_max;
  }
  if (was_full) slot_free_();
}

void Admission::release(const asio::ip::address& address,
                        const std::optional<CertificateId>& certificate) {
  const core::MutexLock lock{mutex_};
  WASL_ASSERT(connections_ > 0);
  --connections_;
  decrement(by_address_, address);
  if (certificate) decrement(by_certificate_, *certificate);
}

Admission::Ticket::~Ticket() {
  if (!admission_) return;
  end_handshake();
  admission_->release(address_, certificate_);
}

void Admission::Ticket::end_handshake() {
  if (!in_handshake_) return;
  in_handshake_ = false;
  admission_->handshake_ended();
}

bool Admission::Ticket::establish(const CertificateId& certificate) {
  const core::MutexLock lock{admission_->mutex_};
  std::size_t& connections = admission_->by_certificate_[certificate];
  if (connections >= admission_->limits_.connections_per_certificate_max) return false;
  ++connections;
  certificate_ = certificate;
  return true;
}

}  // namespace wasl::net
