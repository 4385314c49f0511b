#include "net/admission.hpp"

#include <gtest/gtest.h>

namespace wasl::net {
namespace {

const asio::ip::address kHere = asio::ip::make_address("127.0.0.1");
const asio::ip::address kThere = asio::ip::make_address("127.0.3.7");
const asio::ip::address kElsewhere = asio::ip::make_address("127.0.3.8");

class Slots {
 public:
  explicit Slots(std::size_t handshakes_max)
      : admission_(std::make_shared<Admission>(ListenerLimits{.handshakes_max = handshakes_max})) {}

  [[nodiscard]] Admission::Ticket admit(const asio::ip::address& address) {
    core::AcceptRefusal refusal{};
    std::optional<Admission::Ticket> ticket = admission_->admit(address, refusal);
    EXPECT_TRUE(ticket.has_value());
    return std::move(*ticket);
  }

 private:
  std::shared_ptr<Admission> admission_;
};

TEST(Admission, ASilentConnectionHoldsNoSlot) {
  Slots slots(1);
  std::vector<Admission::Ticket> silent;
  for (int i = 0; i < 100; ++i) silent.push_back(slots.admit(kHere));
  Admission::Ticket speaks = slots.admit(kHere);
  speaks.begin_handshake([] { FAIL() << "there was a slot at once"; });
  EXPECT_TRUE(speaks.in_handshake());
}

TEST(Admission, OneAddressHasAQuarterOfTheSlots) {
  Slots slots(8);
  Admission::Ticket first = slots.admit(kHere);
  Admission::Ticket second = slots.admit(kHere);
  Admission::Ticket third = slots.admit(kHere);
  Admission::Ticket other = slots.admit(kThere);
  int granted = 0;
  first.begin_handshake([] {});
  second.begin_handshake([] {});
  third.begin_handshake([&] { ++granted; });
  other.begin_handshake([] {});
  EXPECT_TRUE(second.in_handshake());
  EXPECT_FALSE(third.in_handshake());
  EXPECT_TRUE(other.in_handshake());

  other.end_handshake();
  EXPECT_FALSE(third.in_handshake()) << "the slot of another address is not for this one";
  first.end_handshake();
  EXPECT_TRUE(third.in_handshake());
  EXPECT_EQ(granted, 1);
}

TEST(Admission, SlotsAreGrantedInOrderOfArrival) {
  Slots slots(1);
  Admission::Ticket holds = slots.admit(kHere);
  Admission::Ticket next = slots.admit(kThere);
  Admission::Ticket last = slots.admit(kElsewhere);
  holds.begin_handshake([] {});
  next.begin_handshake([] {});
  last.begin_handshake([] {});
  holds.end_handshake();
  EXPECT_TRUE(next.in_handshake());
  EXPECT_FALSE(last.in_handshake());
  next.end_handshake();
  EXPECT_TRUE(last.in_handshake());
}

TEST(Admission, WhoeverLeavesWhileItWaitsIsForgotten) {
  Slots slots(1);
  Admission::Ticket holds = slots.admit(kHere);
  holds.begin_handshake([] {});
  {
    Admission::Ticket leaves = slots.admit(kThere);
    leaves.begin_handshake([] { FAIL() << "it has left"; });
  }
  Admission::Ticket stays = slots.admit(kElsewhere);
  stays.begin_handshake([] {});
  holds.end_handshake();
  EXPECT_TRUE(stays.in_handshake());
}

}  // namespace
}  // namespace wasl::net
