#include "store/bulk_load.hpp"

#include <openssl/evp.h>
#include <rocksdb/env.h>
#include <rocksdb/sst_file_writer.h>

#include <filesystem>
#include <utility>

#include "core/assert.hpp"
#include "store/applied_state.hpp"
#include "store/background_error.hpp"
#include "store/recovery.hpp"

namespace wasl::store {

using core::Errc;
using core::fail;

namespace {

namespace fs = std::filesystem;

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }

struct FreeDigest {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

}  // namespace

struct BulkLoad::State {
  State(std::string in, const RocksConfig& config)
      : directory(std::move(in)),
        environment(config.file_system != nullptr ? rocksdb::NewCompositeEnv(config.file_system)
                                                  : nullptr),
        options(rocks_options(config, environment.get())),
        digest(EVP_MD_CTX_new()) {
    WASL_ASSERT(EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr) == 1);
  }

  core::Result<void> open_next();
  core::Result<void> close();
  void add_to_digest(std::string_view key, std::string_view value);

  std::string directory;
  std::unique_ptr<rocksdb::Env> environment;
  rocksdb::Options options;
  std::unique_ptr<EVP_MD_CTX, FreeDigest> digest;
  std::unique_ptr<rocksdb::SstFileWriter> writer;
  std::string last_key;
  std::string lengths;  // Reused.
  Tables tables;
};

core::Result<void> BulkLoad::State::open_next() {
  const std::string path = directory + "/" + std::to_string(tables.files.size()) + ".sst";
  writer = std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(), options);
  const rocksdb::Status status = writer->Open(path);
  if (!status.ok()) return std::unexpected(error_of(status, path));
  tables.files.push_back(path);
  return {};
}

core::Result<void> BulkLoad::State::close() {
  if (writer == nullptr) return {};
  const rocksdb::Status status = writer->Finish();
  writer.reset();
  if (!status.ok()) return std::unexpected(error_of(status, tables.files.back()));
  return {};
}

// Lengths first, so that no two different lists of rows have the same bytes.
void BulkLoad::State::add_to_digest(std::string_view key, std::string_view value) {
  lengths.clear();
  core::Writer out(lengths);
  out.integer(static_cast<std::uint8_t>(key.size()));
  out.raw(core::as_bytes(key));
  out.integer(static_cast<std::uint32_t>(value.size()));
  WASL_ASSERT(EVP_DigestUpdate(digest.get(), lengths.data(), lengths.size()) == 1);
  WASL_ASSERT(EVP_DigestUpdate(digest.get(), value.data(), value.size()) == 1);
}

BulkLoad::BulkLoad(std::unique_ptr<State> state) : state_(std::move(state)) {}
BulkLoad::BulkLoad(BulkLoad&&) noexcept = default;
BulkLoad::~BulkLoad() = default;

core::Result<BulkLoad> BulkLoad::make(const std::string& directory, const RocksConfig& config) {
  std::error_code error;
  fs::remove_all(directory, error);
  if (!error) fs::create_directories(directory, error);
  if (error) return fail(Errc::kIo, directory + ": " + error.message());
  return BulkLoad(std::make_unique<State>(directory, config));
}

core::Result<void> BulkLoad::put(std::string_view key, std::string_view value) {
  WASL_ASSERT(state_->last_key < key && key != kAppliedKey && !value.empty());
  WASL_ASSERT(key.size() <= core::RowKey::kBytesMax);
  if (state_->writer != nullptr && state_->writer->FileSize() >= kTableFileBytes) {
    if (auto closed = state_->close(); !closed) return closed;
  }
  if (state_->writer == nullptr) {
    if (auto opened = state_->open_next(); !opened) return opened;
  }
  const rocksdb::Status status = state_->writer->Put(slice(key), slice(value));
  if (!status.ok()) return std::unexpected(error_of(status, state_->tables.files.back()));
  state_->last_key = key;
  state_->add_to_digest(key, value);
  ++state_->tables.rows;
  return {};
}

core::Result<Tables> BulkLoad::finish() {
  if (auto closed = state_->close(); !closed) return std::unexpected(closed.error());
  unsigned bytes = 0;
  core::Sha256& digest = state_->tables.digest;
  WASL_ASSERT(EVP_DigestFinal_ex(state_->digest.get(), digest.data(), &bytes) == 1);
  WASL_ASSERT(bytes == digest.size());
  return state_->tables;
}

Replay::CarryOutImport import_into(Rocks& rocks, core::Reference& reference, const RunImport& run) {
  if (!run) return {};
  return [&rocks, &reference, &run](const core::Import& import,
                                    const journal::Anchor& anchor) -> core::Result<void> {
    if (auto done = run(import, rocks, anchor); !done) return done;
    WASL_ASSERT(rocks.applied() == anchor);
    auto read = read_reference(rocks);
    if (!read) return std::unexpected(read.error());
    reference = std::move(*read);
    return {};
  };
}

}  // namespace wasl::store
