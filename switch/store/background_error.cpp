#include "store/background_error.hpp"

#include <string>

namespace wasl::store {

namespace {

const char* doing(rocksdb::BackgroundErrorReason reason) {
  switch (reason) {
    case rocksdb::BackgroundErrorReason::kFlush:
    case rocksdb::BackgroundErrorReason::kFlushNoWAL:
      return "store: flushing";
    case rocksdb::BackgroundErrorReason::kCompaction:
      return "store: compacting";
    case rocksdb::BackgroundErrorReason::kManifestWrite:
    case rocksdb::BackgroundErrorReason::kManifestWriteNoWAL:
      return "store: writing its manifest";
    case rocksdb::BackgroundErrorReason::kWriteCallback:
    case rocksdb::BackgroundErrorReason::kMemTable:
      break;
  }
  return "store: writing";
}

}  // namespace

void BackgroundErrorListener::OnBackgroundError(rocksdb::BackgroundErrorReason reason,
                                                rocksdb::Status* status) {
  failure_->report(error_of(*status, doing(reason)));
}

void BackgroundErrorListener::OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason /*reason*/,
                                                   rocksdb::Status /*status*/,
                                                   bool* auto_recovery) {
  *auto_recovery = false;
}

core::Error error_of(const rocksdb::Status& status, const std::string& doing) {
  const std::string what = doing + ": " + status.ToString();
  if (status.IsNotSupported()) return core::Error{core::Errc::kUnsupported, what};
  // A file that another one names and that is gone is damage as well.
  const bool damage = status.IsCorruption() || status.IsPathNotFound();
  if (!damage) return core::Error{core::Errc::kIo, what};
  return core::Error{core::Errc::kCorrupt, what + kRebuild};
}

}  // namespace wasl::store
