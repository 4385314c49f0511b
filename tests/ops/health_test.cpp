#include "ops/health.hpp"

#include <gtest/gtest.h>

namespace wasl::test {
namespace {

TEST(Health, IsReadyWhenEveryCheckIs) {
  ops::Health health;
  bool disk = true;
  health.add("journal", [] { return ops::CheckResult{true, "sequence 7"}; });
  health.add("disk", [&] { return ops::CheckResult{disk, disk ? "9 GiB free" : "full"}; });
  EXPECT_TRUE(health.report().ready);
  EXPECT_EQ(health.report().text, "[+] journal: sequence 7\n[+] disk: 9 GiB free\n");
  disk = false;
  EXPECT_FALSE(health.report().ready);
  EXPECT_EQ(health.report().text, "[+] journal: sequence 7\n[-] disk: full\n");
}

TEST(Health, IsNotReadyWhileStopping) {
  ops::Health health;
  EXPECT_TRUE(health.report().ready);
  health.stopping();
  EXPECT_FALSE(health.report().ready);
  EXPECT_EQ(health.report().text, "[-] process: stopping\n");
}

}  // namespace
}  // namespace wasl::test
