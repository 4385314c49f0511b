#include "iso20022/reader.hpp"

#include <algorithm>

#include "iso20022/characters.hpp"
#include "iso20022/values.hpp"

namespace wasl::iso20022 {
namespace {

using core::Errc;

using Children = std::span<const Child>;

auto find(Children children, std::string_view name) {
  return std::ranges::find(children, name, &Child::name);
}

bool is_capital_or_digit(char c) { return ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9'); }

}  // namespace

void Reader::sequence(const Element& parent, Children children) {
  Children left = children;  // What may still come.
  for (const Element* child = document_.first_child(parent); child != nullptr && !error_;
       child = document_.next_sibling(*child)) {
    if (child->foreign) {
      return wrong(parent, Errc::kMalformed, "holds an element of another namespace");
    }
    const auto found = find(left, child->name);
    if (found != left.end()) {
      refuse_missing({left.begin(), found}, parent);
      if (error_) return;
      found->read(*child);
      left = {found->occurs == Occurs::kRepeated ? found : found + 1, left.end()};
    } else if (find(children, child->name) != children.end()) {
      wrong(*child, Errc::kMalformed, "stands twice, or behind an element that must follow it");
    }
  }
  refuse_missing(left, parent);
}

// The children that were passed over, or are left at the end.
void Reader::refuse_missing(Children left_out, const Element& parent) {
  const auto required = std::ranges::find(left_out, Occurs::kOnce, &Child::occurs);
  if (required == left_out.end()) return;
  wrong(parent, Errc::kMalformed, std::string(required->name) + " is missing");
}

void Reader::choice(const Element& parent, Children children) {
  const Element* child = document_.first_child(parent);
  const bool alone = child != nullptr && document_.next_sibling(*child) == nullptr;
  const auto found = alone && !child->foreign ? find(children, child->name) : children.end();
  if (found == children.end()) {
    return wrong(parent, Errc::kMalformed, "does not hold exactly one of the elements expected");
  }
  found->read(*child);
}

std::string_view Reader::value(const Element& at) {
  if (document_.first_child(at) != nullptr) {
    wrong(at, Errc::kMalformed, "holds elements, expected a text");
  }
  return at.text;
}

std::string Reader::text(const Element& at, std::size_t characters_max) {
  const std::string_view given = value(at);
  const std::size_t characters = character_count(given);
  if (characters == 0 || characters > characters_max || has_control_character(given)) {
    wrong(at, Errc::kMalformed,
          "expected one line of 1 to " + std::to_string(characters_max) + " characters");
  }
  return std::string(given);
}

std::string Reader::code(const Element& at) {
  std::string given = text(at, kMax4Text);
  if (!std::ranges::all_of(given, is_capital_or_digit)) {
    wrong(at, Errc::kMalformed, "expected a code of 1 to 4 capitals or digits");
  }
  return given;
}

std::uint64_t Reader::count(const Element& at) {
  const auto number = parse_count(value(at));
  if (!number) wrong(at, Errc::kMalformed, "expected a number of 1 to 15 digits");
  return number.value_or(0);
}

core::Cents Reader::amount(const Element& at) {
  if (at.currency != expected_.currency) {
    wrong(at, Errc::kOutOfRange, "expected an amount with Ccy=\"" + expected_.currency + '"');
  }
  return decimal(at);
}

core::Cents Reader::decimal(const Element& at) {
  const auto amount = parse_amount(value(at));
  if (!amount) {
    wrong(at, Errc::kMalformed,
          "expected an amount of at most 16 digits and two behind the point, without sign");
  }
  return amount.value_or(core::Cents{});
}

core::Instant Reader::instant(const Element& at) {
  const auto time = parse_instant(value(at), expected_.utc_offset);
  if (!time) {
    wrong(at, Errc::kMalformed, "expected a time such as 2026-03-10T08:30:00 or with +01:00");
  }
  return time.value_or(core::Instant{});
}

core::Day Reader::date_or_time(const Element& at) {
  std::optional<core::Day> day;
  const Child children[] = {
      once("Dt", [&](const Element& date) { day = parse_date(value(date)); }),
      once("DtTm", [&](const Element& time) { day = parse_day_of_instant(value(time)); }),
  };
  choice(at, children);
  if (!day) wrong(at, Errc::kMalformed, "expected a date such as 2026-03-10, or a time");
  return day.value_or(core::Day{});
}

Reason Reader::reason(const Element& at) {
  Reason reason;
  const Child children[] = {
      once("Cd", [&](const Element& iso) { reason.text = code(iso); }),
      once("Prtry", [&](const Element& own) { reason = {text(own, kMax35Text), true}; }),
  };
  choice(at, children);
  return reason;
}

std::string Reader::end_to_end_id(const Element& at) {
  std::string id = text(at, kMax35Text);
  if (id == kNoEndToEndId) return id;
  const auto [known, added] = lines_of_ids_.emplace(at.text, at.line);
  if (!added) {
    wrong(at, Errc::kMalformed,
          "the same end-to-end id as on line " + std::to_string(known->second));
  }
  return id;
}

void Reader::wrong(const Element& at, Errc code, std::string_view what) {
  if (error_) return;
  error_ = {code, "line " + std::to_string(at.line) + ": " + path(at) + ": " + std::string(what)};
}

// Below the first element, whose name may be anything. All others that are read are of the schemas.
std::string Reader::path(const Element& at) const {
  if (at.depth == 0) return "Document";
  std::string text(at.name);
  const Element* above = document_.parent(at);
  while (above != nullptr && above->depth > 0) {
    text.insert(0, std::string(above->name) + '/');
    above = document_.parent(*above);
  }
  return text;
}

}  // namespace wasl::iso20022
