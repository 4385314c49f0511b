// What the person can do: the remedies' half of the table of reasons, and its languages.

#include <algorithm>

#include "core/assert.hpp"
#include "core/reason.hpp"

namespace wasl::core {
namespace {

constexpr RemedyEntry kRemedies[] = {
    {Remedy::kNone, "NONE", {"لا يلزم أي إجراء", "Rien à faire", "Nothing to do"}},
    {Remedy::kPayAndFileAtCounter,
     "PAY_AND_FILE_AT_COUNTER",
     {"ادفع ثم أودع الملف في مركز الدفع", "Payez, puis déposez le dossier au centre de paiement",
      "Pay, then file the claim at a payment centre"}},
    {Remedy::kAskPriorAgreement,
     "ASK_PRIOR_AGREEMENT",
     {"اطلب اتفاقا مسبقا من المراقبة الطبية", "Demandez l'accord préalable du contrôle médical",
      "Ask the medical control for a prior agreement"}},
    {Remedy::kUpdateCard,
     "UPDATE_CARD",
     {"حيّن البطاقة هنا أو في مركز الدفع", "Mettez la carte à jour ici ou au centre de paiement",
      "Have the card updated here or at a payment centre"}},
    {Remedy::kComeBackOn,
     "COME_BACK_ON",
     {"عد ابتداء من التاريخ المذكور", "Revenez à partir de la date indiquée",
      "Come back from the date given"}},
    {Remedy::kContactFund,
     "CONTACT_FUND",
     {"اتصل بصندوقك أو بمركز الدفع", "Adressez-vous à votre caisse ou au centre de paiement",
      "Contact your fund or a payment centre"}},
    {Remedy::kUseNewCard,
     "USE_NEW_CARD",
     {"استعمل البطاقة الجديدة", "Utilisez la nouvelle carte", "Use the new card"}},
    {Remedy::kCorrectAndResubmit,
     "CORRECT_AND_RESUBMIT",
     {"صحّح الطلب وأعد إرساله برقم جديد", "Corrigez, puis renvoyez sous un nouveau numéro",
      "Correct it and send it again under a new request id"}},
    {Remedy::kAskPrescriber,
     "ASK_PRESCRIBER",
     {"ارجع إلى الطبيب لوصفة جديدة أو معدلة",
      "Demandez au prescripteur une ordonnance nouvelle ou modifiée",
      "Ask the prescriber for a new or changed prescription"}},
    {Remedy::kRepeatWithNewProof,
     "REPEAT_WITH_NEW_PROOF",
     {"أعد إدخال البطاقة ومفتاح المهني", "Présentez de nouveau la carte et la clé",
      "Present the card and the professional key again"}},
    {Remedy::kPayInFull,
     "PAY_IN_FULL",
     {"ادفع المبلغ كاملا: لا تعويض عنه", "Payez le tout : rien ne sera remboursé",
      "Pay in full: nothing is reimbursed"}},
    {Remedy::kContactScheme,
     "CONTACT_SCHEME",
     {"اتصل بهيئة الشبكة", "Adressez-vous à l'autorité du réseau",
      "Contact the scheme's authority"}},
};

}  // namespace

std::string_view Text::in(Language language) const {
  if (language == Language::kArabic) return arabic;
  return language == Language::kFrench ? french : english;
}

std::span<const RemedyEntry> remedies() { return kRemedies; }

const RemedyEntry& entry(Remedy remedy) {
  const auto* found = std::ranges::find(kRemedies, remedy, &RemedyEntry::remedy);
  WASL_ASSERT(found != std::end(kRemedies));
  return *found;
}

}  // namespace wasl::core
