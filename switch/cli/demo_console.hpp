#pragma once
// Where the demo speaks: its story on one stream, its progress on another, where on a terminal each
// line replaces the one before. Knows how long things took, and whether the person at the keyboard
// has had enough. One thread.

#include <atomic>
#include <chrono>
#include <ostream>
#include <string>

#include "core/result.hpp"

namespace wasl::cli {

class DemoConsole {
 public:
  // `plain`: `progress` is no terminal. `interrupted` outlives the console.
  DemoConsole(std::ostream& story, std::ostream& progress, bool plain,
              const std::atomic<bool>& interrupted)
      : story_(story), progress_(progress), plain_(plain), interrupted_(interrupted) {}

  [[nodiscard]] std::ostream& story();
  void say(const std::string& line);
  // A state that passes; without a terminal at most one a second is shown.
  void show(const std::string& line);
  // What was shown last stays.
  void keep();
  // kClosed once the demo was interrupted.
  [[nodiscard]] core::Result<void> go_on() const;

  // Says what was done, and in how many seconds, unless it failed.
  template <typename Work>
  [[nodiscard]] core::Result<void> timed(const std::string& what, Work&& work) {
    const auto began = std::chrono::steady_clock::now();
    begin(what);
    core::Result<void> done = work();
    if (done) done = go_on();
    if (done) say_took(what, std::chrono::steady_clock::now() - began);
    return done;
  }
  void say_took(const std::string& what, std::chrono::duration<double> time);

 private:
  void begin(const std::string& what);

  std::ostream& story_;
  std::ostream& progress_;
  const bool plain_;
  const std::atomic<bool>& interrupted_;
  bool line_stands_ = false;  // On the terminal, to be replaced.
  std::chrono::steady_clock::time_point shown_{};
};

// "12,830"
[[nodiscard]] std::string grouped(std::uint64_t number);

}  // namespace wasl::cli
