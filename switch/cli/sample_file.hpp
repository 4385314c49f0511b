#pragma once
// One CSV file of the sample being written: made new, never over another. One thread.

#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "csv/table.hpp"
#include "csv/writer.hpp"

namespace wasl::cli {

class SampleFile {
 public:
  // Writes the header. If the file cannot be made, close() says so.
  SampleFile(const std::string& directory, const csv::FileFormat& format);
  SampleFile(const SampleFile&) = delete;
  SampleFile& operator=(const SampleFile&) = delete;

  // As many fields as the format has columns, in its order.
  void row(std::initializer_list<std::string_view> fields);
  [[nodiscard]] core::Result<void> close();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  std::string path_;
  std::size_t columns_;
  std::unique_ptr<std::FILE, Close> file_;
  csv::Writer writer_;
};

// Closes all, and gives the first failure.
template <typename... Files>
[[nodiscard]] core::Result<void> close_all(Files&... files) {
  core::Result<void> first;
  const auto close = [&](SampleFile& file) {
    const auto closed = file.close();
    if (first && !closed) first = closed;
  };
  (close(files), ...);
  return first;
}

// "0042": zeros before, at least `digits`.
[[nodiscard]] std::string padded(std::uint64_t value, std::size_t digits);

}  // namespace wasl::cli
