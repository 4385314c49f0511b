#include "core/result.hpp"

namespace wasl::core {

const char* name(Errc code) noexcept {
  switch (code) {
    case Errc::kIo:
      return "io";
    case Errc::kCorrupt:
      return "corrupt";
    case Errc::kMalformed:
      return "malformed";
    case Errc::kOutOfRange:
      return "out of range";
    case Errc::kNotFound:
      return "not found";
    case Errc::kExists:
      return "exists";
    case Errc::kNotPermitted:
      return "not permitted";
    case Errc::kUnsupported:
      return "unsupported";
    case Errc::kTimeout:
      return "timeout";
    case Errc::kClosed:
      return "closed";
    case Errc::kLimit:
      return "limit reached";
    case Errc::kTls:
      return "tls";
    case Errc::kConfiguration:
      return "configuration";
    case Errc::kUnknownOutcome:
      return "unknown outcome";
  }
  return "unknown";
}

std::string describe(const Error& error) {
  return std::string(name(error.code)) + ": " + error.context;
}

}  // namespace wasl::core
