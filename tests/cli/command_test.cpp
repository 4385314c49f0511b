// What the exit code says when the output cannot be written.

#include "cli/command.hpp"

#include <iostream>
#include <streambuf>

#include "cli/exit.hpp"
#include "cli/typed_command.hpp"

namespace wasl::cli {
namespace {

// A disk without room: takes no byte.
class FullDisk : public std::streambuf {};

// stdout, until the end of a test.
class OnAFullDisk {
 public:
  OnAFullDisk() = default;
  ~OnAFullDisk() {
    std::cout.rdbuf(before_);
    std::cout.clear();
  }
  OnAFullDisk(const OnAFullDisk&) = delete;
  OnAFullDisk& operator=(const OnAFullDisk&) = delete;

 private:
  FullDisk disk_{};
  std::streambuf* before_ = std::cout.rdbuf(&disk_);
};

test::Typed type_printing(Exit code) {
  const auto add = [code](Command parent) {
    parent.command("print", "Prints a line").runs([code] {
      std::cout << "what was asked\n";
      if (code != Exit::kOk) leave(code);
    });
  };
  return test::type(add, {"print"});
}

TEST(Output, ThatIsWrittenLeavesTheExitCode) {
  EXPECT_EQ(type_printing(Exit::kOk).exit_code, 0);
  EXPECT_EQ(type_printing(Exit::kInDoubt).exit_code, 5);
}

TEST(Output, ThatCannotBeWrittenIsAFailure) {
  const OnAFullDisk full;
  const test::Typed typed = type_printing(Exit::kOk);
  EXPECT_EQ(typed.exit_code, 1);
  EXPECT_EQ(typed.err, "wasl: the output could not be written whole; what was done is done\n");
}

TEST(Output, ThatCannotBeWrittenHidesNoOtherExitCode) {
  const OnAFullDisk full;
  EXPECT_EQ(type_printing(Exit::kInDoubt).exit_code, 5);
}

}  // namespace
}  // namespace wasl::cli
