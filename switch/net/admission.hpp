#pragma once
// Who may connect: bounds on connections in total, per address and per certificate, and on
// handshakes in flight. A ticket holds one place and gives it back when it ends. Any thread may
// call; the mutex is taken when a connection begins, is established and ends, never per frame.

#include <boost/asio/ip/address.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "core/mutex.hpp"
#include "core/observer.hpp"
#include "net/identity.hpp"
#include "net/limits.hpp"

namespace wasl::net {

namespace asio = boost::asio;

class Admission : public std::enable_shared_from_this<Admission> {
 public:
  // One connection's place. Begins in the handshake.
  class Ticket {
   public:
    Ticket(std::shared_ptr<Admission> admission, const asio::ip::address& address)
        : admission_(std::move(admission)), address_(address) {}
    Ticket(Ticket&& other) noexcept = default;
    Ticket& operator=(Ticket&&) = delete;
    ~Ticket();

    // The handshake is over, well or not. Idempotent.
    void end_handshake();
    // False if the certificate has as many connections as it may; the ticket then holds none for
    // it.
    [[nodiscard]] bool establish(const CertificateId& certificate);

   private:
    std::shared_ptr<Admission> admission_;
    asio::ip::address address_;
    std::optional<CertificateId> certificate_;
    bool in_handshake_ = true;
  };

  // `slot_free` is called, from any thread, when handshakes in flight fall below their bound.
  Admission(const ListenerLimits& limits, std::function<void()> slot_free)
      : limits_(limits), slot_free_(std::move(slot_free)) {}

  // A place for a new connection, or which bound refuses it.
  [[nodiscard]] std::optional<Ticket> admit(const asio::ip::address& address,
                                            core::AcceptRefusal& refusal);
  [[nodiscard]] bool handshake_slot_free() const;
  [[nodiscard]] std::size_t connections() const;

 private:
  void release(const asio::ip::address& address, const std::optional<CertificateId>& certificate);
  void handshake_ended();

  const ListenerLimits limits_;
  const std::function<void()> slot_free_;
  mutable core::Mutex mutex_;
  std::size_t connections_ WASL_GUARDED_BY(mutex_) = 0;
  std::size_t handshakes_ WASL_GUARDED_BY(mutex_) = 0;
  std::map<asio::ip::address, std::size_t> by_address_ WASL_GUARDED_BY(mutex_);
  std::map<CertificateId, std::size_t> by_certificate_ WASL_GUARDED_BY(mutex_);
};

}  // namespace wasl::net
