#include "store/scanner.hpp"

#include <optional>
#include <utility>

#include "core/assert.hpp"
#include "store/day_scan.hpp"

namespace wasl::store {

Scanner::Scanner(const Links& links) : links_(links) {
  if (links.bank_files != nullptr) files_.emplace(links.rocks, *links.bank_files);
  thread_ = std::thread([this] { run(); });
}

Scanner::~Scanner() { stop(); }

void Scanner::stop() {
  inbox_.abandon();
  if (thread_.joinable()) thread_.join();
}

void Scanner::run() {
  while (std::optional<core::Scan> scan = inbox_.take()) {
    if (!links_.applier.wait_until_applied(scan->not_before)) return;
    auto page = read(*scan);
    if (!page) {
      links_.failure.report(page.error());
      return;
    }
    links_.completions.scanned(std::move(*page));
  }
}

core::Result<core::Scanned> Scanner::read(const core::Scan& scan) {
  if (scan.day) return read_day(links_.rocks, scan);
  if (!scan.part) return read_page(links_.rocks, scan);
  WASL_ASSERT(files_.has_value());
  return files_->read(scan);
}

core::Result<core::Scanned> read_page(const Rocks& rocks, const core::Scan& scan) {
  core::Scanned page{scan.id, {}, false};
  const KeyRange range{scan.prefix.view(), scan.after.view(), scan.until.view()};
  const auto take = [&](std::string_view key, std::string_view value) {
    if (page.rows.size() == scan.rows_max) {
      page.more = true;
      return false;
    }
    page.rows.emplace_back(core::RowKey(key), std::string(value));
    return true;
  };
  if (auto scanned = rocks.scan(range, take); !scanned) return std::unexpected(scanned.error());
  return page;
}

}  // namespace wasl::store
