#pragma once
// The label texts of the closed enums that metrics are counted by. Never renamed: alerts and
// dashboards name them.

#include <array>
#include <string_view>

#include "core/observer.hpp"
#include "ops/metrics.hpp"

namespace wasl::ops {

// One text for each enumerator before kEnd.
template <typename Enum>
using LabelTexts = std::array<std::string_view, static_cast<std::size_t>(Enum::kEnd)>;

inline constexpr LabelTexts<core::Stage> kStageTexts{"decode", "proof", "queue", "load",
                                                     "decide", "sync",  "total", "apply"};
inline constexpr LabelTexts<core::HandshakeResult> kHandshakeTexts{
    "ok",      "no_certificate", "unknown_authority", "expired",      "not_yet_valid",
    "revoked", "crl_unusable",   "wrong_purpose",     "bad_identity", "alpn",
    "version", "protocol",       "timeout",           "closed",       "certificate_limit"};
inline constexpr LabelTexts<core::AcceptRefusal> kAcceptTexts{"total_limit", "address_limit",
                                                              "descriptors"};
inline constexpr LabelTexts<core::FrameRefusal> kFrameTexts{"empty", "too_long", "truncated",
                                                            "slow"};
inline constexpr LabelTexts<core::CloseCause> kCloseTexts{
    "none",         "peer", "lost",      "idle",    "slow_frame", "slow_reader",
    "broken_frame", "tls",  "handshake", "revoked", "session",    "stopping"};
inline constexpr LabelTexts<Expiring> kExpiringTexts{"server_certificate", "authority",
                                                     "revocation_list"};
// By number; 0 is no refusal or cause. BUSY is counted by its cause, not here.
inline constexpr std::array<std::string_view, 8> kRefusalTexts{
    "", "malformed",         "not_permitted",  "participant_suspended", "not_registered",
    "", "request_id_reused", "unknown_request"};
inline constexpr std::array<std::string_view, 8> kBusyTexts{"",     "queue", "parked", "lag",
                                                            "disk", "clock", "rate",   "keys"};
static_assert(kBusyTexts.size() == static_cast<std::size_t>(core::BusyCause::kKeys) + 1);
inline constexpr std::array<std::string_view, 2> kReloadTexts{"done", "failed"};
inline constexpr std::array<std::string_view, 8> kRoleTexts{
    "", "provider", "centre", "fund", "authority", "desk", "centre_operator", "fund_operator"};
// By deed, from 1; one that is no request has none.
inline constexpr std::array<std::string_view, core::kDeeds + 1> kDeedTexts{
    "",
    "submit_claim",
    "quote_claim",
    "reverse_claim",
    "get_claim",
    "list_claims",
    "get_rights",
    "update_card",
    "report_card",
    "request_prior_agreement",
    "decide_prior_agreement",
    "list_prior_agreements",
    "put_account",
    "put_card",
    "put_registration",
    "put_prescriber",
    "put_product",
    "put_tarif",
    "put_rulebook",
    "confirm_clock",
    "import",
    "list_balances",
    "list_postings",
    "close_bordereau",
    "list_bordereaux",
    "get_bordereau",
    "correct_claim",
    "review_bordereau",
    "list_reviews",
    "set_payout_account",
    "list_payout_changes",
    "propose_run",
    "collect_run",
    "approve_run",
    "cancel_run",
    "list_owed",
    "list_runs",
    "list_payouts",
    "export_run",
    "",
    "open_status_file",
    "receive_statuses",
    "apply_statuses",
    "drop_status_file",
    "list_status_files",
    "reduce_claim",
    "list_receivables",
    "advance_business_day",
    "reconcile",
    "get_bank_file"};

}  // namespace wasl::ops
