#include "core/review_reason.hpp"

#include <algorithm>
#include <utility>

namespace wasl::core {
namespace {

using enum ReviewReason;

constexpr ReviewReasonEntry kEntries[] = {
    {kWrongTarif,
     "WRONG_TARIF",
     {"التسعيرة المطبقة غير صحيحة", "Le tarif appliqué n'est pas le bon",
      "The tarif applied is not the right one"}},
    {kMissingPrescription,
     "MISSING_PRESCRIPTION",
     {"الوصفة غير مرفقة", "L'ordonnance manque", "The prescription is missing"}},
    {kNotConforming,
     "NOT_CONFORMING",
     {"الوصفة غير مطابقة للقواعد", "L'ordonnance n'est pas conforme",
      "The prescription does not conform to the rules"}},
    {kMissingVignette,
     "MISSING_VIGNETTE",
     {"قسيمة الدواء غير ملصقة", "Une vignette manque", "A medicine's vignette is missing"}},
    {kWrongQuantity,
     "WRONG_QUANTITY",
     {"الكمية لا توافق الوصفة", "La quantité n'est pas celle de l'ordonnance",
      "The quantity is not that of the prescription"}},
    {kWrongBeneficiary,
     "WRONG_BENEFICIARY",
     {"الوصفة لشخص آخر", "L'ordonnance est au nom d'une autre personne",
      "The prescription is for another person"}},
    {kMedicalControl,
     "MEDICAL_CONTROL",
     {"الملف بيد المراقبة الطبية", "Le dossier relève du contrôle médical",
      "The file is the medical control's to judge"}},
};

constexpr std::pair<StepOwner, std::string_view> kOwners[] = {
    {StepOwner::kProvider, "PROVIDER"}, {StepOwner::kCentre, "CENTRE"}, {StepOwner::kFund, "FUND"}};

}  // namespace

std::span<const ReviewReasonEntry> review_reasons() { return kEntries; }

const ReviewReasonEntry* entry(ReviewReason reason) {
  const auto* found = std::ranges::find(kEntries, reason, &ReviewReasonEntry::reason);
  return found == std::end(kEntries) ? nullptr : found;
}

std::optional<ReviewReason> review_reason_named(std::string_view name) {
  const auto* found = std::ranges::find(kEntries, name, &ReviewReasonEntry::name);
  if (found == std::end(kEntries)) return std::nullopt;
  return found->reason;
}

std::string_view name(StepOwner owner) {
  const auto* found =
      std::ranges::find(kOwners, owner, &std::pair<StepOwner, std::string_view>::first);
  return found == std::end(kOwners) ? std::string_view{} : found->second;
}

std::optional<StepOwner> step_owner_named(std::string_view name) {
  const auto* found =
      std::ranges::find(kOwners, name, &std::pair<StepOwner, std::string_view>::second);
  if (found == std::end(kOwners)) return std::nullopt;
  return found->first;
}

}  // namespace wasl::core
