#pragma once
// The log: one event a line on stderr, as JSON, or readable where stderr is a terminal. Event names
// are dotted, stable words ("serve.ready"); what varies is in the fields. Identifiers of people,
// cards and participants print masked whatever the field; nothing from outside can add a line or
// steer a terminal. Any thread; none ever waits for who reads the log: what finds no room on its
// way there is left out and counted. Not on a claim's way.

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "core/mutex.hpp"
#include "core/result.hpp"

namespace spdlog {
class logger;  // NOLINT(readability-identifier-naming): the name is the library's.
}

namespace wasl::ops {

class LineWriter;

enum class Level : std::uint8_t { kDebug = 0, kInfo = 1, kWarning = 2, kError = 3 };

[[nodiscard]] std::string_view name(Level level);
// "debug", "info", "warning", "error".
[[nodiscard]] std::optional<Level> level_named(std::string_view text);

class Field {
 public:
  template <std::integral T>
  Field(std::string_view name, T value) : name_(name) {
    if constexpr (std::same_as<T, bool>) {
      value_ = value;
    } else if constexpr (std::unsigned_integral<T>) {
      value_ = static_cast<std::uint64_t>(value);
    } else {
      value_ = static_cast<std::int64_t>(value);
    }
  }
  Field(std::string_view name, std::string_view text) : name_(name), value_(std::string(text)) {}
  Field(std::string_view name, const char* text) : Field(name, std::string_view(text)) {}
  Field(std::string_view name, const std::string& text) : Field(name, std::string_view(text)) {}
  Field(std::string_view name, const core::Error& error) : Field(name, core::describe(error)) {}
  // Identifiers print as core::masked() has them; there is no way round but to unwrap one by hand.
  template <typename Tag, std::size_t kBytes>
  Field(std::string_view name, const core::Code<Tag, kBytes>& code)
      : Field(name, core::masked(code.view())) {}
  Field(std::string_view name, const core::Participant& participant)
      : Field(name, std::string(core::name(participant.role)) + ":" +
                        core::masked(participant.id.view())) {}

  using Value = std::variant<bool, std::int64_t, std::uint64_t, std::string>;
  [[nodiscard]] std::string_view name() const { return name_; }
  [[nodiscard]] const Value& value() const { return value_; }

 private:
  std::string_view name_;  // A literal.
  Value value_;
};
using Fields = std::initializer_list<Field>;

// {"ts":"2026-03-10T08:30:00.123Z","level":"info","event":"serve.ready","port":7443}
[[nodiscard]] std::string json_line(Level level, std::string_view event, Fields fields,
                                    core::Instant at);
// 08:30:00.123 info    serve.ready port=7443
[[nodiscard]] std::string readable_line(Level level, std::string_view event, Fields fields,
                                        core::Instant at);

enum class LogFormat : std::uint8_t { kJson, kReadable };

class Log {
 public:
  // Readable if it is a terminal. The clock outlives the log.
  [[nodiscard]] static std::unique_ptr<Log> to_stderr(const core::Clock& clock, Level lowest);
  [[nodiscard]] static std::unique_ptr<Log> to_descriptor(int descriptor, const core::Clock& clock,
                                                          Level lowest);
  [[nodiscard]] static std::unique_ptr<Log> to_stream(std::ostream& out, const core::Clock& clock,
                                                      Level lowest, LogFormat format);
  // Waits for what is on its way, a second at most.
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // For the last word before the process leaves. False if it has not been written after a second.
  [[nodiscard]] bool flush();
  // Events that could not be written, or not in time. The log says so as log.left_out.
  [[nodiscard]] std::uint64_t left_out() const;

  // Takes effect with the next event.
  void lowest(Level level);

  void debug(std::string_view event, Fields fields = {}) { write(Level::kDebug, event, fields); }
  void info(std::string_view event, Fields fields = {}) { write(Level::kInfo, event, fields); }
  void warning(std::string_view event, Fields fields = {}) {
    write(Level::kWarning, event, fields);
  }
  void error(std::string_view event, Fields fields = {}) { write(Level::kError, event, fields); }
  // A warning that a peer or a full disk can cause again and again: at most kRepeatsMax of one
  // event in kRepeatsWithin; the next one after that says how many were left out.
  void repeated_warning(std::string_view event, Fields fields = {});

  static constexpr std::uint32_t kRepeatsMax = 5;  // Enough to see a pattern.
  static constexpr std::chrono::seconds kRepeatsWithin{10};

 private:
  struct Repeats {
    std::chrono::steady_clock::time_point began{};
    std::uint32_t written = 0;
    std::uint64_t left_out = 0;
  };
  struct Verdict {
    bool write = false;
    std::uint64_t left_out = 0;  // Before it.
  };

  Log(std::shared_ptr<spdlog::logger> logger, const core::Clock& clock, LogFormat format);
  [[nodiscard]] bool enabled(Level level) const;
  void write(Level level, std::string_view event, Fields fields);
  void put(Level level, const std::string& line);
  [[nodiscard]] Verdict judge(std::string_view event);

  std::unique_ptr<LineWriter> writer_;  // None for a stream.
  std::shared_ptr<spdlog::logger> logger_;
  const core::Clock& clock_;
  const LogFormat format_;
  core::Mutex mutex_;
  // Few: event names are literals of this program.
  std::map<std::string, Repeats, std::less<>> repeats_ WASL_GUARDED_BY(mutex_);
};

}  // namespace wasl::ops
