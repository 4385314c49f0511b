#pragma once
// Where keys of cards and providers come from: a file today, a hardware module behind the same
// interface later. Called by every I/O thread at once.

#include "card/key.hpp"
#include "core/result.hpp"

namespace wasl::card {

class KeyProvider {
 public:
  virtual ~KeyProvider() = default;

  // kNotFound: no master key of this fund. Any other error: the keys cannot be reached now.
  [[nodiscard]] virtual core::Result<Key> derive(const KeyName& name) const = 0;
};

}  // namespace wasl::card
