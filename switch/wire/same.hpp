#pragma once
// The enums of the protocol have the numbers of core's: each file that casts one asserts it.

namespace wasl::wire {

template <typename Ours, typename Theirs>
constexpr bool same(Ours ours, Theirs theirs) {
  return static_cast<int>(ours) == static_cast<int>(theirs);
}

}  // namespace wasl::wire
