#include "cli/bordereau_view.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "core/calendar.hpp"
#include "core/hex.hpp"
#include "core/money.hpp"

namespace wasl::cli {
namespace {

namespace json = boost::json;

std::string closed_at(const v1::Bordereau& one) {
  return core::to_text(core::Instant{std::chrono::milliseconds{one.closed_at_ms()}});
}
std::string money(std::int64_t cents) { return core::to_text(core::Cents{cents}); }
std::string hex(const std::string& bytes) { return core::to_hex(core::as_bytes(bytes)); }

json::object head(const v1::Bordereau& one) {
  return {{"provider", one.provider().id()},
          {"fund", one.fund()},
          {"number", one.number()},
          {"closed_at", closed_at(one)},
          {"closed_by", one.closed_by()},
          {"due", one.due()},
          {"count", one.count()},
          {"total_cents", one.total_cents()}};
}

constexpr std::string_view kLine = "{:>9}  {:<24}  {:<10}  {:>6}  {:>20}\n";

std::string text_line(const v1::Bordereau& one) {
  return fmt::format(kLine, one.number(), closed_at(one), one.due(), one.count(),
                     money(one.total_cents()));
}

std::string text_head() {
  return fmt::format(kLine, "bordereau", "closed at", "due", "claims", "total");
}

}  // namespace

std::string bordereaux(std::span<const v1::Bordereau> all, Format format) {
  if (format == Format::kJson) {
    json::array out;
    for (const v1::Bordereau& one : all) out.push_back(head(one));
    return json::serialize(json::object{{"bordereaux", std::move(out)}}) + "\n";
  }
  const bool csv = format == Format::kCsv;
  std::string out = csv ? "number,closed_at,closed_by,due,count,total_cents\n" : text_head();
  for (const v1::Bordereau& one : all) {
    out += csv ? fmt::format("{},{},{},{},{},{}\n", one.number(), closed_at(one), one.closed_by(),
                             one.due(), one.count(), one.total_cents())
               : text_line(one);
  }
  return out;
}

std::string bordereau(const v1::Bordereau& one, Format format) {
  if (format == Format::kJson) {
    json::object out = head(one);
    json::array claims;
    for (const v1::PresentedClaim& each : one.claims()) {
      claims.push_back({{"claim_id", each.claim_id()},
                        {"request_id", hex(each.request_id())},
                        {"insurer_cents", each.insurer_cents()}});
    }
    out["claims"] = std::move(claims);
    return json::serialize(out) + "\n";
  }
  const bool csv = format == Format::kCsv;
  std::string out = csv ? "claim_id,request_id,insurer_cents\n" : text_head() + text_line(one);
  for (const v1::PresentedClaim& each : one.claims()) {
    out += csv ? fmt::format("{},{},{}\n", each.claim_id(), hex(each.request_id()),
                             each.insurer_cents())
               : fmt::format("  {:>18}  {:<32}  {:>20}\n", each.claim_id(), hex(each.request_id()),
                             money(each.insurer_cents()));
  }
  return out;
}

}  // namespace wasl::cli
