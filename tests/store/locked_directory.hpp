#pragma once
// Lets several threads share directories of one simulated disk, which is made for one thread: every
// call holds the disk's mutex. A test may also make every write and sync of a directory fail.

#include <atomic>
#include <memory>
#include <mutex>

#include "core/files.hpp"

namespace wasl::test {

// `mutex` and `failing` outlive the directory and its files.
[[nodiscard]] std::unique_ptr<core::Directory> locked(std::unique_ptr<core::Directory> directory,
                                                      std::mutex& mutex,
                                                      const std::atomic<bool>& failing);

}  // namespace wasl::test
