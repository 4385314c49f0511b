#include "cli/outbox.hpp"

#include <absl/strings/escaping.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "card/private_file.hpp"
#include "core/assert.hpp"
#include "core/hex.hpp"
#include "journal/posix_files.hpp"
#include "wire/client.hpp"

namespace wasl::cli {
namespace {

using core::Errc;

constexpr std::string_view kOpen = ".open";
constexpr std::string_view kAnswer = ".answer";
constexpr std::string_view kClosed = ".closed";
constexpr std::string_view kUnfinished = ".new";
constexpr std::size_t kTimeDigits = 13;  // Enough until the year 2286.
constexpr std::size_t kIdDigits = 2 * std::tuple_size_v<core::RequestId>;
constexpr std::size_t kStemBytes = kTimeDigits + 1 + kIdDigits;
// A frame and its header.
constexpr std::size_t kFileBytesMax = wire::kFrameHeaderBytes + wire::kFrameBytesMax;

std::string stem_for(const OutboxEntry& entry) {
  return fmt::format("{:0{}}-{}", entry.made.time_since_epoch().count(), kTimeDigits,
                     core::to_hex(entry.id));
}

core::Result<v1::Envelope> read_frame(const std::string& frame) {
  v1::Envelope envelope;
  const bool whole =
      frame.size() > wire::kFrameHeaderBytes &&
      core::get_big_endian<std::uint32_t>(core::as_bytes(frame).data()) ==
          frame.size() - wire::kFrameHeaderBytes &&
      envelope.ParseFromArray(frame.data() + wire::kFrameHeaderBytes,
                              static_cast<int>(frame.size() - wire::kFrameHeaderBytes));
  if (!whole) return core::fail(Errc::kCorrupt, "not a whole frame of wasl/1");
  return envelope;
}

// Two requests of one sale: the same claim, whatever their ids and proofs.
bool same_sale(const v1::Envelope& a, const v1::Envelope& b) {
  return a.has_submit_claim() && b.has_submit_claim() &&
         a.submit_claim().claim().SerializeAsString() ==
             b.submit_claim().claim().SerializeAsString();
}

core::Result<std::optional<card::FileLock>> lock(const std::string& path) {
  if (path.empty()) return std::nullopt;
  core::Result<card::FileLock> held = card::FileLock::take(path);
  if (!held) return std::unexpected(held.error());
  return std::optional<card::FileLock>(std::move(*held));
}

}  // namespace

core::Result<Outbox> Outbox::open(const std::string& path) {
  namespace filesystem = std::filesystem;
  std::error_code error;
  if (filesystem::create_directories(path, error)) {
    filesystem::permissions(path, filesystem::perms::owner_all, error);
  }
  if (error) return core::fail(Errc::kIo, "outbox " + path + ": " + error.message());
  core::Result<std::unique_ptr<core::Directory>> directory = journal::open_directory(path);
  if (!directory) return std::unexpected(directory.error());
  return Outbox(std::move(*directory), path + "/outbox");
}

core::Result<void> Outbox::begin(const OutboxEntry& entry) {
  WASL_ASSERT(request_id_of(entry.request) == entry.id);
  const auto held = lock(lock_path_);
  if (!held) return std::unexpected(held.error());
  core::Result<void> fresh = refuse_second(entry);
  if (!fresh) return fresh;
  return write(stem_for(entry) + std::string(kOpen), entry.frame);
}

core::Result<void> Outbox::refuse_second(const OutboxEntry& entry) const {
  const core::Result<std::string> used = stem_of(entry.id);
  if (used) {
    return core::fail(Errc::kExists, "request " + core::to_hex(entry.id) +
                                         " was sent before; what became of it: wasl terminal "
                                         "status " +
                                         core::to_hex(entry.id));
  }
  if (used.error().code != Errc::kNotFound) return std::unexpected(used.error());
  const core::Result<std::vector<OutboxEntry>> open = open_entries();
  if (!open) return std::unexpected(open.error());
  for (const OutboxEntry& other : *open) {
    if (!same_sale(entry.request, other.request)) continue;
    return core::fail(Errc::kExists, "this sale was sent as request " + core::to_hex(other.id) +
                                         " and has no final answer; run: wasl terminal recover");
  }
  return {};
}

core::Result<void> Outbox::finish(const core::RequestId& id, const v1::Envelope& answer) {
  const auto held = lock(lock_path_);
  if (!held) return std::unexpected(held.error());
  const core::Result<std::string> stem = stem_of(id);
  if (!stem) return std::unexpected(stem.error());
  const core::Result<std::string> frame = wire::frame_of(answer);
  if (!frame) return std::unexpected(frame.error());
  core::Result<void> done = write(*stem + std::string(kAnswer), *frame);
  if (!done) return done;
  done = directory_->rename(*stem + std::string(kOpen), *stem + std::string(kClosed));
  if (!done && done.error().code != Errc::kNotFound) return done;
  return directory_->sync();
}

core::Result<void> Outbox::withdraw(const core::RequestId& id) {
  const auto held = lock(lock_path_);
  if (!held) return std::unexpected(held.error());
  const core::Result<std::string> stem = stem_of(id);
  if (!stem) return std::unexpected(stem.error());
  core::Result<void> done = directory_->remove(*stem + std::string(kOpen));
  if (done) done = directory_->sync();
  return done;
}

core::Result<std::vector<OutboxEntry>> Outbox::open_entries() const {
  const core::Result<std::vector<std::string>> names = directory_->list();
  if (!names) return std::unexpected(names.error());
  std::vector<OutboxEntry> entries;
  for (const std::string& name : *names) {
    if (!name.ends_with(kOpen) || name.size() != kStemBytes + kOpen.size()) continue;
    // A power cut between the answer and the new name: answered all the same.
    const std::string answered = name.substr(0, kStemBytes) + std::string(kAnswer);
    if (std::ranges::binary_search(*names, answered)) continue;
    core::Result<OutboxEntry> entry = read_entry(name);
    if (!entry) return std::unexpected(entry.error());
    entries.push_back(std::move(*entry));
  }
  return entries;
}

core::Result<std::optional<v1::Envelope>> Outbox::answer(const core::RequestId& id) const {
  const core::Result<std::string> stem = stem_of(id);
  if (!stem && stem.error().code == Errc::kNotFound) return std::nullopt;
  if (!stem) return std::unexpected(stem.error());
  const core::Result<std::string> frame = read(*stem + std::string(kAnswer));
  if (!frame && frame.error().code == Errc::kNotFound) return std::nullopt;
  if (!frame) return std::unexpected(frame.error());
  core::Result<v1::Envelope> envelope = read_frame(*frame);
  if (!envelope) return std::unexpected(envelope.error());
  return std::optional<v1::Envelope>(std::move(*envelope));
}

core::Result<std::string> Outbox::stem_of(const core::RequestId& id) const {
  const core::Result<std::vector<std::string>> names = directory_->list();
  if (!names) return std::unexpected(names.error());
  const std::string digits = core::to_hex(id);
  for (const std::string& name : *names) {
    const bool ours = name.ends_with(kOpen) || name.ends_with(kClosed);
    if (!ours || name.size() < kStemBytes) continue;
    if (name.substr(kTimeDigits + 1, kIdDigits) == digits) return name.substr(0, kStemBytes);
  }
  return core::fail(Errc::kNotFound, "request " + digits + " is not in " + directory_->path());
}

core::Result<OutboxEntry> Outbox::read_entry(const std::string& name) const {
  OutboxEntry entry;
  std::int64_t made_ms = 0;
  const char* const digits_end = name.data() + kTimeDigits;
  const bool timed = std::from_chars(name.data(), digits_end, made_ms).ptr == digits_end;
  core::Result<std::string> frame = read(name);
  if (!frame) return std::unexpected(frame.error());
  core::Result<v1::Envelope> request = read_frame(*frame);
  const auto id = request ? request_id_of(*request) : std::nullopt;
  if (!timed || !id || core::to_hex(*id) != name.substr(kTimeDigits + 1, kIdDigits)) {
    return core::fail(Errc::kCorrupt, directory_->path() + "/" + name +
                                          ": not the request that its name says; restore it from "
                                          "a copy, or ask the scheme what became of it");
  }
  entry.id = *id;
  entry.made = core::Instant{std::chrono::milliseconds{made_ms}};
  entry.frame = std::move(*frame);
  entry.request = std::move(*request);
  return entry;
}

core::Result<std::string> Outbox::read(const std::string& name) const {
  const core::Result<std::unique_ptr<core::File>> file =
      directory_->open(name, core::OpenMode::kRead);
  if (!file) return std::unexpected(file.error());
  std::vector<std::uint8_t> bytes(kFileBytesMax + 1);
  std::size_t size = 0;
  for (;;) {
    const core::Result<std::size_t> got = (*file)->read_at(size, std::span(bytes).subspan(size));
    if (!got) return std::unexpected(got.error());
    size += *got;
    if (*got == 0 || size == bytes.size()) break;
  }
  if (size > kFileBytesMax) return core::fail(Errc::kCorrupt, name + ": larger than any frame");
  return std::string(core::as_text(core::ByteView(bytes).first(size)));
}

// Under another name first: a cut leaves the old file, or none, or the whole new one.
core::Result<void> Outbox::write(const std::string& name, std::string_view bytes) {
  const std::string beside = name + std::string(kUnfinished);
  core::Result<void> done = directory_->remove(beside);  // Of a process that was killed here.
  if (!done && done.error().code != Errc::kNotFound) return done;
  const core::Result<std::unique_ptr<core::File>> file =
      directory_->open(beside, core::OpenMode::kCreate);
  if (!file) return std::unexpected(file.error());
  done = (*file)->write_at(0, core::as_bytes(bytes));
  if (done) done = (*file)->sync();
  if (done) done = directory_->rename(beside, name);
  if (done) done = directory_->sync();
  return done;
}

std::optional<core::RequestId> parse_request_id(std::string_view text) {
  core::RequestId id{};
  std::string bytes;
  if (text.size() == kIdDigits) {
    std::optional<std::string> read = core::from_hex(text);
    if (!read) return std::nullopt;
    bytes = std::move(*read);
  } else if (!absl::Base64Unescape(absl::string_view(text.data(), text.size()), &bytes)) {
    return std::nullopt;
  }
  if (bytes.size() != id.size()) return std::nullopt;
  std::ranges::copy(core::as_bytes(bytes), id.begin());
  return id;
}

std::optional<core::RequestId> request_id_of(const v1::Envelope& request) {
  const auto made = [](const std::string& bytes) -> std::optional<core::RequestId> {
    core::RequestId id{};
    if (bytes.size() != id.size()) return std::nullopt;
    std::ranges::copy(core::as_bytes(bytes), id.begin());
    return id;
  };
  switch (request.body_case()) {
    case v1::Envelope::kSubmitClaim:
      return made(request.submit_claim().request_id());
    case v1::Envelope::kQuoteClaim:
      return made(request.quote_claim().request_id());
    case v1::Envelope::kReverseClaim:
      return made(request.reverse_claim().request_id());
    case v1::Envelope::kGetRights:
      return made(request.get_rights().request_id());
    case v1::Envelope::kUpdateCard:
      return made(request.update_card().request_id());
    case v1::Envelope::kReportCard:
      return made(request.report_card().request_id());
    case v1::Envelope::kCloseBordereau:
      return made(request.close_bordereau().request_id());
    case v1::Envelope::kCorrectClaim:
      return made(request.correct_claim().request_id());
    case v1::Envelope::kReviewBordereau:
      return made(request.review_bordereau().request_id());
    case v1::Envelope::kReduceClaim:
      return made(request.reduce_claim().request_id());
    case v1::Envelope::kSetPayoutAccount:
      return made(request.set_payout_account().request_id());
    case v1::Envelope::kProposeRun:
      return made(request.propose_run().request_id());
    case v1::Envelope::kCollectRun:
      return made(request.collect_run().request_id());
    case v1::Envelope::kApproveRun:
      return made(request.approve_run().request_id());
    case v1::Envelope::kCancelRun:
      return made(request.cancel_run().request_id());
    case v1::Envelope::kExportRun:
      return made(request.export_run().request_id());
    case v1::Envelope::kOpenStatusFile:
      return made(request.open_status_file().request_id());
    case v1::Envelope::kReceiveStatuses:
      return made(request.receive_statuses().request_id());
    case v1::Envelope::kApplyStatuses:
      return made(request.apply_statuses().request_id());
    case v1::Envelope::kDropStatusFile:
      return made(request.drop_status_file().request_id());
    default:
      return std::nullopt;
  }
}

}  // namespace wasl::cli
