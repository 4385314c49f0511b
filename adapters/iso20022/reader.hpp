#pragma once
// Walks a document as its schema has it and notes the first thing that is wrong, with line and
// element path; from then on nothing more is read. Notes name places and never repeat a text of the
// file, but for a code of four capitals. One thread.

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/calendar.hpp"
#include "core/money.hpp"
#include "core/result.hpp"
#include "iso20022/document.hpp"
#include "iso20022/reason.hpp"

namespace wasl::iso20022 {

// maxLength of the schemas' types, in characters.
inline constexpr std::size_t kMax4Text = 4;
inline constexpr std::size_t kMax34Text = 34;
inline constexpr std::size_t kMax35Text = 35;

// What stands for an end-to-end id where whoever paid gave none.
inline constexpr std::string_view kNoEndToEndId = "NOTPROVIDED";

struct Expected {
  std::string currency;                // ISO 4217, of every amount.
  std::chrono::minutes utc_offset{0};  // Of times that name no zone.
};

enum class Occurs : std::uint8_t { kOptional, kOnce, kRepeated };

// One child of an element, as far as we read it.
struct Child {
  std::string_view name;
  Occurs occurs;
  std::function<void(const Element&)> read;
};

template <typename Read>
[[nodiscard]] Child optional(std::string_view name, Read read) {
  return {name, Occurs::kOptional, std::move(read)};
}
template <typename Read>
[[nodiscard]] Child once(std::string_view name, Read read) {
  return {name, Occurs::kOnce, std::move(read)};
}
// Any number of them, none too.
template <typename Read>
[[nodiscard]] Child repeated(std::string_view name, Read read) {
  return {name, Occurs::kRepeated, std::move(read)};
}

class Reader {
 public:
  Reader(const Document& document, const Expected& expected)
      : document_(document), expected_(expected) {}

  // Reads the children named, which come in this order (xs:sequence). Others of the document's
  // namespace are passed over, with all that they hold.
  void sequence(const Element& parent, std::span<const Child> children);
  // Its only child, one of those named (xs:choice).
  void choice(const Element& parent, std::span<const Child> children);

  [[nodiscard]] std::string text(const Element& at, std::size_t characters_max);
  // One to four capitals or digits: an entry of one of ISO 20022's external code lists.
  [[nodiscard]] std::string code(const Element& at);
  [[nodiscard]] std::uint64_t count(const Element& at);
  [[nodiscard]] core::Cents amount(const Element& at);  // In the expected currency.
  [[nodiscard]] core::Cents decimal(const Element& at);
  [[nodiscard]] core::Instant instant(const Element& at);
  [[nodiscard]] core::Day date_or_time(const Element& at);  // DateAndDateTime2Choice
  [[nodiscard]] Reason reason(const Element& at);
  // An end-to-end id, which the file may hold once unless it is kNoEndToEndId.
  [[nodiscard]] std::string end_to_end_id(const Element& at);

  // "line 7: CstmrPmtStsRpt/GrpHdr/CreDtTm: what"
  void wrong(const Element& at, core::Errc code, std::string_view what);
  [[nodiscard]] const std::optional<core::Error>& error() const { return error_; }

 private:
  [[nodiscard]] std::string_view value(const Element& at);
  [[nodiscard]] std::string path(const Element& at) const;
  void refuse_missing(std::span<const Child> left_out, const Element& parent);

  const Document& document_;
  const Expected& expected_;
  std::map<std::string_view, std::uint32_t> lines_of_ids_;
  std::optional<core::Error> error_;
};

}  // namespace wasl::iso20022
