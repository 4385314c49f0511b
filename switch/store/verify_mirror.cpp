#include "store/verify_mirror.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "store/verify.hpp"

namespace wasl::store {

core::Result<MirrorCheck> MirrorCheck::open(core::Directory* mirror, const journal::Anchor& genesis,
                                            Differences& differences) {
  if (mirror == nullptr) return MirrorCheck(std::nullopt, differences);
  auto reader = journal::Reader::open(*mirror, genesis);
  if (reader) return MirrorCheck(std::move(*reader), differences);
  const core::Errc code = reader.error().code;
  if (code != core::Errc::kCorrupt && code != core::Errc::kNotFound) {
    return std::unexpected(reader.error());
  }
  differences.add("mirror", reader.error().context);
  return MirrorCheck(std::nullopt, differences);
}

core::Result<void> MirrorCheck::take(const journal::Group& group) {
  if (!reader_) return {};
  if (missing_ > 0) {
    ++missing_;
    return {};
  }
  const auto copied = reader_->next();
  if (!copied) return named(copied.error());
  if (!copied->has_value()) {
    missing_ = 1;
  } else if ((*copied)->anchor != group.anchor ||
             !std::ranges::equal((*copied)->stored, group.stored)) {
    differs("differs from the journal in the group that ends with record " +
            std::to_string(group.anchor.sequence));
  }
  return {};
}

core::Result<void> MirrorCheck::finish(core::Sequence head) {
  if (!reader_) return {};
  std::uint64_t more = 0;
  for (;;) {
    const auto group = reader_->next();
    if (!group) return named(group.error());
    if (!group->has_value()) break;
    ++more;
  }
  const core::Sequence end = reader_->last().sequence;
  const auto rest = reader_->judge_rest();
  if (!rest) return named(rest.error());
  if (missing_ > 1 || end < head) {
    differs("ends at record " + std::to_string(end) + ", before the journal");
  } else if (more > 1) {
    differs("goes on to record " + std::to_string(end) + ", behind the journal");
  }
  return {};
}

core::Result<void> MirrorCheck::named(const core::Error& error) {
  if (error.code != core::Errc::kCorrupt) return std::unexpected(error);
  differs(error.context);
  return {};
}

void MirrorCheck::differs(std::string what) {
  differences_->add("mirror", std::move(what));
  reader_.reset();
}

}  // namespace wasl::store
