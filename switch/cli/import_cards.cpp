#include "cli/import_cards.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <type_traits>
#include <utility>

namespace wasl::cli {
namespace {

using core::Errc;
using core::fail;

// Of the runs being merged; read and written in pieces of this many entries.
constexpr std::size_t kPieceEntries = 4'096;

static_assert(std::is_trivially_copyable_v<CardEntry>, "runs are entries as they lie in memory");

// As card keys do: their length stands before the number. Then as they came.
bool before(const CardEntry& a, const CardEntry& b) {
  const std::string_view x = a.card.view();
  const std::string_view y = b.card.view();
  if (x.size() != y.size()) return x.size() < y.size();
  if (x != y) return x < y;
  return a.line < b.line;
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, CloseFile>;

}  // namespace

// Entries of one file, removed at the end.
class CardSorter::Run {
 public:
  explicit Run(std::string path) : path_(std::move(path)) {}
  ~Run() {
    file_.reset();
    std::remove(path_.c_str());
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  core::Result<void> write(const std::vector<CardEntry>& entries) {
    file_.reset(std::fopen(path_.c_str(), "wb+x"));
    if (file_ == nullptr ||
        std::fwrite(entries.data(), sizeof(CardEntry), entries.size(), file_.get()) !=
            entries.size() ||
        std::fflush(file_.get()) != 0 || std::fseek(file_.get(), 0, SEEK_SET) != 0) {
      return fail(Errc::kIo, path_ + ": cannot be written: is the disk full?");
    }
    return {};
  }
  // False: the end.
  core::Result<bool> advance() {
    if (++at_ < piece_.size()) return true;
    piece_.resize(kPieceEntries);
    piece_.resize(std::fread(piece_.data(), sizeof(CardEntry), kPieceEntries, file_.get()));
    if (std::ferror(file_.get()) != 0) return fail(Errc::kIo, path_ + ": cannot be read");
    at_ = 0;
    return !piece_.empty();
  }
  [[nodiscard]] const CardEntry& entry() const { return piece_[at_]; }

 private:
  std::string path_;
  FileHandle file_;
  std::vector<CardEntry> piece_;
  std::size_t at_ = 0;
};

namespace {

// The standard heap has the largest in front.
constexpr auto kLaterFirst = [](const auto& a, const auto& b) {
  return before(b->entry(), a->entry());
};

}  // namespace

CardSorter::CardSorter(std::string directory, std::size_t run_entries)
    : directory_(std::move(directory)), run_entries_(run_entries) {}
CardSorter::~CardSorter() = default;

core::Result<void> CardSorter::add(const CardEntry& entry) {
  entries_.push_back(entry);
  return entries_.size() < run_entries_ ? core::Result<void>{} : spill();
}

core::Result<void> CardSorter::spill() {
  std::ranges::sort(entries_, before);
  runs_.push_back(std::make_unique<Run>(directory_ + "/cards." + std::to_string(runs_.size() + 1)));
  auto written = runs_.back()->write(entries_);
  entries_.clear();
  return written;
}

core::Result<void> CardSorter::sort() {
  if (runs_.empty()) {
    std::ranges::sort(entries_, before);
    return {};
  }
  if (!entries_.empty()) {
    if (auto spilled = spill(); !spilled) return spilled;
  }
  std::vector<CardEntry>().swap(entries_);
  for (const auto& run : runs_) {
    const auto more = run->advance();
    if (!more) return std::unexpected(more.error());
  }
  std::ranges::make_heap(runs_, kLaterFirst);
  return {};
}

core::Result<bool> CardSorter::next(CardEntry& entry) {
  if (given_ < entries_.size()) {
    entry = entries_[given_++];
    return true;
  }
  if (runs_.empty()) return false;
  std::ranges::pop_heap(runs_, kLaterFirst);
  entry = runs_.back()->entry();
  const auto more = runs_.back()->advance();
  if (!more) return std::unexpected(more.error());
  if (*more) {
    std::ranges::push_heap(runs_, kLaterFirst);
  } else {
    runs_.pop_back();
  }
  return true;
}

}  // namespace wasl::cli
