#pragma once
// WASL_ASSERT states an invariant of this program. It is on in every build and aborts: after a
// broken invariant nothing may be answered any more. Never use it on what a peer, disk or operator
// can cause.

namespace wasl::core {

[[noreturn]] void assertion_failed(const char* condition, const char* file, int line) noexcept;

}  // namespace wasl::core

#define WASL_ASSERT(condition)        \
  ((condition) ? static_cast<void>(0) \
               : ::wasl::core::assertion_failed(#condition, __FILE__, __LINE__))
