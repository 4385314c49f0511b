#pragma once
// What `wasl terminal bordereaux` and `wasl counter show` print: the statement that a person can
// print and a machine can read. Amounts for people are in dinars, for machines in centimes. Pure.

#include <span>
#include <string>

#include "cli/format.hpp"
#include "core/reason.hpp"
#include "wasl/v1/bordereau.pb.h"

namespace wasl::cli {

// One line each.
[[nodiscard]] std::string bordereaux(std::span<const v1::Bordereau> all, Format format);
// With its claims. People read states and reasons in `language`, machines their names.
[[nodiscard]] std::string bordereau(const v1::Bordereau& one, Format format,
                                    core::Language language);
// "bordereau 3 of pharmacy 16-004512, fund CNAS, reviewed by centre 16-01"
[[nodiscard]] std::string title_of(const v1::Bordereau& one);

}  // namespace wasl::cli
