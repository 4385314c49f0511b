#include "rulebook/reader.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/bounds.hpp"
#include "core/nearest.hpp"
#include "rulebook/keys.hpp"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace wasl::rulebook {
namespace {

using core::Errc;
using core::Parameters;
using core::Rulebook;

constexpr std::int64_t kFormat = 1;
constexpr std::string_view kNone = "none";

core::Sha256 sha256(std::string_view text) {
  core::Sha256 hash{};
  const int done =
      EVP_Digest(text.data(), text.size(), hash.data(), nullptr, EVP_sha256(), nullptr);
  WASL_ASSERT(done == 1);
  return hash;
}

class Problems {
 public:
  void add(const toml::source_region& at, std::string_view what) {
    if (++count_ > kProblemsMax) return;
    if (!text_.empty()) text_ += '\n';
    text_ += std::to_string(at.begin.line) + ':' + std::to_string(at.begin.column) + ": ";
    text_ += what;
  }
  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] std::string text() const {
    if (count_ <= kProblemsMax) return text_;
    return text_ + "\nand " + std::to_string(count_ - kProblemsMax) + " more";
  }

 private:
  std::string text_;
  std::size_t count_ = 0;
};

std::string quoted(std::string_view name) { return '`' + std::string(name) + '`'; }

// One table of the file: reads typed values and notes what does not fit.
class Table {
 public:
  Table(const toml::table& table, Problems& problems) : table_(table), problems_(problems) {}

  void check_keys(const std::vector<std::string>& known) {
    for (const auto& [key, node] : table_) {
      if (std::ranges::find(known, key.str()) != known.end()) continue;
      const std::string near = core::nearest(key.str(), known);
      problems_.add(key.source(), "unknown key " + quoted(key.str()) +
                                      (near.empty() ? "" : ", did you mean " + quoted(near) + '?'));
    }
  }

  [[nodiscard]] bool has(std::string_view name) const { return table_.contains(name); }

  // Notes a missing key, too.
  const toml::node* required(std::string_view name, std::string_view expected) {
    const toml::node* node = table_.get(name);
    if (node == nullptr) {
      problems_.add(table_.source(),
                    "missing key " + quoted(name) + ", expected " + std::string(expected));
    }
    return node;
  }

  void wrong(const toml::node& node, std::string_view name, std::string_view expected) {
    problems_.add(node.source(),
                  "wrong value of " + quoted(name) + ", expected " + std::string(expected));
  }

  std::int64_t number(std::string_view name, std::int64_t min, std::int64_t max) {
    const std::string expected = range(min, max);
    const toml::node* node = required(name, expected);
    if (node == nullptr) return min;
    const auto value = node->value_exact<std::int64_t>();
    if (!value || *value < min || *value > max) wrong(*node, name, expected);
    return value.value_or(min);
  }

  template <typename CodeType>
  CodeType code(std::string_view name) {
    const std::string expected =
        "a text of 1 to " + std::to_string(CodeType::kBytesMax) + " printable ASCII characters";
    const toml::node* node = required(name, expected);
    if (node == nullptr) return {};
    const auto made = CodeType::make(node->value_exact<std::string_view>().value_or(""));
    if (!made) wrong(*node, name, expected);
    return made.value_or(CodeType{});
  }

  std::string currency(std::string_view name) {
    constexpr std::string_view kExpected = "three capital letters such as \"DZD\"";
    const toml::node* node = required(name, kExpected);
    if (node == nullptr) return {};
    const auto text = node->value_exact<std::string_view>().value_or("");
    const bool letters = std::ranges::all_of(text, [](char c) { return 'A' <= c && c <= 'Z'; });
    if (text.size() != core::kCurrencyBytes || !letters) wrong(*node, name, kExpected);
    return std::string(text);
  }

  std::optional<core::Day> day(std::string_view name) {
    constexpr std::string_view kExpected = "a date such as 2025-01-01, from 1900 to 2199";
    const toml::node* node = required(name, kExpected);
    if (node == nullptr) return std::nullopt;
    const auto date = node->value_exact<toml::date>();
    if (date) {
      const core::Day day{std::chrono::year{date->year} / date->month / date->day};
      if (core::kDayMin <= day && day <= core::kDayMax) return day;
    }
    wrong(*node, name, kExpected);
    return std::nullopt;
  }

  bool boolean(std::string_view name) {
    const toml::node* node = required(name, "true or false");
    if (node == nullptr) return false;
    const auto value = node->value_exact<bool>();
    if (!value) wrong(*node, name, "true or false");
    return value.value_or(false);
  }

  core::LimitsExempt limits_exempt(std::string_view name) {
    using core::LimitsExempt;
    constexpr std::string_view kExpected =
        "\"none\", \"long_term_lines\" or \"long_term_beneficiary\"";
    const toml::node* node = required(name, kExpected);
    if (node == nullptr) return LimitsExempt::kNone;
    const auto text = node->value_exact<std::string_view>().value_or("");
    if (text == "long_term_lines") return LimitsExempt::kLongTermLines;
    if (text == "long_term_beneficiary") return LimitsExempt::kLongTermBeneficiary;
    if (text != kNone) wrong(*node, name, kExpected);
    return LimitsExempt::kNone;
  }

  void number(const NumberKey& key, Parameters& to) {
    if (key.may_be_none && has(key.name)) {
      const toml::node& node = *table_.get(key.name);
      if (node.value_exact<std::string_view>() == kNone) return key.clear(to);
      const auto value = node.value_exact<std::int64_t>();
      if (value && key.min <= *value && *value <= key.max) return key.set(to, *value);
      return wrong(node, key.name, range(key.min, key.max) + " or \"none\"");
    }
    const std::int64_t value = number(key.name, key.min, key.max);
    if (key.min <= value && value <= key.max) key.set(to, value);
  }

 private:
  static std::string range(std::int64_t min, std::int64_t max) {
    return "a whole number from " + std::to_string(min) + " to " + std::to_string(max);
  }

  const toml::table& table_;
  Problems& problems_;
};

// The history holds this quarter and the two before: the prescription of any claim that is still
// admitted must lie within them. Judged in a year without a leap day, on the quarters' first days,
// when least is held.
bool within_history(const Parameters& period) {
  const std::int32_t first = core::quarter_of(core::Day{std::chrono::year{2025} / 1 / 1});
  for (std::int32_t quarter = first; quarter < first + 4; ++quarter) {
    const core::Day today = core::first_day_of_quarter(quarter);
    const core::Day third_party = today - std::chrono::days{period.service_date_past_days_max};
    const core::Day refund = core::months_after(today, -int{period.refund_months_max});
    const core::Day oldest =
        std::min(third_party, refund) - std::chrono::days{period.prescription_days_max};
    if (oldest < core::first_day_of_quarter(quarter - 2)) return false;
  }
  return true;
}

class RulebookReader {
 public:
  Rulebook read(const toml::table& file) {
    Table table(file, problems_);
    table.check_keys(file_keys());
    table.number("format", kFormat, kFormat);
    Rulebook rulebook;
    rulebook.scheme = table.code<core::SchemeCode>("scheme");
    rulebook.catalogue = table.code<core::CatalogueCode>("catalogue");
    rulebook.currency = table.currency("currency");
    rulebook.utc_offset = std::chrono::minutes{table.number(
        "utc_offset_minutes", -core::kUtcOffsetMinutesMax, core::kUtcOffsetMinutesMax)};
    read_periods(table, rulebook);
    return rulebook;
  }

  [[nodiscard]] const Problems& problems() const { return problems_; }

 private:
  void read_periods(Table& table, Rulebook& rulebook) {
    constexpr std::string_view kExpected = "1 to 255 tables [[period]]";
    const toml::node* node = table.required("period", kExpected);
    if (node == nullptr) return;
    const toml::array* periods = node->as_array();
    if (periods == nullptr || periods->empty() || periods->size() > core::kListItemsMax ||
        !periods->is_homogeneous<toml::table>()) {
      return table.wrong(*node, "period", kExpected);
    }
    for (const toml::node& each : *periods) {
      read_period(*each.as_table(), rulebook.periods);
    }
  }

  void read_period(const toml::table& source, std::vector<Parameters>& periods) {
    Table table(source, problems_);
    const bool first = periods.empty();
    Parameters period = first ? Parameters{} : periods.back();
    table.check_keys(period_keys());
    read_from(table, source, periods, period);
    if (first || table.has(kPrescriberChecked)) {
      period.prescriber_checked = table.boolean(kPrescriberChecked);
    }
    if (first || table.has(kLimitsExempt)) {
      period.limits_exempt = table.limits_exempt(kLimitsExempt);
    }
    for (const NumberKey& key : number_keys()) {
      if ((first && !key.has_default) || table.has(key.name)) table.number(key, period);
    }
    if (!within_history(period)) {
      problems_.add(source.source(),
                    "this period admits claims older than the history kept: expected "
                    "`prescription_days_max` and the longer of `service_date_past_days_max` and "
                    "`refund_months_max` together within two quarters");
    }
    periods.push_back(period);
  }

  void read_from(Table& table, const toml::table& source, const std::vector<Parameters>& periods,
                 Parameters& period) {
    const auto from = table.day(kFrom);
    if (!from) return;
    period.from = *from;
    const toml::node& node = *source.get(kFrom);
    if (periods.empty() && *from != core::kDayMin) {
      table.wrong(node, kFrom, core::to_text(core::kDayMin) + " in the first period");
    }
    if (!periods.empty() && *from <= periods.back().from) {
      table.wrong(node, kFrom, "a day after the period before");
    }
  }

  Problems problems_;
};

}  // namespace

core::Result<Rulebook> read_rulebook(std::string_view text) {
  if (text.size() > core::kRulebookBytesMax) {
    return core::fail(Errc::kLimit, "a rulebook has at most " +
                                        std::to_string(core::kRulebookBytesMax) + " bytes");
  }
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    Problems problems;
    problems.add(parsed.error().source(), parsed.error().description());
    return core::fail(Errc::kMalformed, problems.text());
  }
  RulebookReader reader;
  Rulebook rulebook = reader.read(parsed.table());
  if (!reader.problems().empty()) {
    return core::fail(Errc::kMalformed, reader.problems().text());
  }
  rulebook.hash = sha256(text);
  return rulebook;
}

}  // namespace wasl::rulebook
