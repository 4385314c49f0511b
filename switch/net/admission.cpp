#include "net/admission.hpp"

#include <algorithm>
#include <utility>

#include "core/assert.hpp"

namespace wasl::net {
namespace {

// Four addresses at least have to say nothing more before others wait for them; a town behind one
// address does some hundred handshakes a second with a quarter of the slots.
constexpr std::size_t kAddressesAtLeast = 4;

}  // namespace

std::optional<Admission::Ticket> Admission::admit(const asio::ip::address& address,
                                                  core::AcceptRefusal& refusal) {
  const core::MutexLock lock{mutex_};
  if (connections_ >= limits_.connections_max) {
    refusal = core::AcceptRefusal::kTotalLimit;
    return std::nullopt;
  }
  std::size_t& from_address = by_address_[address].connections;
  if (from_address >= limits_.connections_per_address_max) {
    refusal = core::AcceptRefusal::kAddressLimit;
    return std::nullopt;
  }
  ++from_address;
  ++connections_;
  return std::optional<Ticket>{std::in_place, shared_from_this(), address};
}

std::size_t Admission::connections() const {
  const core::MutexLock lock{mutex_};
  return connections_;
}

bool Admission::take_slot(Ticket& ticket) {
  std::size_t& of_address = by_address_[ticket.address_].handshakes;
  const std::size_t share = std::max<std::size_t>(limits_.handshakes_max / kAddressesAtLeast, 1);
  if (handshakes_ >= limits_.handshakes_max || of_address >= share) return false;
  ++handshakes_;
  ++of_address;
  ticket.state_ = Ticket::State::kInHandshake;
  return true;
}

void Admission::end_handshake(Ticket& ticket) {
  const core::MutexLock lock{mutex_};
  const Ticket::State before = std::exchange(ticket.state_, Ticket::State::kOver);
  if (before == Ticket::State::kWaiting) std::erase(waiting_, &ticket);
  if (before != Ticket::State::kInHandshake) return;
  WASL_ASSERT(handshakes_ > 0 && by_address_[ticket.address_].handshakes > 0);
  --handshakes_;
  --by_address_[ticket.address_].handshakes;
  // One slot came free: the first whose address may have it.
  for (auto next = waiting_.begin(); next != waiting_.end(); ++next) {
    if (!take_slot(**next)) continue;
    (*next)->granted_();
    waiting_.erase(next);
    return;
  }
}

void Admission::release(const asio::ip::address& address,
                        const std::optional<CertificateId>& certificate) {
  const core::MutexLock lock{mutex_};
  WASL_ASSERT(connections_ > 0);
  --connections_;
  const auto from = by_address_.find(address);
  WASL_ASSERT(from != by_address_.end() && from->second.connections > 0);
  if (--from->second.connections == 0) by_address_.erase(from);
  if (!certificate) return;
  const auto of = by_certificate_.find(*certificate);
  WASL_ASSERT(of != by_certificate_.end() && of->second > 0);
  if (--of->second == 0) by_certificate_.erase(of);
}

Admission::Ticket::~Ticket() {
  if (!admission_) return;
  end_handshake();
  admission_->release(address_, certificate_);
}

void Admission::Ticket::begin_handshake(std::function<void()> granted) {
  const core::MutexLock lock{admission_->mutex_};
  WASL_ASSERT(state_ == State::kBegun);
  if (admission_->take_slot(*this)) return;
  state_ = State::kWaiting;
  granted_ = std::move(granted);
  admission_->waiting_.push_back(this);
}

bool Admission::Ticket::in_handshake() const {
  const core::MutexLock lock{admission_->mutex_};
  return state_ == State::kInHandshake;
}

void Admission::Ticket::end_handshake() { admission_->end_handshake(*this); }

bool Admission::Ticket::establish(const CertificateId& certificate) {
  const core::MutexLock lock{admission_->mutex_};
  std::size_t& connections = admission_->by_certificate_[certificate];
  if (connections >= admission_->limits_.connections_per_certificate_max) return false;
  ++connections;
  certificate_ = certificate;
  return true;
}

}  // namespace wasl::net
