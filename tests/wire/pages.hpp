#pragma once
// The page of a listing as it leaves the switch.

#include <gtest/gtest.h>

#include "core/reply.hpp"
#include "wasl/v1/envelope.pb.h"
#include "wire/encode.hpp"

namespace wasl::test {

inline v1::Envelope page_of(const core::Listed& listed) {
  std::string frame;
  wire::encode_reply({.correlation_id = 42, .journal = {}, .languages = 0}, listed, frame);
  v1::Envelope envelope;
  EXPECT_TRUE(envelope.ParseFromString(frame.substr(wire::kFrameHeaderBytes)));
  return envelope;
}

}  // namespace wasl::test
