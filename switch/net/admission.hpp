#pragma once
// Who may connect: bounds on connections in total, per address and per certificate, and on
// handshakes in flight. A handshake is in flight from the client's hello on, so that silent
// connections keep nobody out; and one address has a part of them only. A ticket holds one place
// and gives it back when it ends. Any thread may call; the mutex is taken when a connection begins,
// is established and ends, never per frame.

#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <deque>
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
  // One connection's place. Not to be moved once its handshake has begun.
  class Ticket {
   public:
    Ticket(std::shared_ptr<Admission> admission, const asio::ip::address& address)
        : admission_(std::move(admission)), address_(address) {}
    Ticket(Ticket&& other) noexcept = default;
    Ticket& operator=(Ticket&&) = delete;
    ~Ticket();

    // The hello is there: takes a slot, or waits for one in order of arrival; `granted` is then
    // called, from any thread and under the mutex.
    void begin_handshake(std::function<void()> granted);
    [[nodiscard]] bool in_handshake() const;
    // The handshake is over, well or not. Idempotent.
    void end_handshake();
    // False if the certificate has as many connections as it may; the ticket then holds none for
    // it.
    [[nodiscard]] bool establish(const CertificateId& certificate);

    [[nodiscard]] const asio::ip::address& address() const { return address_; }

   private:
    friend class Admission;
    enum class State : std::uint8_t { kBegun, kWaiting, kInHandshake, kOver };

    std::shared_ptr<Admission> admission_;
    asio::ip::address address_;
    std::optional<CertificateId> certificate_;
    // Under the admission's mutex.
    State state_ = State::kBegun;
    std::function<void()> granted_;
  };

  explicit Admission(const ListenerLimits& limits) : limits_(limits) {}

  // A place for a new connection, or which bound refuses it.
  [[nodiscard]] std::optional<Ticket> admit(const asio::ip::address& address,
                                            core::AcceptRefusal& refusal);
  [[nodiscard]] std::size_t connections() const;

 private:
  void release(const asio::ip::address& address, const std::optional<CertificateId>& certificate);
  [[nodiscard]] bool take_slot(Ticket& ticket) WASL_REQUIRES(mutex_);
  void end_handshake(Ticket& ticket);

  struct Address {
    std::size_t connections = 0;
    std::size_t handshakes = 0;
  };

  const ListenerLimits limits_;
  mutable core::Mutex mutex_;
  std::size_t connections_ WASL_GUARDED_BY(mutex_) = 0;
  std::size_t handshakes_ WASL_GUARDED_BY(mutex_) = 0;
  std::deque<Ticket*> waiting_ WASL_GUARDED_BY(mutex_);
  std::map<asio::ip::address, Address> by_address_ WASL_GUARDED_BY(mutex_);
  std::map<CertificateId, std::size_t> by_certificate_ WASL_GUARDED_BY(mutex_);
};

}  // namespace wasl::net
