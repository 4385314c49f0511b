#pragma once
// Point reads, off the engine's thread. Reversals and status queries have a reader that no claim
// can take. Only a row that RocksDB says is not there is absent; any other failure ends the store.
// Rows are decoded here, so that the engine does not pay for it. Account and history of a claim
// come with its card's link, without the engine's being asked in between.

#include <memory>
#include <span>
#include <thread>
#include <vector>

#include "core/durable.hpp"
#include "store/applier.hpp"
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
    const Applier& applier;
  };
  // `claim_readers` threads for Lane::kClaims, at least one, and one for Lane::kReserved.
  Readers(const Links& links, std::size_t claim_readers);
  // Drops what has not been read.
  ~Readers();

  void load(std::vector<core::Wanted> rows, core::Lane lane);
  void stop();

 private:
  using Load = std::vector<core::Wanted>;

  void run(Mailbox<Load>& lane);
  [[nodiscard]] core::Result<std::vector<core::LoadedRow>> read(const Load& load) const;
  [[nodiscard]] core::Result<void> read(std::span<core::LoadedRow> rows) const;

  Links links_;
  Mailbox<Load> claims_;
  Mailbox<Load> reserved_;
  std::vector<std::thread> threads_;
};

}  // namespace wasl::store
