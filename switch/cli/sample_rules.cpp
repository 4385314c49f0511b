#include "cli/sample_rules.hpp"

#include <algorithm>

namespace wasl::cli {
namespace {

constexpr SampleRule kRules[] = {
    {"Vaccin antigrippal", "65", "", '-'},
    {"Vaccin antigrippal", "", "", 'd'},
    {"Vaccin antigrippal", "", "", 'f'},
    {"Vaccin antigrippal", "", "", 'i'},
    {"Vaccin antigrippal", "", "", 'n'},
    {"Vaccin antigrippal", "", "", 'v'},
    {"Vaccin antipneumococcique", "65", "", '-'},
    {"Vaccin antipneumococcique", "", "2", '-'},
    {"Vaccin antipneumococcique", "", "", 'n'},
    {"Vaccin antihépatite B", "", "25", '-'},
    {"Vaccin antihépatite B", "", "", 'i'},
    {"Isotrétinoïne", "12", "", '-'},
    {"Acitrétine", "18", "", 'F'},
    {"Méthylphénidate", "6", "18", '-'},
    {"Atomoxétine", "6", "18", '-'},
    {"Somatropine", "", "18", 'D'},
    {"Donépézil", "50", "", 'z'},
    {"Mémantine", "50", "", 'z'},
    {"Galantamine", "50", "", 'z'},
    {"Bosentan", "", "", 'C'},
    {"Ambrisentan", "", "", 'C'},
    {"Sildénafil cardiopulmonaire", "", "", 'C'},
    {"Doxycycline", "8", "", '-'},
    {"Tétracycline", "8", "", '-'},
    {"Paracétamol et codéine", "12", "", '-'},
    {"Tramadol", "12", "", '-'},
    {"Finastéride", "45", "", '-'},
    {"Raloxifène", "50", "", '-'},
    {"Tériparatide", "50", "", 'o'},
    {"Sofosbuvir", "18", "", 'u'},
    {"Entécavir", "", "", 'u'},
    {"Fingolimod", "18", "", 'm'},
    {"Natalizumab", "18", "", 'm'},
    {"Trastuzumab", "", "", 'c'},
    {"Imatinib", "", "", 'c'},
    {"Ranibizumab", "50", "", '-'},
    {"Omalizumab", "6", "", 'n'},
};

}  // namespace

std::span<const SampleRule> sample_rules() { return kRules; }

bool sample_restricted(std::string_view inn_name) {
  return std::ranges::find(kRules, inn_name, &SampleRule::inn_name) != std::end(kRules);
}

}  // namespace wasl::cli
