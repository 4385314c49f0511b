#include "cli/sample_file.hpp"

#include <cerrno>
#include <cstring>

#include "core/assert.hpp"

namespace wasl::cli {
namespace {

std::unexpected<core::Error> failed(const std::string& path, int error) {
  const core::Errc code = error == EEXIST ? core::Errc::kExists : core::Errc::kIo;
  return core::fail(code, path + ": " + std::strerror(error) +
                              (error == EEXIST ? "; give an empty directory" : ""));
}

}  // namespace

SampleFile::SampleFile(const std::string& directory, const csv::FileFormat& format)
    : path_(directory + "/" + std::string{format.name}),
      columns_(format.columns.size()),
      file_(std::fopen(path_.c_str(), "wbx")),
      writer_([this, error = file_ ? 0 : errno](std::string_view bytes) -> core::Result<void> {
        if (file_ == nullptr) return failed(path_, error);
        if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) == bytes.size()) return {};
        return failed(path_, errno);
      }) {
  writer_.row(format.columns);
}

void SampleFile::row(std::initializer_list<std::string_view> fields) {
  WASL_ASSERT(fields.size() == columns_);
  writer_.row(fields);
}

core::Result<void> SampleFile::close() {
  auto written = writer_.close();
  if (written && std::fclose(file_.release()) != 0) written = failed(path_, errno);
  return written;
}

std::string padded(std::uint64_t value, std::size_t digits) {
  std::string text = std::to_string(value);
  if (text.size() < digits) text.insert(0, digits - text.size(), '0');
  return text;
}

}  // namespace wasl::cli
