#include "net/look_up_rate.hpp"

namespace wasl::net {

bool LookUpRate::admit(const core::Sha256& certificate, std::chrono::steady_clock::time_point now) {
  const core::MutexLock lock(mutex_);
  if (now - began_ >= std::chrono::minutes{1}) {
    began_ = now;
    used_.clear();
  }
  std::uint32_t& used = used_[certificate];
  if (used >= per_minute_max_) return false;
  ++used;
  return true;
}

}  // namespace wasl::net
