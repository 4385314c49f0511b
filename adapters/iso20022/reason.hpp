#pragma once
// Why a bank rejects or returns: StatusReason6Choice of pain.002, ReturnReason5Choice of camt.054.

#include <string>

namespace wasl::iso20022 {

struct Reason {
  std::string text;          // "AC04", or the bank's own words.
  bool proprietary = false;  // The bank's own (Prtry), no code of ISO 20022.

  friend bool operator==(const Reason&, const Reason&) = default;
};

}  // namespace wasl::iso20022
