#include "core/codec.hpp"
#include "core/request_fields.hpp"

namespace wasl::core {

void encode_request(const Command& command, std::string& out) {
  Writer writer(out);
  Encoder encoder(writer);
  request_fields(encoder, command);
  WASL_ASSERT(encoder.ok());
}

bool decode_request(Reader& in, Command& command) {
  Decoder decoder(in);
  request_fields(decoder, command);
  return in.ok();
}

bool within_bounds(const Command& command) {
  ByteCounter counter;
  Encoder encoder(counter);
  request_fields(encoder, command);
  if (const auto* put = std::get_if<PutRulebook>(&command.request)) {
    fields(encoder, put->rulebook);
  }
  return encoder.ok();
}

}  // namespace wasl::core
