#pragma once
// What the people of a day do at the switch, one visit each: pharmacies sell, then close their day;
// clerks accept what their centre finds to review; operators of funds propose runs and approve
// them. Each errand counts what the switch told, to be held against what was expected.

#include <string>
#include <vector>

#include "core/closing.hpp"
#include "load/day_setting.hpp"

namespace wasl::cli {

// Claims and what the fund pays of them.
struct Tally {
  std::uint64_t claims = 0;
  std::int64_t cents = 0;

  friend bool operator==(const Tally&, const Tally&) = default;
};

// Each pharmacy sells until so many of its claims are approved.
class Sales final : public Errand {
 public:
  Sales(const DaySetting& day, std::size_t claims_each)
      : day_(day), claims_each_(claims_each), sold_(day.pharmacies.size()) {}

  [[nodiscard]] asio::awaitable<core::Result<void>> run(Client& client,
                                                        std::size_t visitor) override;
  // By pharmacy, as they were answered.
  [[nodiscard]] const std::vector<std::vector<core::ListedClaim>>& sold() const { return sold_; }
  [[nodiscard]] Tally total() const;

 private:
  const DaySetting& day_;
  std::size_t claims_each_;
  std::vector<std::vector<core::ListedClaim>> sold_;
};

// Each pharmacy presents what it has sold in one closing, signed beforehand.
class Closings final : public Errand {
 public:
  // Signs the lists, with a PEM file's key that is registered for every pharmacy.
  [[nodiscard]] core::Result<void> sign(const DaySetting& day, const Sales& sales,
                                        const std::string& signing_key);

  [[nodiscard]] asio::awaitable<core::Result<void>> run(Client& client,
                                                        std::size_t visitor) override;
  [[nodiscard]] std::uint64_t bordereaux() const { return bordereaux_; }
  [[nodiscard]] const Tally& presented() const { return presented_; }

 private:
  std::vector<std::string> envelopes_;  // By pharmacy.
  std::uint64_t bordereaux_ = 0;
  Tally presented_;
};

// Each clerk asks what is to be reviewed and accepts all of it.
class Reviews final : public Errand {
 public:
  explicit Reviews(const DaySetting& day) : day_(day) {}

  [[nodiscard]] asio::awaitable<core::Result<void>> run(Client& client,
                                                        std::size_t visitor) override;
  [[nodiscard]] std::uint64_t bordereaux() const { return bordereaux_; }
  [[nodiscard]] const Tally& accepted() const { return accepted_; }

 private:
  const DaySetting& day_;
  std::uint64_t bordereaux_ = 0;
  Tally accepted_;
};

struct ProposedRun {
  std::uint64_t run = 0;
  std::uint32_t payouts = 0;
  std::int64_t cents = 0;
  std::uint32_t steps = 0;
  std::uint32_t left_out = 0;
};

// Of each fund, one operator takes all that is owed into a run.
class Proposals final : public Errand {
 public:
  explicit Proposals(const DaySetting& day) : day_(day), runs_(day.offices.size()) {}

  [[nodiscard]] asio::awaitable<core::Result<void>> run(Client& client,
                                                        std::size_t visitor) override;
  // By fund.
  [[nodiscard]] const std::vector<ProposedRun>& runs() const { return runs_; }

 private:
  const DaySetting& day_;
  std::vector<ProposedRun> runs_;
};

// And another one approves it.
class Approvals final : public Errand {
 public:
  Approvals(const DaySetting& day, const std::vector<ProposedRun>& runs) : day_(day), runs_(runs) {}

  [[nodiscard]] asio::awaitable<core::Result<void>> run(Client& client,
                                                        std::size_t visitor) override;

 private:
  const DaySetting& day_;
  const std::vector<ProposedRun>& runs_;
};

}  // namespace wasl::cli
