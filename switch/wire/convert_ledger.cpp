#include "wire/convert.hpp"

namespace wasl::wire {
namespace {

template <typename Ours, typename Theirs>
constexpr bool same(Ours ours, Theirs theirs) {
  return static_cast<int>(ours) == static_cast<int>(theirs);
}
static_assert(same(core::Role::kProvider, v1::PROVIDER));
static_assert(same(core::Role::kCentre, v1::CENTRE));
static_assert(same(core::Role::kFund, v1::FUND));
static_assert(same(core::Role::kAuthority, v1::AUTHORITY));
static_assert(same(core::Role::kDesk, v1::DESK));

core::Participant participant(const v1::ParticipantName& given, const Fields& at) {
  return {.role = at.choice("role", given.role(), core::Role::kDesk),
          .id = at.code<core::ParticipantId>("id", given.id())};
}

// Whose sets: a fund may ask for all or one, anyone else lists its own.
std::optional<core::Participant> listed_participant(const v1::ListPostings& given, const Fields& at,
                                                    const core::Participant& from) {
  if (from.role != core::Role::kFund) {
    at.require(!given.has_participant(), "participant", "from funds only");
    return from;
  }
  if (!given.has_participant()) return std::nullopt;
  return participant(given.participant(), at.in("participant"));
}

core::FundCode listed_fund(const v1::ListPostings& given, const Fields& at,
                           const core::Participant& from) {
  if (from.role != core::Role::kFund) return at.code<core::FundCode>("fund", given.fund());
  if (!given.fund().empty() && given.fund() != from.id.view()) {
    at.fail("fund", "a fund lists its own ledger", core::Refusal::kNotPermitted);
  }
  return at.code<core::FundCode>("fund", std::string(from.id.view()));
}

}  // namespace

void convert(const v1::ListBalances&, const Fields&, core::Command& out) {
  out.request = core::ListBalances{};
}

void convert(const v1::ListPostings& given, const Fields& at, core::Command& out) {
  core::ListPostings list;
  list.fund = listed_fund(given, at, out.from);
  list.of = listed_participant(given, at, out.from);
  list.after = given.after();
  list.page = at.page_size(given.page_size());
  if (given.has_after_participant()) {
    at.require(!list.of, "after_participant", "only where no participant is given");
    at.require(list.after != 0, "after_participant", "with `after` only");
    list.after_of = participant(given.after_participant(), at.in("after_participant"));
  } else if (list.after != 0) {
    at.require(list.of.has_value(), "after_participant", "required: of the last set listed");
    list.after_of = list.of;
  }
  out.request = list;
}

}  // namespace wasl::wire
