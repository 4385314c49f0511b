#include "cli/demo_console.hpp"

#include <fmt/format.h>

#include <utility>

namespace wasl::cli {
namespace {

constexpr std::chrono::milliseconds kPlainPeriod{
    950};  // Not to miss every other of a line a second.
constexpr std::string_view kEraseLine = "\r\x1b[K";

}  // namespace

std::ostream& DemoConsole::story() {
  if (std::exchange(line_stands_, false)) progress_ << kEraseLine << std::flush;
  return story_;
}

void DemoConsole::say(const std::string& line) { story() << line << "\n" << std::flush; }

void DemoConsole::show(const std::string& line) {
  const auto now = std::chrono::steady_clock::now();
  if (plain_) {
    if (now - shown_ < kPlainPeriod) return;
    shown_ = now;
    progress_ << "   " << line << "\n" << std::flush;
    return;
  }
  progress_ << kEraseLine << "   " << line << std::flush;
  line_stands_ = true;
}

void DemoConsole::keep() {
  if (std::exchange(line_stands_, false)) progress_ << "\n" << std::flush;
}

// What ends within a second needs no line of its own but on a terminal.
void DemoConsole::begin(const std::string& what) {
  shown_ = std::chrono::steady_clock::now();
  if (!plain_) show(what);
}

core::Result<void> DemoConsole::go_on() const {
  if (!interrupted_.load()) return {};
  return core::fail(core::Errc::kClosed, "interrupted");
}

void DemoConsole::say_took(const std::string& what, std::chrono::duration<double> time) {
  say(fmt::format("   {:<66} {:>6.1f} s", what, time.count()));
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

}  // namespace wasl::cli
