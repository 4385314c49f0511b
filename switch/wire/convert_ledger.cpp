#include "wire/convert.hpp"
#include "wire/same.hpp"

namespace wasl::wire {
namespace {

static_assert(same(core::Role::kProvider, v1::PROVIDER));
static_assert(same(core::Role::kCentre, v1::CENTRE));
static_assert(same(core::Role::kFund, v1::FUND));
static_assert(same(core::Role::kAuthority, v1::AUTHORITY));
static_assert(same(core::Role::kDesk, v1::DESK));

core::FundCode listed_fund(const std::string& fund, const Fields& at,
                           const core::Participant& from) {
  if (from.role != core::Role::kFund) return at.code<core::FundCode>("fund", fund);
  if (!fund.empty() && fund != from.id.view()) {
    at.fail("fund", "a fund names itself, or leaves it empty", core::Refusal::kNotPermitted);
  }
  return at.code<core::FundCode>("fund", std::string(from.id.view()));
}

}  // namespace

core::Participant convert(const v1::ParticipantName& given, const Fields& at) {
  return {.role = at.choice("role", given.role(), core::Role::kDesk),
          .id = at.code<core::ParticipantId>("id", given.id())};
}

Listed listed(const std::string& fund, const char* name, const v1::ParticipantName* participant,
              const Fields& at, const core::Participant& from) {
  Listed out{.fund = listed_fund(fund, at, from), .of = {}};
  if (from.role != core::Role::kFund) {
    at.require(participant == nullptr, name, "to be left out: only your own are given");
    out.of = from;
  } else if (participant != nullptr) {
    out.of = convert(*participant, at.in(name));
  }
  return out;
}

std::optional<core::Participant> after_participant(std::uint64_t after, const char* name,
                                                   const v1::ParticipantName* given,
                                                   const std::optional<core::Participant>& of,
                                                   const Fields& at) {
  if (given != nullptr) {
    at.require(after != 0, name, "with `after` only");
    const core::Participant named = convert(*given, at.in(name));
    at.require(!of || named == *of, name, "another one than is listed");
    return named;
  }
  if (after == 0) return std::nullopt;
  at.require(of.has_value(), name, "required: of the last row listed");
  return of;
}

void convert(const v1::ListBalances&, const Fields&, core::Command& out) {
  out.request = core::ListBalances{};
}

void convert(const v1::ListPostings& given, const Fields& at, core::Command& out) {
  const auto* const participant = given.has_participant() ? &given.participant() : nullptr;
  const auto* const after = given.has_after_participant() ? &given.after_participant() : nullptr;
  const auto [fund, of] = listed(given.fund(), "participant", participant, at, out.from);
  at.require(given.after() != 0 || given.after_item() == 0, "after_item", "with `after` only");
  out.request = core::ListPostings{
      .fund = fund,
      .of = of,
      .after_of = after_participant(given.after(), "after_participant", after, of, at),
      .after = given.after(),
      .after_item = at.number<std::uint16_t>("after_item", given.after_item(), 0, UINT16_MAX),
      .page = at.page_size(given.page_size())};
}

}  // namespace wasl::wire
