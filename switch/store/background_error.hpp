#pragma once
// What happens when RocksDB cannot flush or compact: the store says so once and the process leaves.
// RocksDB never retries on its own; what is in memory is in the journal too. Called on RocksDB's
// own threads.

#include <rocksdb/listener.h>

#include <memory>
#include <string>

#include "store/failure.hpp"

namespace wasl::store {

class BackgroundErrorListener final : public rocksdb::EventListener {
 public:
  explicit BackgroundErrorListener(std::shared_ptr<Failure> failure)
      : failure_(std::move(failure)) {}

  void OnBackgroundError(rocksdb::BackgroundErrorReason reason, rocksdb::Status* status) override;
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason reason, rocksdb::Status status,
                            bool* auto_recovery) override;

 private:
  std::shared_ptr<Failure> failure_;
};

// RocksDB's status as an Error: damage, unsupported and everything else (kIo) apart.
[[nodiscard]] core::Error error_of(const rocksdb::Status& status, const std::string& doing);

}  // namespace wasl::store
