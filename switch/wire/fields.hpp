#pragma once
// Checks of single fields. Every check returns a value, also where the field is wrong: the first
// fault is kept, and whoever converts a request looks at it once, before the values are used.
// Sentences hold no identifiers.

#include <array>
#include <string>

#include "core/calendar.hpp"
#include "core/ids.hpp"
#include "core/reply.hpp"
#include "core/rows.hpp"
#include "wasl/v1/common.pb.h"
#include "wire/path.hpp"

namespace wasl::wire {

struct Fault {
  bool found = false;
  core::Refusal code = core::Refusal::kMalformed;
  std::string field;
  std::string problem;
};

// A message of a request, by its place. Children point to their parents: keep them on the stack.
class Fields {
 public:
  explicit Fields(Fault& fault) : fault_(fault) {}

  [[nodiscard]] Fields in(const char* name, int index = -1) const {
    return Fields(fault_, Path{&path_, name, index});
  }

  void fail(const char* name, const char* problem,
            core::Refusal code = core::Refusal::kMalformed) const;
  [[nodiscard]] bool failed() const { return fault_.found; }
  void require(bool condition, const char* name, const char* problem) const {
    if (!condition) fail(name, problem);
  }

  template <typename C>
  [[nodiscard]] C code(const char* name, const std::string& text) const {
    const auto made = C::make(text);
    if (!made) fail_code(name, text, C::kBytesMax);
    return made ? *made : C{};
  }
  template <typename C>
  [[nodiscard]] C code_or_empty(const char* name, const std::string& text) const {
    return text.empty() ? C{} : code<C>(name, text);
  }

  template <typename T>
  [[nodiscard]] T number(const char* name, std::uint64_t value, std::uint64_t least,
                         std::uint64_t most) const {
    if (value < least || value > most) fail_range(name, std::to_string(value), least, most);
    return static_cast<T>(value);
  }
  // Rows of a page of a listing: 0 means core::kPageMax.
  [[nodiscard]] std::uint16_t page_size(std::uint32_t given) const;
  // Centimes, `least`..`most`.
  [[nodiscard]] core::Cents cents(const char* name, std::int64_t value, core::Cents most,
                                  std::int64_t least = 1) const;
  // Centimes, 1..core::kUnitPriceMax.
  [[nodiscard]] core::Cents price(const char* name, std::int64_t value) const;

  // An enum of the protocol whose numbers are core's: 1..`last`, or from 0 where `first` says so.
  template <typename T>
  [[nodiscard]] T choice(const char* name, int value, T last, T first = T{1}) const {
    if (value < static_cast<int>(first) || value > static_cast<int>(last)) {
      fail_range(name, std::to_string(value), static_cast<unsigned>(first),
                 static_cast<unsigned>(last));
    }
    return static_cast<T>(value);
  }

  [[nodiscard]] core::Day day(const char* name, const std::string& text) const;
  [[nodiscard]] core::Day day_or(const char* name, const std::string& text, core::Day other) const {
    return text.empty() ? other : day(name, text);
  }
  enum class End : std::uint8_t { kRequired, kMayBeOpen };
  [[nodiscard]] core::Interval interval(const char* name, const v1::Interval& given, End end) const;
  [[nodiscard]] core::Interval interval(const std::string& from, const std::string& until,
                                        End end) const;

  template <std::size_t N>
  [[nodiscard]] std::array<std::uint8_t, N> bytes(const char* name,
                                                  const std::string& given) const {
    std::array<std::uint8_t, N> out{};
    if (given.size() == N) {
      std::copy(given.begin(), given.end(), out.begin());
    } else {
      fail_size(name, given.size(), N);
    }
    return out;
  }
  [[nodiscard]] core::RequestId request_id(const char* name, const std::string& given) const;
  // UTF-8 (the scan saw to it), at most so many bytes.
  [[nodiscard]] std::string text(const char* name, const std::string& given,
                                 std::size_t bytes_max) const;
  // Printable ASCII without space, at most core::kPayoutAccountBytesMax; may be empty.
  [[nodiscard]] std::string payout_account(const char* name, const std::string& given) const;

 private:
  Fields(Fault& fault, Path path) : fault_(fault), path_(path) {}

  void fail_code(const char* name, const std::string& text, std::size_t most) const;
  void fail_range(const char* name, const std::string& value, std::uint64_t least,
                  std::uint64_t most) const;
  void fail_size(const char* name, std::size_t size, std::size_t wanted) const;

  Fault& fault_;
  Path path_;
};

}  // namespace wasl::wire
