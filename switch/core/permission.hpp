#pragma once
// Which role may ask what: the first thing looked at, before anything about the request is known.

#include "core/request.hpp"

namespace wasl::core {

// By the kind of request alone, so that what may not be asked need not be read. An operator may
// what its centre or fund may, but feeds, and what only a person may. ConfirmClock and Import are
// those of whoever runs the switch and permitted to no role.
[[nodiscard]] bool permitted(Role role, Deed deed);

// By the request: the kind of claim is part of it (third party only from a provider, refund only
// from a centre), and so is the role of the registration that a feed writes. Whose accounts or
// catalogue a request touches is decide()'s to judge.
[[nodiscard]] bool permitted(Role role, const Request& request);

}  // namespace wasl::core
