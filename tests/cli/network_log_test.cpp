#include "cli/network_log.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "cli/system_clock.hpp"

namespace wasl::cli {
namespace {

using core::CloseCause;
using core::HandshakeResult;

class NetworkLog : public ::testing::Test {
 protected:
  void close(core::Role role, CloseCause cause) {
    notices_.closed({role, *core::ParticipantId::make("16-004512")}, cause, address_);
  }
  void refuse(HandshakeResult result) {
    notices_.refused(result, {core::Errc::kTls, "handshake: refused"}, address_);
  }
  [[nodiscard]] std::size_t lines_with(const std::string& part) const {
    std::istringstream in(out_.str());
    std::size_t lines = 0;
    for (std::string line; std::getline(in, line);) {
      if (line.find(part) != std::string::npos) ++lines;
    }
    return lines;
  }

  const net::Notices::Address address_ = net::asio::ip::make_address("10.1.2.3");
  std::ostringstream out_;
  SystemClock clock_;
  std::unique_ptr<ops::Log> log_ =
      ops::Log::to_stream(out_, clock_, ops::Level::kInfo, ops::LogFormat::kJson);
  net::Notices notices_ = notices_to(*log_);
};

TEST_F(NetworkLog, NamesAddressAndCauseOfARefusedHandshake) {
  refuse(HandshakeResult::kExpired);
  EXPECT_EQ(lines_with(R"("event":"handshake.refused.expired","address":"10.1.2.3")"), 1U)
      << out_.str();
}

TEST_F(NetworkLog, NamesAConnectionThatWasCutForItsRevokedCertificateMasked) {
  close(core::Role::kProvider, CloseCause::kRevoked);
  EXPECT_EQ(lines_with(R"("connection.closed.revoked","participant":"provider:*****4512")"), 1U)
      << out_.str();
  EXPECT_EQ(lines_with("16-004512"), 0U);
}

TEST_F(NetworkLog, SaysWhichCentreLeftAndNothingOfPharmaciesThatDo) {
  close(core::Role::kProvider, CloseCause::kPeer);
  close(core::Role::kCentre, CloseCause::kPeer);
  close(core::Role::kCentre, CloseCause::kStopping);
  EXPECT_EQ(lines_with("connection.closed"), 1U) << out_.str();
}

TEST_F(NetworkLog, AFloodOfOneCauseHidesNoOther) {
  for (int i = 0; i < 1'000; ++i) refuse(HandshakeResult::kProtocol);
  refuse(HandshakeResult::kRevoked);
  EXPECT_EQ(lines_with("handshake.refused.protocol"), ops::Log::kRepeatsMax);
  EXPECT_EQ(lines_with("handshake.refused.revoked"), 1U);
}

}  // namespace
}  // namespace wasl::cli
