#include "simulation/switch_simulation.hpp"

#include <iterator>
#include <map>

#include "core/assert.hpp"
#include "core/codec.hpp"
#include "journal/digest.hpp"
#include "store/stored_row.hpp"
#include "wire/client.hpp"

namespace wasl::test {
namespace {

// Small segments, so that runs of a few hundred records roll over several.
constexpr journal::Options kSegments{.segment_bytes = 32 * 1024};
// With the largest record behind it a group still fits a segment.
constexpr std::size_t kGroupBytesMax = 8 * 1024;
// Of one closing: short lists close often.
constexpr std::size_t kClosingClaims = 8;
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
  const core::Rulebook rulebook = dz_cnas();
  seed_entry(core::rulebook_key(rulebook.scheme), rulebook, rows);
  const core::Fund fund{code<core::FundCode>(kFund), rulebook.scheme, "CNAS", 1};
  seed_entry(core::fund_key(fund.code), fund, rows);
  const core::Product medicine = product("A", dzd(1'000));
  seed_entry(core::product_key(medicine.catalogue, medicine.code, medicine.in_force.from), medicine,
             rows);
}

// What the clients know to be approved, neither reversed nor presented; by claim.
std::vector<core::ListedClaim> standing_claims(const ClientRecord& record) {
  std::map<core::ClaimId, core::Cents> standing;
  for (const Sent& sent : record.requests()) {
    if (!sent.answer) continue;
    const auto body = wire::read_body(sent.answer->body);
    WASL_ASSERT(body.has_value());
    if (body->has_claim() && body->claim().outcome() != v1::ClaimAnswer::DECLINED) {
      standing[body->claim().claim_id()] = core::Cents{body->claim().insurer_cents()};
    }
    if (body->reversal().effect() == v1::ReversalAnswer::RELEASED) {
      standing.erase(body->reversal().claim_id());
    }
    const auto* closing = std::get_if<core::CloseBordereau>(&sent.command.request);
    if (closing == nullptr || body->closing().reason() != v1::REASON_NONE) continue;
    for (const core::ListedClaim& each : closing->claims) standing.erase(each.claim);
  }
  std::vector<core::ListedClaim> claims;
  for (const auto& [claim, insurer] : standing) claims.push_back({claim, insurer});
  return claims;
}

// Of one kind, whole.
template <typename T>
std::vector<T> rows_of(const OrderedRows& rows, core::KeyTag tag) {
  std::vector<T> found;
  for (const auto& [key, value] : rows.rows) {
    if (key.front() != static_cast<char>(tag)) continue;
    const auto row = store::decode_stored(core::RowKey(key), value);
    WASL_ASSERT(row.has_value());
    found.push_back(std::get<T>(*row));
  }
  return found;
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
  engine_ = std::make_unique<engine::Engine>(
      engine::Options{.group_commands_max = 1 + below(8), .group_bytes_max = kGroupBytesMax},
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
  switch (below(9)) {
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
    default:
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

void SwitchSimulation::repeat(std::size_t request) {
  submit(record_.requests()[request].command, request);
}

void SwitchSimulation::take(const engine::Delivery& delivery) {
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

std::size_t SwitchSimulation::bordereaux() const {
  return rows_of<core::Bordereau>(store_->applied(), core::KeyTag::kBordereau).size();
}

std::vector<std::string> SwitchSimulation::faulty_bordereaux() const {
  std::vector<std::string> faults;
  std::map<core::ClaimId, std::uint32_t> presented;
  for (const auto& each : rows_of<core::Bordereau>(store_->applied(), core::KeyTag::kBordereau)) {
    core::Cents total;
    for (const core::PresentedClaim& claim : each.claims) {
      total += claim.insurer;
      const bool once = presented.emplace(claim.claim, each.number).second;
      if (!once) faults.push_back("claim presented twice: " + std::to_string(claim.claim));
    }
    if (total != each.total) faults.push_back("a total is not the sum of its claims");
  }
  for (const auto& row : rows_of<core::RequestRow>(store_->applied(), core::KeyTag::kRequest)) {
    const auto found = presented.find(row.sequence);
    const std::uint32_t bordereau = found == presented.end() ? 0 : found->second;
    if (row.bordereau != bordereau) {
      faults.push_back("claim and bordereau disagree: " + std::to_string(row.sequence));
    }
  }
  return faults;
}

void SwitchSimulation::resolve() {
  settle();
  for (int round = 0; round < 2; ++round) {
    for (std::size_t i = 0; i < record_.requests().size(); ++i) repeat(i);
    settle();
  }
}

}  // namespace wasl::test
