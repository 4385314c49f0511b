#include "wire/json.hpp"

#include <google/protobuf/util/json_util.h>

#include "wire/client.hpp"

namespace wasl::wire {
namespace {

// The stored body; empty where the answer has none.
const std::string& body_of(const v1::Envelope& answer) {
  return answer.has_status() ? answer.status().body() : answer.answer().body();
}

}  // namespace

core::Result<void> from_json(std::string_view text, google::protobuf::Message& out) {
  const auto status = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(text.data(), text.size()), &out);
  if (status.ok()) return {};
  return core::fail(core::Errc::kMalformed, std::string(status.message()));
}

core::Result<std::string> to_json(const google::protobuf::Message& message, bool pretty) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = pretty;
  options.always_print_primitive_fields = true;
  std::string text;
  const auto status = google::protobuf::util::MessageToJsonString(message, &text, options);
  if (status.ok()) return text;
  return core::fail(core::Errc::kMalformed, std::string(status.message()));
}

core::Result<std::string> answer_to_json(const v1::Envelope& answer, bool pretty) {
  auto envelope = to_json(answer, pretty);
  if (!envelope || body_of(answer).empty()) {
    return envelope ? core::Result<std::string>("{\"envelope\":" + *envelope + "}") : envelope;
  }
  const auto body = read_body(body_of(answer));
  if (!body) return std::unexpected(body.error());
  const auto shown = to_json(*body, pretty);
  if (!shown) return shown;
  return "{\"envelope\":" + *envelope + ",\"body\":" + *shown + "}";
}

}  // namespace wasl::wire
