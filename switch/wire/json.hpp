#pragma once
// The protobuf JSON mapping of requests and answers, for people and scripts: lowerCamelCase names
// (the original ones are read too), enums by name, bytes in base64, 64-bit integers as strings.

#include <string>
#include <string_view>

#include "core/result.hpp"
#include "wasl/v1/envelope.pb.h"

namespace wasl::wire {

// Fills `out`. kMalformed names what is wrong and where; an unknown field is wrong too.
[[nodiscard]] core::Result<void> from_json(std::string_view text, google::protobuf::Message& out);
// With fields that stand at zero; on one line unless `pretty`.
[[nodiscard]] core::Result<std::string> to_json(const google::protobuf::Message& message,
                                                bool pretty);
// An answer with its stored body written out: {"envelope": {...}, "body": {...}}, the latter only
// where there is one. kMalformed if the body cannot be read.
[[nodiscard]] core::Result<std::string> answer_to_json(const v1::Envelope& answer, bool pretty);

}  // namespace wasl::wire
