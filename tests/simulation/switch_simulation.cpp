#include "simulation/switch_simulation.hpp"

#include <iterator>

#include "core/assert.hpp"
#include "core/codec.hpp"
#include "journal/digest.hpp"
#include "simulation/hearsay.hpp"

namespace wasl::test {
namespace {

// Small segments, so that runs of a few hundred records roll over several.
constexpr journal::Options kSegments{.segment_bytes = 32 * 1024};
// With the largest record behind it a group still fits a segment.
constexpr std::size_t kGroupBytesMax = 8 * 1024;
// Of one closing: short lists close often.
constexpr std::size_t kClosingClaims = 8;
// Of one step of a settlement run: runs take several.
constexpr std::uint16_t kStepItems = 2;
// Of the fund's business day: 18:00.
constexpr std::uint16_t kCutOverMinutes = 18 * 60;
// One step of the engine in so many comes hours later: histories pass several cut-overs.
constexpr std::uint64_t kStepsUntilLater = 60;
// What the simulator sends, and the engine does not ask itself, comes from here.
constexpr std::uint64_t kConnection = 1;
// Requests that are asked for again together: with all of a long life the parking would be full.
constexpr std::size_t kRepeatedAtOnce = 100;
constexpr std::string_view kSigningKey = "the key on file";
// A status query's correlation id is its claim's number with this bit.
constexpr std::uint64_t kStatusBit = std::uint64_t{1} << 40;

template <typename Entry>
void seed_entry(const core::RowKey& key, const Entry& entry, OrderedRows& rows) {
  std::string bytes;
  core::encode_entry(entry, bytes);
  rows.rows.emplace(key.view(), std::move(bytes));
}

// As `wire` takes it, and recovery again.
core::Command with_content(core::Command command) {
  std::string canonical;
  core::encode_request(command, canonical);
  command.content = journal::Digest().of(core::as_bytes(canonical));
  return command;
}

// What an import would have brought before the first record.
void seed_rows(const World& world, OrderedRows& rows) {
  for (const auto& [key, row] : world.rows) {
    if (std::holds_alternative<std::monostate>(row)) continue;
    std::string bytes;
    core::encode_row(row, bytes);
    rows.rows.emplace(key.view(), std::move(bytes));
  }
  core::Rulebook rulebook = dz_cnas();
  for (core::Parameters& period : rulebook.periods) period.cut_over_minutes = kCutOverMinutes;
  seed_entry(core::rulebook_key(rulebook.scheme), rulebook, rows);
  const core::Fund fund{code<core::FundCode>(kFund), rulebook.scheme, "CNAS", 1};
  seed_entry(core::fund_key(fund.code), fund, rows);
  const core::Product medicine = product("A", dzd(1'000));
  seed_entry(core::product_key(medicine.catalogue, medicine.code, medicine.in_force.from), medicine,
             rows);
}

}  // namespace

void SwitchSimulation::Mailbox::loaded(std::vector<core::LoadedRow> rows) {
  std::move(rows.begin(), rows.end(), std::back_inserter(inputs.loaded));
}

SwitchSimulation::SwitchSimulation(std::uint64_t seed)
    : random_(seed), disk_(seed), now_(world_.now) {
  // A chronically ill person: no ceiling and no count stands in the way of approvals.
  world_.treat({"INN-Z"});
  world_.pharmacy().signing_key = kSigningKey;
  world_.pharmacy().centre = code<core::ParticipantId>(kCentre);
  world_.pharmacy().payout_account = "00799999002345678941";
  world_.account().payout_account = "00100000000000000097";
  core::Registration& fund = world_.registration(core::Role::kFund, kFund);
  fund.payout_account = "00799999000000000109";
  fund.name = "CNAS";
  journal_ = disk_.directory("journal");
  head_ = disk_.directory("head");
  const auto made =
      OrderedMapStore::create({*journal_, *head_}, kSegments, core::DataId{7}, flushed_);
  WASL_ASSERT(made.has_value());
  seed_rows(world_, flushed_);
  const bool opened = open();
  WASL_ASSERT(opened);
}

bool SwitchSimulation::open() {
  engine_.reset();
  store_.reset();
  mailbox_ = std::make_unique<Mailbox>();
  auto opened = OrderedMapStore::open({*journal_, *head_}, kSegments, flushed_, *mailbox_);
  if (!opened) return false;
  store_ = std::move(opened->store);
  engine_ =
      std::make_unique<engine::Engine>(engine::Options{.group_commands_max = 1 + below(8),
                                                       .group_bytes_max = kGroupBytesMax,
                                                       .cache_entries_max = 1 + below(64),
                                                       .run_step_items = kStepItems,
                                                       .begins_days = true},
                                       engine::Start{.last_sequence = store_->last().sequence,
                                                     .last_now = opened->last_now,
                                                     .reference = std::move(opened->reference)},
                                       encoder_, observer_);
  return true;
}

void SwitchSimulation::run(std::uint64_t steps) {
  for (std::uint64_t i = 0; i < steps && disk_.power_is_on(); ++i) act();
}

void SwitchSimulation::act() {
  const std::vector<OrderedMapStore::Work> possible = store_->possible();
  if (!possible.empty() && below(2) == 0) {
    store_->perform(possible[below(possible.size())]);
    return;
  }
  switch (below(26)) {
    case 0:
    case 1:
      return send_claim();
    case 2:
      return send_reversal();
    case 3:
      return ask_status();
    case 4:
      if (!record_.requests().empty()) repeat(below(record_.requests().size()));
      return;
    case 5:
      return send_closing();
    case 6:
    case 7:
      return send_review();
    case 8:
      return send_correction();
    case 9:
      return send_refund();
    case 10:
    case 11:
    case 12:
      return send_run_step();
    case 13:
    case 14:
      return send_file_step();
    case 15:
      return send_account_change();
    case 16:
      return send_reduction();
    default:
      if (below(kStepsUntilLater) == 0) now_ += std::chrono::hours{1 + below(12)};
      return step_engine();
  }
}

void SwitchSimulation::step_engine() {
  now_ += std::chrono::milliseconds{below(50)};
  engine::Inputs inputs = std::exchange(mailbox_->inputs, {});
  inputs.wall = now_;
  inputs.monotonic = engine::MonotonicTime{now_.time_since_epoch()};
  inputs.free_bytes = store_->free_bytes();
  inputs.lag = store_->lag();
  engine::Effects effects = engine_->step(std::move(inputs));
  store_->load(std::move(effects.loads.reserved), core::Lane::kReserved);
  store_->load(std::move(effects.loads.claims), core::Lane::kClaims);
  if (effects.commit) store_->commit(std::move(*effects.commit));
  for (core::Scan& scan : effects.scans) store_->scan(std::move(scan));
  for (const engine::Delivery& delivery : effects.deliveries) take(delivery);
}

void SwitchSimulation::submit(core::Command command, std::uint64_t correlation) {
  engine::Submission submission;
  submission.command = std::move(command);
  submission.origin.connection = kConnection;
  submission.origin.correlation = correlation;
  mailbox_->inputs.commands.push_back(std::move(submission));
}

void SwitchSimulation::send_claim() {
  const std::string prescription = "RX-" + std::to_string(++prescriptions_);
  core::Command claim =
      with_content(world_.claim({line("A", dzd(100))}, {.prescription = prescription}));
  const std::size_t request = record_.sent(claim);
  claims_.push_back(request);
  // Sometimes the wire is slow: the reversal or the status query comes first.
  if (below(4) != 0) submit(std::move(claim), request);
}

std::optional<std::size_t> SwitchSimulation::some_claim() {
  if (claims_.empty()) return std::nullopt;
  // Mostly a recent one: those are in flight.
  const std::size_t back =
      below(4) == 0 ? below(claims_.size()) : below(std::min<std::size_t>(4, claims_.size()));
  return claims_[claims_.size() - 1 - back];
}

void SwitchSimulation::send_reversal() {
  const std::optional<std::size_t> claim = some_claim();
  if (!claim) return;
  core::Command reversal = with_content(world_.reversal(record_.requests()[*claim].command));
  const std::size_t request = record_.sent(reversal);
  submit(std::move(reversal), request);
}

void SwitchSimulation::ask_status() {
  const std::optional<std::size_t> claim = some_claim();
  if (!claim) return;
  const core::Command& original = record_.requests()[*claim].command;
  core::Command query;
  query.from = original.from;
  query.request = core::GetClaim{.original = original.request_id, .close_if_absent = below(4) == 0};
  submit(std::move(query), *claim | kStatusBit);
}

// Up to a claim whose answer has come; what is still on its way makes some lists differ.
void SwitchSimulation::send_closing() {
  const std::vector<core::ListedClaim> standing = standing_claims(record_);
  if (standing.empty()) return;
  const std::size_t count = 1 + below(std::min<std::size_t>(standing.size(), kClosingClaims));
  core::CloseBordereau closing;
  closing.fund = code<core::FundCode>(kFund);
  closing.claims.assign(standing.begin(), standing.begin() + static_cast<std::ptrdiff_t>(count));
  closing.up_to = closing.claims.back().claim;
  closing.count = static_cast<std::uint32_t>(count);
  for (const core::ListedClaim& each : closing.claims) closing.total += each.insurer;
  closing.signing_key = kSigningKey;
  closing.signature = "signed";
  core::Command command = world_.command(core::Role::kProvider, kPharmacy, std::move(closing));
  command.closing.list = core::ListVerdict::kRight;  // As `net` found it.
  command = with_content(std::move(command));
  const std::size_t request = record_.sent(command);
  submit(std::move(command), request);
}

void SwitchSimulation::send_review() {
  if (auto review = clerks_.review(record_, today())) send_of_centre(std::move(*review));
}

// By the centre's people, or the fund's.
void SwitchSimulation::send_reduction() {
  std::optional<core::Request> reduction = clerks_.reduction(record_, store_->applied());
  if (!reduction) return;
  if (below(4) == 0) return send_of_fund(std::move(*reduction));
  send_of_centre(std::move(*reduction));
}

void SwitchSimulation::send_of_centre(core::Request request) {
  core::Command command =
      with_content(world_.command(core::Role::kCentre, kCentre, std::move(request)));
  command.by = code<core::OperatorId>("042");
  const std::size_t sent = record_.sent(command);
  submit(std::move(command), sent);
}

// Of a claim that was rejected, or of any: then it is refused.
void SwitchSimulation::send_correction() {
  const Known known = known_to_the_clerk(record_);
  std::vector<std::size_t> candidates;
  for (const std::size_t claim : claims_) {
    const std::optional<core::Answered>& answer = record_.requests()[claim].answer;
    if (answer && known.rejected.contains(answer->sequence)) candidates.push_back(claim);
  }
  const std::optional<std::size_t> original =
      candidates.empty() ? some_claim() : candidates[below(candidates.size())];
  if (!original) return;
  core::CorrectClaim correction;
  correction.original = record_.requests()[*original].command.request_id;
  correction.terminal = code<core::TerminalId>("T1");
  correction.prescription.key = {
      code<core::PrescriberId>("DR-1"),
      code<core::PrescriptionNumber>("RX-" + std::to_string(++prescriptions_)), day("2026-03-10")};
  correction.lines = {line("A", dzd(90))};
  core::Command command =
      with_content(world_.command(core::Role::kProvider, kPharmacy, std::move(correction)));
  const std::size_t request = record_.sent(command);
  claims_.push_back(request);
  submit(std::move(command), request);
}

void SwitchSimulation::send_refund() {
  const std::string prescription = "RX-" + std::to_string(++prescriptions_);
  core::Command refund = with_content(world_.claim(
      {line("A", dzd(100))}, {.kind = core::ClaimKind::kRefund, .prescription = prescription}));
  const std::size_t request = record_.sent(refund);
  claims_.push_back(request);
  submit(std::move(refund), request);
}

void SwitchSimulation::send_run_step() { send_of_fund(people_.run_step(record_, today())); }

void SwitchSimulation::send_file_step() {
  if (auto request = people_.file_step(record_, store_->applied())) {
    send_of_fund(std::move(*request));
  }
}

void SwitchSimulation::send_account_change() {
  const core::Payee pharmacy =
      core::Participant{core::Role::kProvider, code<core::ParticipantId>(kPharmacy)};
  const core::Payee insured = code<core::InsuredNumber>(kInsured);
  send_of_fund(people_.account_change(below(2) == 0 ? pharmacy : insured));
}

// From one of two people.
void SwitchSimulation::send_of_fund(core::Request request) {
  core::Command command =
      with_content(world_.command(core::Role::kFund, kFund, std::move(request)));
  command.by = code<core::OperatorId>(below(2) == 0 ? "001" : "002");
  const std::size_t sent = record_.sent(command);
  submit(std::move(command), sent);
}

void SwitchSimulation::repeat(std::size_t request) {
  submit(record_.requests()[request].command, request);
}

void SwitchSimulation::take(const engine::Delivery& delivery) {
  if (delivery.origin.connection != kConnection) return;
  const std::uint64_t correlation = delivery.origin.correlation;
  if ((correlation & kStatusBit) == 0) return record_.answered(correlation, delivery.reply);
  const auto* status = std::get_if<core::Status>(&delivery.reply);
  if (status != nullptr) record_.status(correlation & ~kStatusBit, *status);
}

bool SwitchSimulation::restart() {
  disk_.restart();
  journal_ = disk_.directory("journal");
  head_ = disk_.directory("head");
  return open();
}

void SwitchSimulation::settle() {
  do {
    step_engine();
    for (std::vector<OrderedMapStore::Work> work = store_->possible(); !work.empty();
         work = store_->possible()) {
      store_->perform(work[below(work.size())]);
      step_engine();
    }
  } while (!engine_->idle());
}

void SwitchSimulation::resolve() {
  settle();
  // Steps of one run that are asked at once overtake each other: who was busy asks again.
  constexpr int kRoundsMax = 20;
  for (int round = 0; round < 2 || (record_.in_doubt() > 0 && round < kRoundsMax); ++round) {
    for (std::size_t i = 0; i < record_.requests().size(); ++i) {
      if (i % kRepeatedAtOnce == 0) settle();
      repeat(i);
    }
    settle();
  }
}

}  // namespace wasl::test
