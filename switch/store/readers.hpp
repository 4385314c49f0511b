#pragma once
// Point reads, off the engine's thread. Reversals and status queries have a reader that no claim
// can take. Only a row that RocksDB says is not there is absent; any other failure ends the store.
// Rows are decoded here, so that the engine does not pay for it.

#include <memory>
#include <thread>
#include <vector>

#include "core/durable.hpp"
#include "store/failure.hpp"
#include "store/mailbox.hpp"
#include "store/rocks.hpp"

namespace wasl::store {

// Keys that one reader takes at once: a few commands' worth. More would make the last wait longer
// without reading faster.
inline constexpr std::size_t kKeysPerLoad = 32;

class Readers {
 public:
  // All outlive the readers.
  struct Links {
    const Rocks& rocks;
    core::Completions& completions;
    Failure& failure;
  };
  // `claim_readers` threads for Lane::kClaims, at least one, and one for Lane::kReserved.
  Readers(const Links& links, std::size_t claim_readers);
  // Drops what has not been read.
  ~Readers();

  void load(std::vector<core::RowKey> keys, core::Lane lane);
  void stop();

 private:
  using Keys = std::vector<core::RowKey>;

  void run(Mailbox<Keys>& lane);
  [[nodiscard]] core::Result<std::vector<core::LoadedRow>> read(const Keys& keys) const;

  Links links_;
  Mailbox<Keys> claims_;
  Mailbox<Keys> reserved_;
  std::vector<std::thread> threads_;
};

}  // namespace wasl::store
