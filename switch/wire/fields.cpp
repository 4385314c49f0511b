#include "wire/fields.hpp"

#include <algorithm>

#include "wire/limits.hpp"

namespace wasl::wire {
namespace {

constexpr bool is_printable(char c) { return c >= 0x21 && c <= 0x7e; }

}  // namespace

void Fields::fail(const char* name, const char* problem, core::Refusal code) const {
  if (fault_.found) return;
  fault_ = {true, code, to_text(Path{&path_, name}), problem};
}

void Fields::fail_code(const char* name, const std::string& text, std::size_t most) const {
  const std::string wanted = "1 to " + std::to_string(most) + " printable ASCII characters";
  fail(name, text.empty() ? "required" : ("not " + wanted + " without space").c_str());
}

void Fields::fail_range(const char* name, const std::string& value, std::uint64_t least,
                        std::uint64_t most) const {
  const std::string range = std::to_string(least) + ".." + std::to_string(most);
  fail(name, (value + " is outside " + range).c_str());
}

void Fields::fail_size(const char* name, std::size_t size, std::size_t wanted) const {
  fail(name, (std::to_string(size) + " bytes, exactly " + std::to_string(wanted) + " are asked for")
                 .c_str());
}

std::uint16_t Fields::page_size(std::uint32_t given) const {
  const auto size = number<std::uint16_t>("page_size", given, 0, core::kPageMax);
  return size == 0 ? static_cast<std::uint16_t>(core::kPageMax) : size;
}

core::Cents Fields::cents(const char* name, std::int64_t value, core::Cents most,
                          std::int64_t least) const {
  if (value < least || value > most.value) {
    fail_range(name, std::to_string(value), static_cast<std::uint64_t>(least),
               static_cast<std::uint64_t>(most.value));
  }
  return core::Cents{value};
}

core::Cents Fields::price(const char* name, std::int64_t value) const {
  return cents(name, value, core::kUnitPriceMax);
}

core::Day Fields::day(const char* name, const std::string& text) const {
  const auto parsed = core::parse_day(text);
  if (parsed) return *parsed;
  fail(name, text.empty() ? "required" : "not a day YYYY-MM-DD from 1900-01-01 to 2199-12-31");
  return core::kDayMin;
}

core::Interval Fields::interval(const char* name, const v1::Interval& given, End end) const {
  return in(name).interval(given.from(), given.until(), end);
}

core::Interval Fields::interval(const std::string& from, const std::string& until, End end) const {
  core::Interval out;
  out.from = day("from", from);
  out.until = end == End::kMayBeOpen ? day_or("until", until, core::kDayMax) : day("until", until);
  if (out.until < out.from) fail("until", "before `from`");
  return out;
}

core::RequestId Fields::request_id(const char* name, const std::string& given) const {
  const auto id = bytes<std::tuple_size_v<core::RequestId>>(name, given);
  // All zero stands for "none" in a record, so no request may have it.
  if (id == core::RequestId{}) fail(name, "all zero");
  return id;
}

std::string Fields::text(const char* name, const std::string& given, std::size_t bytes_max) const {
  if (given.size() > bytes_max) {
    fail(name, ("longer than " + std::to_string(bytes_max) + " bytes").c_str());
  }
  return given;
}

std::string Fields::payout_account(const char* name, const std::string& given) const {
  require(std::all_of(given.begin(), given.end(), is_printable), name,
          "not printable ASCII characters without space");
  return text(name, given, core::kPayoutAccountBytesMax);
}

}  // namespace wasl::wire
