#include "ops/log.hpp"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/sink.h>
#include <unistd.h>

#include <array>

#include "core/assert.hpp"
#include "ops/escape.hpp"
#include "ops/line_writer.hpp"

namespace wasl::ops {
namespace {

constexpr std::array<std::string_view, 4> kLevelNames{"debug", "info", "warning", "error"};

spdlog::level::level_enum of_spdlog(Level level) {
  switch (level) {
    case Level::kDebug:
      return spdlog::level::debug;
    case Level::kInfo:
      return spdlog::level::info;
    case Level::kWarning:
      return spdlog::level::warn;
    case Level::kError:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

std::string text_of(const Field::Value& value, bool quoted) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* number = std::get_if<std::uint64_t>(&value)) return std::to_string(*number);
  const std::string inside = escaped(std::get<std::string>(value));
  return quoted ? '"' + inside + '"' : inside;
}

// A value that could be taken for two is quoted.
bool needs_quotes(const Field::Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr && (text->empty() || text->find_first_of(" =\"") != std::string::npos);
}

std::shared_ptr<spdlog::logger> logger_on(spdlog::sink_ptr sink, Level lowest) {
  auto logger = std::make_shared<spdlog::logger>("wasl", std::move(sink));
  logger->set_pattern("%v");
  logger->set_level(of_spdlog(lowest));
  logger->flush_on(spdlog::level::debug);
  return logger;
}

std::string line_of(LogFormat format, Level level, std::string_view event, Fields fields,
                    core::Instant at) {
  return format == LogFormat::kJson ? json_line(level, event, fields, at)
                                    : readable_line(level, event, fields, at);
}

// The pattern is the whole line already.
class WriterSink final : public spdlog::sinks::sink {
 public:
  explicit WriterSink(LineWriter& writer) : writer_(writer) {}
  void log(const spdlog::details::log_msg& message) override {
    writer_.put(std::string(message.payload.begin(), message.payload.end()) + '\n');
  }
  void flush() override {}
  void set_pattern(const std::string& /*pattern*/) override {}
  void set_formatter(std::unique_ptr<spdlog::formatter> /*formatter*/) override {}

 private:
  LineWriter& writer_;
};

}  // namespace

std::string_view name(Level level) { return kLevelNames[static_cast<std::size_t>(level)]; }

std::optional<Level> level_named(std::string_view text) {
  for (std::size_t i = 0; i < kLevelNames.size(); ++i) {
    if (kLevelNames[i] == text) return static_cast<Level>(i);
  }
  return std::nullopt;
}

std::string json_line(Level level, std::string_view event, Fields fields, core::Instant at) {
  std::string line = fmt::format(R"({{"ts":"{}","level":"{}","event":"{}")", core::to_text(at),
                                 name(level), escaped(event));
  for (const Field& field : fields) {
    line += fmt::format(R"(,"{}":{})", escaped(field.name()), text_of(field.value(), true));
  }
  return line + "}";
}

std::string readable_line(Level level, std::string_view event, Fields fields, core::Instant at) {
  const std::string time =
      core::to_text(at).substr(sizeof("2026-03-10"), sizeof("08:30:00.123") - 1);
  std::string line = fmt::format("{} {:<7} {}", time, name(level), escaped(event));
  for (const Field& field : fields) {
    line += fmt::format(" {}={}", escaped(field.name()),
                        text_of(field.value(), needs_quotes(field.value())));
  }
  return line;
}

std::unique_ptr<Log> Log::to_descriptor(int descriptor, const core::Clock& clock, Level lowest) {
  const LogFormat format = ::isatty(descriptor) == 1 ? LogFormat::kReadable : LogFormat::kJson;
  auto writer = std::make_unique<LineWriter>(descriptor, [format, &clock](std::uint64_t lines) {
    return line_of(format, Level::kWarning, "log.left_out",
                   {{"events", lines}, {"why", "they could not be written in time"}},
                   clock.wall()) +
           "\n";
  });
  auto sink = std::make_shared<WriterSink>(*writer);
  std::unique_ptr<Log> log(new Log(logger_on(std::move(sink), lowest), clock, format));
  log->writer_ = std::move(writer);
  return log;
}

std::unique_ptr<Log> Log::to_stderr(const core::Clock& clock, Level lowest) {
  return to_descriptor(STDERR_FILENO, clock, lowest);
}

std::unique_ptr<Log> Log::to_stream(std::ostream& out, const core::Clock& clock, Level lowest,
                                    LogFormat format) {
  auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(out);
  return std::unique_ptr<Log>(new Log(logger_on(std::move(sink), lowest), clock, format));
}

Log::Log(std::shared_ptr<spdlog::logger> logger, const core::Clock& clock, LogFormat format)
    : logger_(std::move(logger)), clock_(clock), format_(format) {}

Log::~Log() = default;

bool Log::flush() { return writer_ == nullptr || writer_->flush(); }

std::uint64_t Log::left_out() const { return writer_ == nullptr ? 0 : writer_->left_out(); }

void Log::lowest(Level level) { logger_->set_level(of_spdlog(level)); }

bool Log::enabled(Level level) const { return logger_->should_log(of_spdlog(level)); }

void Log::put(Level level, const std::string& line) {
  logger_->log(of_spdlog(level), spdlog::string_view_t(line.data(), line.size()));
}

void Log::write(Level level, std::string_view event, Fields fields) {
  if (enabled(level)) put(level, line_of(format_, level, event, fields, clock_.wall()));
}

void Log::repeated_warning(std::string_view event, Fields fields) {
  if (!enabled(Level::kWarning)) return;
  const Verdict verdict = judge(event);
  if (verdict.left_out > 0) {
    write(Level::kWarning, "log.left_out", {{"of", event}, {"events", verdict.left_out}});
  }
  if (verdict.write) write(Level::kWarning, event, fields);
}

Log::Verdict Log::judge(std::string_view event) {
  const auto now = clock_.monotonic();
  const core::MutexLock lock(mutex_);
  const auto [found, fresh] = repeats_.try_emplace(std::string(event));
  Repeats& repeats = found->second;
  Verdict verdict;
  if (fresh || now - repeats.began >= kRepeatsWithin) {
    verdict.left_out = repeats.left_out;
    repeats = {.began = now};
  }
  verdict.write = repeats.written < kRepeatsMax;
  if (verdict.write) {
    ++repeats.written;
  } else {
    ++repeats.left_out;
  }
  return verdict;
}

}  // namespace wasl::ops
