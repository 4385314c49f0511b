#include "support/simulated_disk.hpp"

#include <algorithm>

namespace wasl::test {

using core::ByteView;
using core::Errc;
using core::Result;

namespace {

std::unexpected<core::Error> power_is_off() { return core::fail(Errc::kIo, "the power is off"); }

}  // namespace

class SimulatedFile final : public core::File {
 public:
  SimulatedFile(SimulatedDisk& disk, std::string directory,
                std::shared_ptr<SimulatedDisk::Inode> inode, bool writable)
      : disk_(disk),
        directory_(std::move(directory)),
        inode_(std::move(inode)),
        life_(disk.life_),
        writable_(writable) {}

  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> out) override {
    if (!alive()) return power_is_off();
    const auto& bytes = inode_->visible;
    if (offset >= bytes.size()) return std::size_t{0};
    const std::size_t count = std::min<std::size_t>(out.size(), bytes.size() - offset);
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(offset), count, out.begin());
    return count;
  }

  Result<void> write_at(std::uint64_t offset, ByteView bytes) override {
    if (!alive()) return power_is_off();
    if (!writable_) return core::fail(Errc::kNotPermitted, directory_ + ": opened for reading");
    return disk_.write(*inode_, offset, bytes);
  }

  Result<void> sync() override {
    if (!alive()) return power_is_off();
    return disk_.sync(*inode_, disk_.suppressed_.contains(directory_));
  }

  Result<std::uint64_t> size() override {
    if (!alive()) return power_is_off();
    return inode_->visible.size();
  }

 private:
  [[nodiscard]] bool alive() const { return disk_.on_ && disk_.life_ == life_; }

  SimulatedDisk& disk_;
  std::string directory_;
  std::shared_ptr<SimulatedDisk::Inode> inode_;
  std::uint64_t life_;
  bool writable_;
};

class SimulatedDirectory final : public core::Directory {
 public:
  SimulatedDirectory(SimulatedDisk& disk, std::string path)
      : disk_(disk), path_(std::move(path)), life_(disk.life_) {}

  Result<std::unique_ptr<core::File>> open(std::string_view name, core::OpenMode mode) override {
    if (!alive()) return power_is_off();
    const std::string key(name);
    auto& names = disk_.directories_[path_].visible;
    const bool create = mode == core::OpenMode::kCreate;
    if (create == names.contains(key)) {
      return core::fail(create ? Errc::kExists : Errc::kNotFound, path_ + "/" + key);
    }
    if (create) {
      const Result<void> created = disk_.change_names(
          path_, {.from = "", .to = key, .inode = std::make_shared<SimulatedDisk::Inode>()});
      if (!created) return std::unexpected(created.error());
    }
    return std::make_unique<SimulatedFile>(disk_, path_, names.at(key),
                                           mode != core::OpenMode::kRead);
  }

  Result<std::vector<std::string>> list() override {
    if (!alive()) return power_is_off();
    return disk_.names(path_);
  }

  Result<void> rename(std::string_view from, std::string_view to) override {
    return change(std::string(from), std::string(to));
  }

  Result<void> remove(std::string_view name) override { return change(std::string(name), ""); }

  Result<void> sync() override {
    if (!alive()) return power_is_off();
    return disk_.sync_names(path_);
  }

  Result<std::uint64_t> free_bytes() override { return std::uint64_t{1} << 40; }
  [[nodiscard]] const std::string& path() const override { return path_; }

 private:
  [[nodiscard]] bool alive() const { return disk_.on_ && disk_.life_ == life_; }

  Result<void> change(const std::string& from, const std::string& to) {
    if (!alive()) return power_is_off();
    const auto& names = disk_.directories_[path_].visible;
    const auto found = names.find(from);
    if (found == names.end()) return core::fail(Errc::kNotFound, path_ + "/" + from);
    return disk_.change_names(path_, {.from = from, .to = to, .inode = found->second});
  }

  SimulatedDisk& disk_;
  std::string path_;
  std::uint64_t life_;
};

std::unique_ptr<core::Directory> SimulatedDisk::directory(const std::string& path) {
  directories_.try_emplace(path);
  return std::make_unique<SimulatedDirectory>(*this, path);
}

void SimulatedDisk::cut_at(std::uint64_t step, Moment moment) { cut_ = {steps_ + step, moment}; }

void SimulatedDisk::fail_at(std::uint64_t step, Fault fault) { fault_ = {steps_ + step, fault}; }

SimulatedDisk::Step SimulatedDisk::begin_step() {
  ++steps_;
  if (cut_ && cut_->first == steps_) {
    const Moment moment = cut_->second;
    on_ = false;
    if (moment == Moment::kBefore) return Step::kPowerGone;
    return moment == Moment::kDuring ? Step::kPowerGoesDuring : Step::kRun;
  }
  if (fault_ && fault_->first == steps_) {
    return fault_->second == Fault::kIo ? Step::kFail : Step::kNoSpace;
  }
  return Step::kRun;
}

Result<void> SimulatedDisk::outcome(Step step) {
  switch (step) {
    case Step::kRun:
      return {};
    case Step::kFail:
      return core::fail(Errc::kIo, "Input/output error");
    case Step::kNoSpace:
      return core::fail(Errc::kIo, "No space left on device");
    case Step::kPowerGone:
    case Step::kPowerGoesDuring:
      return power_is_off();
  }
  return power_is_off();
}

void SimulatedDisk::apply(Names& names, const NameChange& change) {
  if (!change.from.empty()) {
    const auto found = names.find(change.from);
    // Its creation did not survive the cut: there is nothing to rename or to remove.
    if (found == names.end() || found->second != change.inode) return;
    names.erase(found);
  }
  if (!change.to.empty()) names[change.to] = change.inode;
}

Result<void> SimulatedDisk::change_names(const std::string& path, const NameChange& change) {
  const Step step = begin_step();
  if (step == Step::kRun || step == Step::kPowerGoesDuring) {
    Entries& entries = directories_[path];
    apply(entries.visible, change);
    entries.unsynced.push_back(change);
  }
  return outcome(step);
}

Result<void> SimulatedDisk::sync_names(const std::string& path) {
  const Step step = begin_step();
  if (step == Step::kRun) {
    Entries& entries = directories_[path];
    entries.durable = entries.visible;
    entries.unsynced.clear();
  }
  return outcome(step);
}

void SimulatedDisk::put(Inode& inode, std::uint64_t offset, ByteView bytes) {
  if (bytes.empty()) return;
  auto& visible = inode.visible;
  visible.resize(std::max<std::size_t>(visible.size(), offset + bytes.size()));
  std::ranges::copy(bytes, visible.begin() + static_cast<std::ptrdiff_t>(offset));
  const std::uint64_t last = (offset + bytes.size() - 1) / kSectorBytes;
  for (std::uint64_t sector = offset / kSectorBytes; sector <= last; ++sector) {
    Sector content{};
    const std::uint64_t from = sector * kSectorBytes;
    const std::uint64_t count = std::min<std::uint64_t>(kSectorBytes, visible.size() - from);
    std::copy_n(visible.begin() + static_cast<std::ptrdiff_t>(from), count, content.begin());
    inode.unsynced[sector].push_back(content);
  }
}

Result<void> SimulatedDisk::write(Inode& inode, std::uint64_t offset, ByteView bytes) {
  const Step step = begin_step();
  if (step == Step::kFail) bytes = bytes.first(below(bytes.size() + 1));
  if (step == Step::kRun || step == Step::kPowerGoesDuring || step == Step::kFail) {
    put(inode, offset, bytes);
  }
  return outcome(step);
}

void SimulatedDisk::make_durable(Inode& inode, std::uint64_t sector, const Sector& content) {
  const std::uint64_t from = sector * kSectorBytes;
  const std::uint64_t to = std::min<std::uint64_t>(from + kSectorBytes, inode.visible.size());
  inode.durable.resize(std::max<std::size_t>(inode.durable.size(), to));
  std::copy_n(content.begin(), to - from,
              inode.durable.begin() + static_cast<std::ptrdiff_t>(from));
}

Result<void> SimulatedDisk::sync(Inode& inode, bool suppressed) {
  const Step step = begin_step();
  if (suppressed || step == Step::kPowerGone || step == Step::kPowerGoesDuring) {
    return outcome(step);
  }
  if (step == Step::kRun) {
    for (const auto& [sector, contents] : inode.unsynced) {
      make_durable(inode, sector, contents.back());
    }
  }
  // A failed sync too: the kernel calls the pages clean and never writes them again.
  inode.unsynced.clear();
  return outcome(step);
}

// All, nothing, or sector by sector.
void SimulatedDisk::lose_power(Inode& inode) {
  const std::uint64_t fate = below(3);
  for (const auto& [sector, contents] : inode.unsynced) {
    std::uint64_t version = contents.size();
    if (fate == 0) version = 0;
    if (fate == 1) version = below(contents.size() + 1);
    if (version > 0) make_durable(inode, sector, contents[version - 1]);
  }
  inode.unsynced.clear();
  inode.visible = inode.durable;
}

void SimulatedDisk::lose_power(Entries& entries) {
  const std::uint64_t fate = below(3);
  for (const NameChange& change : entries.unsynced) {
    if (fate == 2 || (fate == 1 && below(2) == 1)) apply(entries.durable, change);
  }
  entries.unsynced.clear();
  entries.visible = entries.durable;
}

void SimulatedDisk::restart() {
  std::set<std::shared_ptr<Inode>> inodes;
  for (auto& [path, entries] : directories_) {
    lose_power(entries);
    for (const auto& [name, inode] : entries.visible) {
      if (inodes.insert(inode).second) lose_power(*inode);
    }
  }
  ++life_;
  on_ = true;
  cut_.reset();
  fault_.reset();
}

std::vector<std::uint8_t> SimulatedDisk::contents(const std::string& path,
                                                  const std::string& name) {
  return directories_[path].visible.at(name)->visible;
}

void SimulatedDisk::replace(const std::string& path, const std::string& name,
                            std::vector<std::uint8_t> bytes) {
  auto inode = std::make_shared<Inode>();
  inode->durable = bytes;
  inode->visible = std::move(bytes);
  directories_[path].visible[name] = inode;
  directories_[path].durable[name] = inode;
}

void SimulatedDisk::erase(const std::string& path, const std::string& name) {
  directories_[path].visible.erase(name);
  directories_[path].durable.erase(name);
}

std::vector<std::string> SimulatedDisk::names(const std::string& path) {
  std::vector<std::string> names;
  for (const auto& [name, inode] : directories_[path].visible) names.push_back(name);
  return names;
}

SimulatedDisk::Image SimulatedDisk::image(const std::string& path) {
  Image image;
  for (const auto& [name, inode] : directories_[path].visible) image[name] = inode->visible;
  return image;
}

void SimulatedDisk::restore(const std::string& path, const Image& image) {
  directories_[path] = {};
  for (const auto& [name, bytes] : image) replace(path, name, bytes);
}

}  // namespace wasl::test
