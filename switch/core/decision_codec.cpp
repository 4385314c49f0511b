#include "core/codec.hpp"
#include "core/decision_fields.hpp"

namespace wasl::core {

void encode_decision(const Decision& decision, std::string& out) {
  Writer writer(out);
  Encoder encoder(writer);
  fields(encoder, decision);
  WASL_ASSERT(encoder.ok());
}

bool decode_decision(Reader& in, Decision& decision) {
  Decoder decoder(in);
  fields(decoder, decision);
  return in.ok();
}

}  // namespace wasl::core
