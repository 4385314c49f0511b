#include "cli/journaled_switch.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include "adapters/csv_support.hpp"
#include "cli/backup_command.hpp"
#include "cli/import.hpp"
#include "cli/init.hpp"
#include "cli/places.hpp"
#include "cli/replay_command.hpp"
#include "cli/verify_command.hpp"
#include "core/clock.hpp"
#include "engine/runner.hpp"
#include "journal/digest.hpp"
#include "journal/head.hpp"
#include "store/recovery.hpp"
#include "support/fixed_clock.hpp"
#include "support/source_directory.hpp"
#include "wire/answer_body.hpp"
#include "wire/encode.hpp"

namespace wasl::test {
namespace {

namespace fs = std::filesystem;

// The real store, but for records that are changed on their way to it.
class TamperingStore final : public core::Durable {
 public:
  TamperingStore(store::DurableStore& store, const std::function<void(core::RecordView&)>& tamper)
      : store_(store), tamper_(tamper) {}

  void load(std::vector<core::Wanted> rows, core::Lane lane) override {
    store_.load(std::move(rows), lane);
  }
  void commit(core::Group group) override {
    for (std::string& payload : group.payloads) {
      auto record = core::decode_record(core::as_bytes(payload));
      if (!tamper_ || !record) continue;
      tamper_(*record);
      payload.clear();
      core::encode_record(*record, payload);
    }
    store_.commit(std::move(group));
  }
  void scan(core::Scan scan) override { store_.scan(std::move(scan)); }
  [[nodiscard]] core::Lag lag() const override { return store_.lag(); }
  [[nodiscard]] std::uint64_t group_bytes_max() const override { return store_.group_bytes_max(); }
  [[nodiscard]] std::uint64_t free_bytes() const override { return store_.free_bytes(); }

 private:
  store::DurableStore& store_;
  const std::function<void(core::RecordView&)>& tamper_;
};

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at)) {
    text.replace(at, what.size(), by);
  }
}

// With the person and card of World, for whom nothing is exempt or agreed.
Files network_files() {
  Files files = small_network();
  for (const char* name : {"restrictions.csv", "treatments.csv", "agreements.csv"}) {
    std::string& text = files.find(name)->second;
    text.resize(text.find('\n') + 1);
  }
  for (auto& [name, text] : files) {
    replace_all(text, "100000000042", kInsured);
    replace_all(text, "2130000387420489", kCard);
  }
  return files;
}

ops::Config config_of(const std::string& directory) {
  auto config = ops::load_config(directory + "/wasl.toml");
  EXPECT_TRUE(config) << core::describe(config.error());
  return *config;
}

}  // namespace

JournaledSwitch::JournaledSwitch() {
  const auto made = cli::init_switch({.directory = directory_,
                                      .funds = {std::string(kFund)},
                                      .dns_names = {"localhost"},
                                      .now = cli::TimePoint(std::chrono::seconds{1'773'000'000})});
  EXPECT_TRUE(made) << core::describe(made.error());
  import_network();
}

void JournaledSwitch::import_network() const {
  const std::string given = temporary_.path() + "/given";
  fs::create_directories(given + "/rulebooks");
  for (const auto& [name, text] : network_files()) {
    std::ofstream(given + "/" + name, std::ios::binary) << text;
  }
  fs::copy(source_directory() + "/config/rulebooks/dz-cnas.toml",
           given + "/rulebooks/dz-cnas.toml");
  const ops::Config config = config_of(directory_);
  const auto places = cli::Places::open(config);
  ASSERT_TRUE(places) << core::describe(places.error());
  csv::Faults faults;
  const auto imported = cli::import_network(
      places->store(),
      {.paths = {given}, .kept = config.data_directory + "/imports", .now = world_.now}, faults);
  ASSERT_TRUE(imported) << core::describe(imported.error()) << faults.text();
}

core::Command JournaledSwitch::sealed(core::Command command) {
  std::string bytes;
  core::encode_request(command, bytes);
  command.content = journal::Digest{}.of(core::as_bytes(bytes));
  return command;
}

core::Command JournaledSwitch::claim(std::uint32_t packs, std::string_view prescription) {
  return sealed(world_.claim({line(kBrand, dzd(312, 45), packs)}, {.prescription = prescription}));
}

std::vector<core::Reply> JournaledSwitch::run(const std::vector<core::Command>& commands) {
  std::vector<core::Reply> replies;
  const auto places = cli::Places::open(config_of(directory_));
  EXPECT_TRUE(places) << core::describe(places.error());
  auto up = store::bring_up(places->store());
  EXPECT_TRUE(up) << core::describe(up.error());
  if (!up) return replies;
  engine::Inbox inbox(16);
  const wire::AnswerBodyEncoder encoder;
  core::Observer observer;
  engine::Engine engine({.disk_reserve_bytes = 0},
                        {.last_sequence = up->last().sequence,
                         .last_now = up->last_now,
                         .reference = std::move(up->reference)},
                        encoder, observer);
  store::DurableStore durable(std::move(up->parts), inbox, {});
  TamperingStore tampering(durable, tamper);
  const FixedClock clock(world_.now);
  std::promise<core::Reply> next;
  std::thread thread([&] {
    const auto deliver = [&](std::vector<engine::Delivery> deliveries) {
      for (engine::Delivery& each : deliveries) next.set_value(std::move(each.reply));
    };
    const auto ended = engine::run(
        engine, inbox,
        {.durable = tampering, .clock = clock, .deliver = deliver, .observer = observer});
    EXPECT_TRUE(ended) << core::describe(ended.error());
  });
  for (const core::Command& command : commands) {
    std::future<core::Reply> reply = next.get_future();
    std::vector<engine::Submission> one(1);
    one.front().command = command;
    inbox.submit(one);
    EXPECT_TRUE(one.empty());
    replies.push_back(reply.get());
    next = {};
  }
  inbox.stop();
  thread.join();
  const auto closed = durable.close();
  EXPECT_TRUE(closed) << core::describe(closed.error());
  return replies;
}

core::DataId JournaledSwitch::data_id() const {
  const auto directory = journal::open_directory(config_of(directory_).journal_directory);
  return journal::read_head(**directory)->anchor.data_id;
}

std::string JournaledSwitch::frame(const core::Reply& reply) const {
  std::string bytes;
  wire::encode_reply({.correlation_id = 1, .journal = data_id(), .languages = 0}, reply, bytes);
  return bytes;
}

void JournaledSwitch::damage_journal(std::uint64_t offset) const {
  const std::string path = config_of(directory_).journal_directory + "/" + journal::segment_name(1);
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  ASSERT_TRUE(file) << path;
  const auto at = static_cast<std::streamoff>(journal::kSegmentHeaderBytes + offset);
  file.seekg(at);
  const int byte = file.get();
  file.seekp(at);
  file.put(static_cast<char>(byte + 1));
}

void JournaledSwitch::write(const std::string& name, std::string_view bytes) const {
  std::ofstream(directory_ + "/" + name, std::ios::binary) << bytes;
}

Typed JournaledSwitch::type(std::vector<std::string> arguments) {
  const auto add = [](cli::Command parent) {
    cli::add_verify_command(parent);
    cli::add_replay_command(parent);
    cli::add_backup_command(parent);
    cli::add_restore_command(parent);
  };
  return test::type(add, std::move(arguments));
}

Typed JournaledSwitch::look(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin() + 1, directory_);
  return type(std::move(arguments));
}

}  // namespace wasl::test
