#pragma once
// Lets several threads share directories of one simulated disk, which is made for one thread: every
// call holds the disk's mutex.

#include <memory>
#include <mutex>

#include "core/files.hpp"

namespace wasl::test {

// `mutex` outlives the directory and its files.
[[nodiscard]] std::unique_ptr<core::Directory> locked(std::unique_ptr<core::Directory> directory,
                                                      std::mutex& mutex);

}  // namespace wasl::test
