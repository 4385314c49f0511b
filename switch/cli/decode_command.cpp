#include "cli/decode_command.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <span>
#include <string>

#include "cli/exit.hpp"
#include "core/hex.hpp"
#include "wire/frame.hpp"
#include "wire/json.hpp"

namespace wasl::cli {
namespace {

// More than this is no capture that a person looks at.
constexpr std::size_t kInputBytesMax = 16 * 1024 * 1024;

core::Result<std::string> read_all(std::istream& in) {
  std::string bytes;
  char chunk[65'536];
  while (in.read(chunk, sizeof(chunk)) || in.gcount() > 0) {
    bytes.append(chunk, static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > kInputBytesMax) return core::fail(core::Errc::kLimit, "above 16 MiB");
  }
  return bytes;
}

bool is_hex_text(const std::string& bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](unsigned char c) { return std::isxdigit(c) != 0 || std::isspace(c) != 0; });
}

core::Result<std::string> from_hex_text(const std::string& text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
               [](unsigned char c) { return std::isxdigit(c) != 0; });
  std::optional<std::string> bytes = core::from_hex(digits);
  if (!bytes) return core::fail(core::Errc::kMalformed, "an odd number of hexadecimal digits");
  return std::move(*bytes);
}

core::Result<std::string> describe_frame(std::string_view body) {
  v1::Envelope envelope;
  if (!envelope.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
    return core::fail(core::Errc::kMalformed, "the bytes of a frame are no Envelope");
  }
  return wire::answer_to_json(envelope, true);
}

core::Result<void> print_frames(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::string where = "at byte " + std::to_string(at) + ": ";
    if (bytes.size() - at < wire::kFrameHeaderBytes) {
      return core::fail(core::Errc::kMalformed, where + "a frame's header is cut short");
    }
    const auto header = std::span<const std::uint8_t, wire::kFrameHeaderBytes>(
        core::as_bytes(bytes.substr(at, wire::kFrameHeaderBytes)));
    const auto size = wire::parse_header(header);
    if (!size || bytes.size() - at - wire::kFrameHeaderBytes < *size) {
      return core::fail(core::Errc::kMalformed,
                        where + "the frame's length is 0, above 65,536, or more than follows");
    }
    const core::Result<std::string> text =
        describe_frame(bytes.substr(at + wire::kFrameHeaderBytes, *size));
    if (!text) return std::unexpected(core::Error{text.error().code, where + text.error().context});
    std::cout << *text << '\n';
    at += wire::kFrameHeaderBytes + *size;
  }
  return {};
}

void run(const std::string& file) {
  std::ifstream opened;
  if (file != "-") {
    opened.open(file, std::ios::binary);
    if (!opened) exit_with(Exit::kFailed, "decode", {core::Errc::kIo, "cannot open " + file});
  }
  std::string bytes = or_exit(read_all(file == "-" ? std::cin : opened), "decode");
  if (is_hex_text(bytes)) bytes = or_exit(from_hex_text(bytes), "decode");
  or_exit(print_frames(bytes), "decode");
}

}  // namespace

void add_decode_command(Command parent) {
  const auto file = std::make_shared<std::string>("-");
  Command command = parent.command("decode", "Frames of the protocol as JSON");
  command.examples(
      "Examples:\n"
      "  wasl decode captured.bin         frames as they travelled, headers included\n"
      "  echo 0000000c... | wasl decode   the same in hexadecimal");
  command.option("file", *file, "Binary or hexadecimal; - or none: standard input");
  command.runs([file] { run(*file); });
}

}  // namespace wasl::cli
