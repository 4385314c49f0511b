#include "csv/writer.hpp"

#include <utility>

namespace wasl::csv {

Writer::Writer(Sink sink) : sink_(std::move(sink)) { buffer_.reserve(kWriteBytes + 4096); }

void Writer::row(std::span<const std::string_view> fields) {
  bool first = true;
  for (const std::string_view text : fields) {
    if (!first) buffer_.push_back(',');
    first = false;
    field(text);
  }
  buffer_.push_back('\n');
  if (buffer_.size() >= kWriteBytes) write_out();
}

void Writer::field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    buffer_.append(text);
    return;
  }
  buffer_.push_back('"');
  for (const char c : text) {
    if (c == '"') buffer_.push_back('"');
    buffer_.push_back(c);
  }
  buffer_.push_back('"');
}

void Writer::write_out() {
  if (result_) result_ = sink_(buffer_);
  buffer_.clear();
}

core::Result<void> Writer::close() {
  write_out();
  return result_;
}

}  // namespace wasl::csv
