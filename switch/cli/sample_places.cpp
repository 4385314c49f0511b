#include "cli/sample_places.hpp"

#include <algorithm>

#include "core/assert.hpp"

namespace wasl::cli {
namespace {

constexpr SampleWilaya kWilayas[] = {
    {"01", "Adrar", "أدرار", 280},
    {"02", "Chlef", "الشلف", 1130},
    {"03", "Laghouat", "الأغواط", 420},
    {"04", "Oum El Bouaghi", "أم البواقي", 700},
    {"05", "Batna", "باتنة", 1050},
    {"06", "Béjaïa", "بجاية", 990},
    {"07", "Biskra", "بسكرة", 570},
    {"08", "Béchar", "بشار", 250},
    {"09", "Blida", "البليدة", 1250},
    {"10", "Bouira", "البويرة", 780},
    {"11", "Tamanrasset", "تمنراست", 160},
    {"12", "Tébessa", "تبسة", 560},
    {"13", "Tlemcen", "تلمسان", 1030},
    {"14", "Tiaret", "تيارت", 850},
    {"15", "Tizi Ouzou", "تيزي وزو", 1190},
    {"16", "Alger", "الجزائر", 3300},
    {"17", "Djelfa", "الجلفة", 780},
    {"18", "Jijel", "جيجل", 720},
    {"19", "Sétif", "سطيف", 1680},
    {"20", "Saïda", "سعيدة", 370},
    {"21", "Skikda", "سكيكدة", 980},
    {"22", "Sidi Bel Abbès", "سيدي بلعباس", 670},
    {"23", "Annaba", "عنابة", 690},
    {"24", "Guelma", "قالمة", 530},
    {"25", "Constantine", "قسنطينة", 1100},
    {"26", "Médéa", "المدية", 760},
    {"27", "Mostaganem", "مستغانم", 820},
    {"28", "M'Sila", "المسيلة", 850},
    {"29", "Mascara", "معسكر", 870},
    {"30", "Ouargla", "ورقلة", 430},
    {"31", "Oran", "وهران", 1700},
    {"32", "El Bayadh", "البيض", 220},
    {"33", "Illizi", "إليزي", 50},
    {"34", "Bordj Bou Arréridj", "برج بوعريريج", 710},
    {"35", "Boumerdès", "بومرداس", 890},
    {"36", "El Tarf", "الطارف", 450},
    {"37", "Tindouf", "تندوف", 60},
    {"38", "Tissemsilt", "تيسمسيلت", 330},
    {"39", "El Oued", "الوادي", 640},
    {"40", "Khenchela", "خنشلة", 430},
    {"41", "Souk Ahras", "سوق أهراس", 490},
    {"42", "Tipaza", "تيبازة", 660},
    {"43", "Mila", "ميلة", 860},
    {"44", "Aïn Defla", "عين الدفلى", 860},
    {"45", "Naâma", "النعامة", 220},
    {"46", "Aïn Témouchent", "عين تموشنت", 410},
    {"47", "Ghardaïa", "غرداية", 380},
    {"48", "Relizane", "غليزان", 810},
    {"49", "Timimoun", "تيميمون", 120},
    {"50", "Bordj Badji Mokhtar", "برج باجي مختار", 20},
    {"51", "Ouled Djellal", "أولاد جلال", 170},
    {"52", "Béni Abbès", "بني عباس", 50},
    {"53", "In Salah", "عين صالح", 50},
    {"54", "In Guezzam", "عين قزام", 15},
    {"55", "Touggourt", "تقرت", 240},
    {"56", "Djanet", "جانت", 20},
    {"57", "El M'Ghair", "المغير", 160},
    {"58", "El Meniaa", "المنيعة", 60},
    {"59", "Aflou", "أفلو", 180},
    {"60", "El Abiodh Sidi Cheikh", "الأبيض سيدي الشيخ", 60},
    {"61", "El Aricha", "العريشة", 40},
    {"62", "El Kantara", "القنطرة", 60},
    {"63", "Barika", "بريكة", 200},
    {"64", "Bou Saâda", "بوسعادة", 300},
    {"65", "Bir El Ater", "بئر العاتر", 140},
    {"66", "Ksar El Boukhari", "قصر البخاري", 180},
    {"67", "Ksar Chellala", "قصر الشلالة", 120},
    {"68", "Aïn Oussara", "عين وسارة", 220},
    {"69", "Messaad", "مسعد", 200},
};
static_assert(std::size(kWilayas) == 69);

constexpr SampleCondition kConditions[] = {
    {'a', "ALD01", "Tuberculose", "السل", 10},
    {'b', "ALD02", "Psychoses et troubles graves de l'humeur", "الذهان واضطرابات المزاج", 60},
    {'c', "ALD03", "Cancers", "السرطانات", 50},
    {'d', "ALD04", "Diabète", "داء السكري", 280},
    {'e', "ALD05", "Épilepsie", "الصرع", 40},
    {'f', "ALD06", "Insuffisance cardiaque", "قصور القلب", 40},
    {'g', "ALD07", "Glaucome", "الزرق", 25},
    {'h', "ALD08", "Hypertension artérielle sévère", "ارتفاع ضغط الدم الشديد", 260},
    {'i', "ALD09", "Insuffisance rénale chronique", "القصور الكلوي المزمن", 20},
    {'j', "ALD10", "Maladie de Crohn et rectocolite", "داء كرون والتهاب القولون التقرحي", 12},
    {'k', "ALD11", "Maladie de Parkinson", "داء باركنسون", 15},
    {'l', "ALD12", "Lupus érythémateux", "الذئبة الحمامية", 8},
    {'m', "ALD13", "Sclérose en plaques", "التصلب المتعدد", 6},
    {'n', "ALD14", "Insuffisance respiratoire chronique", "القصور التنفسي المزمن", 70},
    {'o', "ALD15", "Ostéoporose fracturaire", "هشاشة العظام", 20},
    {'p', "ALD16", "Polyarthrite rhumatoïde", "التهاب المفاصل الروماتويدي", 18},
    {'q', "ALD17", "Maladie coronaire", "مرض الشرايين التاجية", 45},
    {'r', "ALD18", "Troubles graves du rythme", "اضطرابات نظم القلب", 30},
    {'s', "ALD19", "Sarcoïdose", "الساركويد", 4},
    {'t', "ALD20", "Maladies de la thyroïde", "أمراض الغدة الدرقية", 60},
    {'u', "ALD21", "Hépatite virale chronique", "التهاب الكبد الفيروسي المزمن", 12},
    {'v', "ALD22", "Infection par le VIH", "عدوى فيروس نقص المناعة", 4},
    {'w', "ALD23", "Hypercholestérolémie familiale", "فرط كوليسترول الدم العائلي", 30},
    {'x', "ALD24", "Hémophilie et hémopathies", "الهيموفيليا وأمراض الدم", 6},
    {'y', "ALD25", "Spondylarthrite ankylosante", "التهاب الفقار اللاصق", 10},
    {'z', "ALD26", "Maladie d'Alzheimer", "داء ألزهايمر", 10},
    {'A', "ALD27", "Accident vasculaire cérébral", "السكتة الدماغية", 15},
    {'B', "ALD28", "Transplantation d'organe", "زراعة الأعضاء", 4},
    {'C', "ALD29", "Hypertension pulmonaire", "ارتفاع ضغط الشريان الرئوي", 2},
    {'D', "ALD30", "Déficit en hormone de croissance", "نقص هرمون النمو", 3},
    {'E', "ALD31", "Myasthénie", "الوهن العضلي", 2},
    {'F', "ALD32", "Psoriasis grave", "الصدفية الشديدة", 10},
};

constexpr SampleFund kFunds[] = {
    {"CNAS", "DZ-CNAS", "DZ", "CNAS · الصندوق الوطني للتأمينات الاجتماعية", 75},
    {"CASNOS", "DZ-CASNOS", "DZ", "CASNOS · صندوق غير الأجراء", 20},
    {"AMO", "MA-AMO", "MA", "AMO · التأمين الإجباري عن المرض", 5},
};

constexpr SampleWord kPharmacyWords[] = {
    {"Ennour", "النور"},          {"El Amel", "الأمل"},       {"Essalam", "السلام"},
    {"Errahma", "الرحمة"},        {"El Yasmine", "الياسمين"}, {"El Fadjr", "الفجر"},
    {"Ennadjah", "النجاح"},       {"El Hana", "الهناء"},      {"Essaada", "السعادة"},
    {"El Wiam", "الوئام"},        {"El Baraka", "البركة"},    {"Ezzahra", "الزهراء"},
    {"El Andalous", "الأندلس"},   {"El Manar", "المنار"},     {"Errabie", "الربيع"},
    {"El Karama", "الكرامة"},     {"El Waha", "الواحة"},      {"El Bahdja", "البهجة"},
    {"El Firdaous", "الفردوس"},   {"Essafa", "الصفاء"},       {"El Izdihar", "الازدهار"},
    {"El Mostakbel", "المستقبل"}, {"El Kods", "القدس"},       {"Ettadamoun", "التضامن"},
    {"El Houda", "الهدى"},        {"El Amane", "الأمان"},     {"Ennasr", "النصر"},
    {"El Aafia", "العافية"},      {"Essihha", "الصحة"},       {"El Hayat", "الحياة"},
};

}  // namespace

std::span<const SampleWilaya> sample_wilayas() { return kWilayas; }

std::span<const SampleCondition> sample_conditions() { return kConditions; }

std::string_view sample_condition_code(char letter) {
  const auto found = std::ranges::find(kConditions, letter, &SampleCondition::letter);
  WASL_ASSERT(found != std::end(kConditions));
  return found->code;
}

std::span<const SampleFund> sample_funds() { return kFunds; }

std::span<const SampleWord> sample_pharmacy_words() { return kPharmacyWords; }

}  // namespace wasl::cli
