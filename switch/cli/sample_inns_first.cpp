// Active substances of classes A to J (anatomical main groups of the ATC classification).

#include "cli/sample_inns.hpp"

namespace wasl::cli {

// Each line: name | class | letter of its long-term condition or - | form:dose,dose;form:dose
const char* const kSampleInnsFirst = R"(
Insuline glargine|A|d|sol. inj.:100 UI/ml,300 UI/ml
Insuline asparte|A|d|sol. inj.:100 UI/ml;sol. inj. flacon:100 UI/ml
Insuline lispro|A|d|sol. inj.:100 UI/ml,200 UI/ml
Insuline détémir|A|d|sol. inj.:100 UI/ml
Insuline humaine|A|d|sol. inj.:100 UI/ml;susp. inj.:100 UI/ml
Insuline glulisine|A|d|sol. inj.:100 UI/ml
Metformine|A|d|cp:500 mg,850 mg,1000 mg;cp LP:500 mg,750 mg,1000 mg
Glibenclamide|A|d|cp:1.25 mg,2.5 mg,5 mg
Gliclazide|A|d|cp:80 mg;cp LM:30 mg,60 mg
Glimépiride|A|d|cp:1 mg,2 mg,3 mg,4 mg,6 mg
Glipizide|A|d|cp:5 mg,10 mg
Répaglinide|A|d|cp:0.5 mg,1 mg,2 mg
Acarbose|A|d|cp:50 mg,100 mg
Sitagliptine|A|d|cp:25 mg,50 mg,100 mg
Vildagliptine|A|d|cp:50 mg
Saxagliptine|A|d|cp:2.5 mg,5 mg
Linagliptine|A|d|cp:5 mg
Dapagliflozine|A|d|cp:5 mg,10 mg
Empagliflozine|A|d|cp:10 mg,25 mg
Canagliflozine|A|d|cp:100 mg,300 mg
Liraglutide|A|d|sol. inj.:6 mg/ml
Dulaglutide|A|d|sol. inj.:0.75 mg,1.5 mg
Sémaglutide|A|d|sol. inj.:0.25 mg,0.5 mg,1 mg
Exénatide|A|d|sol. inj.:5 µg,10 µg
Pioglitazone|A|d|cp:15 mg,30 mg
Oméprazole|A|-|gél.:10 mg,20 mg,40 mg;pdre inj.:40 mg
Ésoméprazole|A|-|cp:20 mg,40 mg;pdre inj.:40 mg
Lansoprazole|A|-|gél.:15 mg,30 mg
Pantoprazole|A|-|cp:20 mg,40 mg;pdre inj.:40 mg
Rabéprazole|A|-|cp:10 mg,20 mg
Ranitidine|A|-|cp:150 mg,300 mg;cp eff.:150 mg;sol. inj.:50 mg
Famotidine|A|-|cp:20 mg,40 mg
Cimétidine|A|-|cp:200 mg,400 mg,800 mg
Sucralfate|A|-|susp. buv.:1 g;cp:1 g
Misoprostol|A|-|cp:200 µg
Hydroxyde d'aluminium et de magnésium|A|-|susp. buv.:250 ml;cp à croquer:400 mg
Alginate de sodium|A|-|susp. buv.:250 ml;sachet:10 ml
Métoclopramide|A|-|cp:10 mg;sol. buv.:1 mg/ml;sol. inj.:10 mg;suppos.:10 mg,20 mg
Dompéridone|A|-|cp:10 mg;susp. buv.:1 mg/ml
Métopimazine|A|-|gél.:15 mg;sol. buv.:1 mg/ml;suppos.:5 mg
Ondansétron|A|-|cp:4 mg,8 mg;sol. inj.:4 mg,8 mg
Granisétron|A|c|cp:1 mg,2 mg;sol. inj.:3 mg
Phloroglucinol|A|-|cp:80 mg,160 mg;sol. inj.:40 mg;suppos.:150 mg
Trimébutine|A|-|cp:100 mg,200 mg;susp. buv.:4.8 mg/ml
Mébévérine|A|-|gél.:100 mg,200 mg
Pinavérium|A|-|cp:50 mg,100 mg
Tiémonium|A|-|cp:50 mg;sol. inj.:5 mg;sirop:10 mg/5 ml;suppos.:20 mg
Butylscopolamine|A|-|cp:10 mg;sol. inj.:20 mg
Lopéramide|A|-|gél.:2 mg;sol. buv.:0.2 mg/ml
Racécadotril|A|-|gél.:100 mg;sachet:10 mg,30 mg
Diosmectite|A|-|sachet:3 g
Nifuroxazide|A|-|gél.:200 mg;susp. buv.:4 %
Lactulose|A|-|sol. buv.:66.5 %;sachet:10 g
Macrogol|A|-|sachet:4 g,10 g
Bisacodyl|A|-|cp:5 mg;suppos.:10 mg
Mésalazine|A|j|cp:250 mg,400 mg,500 mg,800 mg;suppos.:500 mg,1 g;susp. rect.:1 g
Sulfasalazine|A|j|cp:500 mg
Budésonide oral|A|j|gél.:3 mg
Acide ursodésoxycholique|A|-|gél.:200 mg,250 mg,500 mg
Pancréatine|A|-|gél.:10000 U,25000 U
Siméticone|A|-|cp:40 mg,80 mg;susp. buv.:100 mg/ml
Colécalciférol|A|-|sol. buv.:200000 UI,10000 UI/ml;sol. inj.:300000 UI
Alfacalcidol|A|i|caps.:0.25 µg,0.5 µg,1 µg;sol. buv.:2 µg/ml
Calcitriol|A|i|caps.:0.25 µg,0.5 µg
Calcium carbonate|A|i|cp à croquer:500 mg,1 g;sachet:1 g
Calcium et vitamine D3|A|o|cp à croquer:500 mg/400 UI,600 mg/400 UI
Thiamine|A|-|cp:100 mg,250 mg;sol. inj.:100 mg
Pyridoxine|A|-|cp:50 mg,250 mg;sol. inj.:100 mg
Acide ascorbique|A|-|cp eff.:500 mg,1 g;sol. inj.:500 mg
Vitamine A|A|-|caps.:50000 UI
Tocophérol|A|-|caps.:100 mg,500 mg
Potassium chlorure|A|-|gél.:600 mg;sirop:1 g/15 ml;cp LP:600 mg
Magnésium|A|-|cp:48 mg,60 mg;sol. buv.:100 mg
Sels de réhydratation orale|A|-|sachet:20.5 g,6.9 g
Warfarine|B|r|cp:2 mg,5 mg
Acénocoumarol|B|r|cp:1 mg,4 mg
Fluindione|B|r|cp:20 mg
Énoxaparine|B|-|sol. inj.:2000 UI,4000 UI,6000 UI,8000 UI,10000 UI
Tinzaparine|B|-|sol. inj.:3500 UI,4500 UI,10000 UI,14000 UI
Héparine sodique|B|-|sol. inj.:5000 UI/ml
Héparine calcique|B|-|sol. inj.:5000 UI,7500 UI,12500 UI
Rivaroxaban|B|r|cp:2.5 mg,10 mg,15 mg,20 mg
Apixaban|B|r|cp:2.5 mg,5 mg
Dabigatran|B|r|gél.:75 mg,110 mg,150 mg
Clopidogrel|B|q|cp:75 mg,300 mg
Ticagrélor|B|q|cp:60 mg,90 mg
Prasugrel|B|q|cp:5 mg,10 mg
Acide acétylsalicylique antiagrégant|B|q|cp:75 mg,100 mg;sachet:100 mg,160 mg
Ticlopidine|B|A|cp:250 mg
Facteur VIII de coagulation|B|x|pdre inj.:250 UI,500 UI,1000 UI
Facteur IX de coagulation|B|x|pdre inj.:500 UI,1000 UI
Acide tranexamique|B|x|cp:500 mg;sol. inj.:500 mg
Phytoménadione|B|-|sol. inj.:2 mg,10 mg;sol. buv.:2 mg
Fer sulfate|B|-|cp:80 mg,160 mg;sirop:20 mg/ml
Fer fumarate|B|-|cp:66 mg,200 mg
Fer hydroxyde polymaltose|B|-|cp à croquer:100 mg;sirop:10 mg/ml;sol. inj.:100 mg
Fer saccharose|B|i|sol. inj.:100 mg
Acide folique|B|x|cp:0.4 mg,5 mg
Cyanocobalamine|B|-|sol. inj.:1000 µg;cp:250 µg
Époétine alfa|B|i|sol. inj.:2000 UI,4000 UI,10000 UI
Époétine bêta|B|i|sol. inj.:2000 UI,5000 UI,30000 UI
Darbépoétine alfa|B|i|sol. inj.:20 µg,40 µg,60 µg,100 µg
Déférasirox|B|x|cp:90 mg,180 mg,360 mg
Furosémide|C|f|cp:20 mg,40 mg,500 mg;sol. inj.:20 mg
Hydrochlorothiazide|C|h|cp:12.5 mg,25 mg
Indapamide|C|h|cp:2.5 mg;cp LP:1.5 mg
Spironolactone|C|f|cp:25 mg,50 mg,75 mg
Éplérénone|C|f|cp:25 mg,50 mg
Amiloride et hydrochlorothiazide|C|h|cp:5 mg/50 mg
Bumétanide|C|f|cp:1 mg,5 mg
Captopril|C|h|cp:25 mg,50 mg
Énalapril|C|h|cp:5 mg,20 mg
Lisinopril|C|h|cp:5 mg,10 mg,20 mg
Périndopril|C|h|cp:2 mg,4 mg,5 mg,8 mg,10 mg
Ramipril|C|h|cp:1.25 mg,2.5 mg,5 mg,10 mg
Trandolapril|C|h|gél.:0.5 mg,2 mg,4 mg
Fosinopril|C|h|cp:10 mg,20 mg
Losartan|C|h|cp:50 mg,100 mg
Losartan et hydrochlorothiazide|C|h|cp:50 mg/12.5 mg,100 mg/12.5 mg,100 mg/25 mg
Valsartan|C|h|cp:40 mg,80 mg,160 mg,320 mg
Valsartan et hydrochlorothiazide|C|h|cp:80 mg/12.5 mg,160 mg/12.5 mg,160 mg/25 mg
Amlodipine et valsartan|C|h|cp:5 mg/80 mg,5 mg/160 mg,10 mg/160 mg
Irbésartan|C|h|cp:75 mg,150 mg,300 mg
Irbésartan et hydrochlorothiazide|C|h|cp:150 mg/12.5 mg,300 mg/12.5 mg,300 mg/25 mg
Candésartan|C|h|cp:4 mg,8 mg,16 mg,32 mg
Candésartan et hydrochlorothiazide|C|h|cp:8 mg/12.5 mg,16 mg/12.5 mg
Telmisartan|C|h|cp:20 mg,40 mg,80 mg
Telmisartan et hydrochlorothiazide|C|h|cp:40 mg/12.5 mg,80 mg/12.5 mg
Olmésartan|C|h|cp:10 mg,20 mg,40 mg
Sacubitril et valsartan|C|f|cp:24 mg/26 mg,49 mg/51 mg,97 mg/103 mg
Amlodipine|C|h|cp:5 mg,10 mg
Nifédipine|C|h|cp LP:20 mg,30 mg,60 mg
Nicardipine|C|h|cp:20 mg;gél. LP:50 mg;sol. inj.:10 mg
Lercanidipine|C|h|cp:10 mg,20 mg
Félodipine|C|h|cp LP:5 mg,10 mg
Vérapamil|C|r|cp:40 mg,120 mg;cp LP:240 mg
Diltiazem|C|q|cp:60 mg;gél. LP:90 mg,120 mg,200 mg,300 mg
Aténolol|C|h|cp:50 mg,100 mg
Bisoprolol|C|f|cp:1.25 mg,2.5 mg,5 mg,7.5 mg,10 mg
Métoprolol|C|q|cp:100 mg;cp LP:50 mg,200 mg
Nébivolol|C|h|cp:2.5 mg,5 mg
Carvédilol|C|f|cp:6.25 mg,12.5 mg,25 mg
Propranolol|C|h|cp:40 mg;gél. LP:80 mg,160 mg
Acébutolol|C|h|cp:200 mg,400 mg
Sotalol|C|r|cp:80 mg,160 mg
Labétalol|C|h|cp:200 mg;sol. inj.:100 mg
Méthyldopa|C|h|cp:250 mg,500 mg
Clonidine|C|h|cp:0.15 mg
Rilménidine|C|h|cp:1 mg
Prazosine|C|h|cp:1 mg,2.5 mg,5 mg
Urapidil|C|h|gél.:30 mg,60 mg
Trinitrine|C|q|cp sublingual:0.15 mg;spray:0.3 mg;dispositif:5 mg,10 mg,15 mg
Isosorbide dinitrate|C|q|cp:10 mg,20 mg;gél. LP:20 mg,40 mg,60 mg
Isosorbide mononitrate|C|q|cp:20 mg;gél. LP:40 mg,60 mg
Molsidomine|C|q|cp:2 mg,4 mg
Ivabradine|C|q|cp:5 mg,7.5 mg
Trimétazidine|C|q|cp:20 mg;cp LM:35 mg,80 mg
Nicorandil|C|q|cp:10 mg,20 mg
Ranolazine|C|q|cp LP:375 mg,500 mg,750 mg
Digoxine|C|f|cp:0.25 mg;sol. buv.:50 µg/ml
Amiodarone|C|r|cp:200 mg;sol. inj.:150 mg
Flécaïnide|C|r|cp:50 mg,100 mg;gél. LP:150 mg
Propafénone|C|r|cp:150 mg,300 mg
Disopyramide|C|r|gél.:100 mg;cp LP:250 mg
Simvastatine|C|w|cp:10 mg,20 mg,40 mg
Atorvastatine|C|w|cp:10 mg,20 mg,40 mg,80 mg
Rosuvastatine|C|w|cp:5 mg,10 mg,20 mg
Fluvastatine|C|w|gél.:20 mg,40 mg;cp LP:80 mg
Pravastatine|C|w|cp:10 mg,20 mg,40 mg
Ézétimibe|C|w|cp:10 mg
Ézétimibe et simvastatine|C|w|cp:10 mg/20 mg,10 mg/40 mg
Fénofibrate|C|w|gél.:67 mg,100 mg,200 mg,300 mg;cp:145 mg,160 mg
Ciprofibrate|C|w|gél.:100 mg
Gemfibrozil|C|w|cp:450 mg,600 mg
Colestyramine|C|w|sachet:4 g
Diosmine|C|-|cp:300 mg,500 mg,600 mg
Troxérutine|C|-|sachet:3.5 g;sol. buv.:2 g
Bosentan|C|C|cp:62.5 mg,125 mg
Ambrisentan|C|C|cp:5 mg,10 mg
Sildénafil cardiopulmonaire|C|C|cp:20 mg
Kétoconazole topique|D|-|crème:2 %;shampooing:2 %
Clotrimazole|D|-|crème:1 %;pdre:1 %;sol.:1 %
Éconazole|D|-|crème:1 %;pdre:1 %;spray:1 %
Miconazole|D|-|crème:2 %;gel buccal:2 %;pdre:2 %
Terbinafine|D|-|cp:250 mg;crème:1 %
Griséofulvine|D|-|cp:250 mg,500 mg
Acide fusidique|D|-|crème:2 %;pommade:2 %;cp:250 mg
Mupirocine|D|-|pommade:2 %;pommade nasale:2 %
Bétaméthasone topique|D|F|crème:0.05 %;pommade:0.05 %;lotion:0.05 %
Clobétasol|D|F|crème:0.05 %;pommade:0.05 %;gel:0.05 %
Désonide|D|-|crème:0.05 %,0.1 %
Hydrocortisone topique|D|-|crème:0.5 %,1 %
Calcipotriol|D|F|crème:50 µg/g;pommade:50 µg/g;lotion:50 µg/ml
Calcipotriol et bétaméthasone|D|F|gel:50 µg/0.5 mg;pommade:50 µg/0.5 mg
Acitrétine|D|F|gél.:10 mg,25 mg
Isotrétinoïne|D|-|caps.:5 mg,10 mg,20 mg,40 mg
Trétinoïne|D|-|crème:0.025 %,0.05 %;gel:0.025 %
Adapalène|D|-|crème:0.1 %;gel:0.1 %
Peroxyde de benzoyle|D|-|gel:2.5 %,5 %,10 %
Érythromycine topique|D|-|gel:4 %;sol.:4 %
Tacrolimus topique|D|-|pommade:0.03 %,0.1 %
Sulfadiazine argentique|D|-|crème:1 %
Aciclovir topique|D|-|crème:5 %
Trolamine|D|-|émulsion:0.67 %
Méthoxsalène|D|F|cp:10 mg
Métronidazole vaginal|G|-|ovule:500 mg
Éconazole vaginal|G|-|ovule:150 mg;ovule LP:150 mg
Néomycine, polymyxine et nystatine|G|-|caps. vag.:35000 UI
Éthinylestradiol et lévonorgestrel|G|-|cp:30 µg/150 µg,20 µg/100 µg
Éthinylestradiol et désogestrel|G|-|cp:30 µg/150 µg,20 µg/150 µg
Éthinylestradiol et gestodène|G|-|cp:30 µg/75 µg,20 µg/75 µg
Désogestrel|G|-|cp:75 µg
Lévonorgestrel|G|-|cp:30 µg,1.5 mg;dispositif:52 mg
Progestérone|G|-|caps.:100 mg,200 mg;gel:1 %
Dydrogestérone|G|-|cp:10 mg
Estradiol|G|-|cp:1 mg,2 mg;gel:0.06 %;dispositif:50 µg
Médroxyprogestérone|G|-|susp. inj.:150 mg;cp:5 mg,10 mg
Norethistérone|G|-|cp:5 mg,10 mg
Lynestrénol|G|-|cp:5 mg
Clomifène|G|-|cp:50 mg
Follitropine alfa|G|-|pdre inj.:75 UI,450 UI,900 UI
Gonadotrophine chorionique|G|-|pdre inj.:1500 UI,5000 UI
Ménotropine|G|-|pdre inj.:75 UI,150 UI
Cyprotérone|G|-|cp:50 mg,100 mg
Bromocriptine|G|-|cp:2.5 mg;gél.:5 mg,10 mg
Cabergoline|G|-|cp:0.5 mg,1 mg
Oxybutynine|G|-|cp:2.5 mg,5 mg
Solifénacine|G|-|cp:5 mg,10 mg
Toltérodine|G|-|gél. LP:2 mg,4 mg
Tamsulosine|G|-|gél. LP:0.4 mg
Alfuzosine|G|-|cp:2.5 mg;cp LP:5 mg,10 mg
Finastéride|G|-|cp:5 mg
Dutastéride|G|-|caps.:0.5 mg
Testostérone|G|-|sol. inj.:250 mg,1000 mg;caps.:40 mg
Lévothyroxine|H|t|cp:25 µg,50 µg,75 µg,100 µg,125 µg,150 µg
Carbimazole|H|t|cp:5 mg,20 mg
Benzylthiouracile|H|t|cp:25 mg
Propylthiouracile|H|t|cp:50 mg
Prednisone|H|s|cp:1 mg,5 mg,20 mg
Prednisolone|H|s|cp:5 mg,20 mg;cp eff.:5 mg,20 mg;sol. buv.:1 mg/ml
Méthylprednisolone|H|l|cp:4 mg,16 mg;pdre inj.:20 mg,40 mg,120 mg,500 mg,1 g
Dexaméthasone|H|-|cp:0.5 mg;sol. inj.:4 mg,20 mg
Bétaméthasone|H|-|cp:0.5 mg,2 mg;sol. buv.:0.05 %;sol. inj.:4 mg
Hydrocortisone|H|-|cp:10 mg;pdre inj.:100 mg,500 mg
Triamcinolone|H|-|susp. inj.:40 mg,80 mg
Fludrocortisone|H|-|cp:0.05 mg
Somatropine|H|D|pdre inj.:4 UI,12 UI;sol. inj.:5 mg,10 mg,15 mg
Octréotide|H|-|sol. inj.:50 µg,100 µg,500 µg;pdre inj. LP:10 mg,20 mg,30 mg
Lanréotide|H|-|sol. inj. LP:60 mg,90 mg,120 mg
Desmopressine|H|-|cp:0.1 mg,0.2 mg;spray nasal:10 µg;sol. inj.:4 µg
Tériparatide|H|o|sol. inj.:20 µg
Calcitonine|H|o|sol. inj.:50 UI,100 UI
Cinacalcet|H|i|cp:30 mg,60 mg,90 mg
Glucagon|H|d|pdre inj.:1 mg
Tétracosactide|H|-|sol. inj.:0.25 mg,1 mg
Amoxicilline|J|-|gél.:500 mg;cp:1 g;pdre susp. buv.:125 mg/5 ml,250 mg/5 ml,500 mg/5 ml;pdre inj.:500 mg,1 g
Amoxicilline et acide clavulanique|J|-|cp:500 mg/62.5 mg,875 mg/125 mg;sachet:500 mg/62.5 mg,1 g/125 mg;pdre susp. buv.:100 mg/12.5 mg;pdre inj.:500 mg/50 mg,1 g/200 mg
Ampicilline|J|-|gél.:500 mg;pdre inj.:500 mg,1 g
Oxacilline|J|-|gél.:500 mg;pdre inj.:1 g;pdre susp. buv.:250 mg/5 ml
Phénoxyméthylpénicilline|J|-|cp:1 MUI;pdre susp. buv.:250000 UI/5 ml
Benzathine benzylpénicilline|J|-|pdre inj.:0.6 MUI,1.2 MUI,2.4 MUI
Benzylpénicilline|J|-|pdre inj.:1 MUI,5 MUI
Pipéracilline et tazobactam|J|-|pdre inj.:2 g/250 mg,4 g/500 mg
Céfalexine|J|-|gél.:500 mg;cp:1 g;pdre susp. buv.:250 mg/5 ml
Céfadroxil|J|-|gél.:500 mg;cp:1 g;pdre susp. buv.:250 mg/5 ml,500 mg/5 ml
Céfazoline|J|-|pdre inj.:500 mg,1 g
Céfuroxime|J|-|cp:125 mg,250 mg,500 mg;pdre susp. buv.:125 mg/5 ml
Céfaclor|J|-|gél.:250 mg;pdre susp. buv.:125 mg/5 ml,250 mg/5 ml
Céfixime|J|-|cp:200 mg;pdre susp. buv.:40 mg/5 ml,100 mg/5 ml
Cefpodoxime|J|-|cp:100 mg,200 mg;pdre susp. buv.:40 mg/5 ml
Céfotaxime|J|-|pdre inj.:500 mg,1 g,2 g
Ceftriaxone|J|-|pdre inj.:500 mg,1 g,2 g
Ceftazidime|J|-|pdre inj.:500 mg,1 g,2 g
Céfépime|J|-|pdre inj.:1 g,2 g
Imipénem et cilastatine|J|-|pdre inj.:500 mg/500 mg
Méropénem|J|-|pdre inj.:500 mg,1 g
Ertapénem|J|-|pdre inj.:1 g
Érythromycine|J|-|cp:500 mg,1 g;sachet:125 mg,250 mg;pdre inj.:1 g
Azithromycine|J|-|cp:250 mg,500 mg;pdre susp. buv.:40 mg/ml
Clarithromycine|J|-|cp:250 mg,500 mg;pdre susp. buv.:25 mg/ml,50 mg/ml;cp LM:500 mg
Spiramycine|J|-|cp:1.5 MUI,3 MUI;sirop:0.375 MUI/5 ml
Josamycine|J|-|cp:500 mg,1 g;susp. buv.:125 mg/5 ml,250 mg/5 ml
Roxithromycine|J|-|cp:50 mg,150 mg
Clindamycine|J|-|gél.:75 mg,150 mg,300 mg;sol. inj.:600 mg
Pristinamycine|J|-|cp:250 mg,500 mg
Gentamicine|J|-|sol. inj.:10 mg,40 mg,80 mg,160 mg
Amikacine|J|-|pdre inj.:250 mg,500 mg
Ciprofloxacine|J|-|cp:250 mg,500 mg,750 mg;sol. perf.:200 mg,400 mg
Ofloxacine|J|-|cp:200 mg;sol. perf.:200 mg
Lévofloxacine|J|-|cp:250 mg,500 mg;sol. perf.:500 mg
Norfloxacine|J|-|cp:400 mg
Moxifloxacine|J|-|cp:400 mg;sol. perf.:400 mg
Doxycycline|J|-|cp:100 mg,200 mg
Tétracycline|J|-|gél.:250 mg
Sulfaméthoxazole et triméthoprime|J|-|cp:400 mg/80 mg,800 mg/160 mg;susp. buv.:200 mg/40 mg
Nitrofurantoïne|J|-|gél.:50 mg,100 mg
Fosfomycine|J|-|sachet:3 g;pdre inj.:1 g,4 g
Métronidazole|J|-|cp:250 mg,500 mg;susp. buv.:4 %;sol. perf.:500 mg
Vancomycine|J|-|pdre inj.:125 mg,500 mg,1 g
Téicoplanine|J|-|pdre inj.:100 mg,200 mg,400 mg
Linézolide|J|-|cp:600 mg;sol. perf.:600 mg
Colistine|J|-|pdre inj.:1 MUI
Rifampicine|J|a|gél.:150 mg,300 mg;susp. buv.:2 %
Isoniazide|J|a|cp:50 mg,150 mg
Pyrazinamide|J|a|cp:400 mg,500 mg
Éthambutol|J|a|cp:400 mg
Rifampicine et isoniazide|J|a|cp:150 mg/75 mg,60 mg/30 mg
Rifampicine, isoniazide, pyrazinamide et éthambutol|J|a|cp:150 mg/75 mg/400 mg/275 mg
Fluconazole|J|-|gél.:50 mg,100 mg,150 mg,200 mg;sol. perf.:200 mg;pdre susp. buv.:50 mg/5 ml
Itraconazole|J|-|gél.:100 mg;sol. buv.:10 mg/ml
Voriconazole|J|-|cp:50 mg,200 mg;pdre inj.:200 mg
Amphotéricine B|J|-|susp. buv.:10 %;pdre inj.:50 mg
Nystatine|J|-|susp. buv.:100000 UI/ml;cp:500000 UI
Aciclovir|J|-|cp:200 mg,400 mg,800 mg;susp. buv.:200 mg/5 ml;pdre inj.:250 mg,500 mg
Valaciclovir|J|-|cp:500 mg,1 g
Valganciclovir|J|B|cp:450 mg
Oséltamivir|J|-|gél.:30 mg,45 mg,75 mg
Ténofovir|J|u|cp:245 mg
Entécavir|J|u|cp:0.5 mg,1 mg
Sofosbuvir|J|u|cp:400 mg
Sofosbuvir et lédipasvir|J|u|cp:400 mg/90 mg
Sofosbuvir et velpatasvir|J|u|cp:400 mg/100 mg
Daclatasvir|J|u|cp:30 mg,60 mg
Ribavirine|J|u|gél.:200 mg,400 mg
Lamivudine|J|v|cp:100 mg,150 mg,300 mg;sol. buv.:10 mg/ml
Zidovudine|J|v|gél.:100 mg,250 mg;cp:300 mg;sol. buv.:10 mg/ml
Lamivudine et zidovudine|J|v|cp:150 mg/300 mg
Abacavir|J|v|cp:300 mg;sol. buv.:20 mg/ml
Éfavirenz|J|v|cp:200 mg,600 mg
Névirapine|J|v|cp:200 mg;cp LP:400 mg
Lopinavir et ritonavir|J|v|cp:200 mg/50 mg,100 mg/25 mg;sol. buv.:80 mg/20 mg
Atazanavir|J|v|gél.:150 mg,200 mg,300 mg
Darunavir|J|v|cp:400 mg,600 mg
Raltégravir|J|v|cp:400 mg
Dolutégravir|J|v|cp:50 mg
Emtricitabine et ténofovir|J|v|cp:200 mg/245 mg
Vaccin antigrippal|J|-|susp. inj.:0.5 ml
Vaccin antihépatite B|J|-|susp. inj.:10 µg,20 µg
Vaccin antitétanique|J|-|susp. inj.:40 UI
Vaccin antipneumococcique|J|-|susp. inj.:0.5 ml
Vaccin antirabique|J|-|pdre inj.:2.5 UI
Immunoglobuline humaine normale|J|-|sol. perf.:2.5 g,5 g,10 g
Immunoglobuline anti-D|J|-|sol. inj.:300 µg
)";

}  // namespace wasl::cli
