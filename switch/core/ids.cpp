#include "core/ids.hpp"

#include <utility>

namespace wasl::core {
namespace {

constexpr std::pair<Role, std::string_view> kRoles[] = {{Role::kProvider, "provider"},
                                                        {Role::kCentre, "centre"},
                                                        {Role::kFund, "fund"},
                                                        {Role::kAuthority, "authority"},
                                                        {Role::kDesk, "desk"}};
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

std::string masked(std::string_view identifier) {
  const std::size_t shown = identifier.size() >= kShowsFrom ? kShownMax : 0;
  std::string text(identifier.size() - shown, '*');
  return text.append(identifier.substr(identifier.size() - shown));
}

}  // namespace wasl::core
