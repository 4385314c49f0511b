#pragma once
// The mirror beside the journal, as `wasl verify` reads both from the first record: the same
// groups, the same bytes. Recovery compares only what it starts from. Reads only. One thread.

#include <cstdint>
#include <optional>

#include "core/files.hpp"
#include "journal/format.hpp"
#include "journal/reader.hpp"

namespace wasl::store {

class Differences;

class MirrorCheck {
 public:
  // `mirror` nullptr: there is none, and nothing differs. What damage keeps from being opened is a
  // difference; the error is kUnsupported for a newer version, or a disk that cannot be read.
  [[nodiscard]] static core::Result<MirrorCheck> open(core::Directory* mirror,
                                                      const journal::Anchor& genesis,
                                                      Differences& differences);

  // The journal's next group. At the first difference the mirror is done with.
  [[nodiscard]] core::Result<void> take(const journal::Group& group);
  // Behind the journal's last group. A kill between the two writes leaves one group in one copy
  // alone; whoever has it, nobody was answered from it unless the head saw it.
  [[nodiscard]] core::Result<void> finish(core::Sequence head);

 private:
  MirrorCheck(std::optional<journal::Reader> reader, Differences& differences)
      : reader_(std::move(reader)), differences_(&differences) {}

  // Damage is a difference; the rest keeps from looking.
  [[nodiscard]] core::Result<void> named(const core::Error& error);
  void differs(std::string what);

  std::optional<journal::Reader> reader_;  // Nothing: no mirror, or done with it.
  Differences* differences_;
  std::uint64_t missing_ = 0;  // Groups of the journal behind the mirror's end.
};

}  // namespace wasl::store
