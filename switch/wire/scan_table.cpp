#include "wire/scan_table.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/assert.hpp"
#include "core/bounds.hpp"
#include "core/row_set.hpp"
#include "wasl/v1/envelope.pb.h"
#include "wire/limits.hpp"

namespace wasl::wire {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// envelope.proto: "Switch to client".
constexpr bool is_answer(int field) {
  return (field >= 40 && field <= 50) || (field >= 60 && field <= 64) || field == 73 ||
         field == 74 || field == 76;
}

constexpr std::pair<std::string_view, std::uint8_t> kTimesMax[] = {
    {"wasl.v1.Options.languages", kLanguagesMax},
    {"wasl.v1.Claim.lines", core::kClaimLinesMax},
    {"wasl.v1.CloseBordereau.claims", core::kClosingClaimsMax},
    {"wasl.v1.CorrectClaim.lines", core::kClaimLinesMax},
    {"wasl.v1.ReviewBordereau.verdicts", core::kVerdictsMax},
    {"wasl.v1.ReceiveStatuses.entries", core::kPartEntriesMax},
    {"wasl.v1.Account.cards", core::kFeedCardsMax},
    {"wasl.v1.Account.beneficiaries", core::kRankMax},
    {"wasl.v1.Account.agreements", core::kAgreementsMax},
    {"wasl.v1.Beneficiary.rights", core::kRightsMax},
    {"wasl.v1.Beneficiary.treatments", core::kTreatmentsMax},
    {"wasl.v1.Treatment.inns", core::kTreatmentInnsMax},
    {"wasl.v1.Registration.agreements", core::kFundAgreementsMax},
    {"wasl.v1.Product.restriction", core::kAlternativesMax},
};

std::uint8_t times_max(const FieldDescriptor& field) {
  if (!field.is_repeated()) return 1;
  if (field.name() == "items") return kBatchItemsMax;
  for (const auto& [name, most] : kTimesMax) {
    if (field.full_name() == name) return most;
  }
  return 0;  // A repeated field of an answer: never sent by a client.
}

FieldKind kind_of(const FieldDescriptor& field) {
  switch (field.type()) {
    case FieldDescriptor::TYPE_MESSAGE:
      return FieldKind::kMessage;
    case FieldDescriptor::TYPE_STRING:
      return FieldKind::kText;
    case FieldDescriptor::TYPE_BYTES:
      return FieldKind::kBytes;
    case FieldDescriptor::TYPE_FIXED64:
      return FieldKind::kFixed64;
    case FieldDescriptor::TYPE_FIXED32:
      return FieldKind::kFixed32;
    default:
      return FieldKind::kVarint;
  }
}

// Paths begin inside of the request: "claim.lines[3].quantity".
bool is_request(const FieldDescriptor& field) {
  return field.containing_type() == v1::Envelope::descriptor() &&
         field.real_containing_oneof() != nullptr;
}

}  // namespace

const ScanTable& ScanTable::of_envelope() {
  static const ScanTable kTable;
  return kTable;
}

ScanTable::ScanTable() { add(*v1::Envelope::descriptor()); }

std::int16_t ScanTable::add(const Descriptor& type) {
  const auto known = std::find(types_.begin(), types_.end(), &type);
  const auto index = static_cast<std::int16_t>(known - types_.begin());
  if (known != types_.end()) return index;
  types_.push_back(&type);
  messages_.emplace_back();
  for (int i = 0; i < type.field_count(); ++i) {
    const ScanField field = describe(*type.field(i));
    messages_[static_cast<std::size_t>(index)][static_cast<std::size_t>(type.field(i)->number())] =
        field;
  }
  return index;
}

ScanField ScanTable::describe(const FieldDescriptor& field) {
  WASL_ASSERT(field.number() < static_cast<int>(kFieldNumbers));
  const auto* const group = field.real_containing_oneof();
  const int slot = group != nullptr ? group->field(0)->number() : field.number();
  ScanField known{
      .kind = kind_of(field),
      .slot = static_cast<std::uint8_t>(slot),
      .times_max = times_max(field),
      .repeated = field.is_repeated(),
      .answer = field.containing_type() == v1::Envelope::descriptor() && is_answer(field.number()),
      .name = is_request(field) ? "" : field.name().c_str()};
  if (known.kind == FieldKind::kMessage && !known.answer)
    known.message = add(*field.message_type());
  return known;
}

}  // namespace wasl::wire
