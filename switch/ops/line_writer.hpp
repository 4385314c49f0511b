#pragma once
// Lines on their way to a descriptor, in order, by a thread of its own: whoever puts one never
// waits for their reader. A line that finds no room, or that cannot be written, is left out and
// counted. Any thread.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace wasl::ops {

class LineWriter {
 public:
  // The line that says how many were left out. Called, with a lock held, by whoever puts a line
  // once there is room again.
  using Notice = std::function<std::string(std::uint64_t lines)>;

  // Writes to a copy of the descriptor.
  LineWriter(int descriptor, Notice notice);
  // As flush(); then a thread that the reader still holds up is left to itself.
  ~LineWriter();
  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;

  // Takes the line, which has its end of line.
  void put(std::string line);
  // True once everything that was put is written or left out; false if that took kFlushMax.
  [[nodiscard]] bool flush();
  [[nodiscard]] std::uint64_t left_out() const;

  // At 250 bytes a line, what the switch says in hours: a reader that is restarted loses nothing.
  static constexpr std::size_t kLinesMax = 4'096;
  static constexpr std::size_t kBytesMax = 1024UL * 1024;
  // Of the 10 s within which a stop ends.
  static constexpr std::chrono::seconds kFlushMax{1};

 private:
  class Queue;

  std::shared_ptr<Queue> queue_;  // Shared with the thread, which may outlive this object.
};

}  // namespace wasl::ops
