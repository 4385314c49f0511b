#pragma once
// RocksDB on a core::Directory: the very disk that loses power under the journal loses it under the
// store too. Flat: everything is in one directory, as RocksDB leaves it without a write-ahead log
// directory. RocksDB's own log is switched off. Any thread if the directory is for any thread.

#include <rocksdb/file_system.h>

#include <memory>
#include <string>

#include "core/files.hpp"

namespace wasl::test {

// `path` is what RocksDB is opened with. `directory` outlives every user of the file system.
[[nodiscard]] std::shared_ptr<rocksdb::FileSystem> rocks_file_system(core::Directory& directory,
                                                                     const std::string& path);

}  // namespace wasl::test
