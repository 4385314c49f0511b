#pragma once
// Directories in memory that lose power like real ones. Bytes written and names changed are
// volatile until synced; at a cut each unsynced 512-byte sector becomes any of the contents it had
// since the last sync, and each unsynced creation, rename or removal happened or not, by seed. One
// cut hits all directories of the disk. Steps (write, sync, creation, rename, removal, directory
// sync) are counted, so that a cut or a fault can be put before, in or behind the N-th. One thread.

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/files.hpp"

namespace wasl::test {

enum class Moment : std::uint8_t { kBefore, kDuring, kAfter };

// kNoSpace: nothing is written. kIo: a write is partly done; a failed sync loses what it should
// have written, although reading goes on showing it, as Linux does.
enum class Fault : std::uint8_t { kIo, kNoSpace };

class SimulatedDisk {
 public:
  explicit SimulatedDisk(std::uint64_t seed) : random_(seed) {}

  // A handle on the directory of that path, made empty if it is not there yet.
  [[nodiscard]] std::unique_ptr<core::Directory> directory(const std::string& path);

  [[nodiscard]] std::uint64_t steps() const { return steps_; }
  // The power goes at the step-th step from now (1: the next one). After it every call fails.
  void cut_at(std::uint64_t step, Moment moment);
  [[nodiscard]] bool power_is_on() const { return on_; }
  // Decides what of the unsynced survived and puts the power back. Handles from before stay dead.
  void restart();
  // The step-th step from now fails with the fault; the steps after it are well again.
  void fail_at(std::uint64_t step, Fault fault);
  // Syncs of files in that directory succeed and do nothing: the control of a durability test.
  void suppress_syncs(const std::string& path) { suppressed_.insert(path); }

  // For damage by hand, behind the back of everything: contents of a file, durable at once.
  [[nodiscard]] std::vector<std::uint8_t> contents(const std::string& path,
                                                   const std::string& name);
  void replace(const std::string& path, const std::string& name, std::vector<std::uint8_t> bytes);
  void erase(const std::string& path, const std::string& name);
  [[nodiscard]] std::vector<std::string> names(const std::string& path);

  // Names and bytes of a whole directory, to copy or to roll back.
  using Image = std::map<std::string, std::vector<std::uint8_t>>;
  [[nodiscard]] Image image(const std::string& path);
  void restore(const std::string& path, const Image& image);

 private:
  friend class SimulatedFile;
  friend class SimulatedDirectory;

  static constexpr std::uint64_t kSectorBytes = 512;
  using Sector = std::array<std::uint8_t, kSectorBytes>;

  struct Inode {
    std::vector<std::uint8_t> visible;  // What reading shows.
    std::vector<std::uint8_t> durable;  // What a cut leaves at least.
    // Contents each sector had since its last sync, oldest first.
    std::map<std::uint64_t, std::vector<Sector>> unsynced;
  };
  using Names = std::map<std::string, std::shared_ptr<Inode>>;

  // `from` becomes `to`; without `to` it is removed; without `from` the inode is created as `to`.
  struct NameChange {
    std::string from;
    std::string to;
    std::shared_ptr<Inode> inode;
  };
  struct Entries {
    Names visible;
    Names durable;
    std::vector<NameChange> unsynced;
  };

  enum class Step : std::uint8_t { kRun, kFail, kNoSpace, kPowerGone, kPowerGoesDuring };

  [[nodiscard]] Step begin_step();
  [[nodiscard]] static core::Result<void> outcome(Step step);
  [[nodiscard]] core::Result<void> change_names(const std::string& path, const NameChange& change);
  [[nodiscard]] core::Result<void> sync_names(const std::string& path);
  [[nodiscard]] core::Result<void> write(Inode& inode, std::uint64_t offset, core::ByteView bytes);
  [[nodiscard]] core::Result<void> sync(Inode& inode, bool suppressed);
  static void put(Inode& inode, std::uint64_t offset, core::ByteView bytes);
  static void make_durable(Inode& inode, std::uint64_t sector, const Sector& content);
  static void apply(Names& names, const NameChange& change);
  void lose_power(Inode& inode);
  void lose_power(Entries& entries);
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

  std::mt19937_64 random_;
  std::map<std::string, Entries> directories_;
  std::set<std::string> suppressed_;
  std::uint64_t steps_ = 0;
  std::uint64_t life_ = 0;
  bool on_ = true;
  std::optional<std::pair<std::uint64_t, Moment>> cut_;
  std::optional<std::pair<std::uint64_t, Fault>> fault_;
};

}  // namespace wasl::test
