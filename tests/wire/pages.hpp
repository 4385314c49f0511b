#pragma once
// Pages of listings, as the engine gives them and as they leave the switch.

#include <gtest/gtest.h>

#include "core/codec.hpp"
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

// Of one row, with more behind it.
template <typename RowType>
core::Listed page_with(core::Deed deed, const core::RowKey& key, const RowType& row) {
  core::Listed listed;
  listed.deed = deed;
  listed.more = true;
  std::string bytes;
  core::encode_row(row, bytes);
  listed.rows = {{key, bytes}};
  return listed;
}

}  // namespace wasl::test
