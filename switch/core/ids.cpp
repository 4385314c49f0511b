#include "core/ids.hpp"

#include <utility>

namespace wasl::core {
namespace {

constexpr std::pair<Role, std::string_view> kRoles[] = {{Role::kProvider, "provider"},
                                                        {Role::kCentre, "centre"},
                                                        {Role::kFund, "fund"},
                                                        {Role::kAuthority, "authority"},
                                                        {Role::kDesk, "desk"},
                                                        {Role::kCentreOperator, "operator:centre"},
                                                        {Role::kFundOperator, "operator:fund"}};
constexpr std::size_t kShownMax = 4;
constexpr std::size_t kShowsFrom = 9;  // Shorter ones would show half of themselves.

}  // namespace

std::string_view name(Role role) {
  for (const auto& [known, text] : kRoles) {
    if (known == role) return text;
  }
  return "unknown";
}

std::optional<Role> role_named(std::string_view text) {
  for (const auto& [role, known] : kRoles) {
    if (known == text) return role;
  }
  return std::nullopt;
}

bool is_operator(Role role) { return role == Role::kCentreOperator || role == Role::kFundOperator; }

std::optional<Speaker> speaker_of(const Participant& identity) {
  if (!is_operator(identity.role)) return Speaker{identity, {}};
  const std::string_view text = identity.id.view();
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto employer = ParticipantId::make(text.substr(0, colon));
  const auto by = OperatorId::make(text.substr(colon + 1));
  if (!employer || !by) return std::nullopt;
  const Role role = identity.role == Role::kCentreOperator ? Role::kCentre : Role::kFund;
  return Speaker{{role, *employer}, *by};
}

std::string masked(std::string_view identifier) {
  const std::size_t shown = identifier.size() >= kShowsFrom ? kShownMax : 0;
  std::string text(identifier.size() - shown, '*');
  return text.append(identifier.substr(identifier.size() - shown));
}

}  // namespace wasl::core
