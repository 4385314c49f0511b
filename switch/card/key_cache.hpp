#pragma once
// Derived keys, so that a card's second proof does not derive again. Bounded; what a new key
// replaces is wiped. Sets of four, within which the oldest goes: no lists to keep, and who makes
// keys collide on purpose gains nothing but slower proofs. One thread.

#include <cstddef>
#include <vector>

#include "card/key.hpp"

namespace wasl::card {

class KeyCache {
 public:
  // Rounded up to a power of two, at least 4.
  explicit KeyCache(std::size_t keys_max);

  // nullptr if it is not here. Lives until the next put().
  [[nodiscard]] const Key* find(const KeyName& name) const;
  void put(const KeyName& name, const Key& key);

 private:
  static constexpr std::size_t kWays = 4;
  struct Entry {
    KeyName name;  // An empty holder: a free place.
    Key key;
  };

  [[nodiscard]] std::size_t set_of(const KeyName& name) const;

  std::vector<Entry> entries_;
};

}  // namespace wasl::card
