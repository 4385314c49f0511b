#pragma once
// `wasl settle export`: an approved run goes to the fund's bank, as files in a directory.

#include <span>
#include <vector>

#include "cli/settle_session.hpp"
#include "core/bank_file.hpp"
#include "core/files.hpp"

namespace wasl::cli {

void add_settle_export(Command parent, const SettleSession& session);

// Puts the files into the directory, durable when it returns, and never over a file with other
// bytes: none is written if one would be (kExists). One for each: written, or the same was there.
[[nodiscard]] core::Result<std::vector<bool>> write_files(core::Directory& directory,
                                                          std::span<const core::BankFile> files);

}  // namespace wasl::cli
