// The engine without a network: claims that `wire` has read and `card` has verified beforehand,
// decided against the real store and journal of a stopped switch, 64 in flight. Durable: an answer
// comes when its group is synced.
//   engine_in_process DIRECTORY NETWORK [SECONDS]
// DIRECTORY as `wasl init` made it, NETWORK the sample that it has imported. Prints
// {"engine_per_s": …, "engine_cpu_us_per_claim": …}.

#include <sys/resource.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "card/verifier.hpp"
#include "cli/load_claims.hpp"
#include "cli/places.hpp"
#include "cli/system_clock.hpp"
#include "engine/runner.hpp"
#include "ops/config.hpp"
#include "wire/answer_body.hpp"
#include "wire/client.hpp"

namespace wasl::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kInFlight = 64;
constexpr std::size_t kClaimsPerSecondMost = 60'000;

template <typename T>
T or_end(core::Result<T> result) {
  if (!result) {
    std::cerr << "engine_in_process: " << core::describe(result.error()) << '\n';
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

std::vector<core::Command> commands_of(const Envelopes& claims, const LoadSetting& setting) {
  card::Verifier verifier(setting.keys);
  std::vector<core::Command> commands;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    v1::Envelope envelope;
    envelope.ParseFromString(std::string(claims[i]));
    const LoadSeat& seat = setting.seats[i % setting.seats.size()];
    core::Command command = or_end(wire::checked(envelope, seat.pharmacy.participant));
    or_end(verifier.verify(command));
    commands.push_back(std::move(command));
  }
  return commands;
}

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// Hands in the next claim for each answer until the time is over.
class Feeder {
 public:
  Feeder(engine::Inbox& inbox, std::vector<core::Command> commands, Clock::time_point end)
      : inbox_(inbox), commands_(std::move(commands)), end_(end) {}

  void begin() { submit(kInFlight); }

  // Engine thread.
  void answered(const std::vector<engine::Delivery>& deliveries) {
    answers_ += deliveries.size();
    if (Clock::now() < end_ && next_ + deliveries.size() <= commands_.size()) {
      submit(deliveries.size());
    } else {
      finished_ = true;
    }
  }

  [[nodiscard]] bool finished() const { return finished_; }
  [[nodiscard]] std::uint64_t answers() const { return answers_; }

 private:
  void submit(std::size_t count) {
    std::vector<engine::Submission> submissions(count);
    for (engine::Submission& submission : submissions) {
      submission.command = std::move(commands_[next_++]);
      submission.received = Clock::now();
    }
    inbox_.submit(submissions);
    if (!submissions.empty()) std::exit(1);  // 64 always fit.
  }

  engine::Inbox& inbox_;
  std::vector<core::Command> commands_;
  const Clock::time_point end_;
  std::size_t next_ = 0;
  std::atomic<std::uint64_t> answers_ = 0;
  std::atomic<bool> finished_ = false;
};

void measure(const std::string& directory, const std::string& network, std::chrono::seconds time) {
  LoadSetting setting = or_end(read_load_setting(directory, network, kInFlight));
  const std::size_t count = kClaimsPerSecondMost * static_cast<std::size_t>(time.count());
  const Envelopes claims = or_end(prepare_claims({.claims = count}, setting));
  std::vector<core::Command> commands = commands_of(claims, setting);

  const ops::Config config = or_end(ops::load_config(directory + "/wasl.toml"));
  const Places places = or_end(Places::open(config));
  store::BroughtUp up = or_end(store::bring_up(places.store()));
  engine::Inbox inbox(config.queue_commands);
  core::Observer observer;
  const wire::AnswerBodyEncoder encoder;
  const SystemClock clock;
  engine::Engine engine({},
                        {.last_sequence = up.last().sequence,
                         .last_now = up.last_now,
                         .reference = std::move(up.reference)},
                        encoder, observer);
  store::DurableOptions options;
  options.observer = &observer;
  store::DurableStore durable(std::move(up.parts), inbox, options);

  const double cpu_before = cpu_seconds();
  const Clock::time_point began = Clock::now();
  Feeder feeder(inbox, std::move(commands), began + time);
  feeder.begin();
  std::thread runner([&] {
    or_end(engine::run(engine, inbox,
                       {.durable = durable,
                        .clock = clock,
                        .deliver = [&](const auto& deliveries) { feeder.answered(deliveries); },
                        .observer = observer}));
  });
  while (!feeder.finished()) std::this_thread::sleep_for(std::chrono::milliseconds{10});
  const std::chrono::duration<double> took = Clock::now() - began;
  const double cpu = cpu_seconds() - cpu_before;
  const auto answers = static_cast<double>(feeder.answers());
  inbox.stop();
  runner.join();
  or_end(durable.close());
  std::printf("{\"engine_per_s\": %.0f, \"engine_cpu_us_per_claim\": %.1f}\n",
              answers / took.count(), 1e6 * cpu / answers);
}

}  // namespace
}  // namespace wasl::cli

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: engine_in_process DIRECTORY NETWORK [SECONDS]\n";
    return 1;
  }
  wasl::cli::measure(argv[1], argv[2], std::chrono::seconds{argc > 3 ? std::stoi(argv[3]) : 20});
}
