#pragma once
// What `wasl terminal bordereaux` prints: the statement that a person can print and a machine can
// read. Amounts for people are in dinars, for machines in centimes. Pure.

#include <span>
#include <string>

#include "cli/format.hpp"
#include "wasl/v1/bordereau.pb.h"

namespace wasl::cli {

// One line each.
[[nodiscard]] std::string bordereaux(std::span<const v1::Bordereau> all, Format format);
// With its claims.
[[nodiscard]] std::string bordereau(const v1::Bordereau& one, Format format);

}  // namespace wasl::cli
