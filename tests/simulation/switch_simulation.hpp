#pragma once
// A whole switch without threads: the real engine, decision, codecs and journal over the simulated
// disk and the ordered map. Every order that threads, disks and clients could produce is chosen by
// seed: who sends what, when rows come, when a group is synced, when the power goes. One thread.

#include <memory>
#include <random>
#include <vector>

#include "engine/engine.hpp"
#include "simulation/centre_people.hpp"
#include "simulation/client_record.hpp"
#include "simulation/fund_people.hpp"
#include "support/ordered_map_store.hpp"
#include "support/simulated_disk.hpp"
#include "support/world.hpp"
#include "wire/answer_body.hpp"

namespace wasl::test {

class SwitchSimulation {
 public:
  explicit SwitchSimulation(std::uint64_t seed);

  // Takes that many chosen steps; at the end the power may be off.
  void run(std::uint64_t steps);
  // The power goes before, in or behind the step-th write, sync or rename from now.
  void cut_at(std::uint64_t step, Moment moment) { disk_.cut_at(step, moment); }
  void suppress_journal_syncs() { disk_.suppress_syncs("journal"); }
  // Power back, recovery, and the clients ask for everything again. False if the switch refuses to
  // come up, which is a loss that was noticed.
  [[nodiscard]] bool restart();
  // Until every request has its answer; then every answer once more.
  void resolve();
  // All that was applied. After resolve().
  [[nodiscard]] const OrderedRows& rows() const { return store_->applied(); }

  [[nodiscard]] core::Directory& journal() { return *journal_; }

  [[nodiscard]] const ClientRecord& record() const { return record_; }
  [[nodiscard]] bool power_is_on() const { return disk_.power_is_on(); }
  [[nodiscard]] core::Sequence sequence() const { return store_->last().sequence; }

 private:
  // Completions wait here until the engine steps.
  struct Mailbox final : core::Completions {
    void loaded(std::vector<core::LoadedRow> rows) override;
    void committed(core::Committed commit) override { inputs.committed = std::move(commit); }
    void applied(core::Sequence up_to) override { inputs.applied = up_to; }
    void scanned(core::Scanned scan) override { inputs.scanned.push_back(std::move(scan)); }
    void failed(core::Error error) override { failure = std::move(error); }

    engine::Inputs inputs;
    std::optional<core::Error> failure;
  };

  [[nodiscard]] bool open();
  void act();
  void step_engine();
  void settle();
  void send_claim();
  void send_reversal();
  void ask_status();
  void send_closing();
  void send_review();
  void send_reduction();
  void send_correction();
  void send_refund();
  void send_run_step();
  void send_file_step();
  void send_account_change();
  void send_of_fund(core::Request request);
  void send_of_centre(core::Request request);
  void repeat(std::size_t request);
  void submit(core::Command command, std::uint64_t correlation);
  void take(const engine::Delivery& delivery);
  [[nodiscard]] std::optional<std::size_t> some_claim();
  [[nodiscard]] core::Day today() const { return core::day_of(now_, std::chrono::minutes{0}); }
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

  std::mt19937_64 random_;
  SimulatedDisk disk_;
  std::unique_ptr<core::Directory> journal_;
  std::unique_ptr<core::Directory> head_;
  OrderedRows flushed_;
  World world_;  // Makes commands; its own rows only seed the store.
  wire::AnswerBodyEncoder encoder_;
  core::Observer observer_;
  std::unique_ptr<Mailbox> mailbox_;
  std::unique_ptr<OrderedMapStore> store_;
  std::unique_ptr<engine::Engine> engine_;
  ClientRecord record_;
  FundPeople people_{random_};
  CentrePeople clerks_{random_};
  std::vector<std::size_t> claims_;  // Requests that are claims.
  std::uint64_t prescriptions_ = 0;
  core::Instant now_;
};

}  // namespace wasl::test
