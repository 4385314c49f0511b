#include "cli/receipt_text.hpp"

#include <array>
#include <cstddef>

namespace wasl::cli {
namespace {

// Indexed by Word.
constexpr std::array<core::Text, static_cast<std::size_t>(Word::kEnd)> kWords{{
    {"يدفع الصندوق", "La caisse paie", "The fund pays"},
    {"يدفع المريض", "Le patient paie", "The patient pays"},
    {"السطر", "Ligne", "Line"},
    {"السبب", "Motif", "Reason"},
    {"ما العمل", "Que faire", "What to do"},
    {"العودة ابتداء من", "Revenir à partir du", "Come back from"},
    {"علاج مزمن", "traitement de longue durée", "long-term treatment"},
    {"الوصفات المتبقية في هذا الثلاثي", "Ordonnances restantes ce trimestre",
     "Prescriptions left this quarter"},
    {"الحقوق مفتوحة إلى غاية", "Droits jusqu'au", "Rights until"},
    {"المستفيد", "Bénéficiaire", "Beneficiary"},
    {"تاريخ الميلاد", "né(e) le", "born"},
    {"الحقوق مفتوحة", "droits ouverts", "rights open"},
    {"الحقوق غير مفتوحة", "droits non ouverts", "rights not open"},
    {"رقم الطلب", "Demande", "Request"},
    {"الوصل", "Reçu", "Receipt"},
    {"القيد", "enregistrement", "record"},
    {"مدة الرد", "Répondu en", "Answered in"},
    {"تقدير فقط، بلا التزام", "Devis, sans engagement", "A quote, no commitment"},
    {"سبق الرد على هذا الطلب: هذا هو الرد المحفوظ",
     "Demande déjà répondue : voici la réponse conservée",
     "This request was answered before: this is the stored answer"},
    {"الحالة الآن", "État actuel", "State now"},
    {"الفاتورة", "Facture", "Claim"},
    {"الإلغاء", "Annulation", "Reversal"},
    {"البطاقة", "Carte", "Card"},
    {"لا توجد فواتير في هذه الفترة", "Aucune facture sur cette période", "No claims in these days"},
    {"رفض المحوّل الطلب، بلا أي أثر", "Refusé par le commutateur, sans effet",
     "Refused by the switch, without effect"},
    {"إغلاق اليوم", "Clôture de la journée", "End of day"},
    {"الكشف", "Bordereau", "Bordereau"},
    {"عدد الفواتير", "factures", "claims"},
    {"تاريخ الدفع الموعود", "paiement promis avant le", "payment promised by"},
    {"في قائمتك فقط", "dans votre liste seulement", "in your list only"},
    {"لدى المحوّل فقط", "chez le commutateur seulement", "at the switch only"},
    {"المبلغ يختلف، ولدى المحوّل", "montant différent ; au commutateur",
     "the amount differs; at the switch"},
    {"تحل محل الفاتورة", "Remplace la facture", "Takes the place of claim"},
    {"مراجعة الكشف", "Contrôle du bordereau", "Review of the bordereau"},
    {"الفواتير المقبولة", "Factures acceptées", "Accepted claims"},
    {"الفواتير المرفوضة", "Factures rejetées", "Rejected claims"},
    {"الفواتير المعلقة", "Factures en attente", "Held claims"},
    {"فواتير لم يُبت فيها بعد", "Factures restant à décider", "Claims left to decide"},
    {"إلى غاية", "jusqu'au", "until"},
    {"الخطوة التالية على", "prochaine étape", "next step"},
    {"حساب الدفع", "Compte de paiement", "Payout account"},
    {"عملية التسديد", "Règlement", "Settlement run"},
    {"ملف البنك", "Fichier de la banque", "Status file"},
    {"الدفعة", "Paiement", "Payout"},
    {"مرجع الدفع", "référence du paiement", "payment reference"},
    {"نُفِّذ منها", "Appliqués", "Carried out"},
    {"تخفيض فاتورة", "Réduction d'une facture", "Reduction of a claim"},
    {"خُفِّضت بـ", "réduite de", "reduced by"},
    {"الفرق", "Différence", "Difference"},
}};

constexpr core::Text kOutcomes[] = {
    {"غير معروف", "Inconnu", "Unknown"},
    {"مقبولة", "ACCEPTÉE", "APPROVED"},
    {"مقبولة جزئيا", "ACCEPTÉE EN PARTIE", "APPROVED IN PART"},
    {"مرفوضة", "REFUSÉE", "DECLINED"},
};

constexpr core::Text kEffects[] = {
    {"غير معروف", "Inconnu", "Unknown"},
    {"أُلغيت الفاتورة ولم تعد تُحتسب", "La facture est annulée et ne compte plus",
     "The claim is taken back and no longer counts"},
    {"أُلغيت من قبل", "La facture était déjà annulée", "The claim was taken back before"},
    {"كانت الفاتورة مرفوضة: لا شيء لإلغائه", "La facture était refusée : rien à annuler",
     "The claim was declined: nothing to take back"},
    {"لم تصل الفاتورة، وستُرفض إن وصلت",
     "La facture n'est pas arrivée ; si elle arrive, elle sera refusée",
     "The claim was not seen; if it arrives, it will be declined"},
    {"لم يتم الإلغاء", "L'annulation n'a pas été faite", "Not done"},
};

constexpr core::Text kPayoutEffects[] = {
    {"غير معروف", "Inconnu", "Unknown"},
    {"لم يتغير", "inchangé", "not changed"},
    {"في انتظار شخص ثان يُدخل الرقم نفسه",
     "en attente d'une deuxième personne qui saisit le même numéro",
     "waits for a second person who enters the same number"},
    {"سُجِّل، وإليه يُدفع من الآن", "enregistré, les paiements y seront désormais versés",
     "set, payments go there from now on"},
    {"سُحب التغيير الذي كان في الانتظار", "le changement en attente est retiré",
     "the change that waited is withdrawn"},
};

// Also what a reduction is going to do.
constexpr core::Text kReductionEffects[] = {
    {"غير معروف", "Inconnu", "Unknown"},
    {"لم يتغير شيء", "rien n'est changé", "nothing was changed"},
    {"لم يعد الفرق مستحقا على الصندوق", "la caisse ne doit plus la différence",
     "the fund owes the difference no longer"},
    {"سبق دفعها، والفرق مستحق على الصيدلية ويُقتطع من دفعة لاحقة",
     "déjà payée, la pharmacie doit la différence, retenue sur un paiement suivant",
     "already paid, the pharmacy owes the difference, withheld from a later payout"},
};

constexpr core::Text kFindings[] = {
    {"غير معروف", "Inconnu", "Unknown"},
    {"صدر قرار", "Décidée", "Decided"},
    {"لم تصل بعد؛ هذا ليس نهائيا، فقد تكون في الطريق",
     "Pas encore vue ; ce n'est pas définitif, elle peut être en route",
     "Not seen; this is not final, it may be on its way"},
    {"مغلقة نهائيا: لن تُحتسب أبدا", "Close définitivement : elle ne comptera jamais",
     "Closed for good: it will never count"},
    {"أُلغيت قبل وصولها: لن تُحتسب أبدا", "Annulée avant son arrivée : elle ne comptera jamais",
     "Reversed before it arrived: it will never count"},
    {"هذا الرقم ليس لفاتورة", "Ce numéro n'est pas celui d'une facture",
     "This id is not that of a claim"},
};

constexpr core::Text kStates[] = {
    {"لا شيء محفوظ", "rien de conservé", "nothing is remembered"},
    {"منجز", "fait", "done"},
    {"مقبولة", "acceptée", "approved"},
    {"مرفوضة", "refusée", "declined"},
    {"ملغاة", "annulée", "reversed"},
    {"مغلقة", "close", "closed"},
    {"مودعة في كشف", "présentée dans un bordereau", "presented in a bordereau"},
    {"معلقة لدى المركز", "mise en attente par le centre", "held by the centre"},
    {"قبلها المركز", "acceptée par le centre", "accepted by the centre"},
    {"رفضها المركز", "rejetée par le centre", "rejected by the centre"},
    {"مصححة بفاتورة أخرى", "corrigée par une autre facture", "corrected by another claim"},
    {"في عملية تسديد", "dans un règlement", "in a settlement run"},
    {"أُرسل دفعها إلى البنك", "paiement remis à la banque", "its payment is with the bank"},
    {"مدفوعة", "payée", "paid"},
    {"أعاد البنك دفعها، وهي مستحقة من جديد", "paiement revenu de la banque, due à nouveau",
     "its payment came back from the bank, it is owed again"},
};

constexpr core::Text kRunStates[] = {
    {"غير معروف", "Inconnu", "Unknown"},
    {"قيد الجمع", "en cours de constitution", "collecting"},
    {"مقترحة، في انتظار شخص ثان", "proposé, en attente d'une deuxième personne",
     "proposed, waits for a second person"},
    {"مصادق عليها", "approuvé", "approved"},
    {"قيد الإلغاء", "en cours d'annulation", "being cancelled"},
    {"ملغاة", "annulé", "cancelled"},
    {"قيد الإعداد للبنك", "en cours d'exportation", "being exported"},
    {"ملفاتها البنكية جاهزة", "exporté, ses fichiers bancaires sont disponibles",
     "exported, its bank files may be had"},
};

constexpr core::Text kUnknown{"غير معروف", "inconnu", "unknown"};

constexpr core::Text kPayoutStates[] = {
    kUnknown,
    {"غير مرسلة", "pas exporté", "not exported"},
    {"لدى البنك", "à la banque", "at the bank"},
    {"مدفوعة", "payé", "paid"},
    {"عادت", "revenu", "came back"},
};

constexpr core::Text kBankWords[] = {
    kUnknown,
    {"في الانتظار", "en attente", "pending"},
    {"مقبولة", "accepté", "accepted"},
    {"مرفوضة", "rejeté", "rejected"},
    {"مقيّدة", "comptabilisé", "booked"},
    {"معادة", "retourné", "returned"},
};

// By LeftOut::Why, which leaves out what is never sent.
constexpr core::Text kLeftOut[] = {
    kUnknown,
    kUnknown,
    kUnknown,
    {"لا يوجد حساب صحيح", "pas de compte valable", "no valid account"},
    {"أقل من الحد الأدنى بعد اقتطاع ما عليه للصندوق",
     "inférieur au minimum une fois retenu ce qui est dû à la caisse",
     "below the minimum once what is owed back is withheld"},
    kUnknown,
    {"أكثر مما تدفعه عملية تسديد واحدة", "plus que ce qu'un règlement peut payer",
     "more than a run may pay"},
    {"أعاد البنك دفعة من هذا الحساب: يجب تغييره",
     "un paiement est revenu de ce compte : il faut le changer",
     "a payout came back from this account: it must be changed"},
    {"ما عليه للصندوق يساوي هذا المبلغ أو يزيد", "doit à la caisse autant ou davantage",
     "owes the fund as much as this, or more"},
};

constexpr core::Text kStatusFileStates[] = {
    kUnknown,
    {"قيد الاستلام", "en cours de réception", "being received"},
    {"قيد التنفيذ", "en cours d'application", "being carried out"},
    {"نُفِّذ", "appliqué", "carried out"},
    {"مرفوض، بلا أي أثر", "refusé, sans effet", "refused, nothing of it was done"},
};

// By WrongStatus::Why.
constexpr core::Text kWrong[] = {
    kUnknown,
    kUnknown,
    {"لم تُرسل دفعة كهذه إلى البنك", "aucun paiement de ce nom n'a été remis à la banque",
     "no such payout went to a bank"},
    {"مبلغها مختلف", "son montant est différent", "it is worth another amount"},
    {"لا يتفق مع حالتها", "contredit l'état où il est", "contradicts how it stands"},
    {"مذكورة مرتين أو في غير ترتيبها", "cité deux fois, ou hors de l'ordre",
     "named twice, or out of order"},
};

constexpr core::Text kOwners[] = {
    {"غير معروف", "Inconnu", "Unknown"},
    {"الصيدلية", "la pharmacie", "the pharmacy"},
    {"مركز الدفع", "le centre de paiement", "the payment centre"},
    {"الصندوق", "la caisse", "the fund"},
};

// A number of a newer switch reads as the first entry.
template <std::size_t N>
std::string_view pick(const core::Text (&texts)[N], int number, core::Language language) {
  const bool known = number >= 0 && static_cast<std::size_t>(number) < N;
  return texts[known ? static_cast<std::size_t>(number) : 0].in(language);
}

}  // namespace

std::string_view text(Word word, core::Language language) {
  return kWords[static_cast<std::size_t>(word)].in(language);
}
std::string_view colon(core::Language language) {
  return language == core::Language::kFrench ? " : " : ": ";
}
std::string_view comma(core::Language language) {
  return language == core::Language::kArabic ? "، " : ", ";
}
std::string_view text(v1::ClaimAnswer::Outcome outcome, core::Language language) {
  return pick(kOutcomes, outcome, language);
}
std::string_view text(v1::ReversalAnswer::Effect effect, core::Language language) {
  return pick(kEffects, effect, language);
}
std::string_view text(v1::PayoutAnswer::Effect effect, core::Language language) {
  return pick(kPayoutEffects, effect, language);
}
std::string_view text(v1::ReductionAnswer::Effect effect, core::Language language) {
  return pick(kReductionEffects, effect, language);
}
std::string_view text(v1::StatusAnswer::Finding finding, core::Language language) {
  return pick(kFindings, finding, language);
}
std::string_view text(v1::State state, core::Language language) {
  return pick(kStates, state, language);
}
std::string_view text(v1::RunState state, core::Language language) {
  return pick(kRunStates, state, language);
}
std::string_view text(v1::PayoutState state, core::Language language) {
  return pick(kPayoutStates, state, language);
}
std::string_view text(v1::BankWord word, core::Language language) {
  return pick(kBankWords, word, language);
}
std::string_view text(v1::LeftOut::Why why, core::Language language) {
  return pick(kLeftOut, why, language);
}
std::string_view text(v1::StatusFileState state, core::Language language) {
  return pick(kStatusFileStates, state, language);
}
std::string_view text(v1::WrongStatus::Why why, core::Language language) {
  return pick(kWrong, why, language);
}
std::string_view text(v1::StepOwner owner, core::Language language) {
  return pick(kOwners, owner, language);
}

}  // namespace wasl::cli
