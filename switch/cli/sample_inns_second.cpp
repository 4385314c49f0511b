// Active substances of classes L to V (anatomical main groups of the ATC classification).

#include "cli/sample_inns.hpp"

namespace wasl::cli {

// Lines as in kSampleInnsFirst.
const char* const kSampleInnsSecond = R"(
Cyclophosphamide|L|c|cp:50 mg;pdre inj.:500 mg,1 g
Chlorambucil|L|c|cp:2 mg
Melphalan|L|c|cp:2 mg;pdre inj.:50 mg
Busulfan|L|c|cp:2 mg
Témozolomide|L|c|gél.:5 mg,20 mg,100 mg,140 mg,250 mg
Méthotrexate|L|p|cp:2.5 mg,10 mg;sol. inj.:7.5 mg,10 mg,15 mg,20 mg,50 mg
Mercaptopurine|L|c|cp:50 mg
Capécitabine|L|c|cp:150 mg,500 mg
Fluorouracile|L|c|sol. inj.:250 mg,500 mg,1 g
Gemcitabine|L|c|pdre inj.:200 mg,1 g
Vinorelbine|L|c|caps.:20 mg,30 mg;sol. inj.:10 mg,50 mg
Étoposide|L|c|caps.:50 mg;sol. inj.:100 mg
Paclitaxel|L|c|sol. inj.:30 mg,100 mg,300 mg
Docétaxel|L|c|sol. inj.:20 mg,80 mg
Doxorubicine|L|c|pdre inj.:10 mg,50 mg
Épirubicine|L|c|pdre inj.:10 mg,50 mg
Cisplatine|L|c|sol. inj.:10 mg,50 mg
Carboplatine|L|c|sol. inj.:150 mg,450 mg
Oxaliplatine|L|c|pdre inj.:50 mg,100 mg
Irinotécan|L|c|sol. inj.:40 mg,100 mg
Imatinib|L|c|cp:100 mg,400 mg
Nilotinib|L|c|gél.:150 mg,200 mg
Dasatinib|L|c|cp:20 mg,50 mg,70 mg
Erlotinib|L|c|cp:100 mg,150 mg
Géfitinib|L|c|cp:250 mg
Sorafénib|L|c|cp:200 mg
Sunitinib|L|c|gél.:12.5 mg,25 mg,50 mg
Lapatinib|L|c|cp:250 mg
Évérolimus|L|B|cp:0.25 mg,0.75 mg,5 mg,10 mg
Trastuzumab|L|c|pdre inj.:150 mg,440 mg
Rituximab|L|c|sol. perf.:100 mg,500 mg
Bévacizumab|L|c|sol. perf.:100 mg,400 mg
Hydroxycarbamide|L|x|gél.:500 mg
Tamoxifène|L|c|cp:10 mg,20 mg
Létrozole|L|c|cp:2.5 mg
Anastrozole|L|c|cp:1 mg
Exémestane|L|c|cp:25 mg
Bicalutamide|L|c|cp:50 mg,150 mg
Abiratérone|L|c|cp:250 mg,500 mg
Enzalutamide|L|c|caps.:40 mg
Triptoréline|L|c|pdre inj.:0.1 mg,3 mg,11.25 mg
Leuproréline|L|c|pdre inj.:3.75 mg,11.25 mg
Goséréline|L|c|implant:3.6 mg,10.8 mg
Mégestrol|L|c|cp:160 mg
Filgrastim|L|c|sol. inj.:30 MUI,48 MUI
Pegfilgrastim|L|c|sol. inj.:6 mg
Lénalidomide|L|c|gél.:5 mg,10 mg,15 mg,25 mg
Thalidomide|L|c|gél.:50 mg,100 mg
Bortézomib|L|c|pdre inj.:1 mg,3.5 mg
Interféron bêta-1a|L|m|sol. inj.:30 µg,22 µg,44 µg
Interféron bêta-1b|L|m|pdre inj.:250 µg
Glatiramère|L|m|sol. inj.:20 mg,40 mg
Fingolimod|L|m|gél.:0.5 mg
Natalizumab|L|m|sol. perf.:300 mg
Tériflunomide|L|m|cp:14 mg
Diméthyl fumarate|L|m|gél.:120 mg,240 mg
Peginterféron alfa-2a|L|u|sol. inj.:135 µg,180 µg
Ciclosporine|L|B|caps.:10 mg,25 mg,50 mg,100 mg;sol. buv.:100 mg/ml
Tacrolimus|L|B|gél.:0.5 mg,1 mg,5 mg;gél. LP:0.5 mg,1 mg,5 mg
Mycophénolate mofétil|L|B|cp:500 mg;gél.:250 mg
Acide mycophénolique|L|B|cp:180 mg,360 mg
Sirolimus|L|B|cp:1 mg,2 mg
Azathioprine|L|B|cp:25 mg,50 mg
Léflunomide|L|p|cp:10 mg,20 mg
Adalimumab|L|p|sol. inj.:20 mg,40 mg
Étanercept|L|p|sol. inj.:25 mg,50 mg
Infliximab|L|j|pdre inj.:100 mg
Golimumab|L|y|sol. inj.:50 mg,100 mg
Tocilizumab|L|p|sol. perf.:80 mg,200 mg,400 mg;sol. inj.:162 mg
Ustékinumab|L|F|sol. inj.:45 mg,90 mg
Sécukinumab|L|F|sol. inj.:150 mg
Tofacitinib|L|p|cp:5 mg,10 mg
Abatacept|L|p|sol. inj.:125 mg;pdre inj.:250 mg
Diclofénac|M|y|cp:25 mg,50 mg;cp LP:75 mg,100 mg;suppos.:25 mg,100 mg;sol. inj.:75 mg;gel:1 %
Ibuprofène|M|-|cp:200 mg,400 mg,600 mg;susp. buv.:20 mg/ml;gel:5 %
Kétoprofène|M|y|gél.:50 mg;cp LP:100 mg,200 mg;suppos.:100 mg;sol. inj.:100 mg;gel:2.5 %
Naproxène|M|y|cp:250 mg,500 mg,550 mg;suppos.:500 mg
Piroxicam|M|-|gél.:10 mg,20 mg;sol. inj.:20 mg;suppos.:20 mg;gel:0.5 %
Méloxicam|M|y|cp:7.5 mg,15 mg;sol. inj.:15 mg
Célécoxib|M|y|gél.:100 mg,200 mg
Indométacine|M|y|gél.:25 mg;suppos.:50 mg,100 mg
Acide niflumique|M|-|gél.:250 mg;suppos.:400 mg;pommade:3 %
Acide tiaprofénique|M|-|cp:100 mg,200 mg
Acéclofénac|M|-|cp:100 mg
Étoricoxib|M|-|cp:60 mg,90 mg,120 mg
Allopurinol|M|-|cp:100 mg,200 mg,300 mg
Fébuxostat|M|-|cp:80 mg,120 mg
Colchicine|M|-|cp:1 mg
Acide alendronique|M|o|cp:10 mg,70 mg
Acide risédronique|M|o|cp:5 mg,35 mg,75 mg
Acide ibandronique|M|o|cp:150 mg;sol. inj.:3 mg
Acide zolédronique|M|o|sol. perf.:4 mg,5 mg
Dénosumab|M|o|sol. inj.:60 mg,120 mg
Raloxifène|M|o|cp:60 mg
Ranélate de strontium|M|o|sachet:2 g
Thiocolchicoside|M|-|cp:4 mg,8 mg;sol. inj.:4 mg
Baclofène|M|m|cp:10 mg,25 mg
Tizanidine|M|m|cp:2 mg,4 mg
Dantrolène|M|m|gél.:25 mg,100 mg
Tétrazépam|M|-|cp:50 mg
Méthocarbamol|M|-|cp:500 mg,750 mg
Toxine botulinique A|M|m|pdre inj.:50 U,100 U,500 U
Glucosamine|M|-|gél.:400 mg;sachet:1500 mg
Chondroïtine|M|-|gél.:400 mg
Diacéréine|M|-|gél.:50 mg
Hydroxychloroquine|M|l|cp:200 mg
Paracétamol|N|-|cp:500 mg,1 g;cp eff.:500 mg,1 g;sirop:30 mg/ml;suppos.:100 mg,150 mg,200 mg,300 mg;sachet:100 mg,200 mg,300 mg;sol. perf.:500 mg,1 g
Paracétamol et codéine|N|-|cp:400 mg/20 mg,500 mg/30 mg
Paracétamol et caféine|N|-|cp:500 mg/50 mg
Acide acétylsalicylique|N|-|cp:500 mg;cp eff.:500 mg,1 g;sachet:250 mg,500 mg;pdre inj.:500 mg
Tramadol|N|-|gél.:50 mg;cp LP:100 mg,150 mg,200 mg;sol. buv.:100 mg/ml;sol. inj.:100 mg
Tramadol et paracétamol|N|-|cp:37.5 mg/325 mg
Morphine|N|c|gél. LP:10 mg,30 mg,60 mg,100 mg;cp:10 mg,20 mg;sol. inj.:10 mg
Fentanyl|N|c|dispositif:12 µg/h,25 µg/h,50 µg/h,75 µg/h,100 µg/h
Oxycodone|N|c|gél. LP:10 mg,20 mg,40 mg,80 mg
Néfopam|N|-|sol. inj.:20 mg
Sumatriptan|N|-|cp:50 mg,100 mg;spray nasal:20 mg
Zolmitriptan|N|-|cp:2.5 mg
Ergotamine et caféine|N|-|cp:1 mg/100 mg
Dihydroergotamine|N|-|sol. buv.:2 mg/ml
Flunarizine|N|-|cp:10 mg
Phénobarbital|N|e|cp:10 mg,50 mg,100 mg;sol. inj.:40 mg,200 mg
Phénytoïne|N|e|cp:100 mg
Carbamazépine|N|e|cp:200 mg;cp LP:200 mg,400 mg;susp. buv.:20 mg/ml
Oxcarbazépine|N|e|cp:150 mg,300 mg,600 mg;susp. buv.:60 mg/ml
Acide valproïque|N|e|cp:200 mg,500 mg;cp LP:300 mg,500 mg;sol. buv.:200 mg/ml;sirop:57.64 mg/ml;pdre inj.:400 mg
Lamotrigine|N|e|cp:5 mg,25 mg,50 mg,100 mg,200 mg
Lévétiracétam|N|e|cp:250 mg,500 mg,1000 mg;sol. buv.:100 mg/ml
Topiramate|N|e|cp:25 mg,50 mg,100 mg,200 mg;gél.:15 mg,25 mg
Vigabatrine|N|e|cp:500 mg;sachet:500 mg
Gabapentine|N|e|gél.:100 mg,300 mg,400 mg;cp:600 mg,800 mg
Prégabaline|N|e|gél.:25 mg,50 mg,75 mg,100 mg,150 mg,300 mg
Clonazépam|N|e|cp:2 mg;sol. buv.:2.5 mg/ml;sol. inj.:1 mg
Éthosuximide|N|e|caps.:250 mg;sirop:250 mg/5 ml
Lacosamide|N|e|cp:50 mg,100 mg,150 mg,200 mg
Zonisamide|N|e|gél.:25 mg,50 mg,100 mg
Lévodopa et bensérazide|N|k|gél.:50 mg/12.5 mg,100 mg/25 mg,200 mg/50 mg;cp disp.:100 mg/25 mg
Lévodopa et carbidopa|N|k|cp:100 mg/10 mg,250 mg/25 mg;cp LP:200 mg/50 mg
Lévodopa, carbidopa et entacapone|N|k|cp:50 mg/12.5 mg/200 mg,100 mg/25 mg/200 mg,150 mg/37.5 mg/200 mg
Entacapone|N|k|cp:200 mg
Pramipexole|N|k|cp:0.18 mg,0.7 mg;cp LP:0.26 mg,0.52 mg,1.05 mg,2.1 mg
Ropinirole|N|k|cp:0.25 mg,1 mg,2 mg,5 mg;cp LP:2 mg,4 mg,8 mg
Rasagiline|N|k|cp:1 mg
Sélégiline|N|k|cp:5 mg,10 mg
Trihexyphénidyle|N|k|cp:2 mg,5 mg;cp LP:5 mg
Amantadine|N|k|gél.:100 mg
Bipéridène|N|k|cp:2 mg;cp LP:4 mg
Piribédil|N|k|cp:20 mg;cp LP:50 mg
Halopéridol|N|b|cp:1 mg,5 mg;sol. buv.:2 mg/ml;sol. inj.:5 mg,50 mg
Chlorpromazine|N|b|cp:25 mg,100 mg;sol. buv.:4 %;sol. inj.:25 mg
Lévomépromazine|N|b|cp:25 mg,100 mg;sol. buv.:4 %;sol. inj.:25 mg
Fluphénazine|N|b|sol. inj. LP:25 mg,100 mg;cp:25 mg
Amisulpride|N|b|cp:50 mg,100 mg,200 mg,400 mg
Sulpiride|N|b|gél.:50 mg;cp:200 mg;sol. inj.:100 mg
Tiapride|N|b|cp:100 mg;sol. inj.:100 mg
Rispéridone|N|b|cp:1 mg,2 mg,3 mg,4 mg;sol. buv.:1 mg/ml;pdre inj. LP:25 mg,37.5 mg,50 mg
Olanzapine|N|b|cp:2.5 mg,5 mg,7.5 mg,10 mg,15 mg;cp orodisp.:5 mg,10 mg
Quétiapine|N|b|cp LP:50 mg,300 mg,400 mg
Aripiprazole|N|b|cp:5 mg,10 mg,15 mg,30 mg
Clozapine|N|b|cp:25 mg,100 mg
Palipéridone|N|b|susp. inj. LP:75 mg,100 mg,150 mg
Zuclopenthixol|N|b|cp:2 mg,10 mg,25 mg;sol. inj.:50 mg,200 mg
Lithium|N|b|cp:250 mg;cp LP:400 mg
Diazépam|N|-|cp:2 mg,5 mg,10 mg;sol. buv.:1 %;sol. inj.:10 mg
Bromazépam|N|-|cp:1.5 mg,3 mg,6 mg
Alprazolam|N|-|cp:0.25 mg,0.5 mg,1 mg
Lorazépam|N|-|cp:1 mg,2.5 mg
Clorazépate|N|-|gél.:5 mg,10 mg;cp:50 mg;pdre inj.:20 mg
Prazépam|N|-|cp:10 mg;sol. buv.:1.5 %
Oxazépam|N|-|cp:10 mg,50 mg
Hydroxyzine|N|-|cp:25 mg,100 mg;sirop:2 mg/ml;sol. inj.:100 mg
Buspirone|N|-|cp:10 mg
Zolpidem|N|-|cp:10 mg
Zopiclone|N|-|cp:3.75 mg,7.5 mg
Nitrazépam|N|-|cp:5 mg
Amitriptyline|N|b|cp:10 mg,25 mg,50 mg;sol. buv.:4 %
Clomipramine|N|b|cp:10 mg,25 mg,75 mg;sol. inj.:25 mg
Imipramine|N|b|cp:10 mg,25 mg
Maprotiline|N|b|cp:25 mg,75 mg
Fluoxétine|N|b|gél.:20 mg;sol. buv.:20 mg/5 ml
Paroxétine|N|b|cp:20 mg;susp. buv.:20 mg/10 ml
Sertraline|N|b|gél.:25 mg,50 mg;cp:50 mg,100 mg
Citalopram|N|b|cp:20 mg;sol. buv.:40 mg/ml
Escitalopram|N|b|cp:5 mg,10 mg,15 mg,20 mg
Fluvoxamine|N|b|cp:50 mg,100 mg
Venlafaxine|N|b|gél. LP:37.5 mg,75 mg,150 mg
Duloxétine|N|b|gél.:30 mg,60 mg
Mirtazapine|N|b|cp:15 mg,30 mg
Miansérine|N|b|cp:10 mg,30 mg,60 mg
Tianeptine|N|b|cp:12.5 mg
Agomélatine|N|b|cp:25 mg
Bupropion|N|-|cp LP:150 mg
Méthylphénidate|N|-|cp:10 mg;gél. LP:20 mg,30 mg,40 mg;cp LP:18 mg,36 mg,54 mg
Atomoxétine|N|-|gél.:10 mg,18 mg,25 mg,40 mg
Donépézil|N|z|cp:5 mg,10 mg
Rivastigmine|N|z|gél.:1.5 mg,3 mg,4.5 mg,6 mg;dispositif:4.6 mg/24 h,9.5 mg/24 h
Galantamine|N|z|gél. LP:8 mg,16 mg,24 mg
Mémantine|N|z|cp:10 mg,20 mg;sol. buv.:10 mg/ml
Pyridostigmine|N|E|cp:60 mg;cp LP:180 mg
Néostigmine|N|E|sol. inj.:0.5 mg,2.5 mg
Riluzole|N|-|cp:50 mg
Tétrabénazine|N|-|cp:25 mg
Bétahistine|N|-|cp:8 mg,16 mg,24 mg
Acétylleucine|N|-|cp:500 mg;sol. inj.:500 mg
Piracétam|N|A|cp:800 mg;gél.:400 mg;sol. buv.:20 %;sol. inj.:1 g
Citicoline|N|A|sol. buv.:100 mg/ml;sol. inj.:500 mg
Disulfirame|N|-|cp:500 mg
Méthadone|N|-|sirop:20 mg,40 mg,60 mg
Naltrexone|N|-|cp:50 mg
Buprénorphine|N|-|cp sublingual:0.4 mg,2 mg,8 mg
Mébendazole|P|-|cp:100 mg,500 mg;susp. buv.:20 mg/ml
Albendazole|P|-|cp:200 mg,400 mg;susp. buv.:4 %
Praziquantel|P|-|cp:600 mg
Flubendazole|P|-|cp:100 mg;susp. buv.:20 mg/ml
Niclosamide|P|-|cp:500 mg
Chloroquine|P|l|cp:100 mg;sirop:25 mg/5 ml
Artéméther et luméfantrine|P|-|cp:20 mg/120 mg
Quinine|P|-|cp:250 mg,500 mg;sol. inj.:250 mg
Glucantime|P|-|sol. inj.:1.5 g
Tinidazole|P|-|cp:500 mg
Secnidazole|P|-|cp:500 mg;sachet:2 g
Benzoate de benzyle|P|-|lotion:10 %
Perméthrine|P|-|crème:5 %;shampooing:1 %
Ivermectine|P|-|cp:3 mg
Salbutamol|R|n|susp. inhal.:100 µg;sol. nébul.:2.5 mg,5 mg;sirop:2 mg/5 ml;cp:2 mg,4 mg;sol. inj.:0.5 mg
Terbutaline|R|n|pdre inhal.:500 µg;sol. nébul.:5 mg;cp LP:5 mg;sol. inj.:0.5 mg
Formotérol|R|n|gél. inhal.:12 µg;susp. inhal.:12 µg
Salmétérol|R|n|susp. inhal.:25 µg;pdre inhal.:50 µg
Indacatérol|R|n|gél. inhal.:150 µg,300 µg
Béclométasone inhalée|R|n|susp. inhal.:50 µg,100 µg,250 µg
Budésonide inhalé|R|n|pdre inhal.:100 µg,200 µg,400 µg;susp. nébul.:0.5 mg,1 mg
Fluticasone inhalée|R|n|susp. inhal.:50 µg,125 µg,250 µg
Ciclésonide|R|n|susp. inhal.:80 µg,160 µg
Budésonide et formotérol|R|n|pdre inhal.:100 µg/6 µg,200 µg/6 µg,400 µg/12 µg
Fluticasone et salmétérol|R|n|pdre inhal.:100 µg/50 µg,250 µg/50 µg,500 µg/50 µg;susp. inhal.:50 µg/25 µg,125 µg/25 µg,250 µg/25 µg
Béclométasone et formotérol|R|n|susp. inhal.:100 µg/6 µg
Ipratropium|R|n|susp. inhal.:20 µg;sol. nébul.:0.25 mg,0.5 mg
Tiotropium|R|n|gél. inhal.:18 µg;sol. inhal.:2.5 µg
Glycopyrronium|R|n|gél. inhal.:44 µg
Théophylline|R|n|cp LP:100 mg,200 mg,300 mg;gél. LP:50 mg,125 mg
Montélukast|R|n|cp:10 mg;cp à croquer:4 mg,5 mg;sachet:4 mg
Omalizumab|R|n|sol. inj.:75 mg,150 mg
Acide cromoglicique|R|-|sol. nébul.:20 mg;spray nasal:2 %
Béclométasone nasale|R|-|spray nasal:50 µg
Mométasone nasale|R|-|spray nasal:50 µg
Fluticasone nasale|R|-|spray nasal:50 µg
Budésonide nasal|R|-|spray nasal:64 µg
Triamcinolone nasale|R|-|spray nasal:55 µg
Cétirizine|R|-|cp:10 mg;sol. buv.:10 mg/ml;sirop:1 mg/ml
Lévocétirizine|R|-|cp:5 mg;sirop:0.5 mg/ml
Loratadine|R|-|cp:10 mg;sirop:1 mg/ml
Desloratadine|R|-|cp:5 mg;sirop:0.5 mg/ml
Fexofénadine|R|-|cp:120 mg,180 mg
Ébastine|R|-|cp:10 mg,20 mg
Bilastine|R|-|cp:20 mg
Dexchlorphéniramine|R|-|cp:2 mg,6 mg;sirop:0.01 %;sol. inj.:5 mg
Méquitazine|R|-|cp:5 mg;sirop:0.05 %
Kétotifène|R|-|gél.:1 mg;sol. buv.:0.02 %
Prométhazine|R|-|cp:25 mg;sirop:0.1 %
Acétylcystéine|R|-|sachet:100 mg,200 mg;cp eff.:600 mg
Carbocistéine|R|-|sirop:2 %,5 %
Ambroxol|R|-|cp:30 mg;sirop:15 mg/5 ml,30 mg/5 ml
Bromhexine|R|-|cp:8 mg;sirop:4 mg/5 ml
Dextrométhorphane|R|-|sirop:1.5 mg/ml;cp:15 mg
Oxomémazine|R|-|sirop:0.33 mg/ml
Pholcodine|R|-|sirop:1.31 mg/ml
Dornase alfa|R|-|sol. nébul.:2.5 mg
Timolol|S|g|collyre:0.25 %,0.5 %
Bétaxolol|S|g|collyre:0.25 %,0.5 %
Cartéolol|S|g|collyre:1 %,2 %
Latanoprost|S|g|collyre:0.005 %
Latanoprost et timolol|S|g|collyre:0.005 %/0.5 %
Travoprost|S|g|collyre:0.004 %
Bimatoprost|S|g|collyre:0.01 %,0.03 %
Brimonidine|S|g|collyre:0.2 %
Dorzolamide|S|g|collyre:2 %
Dorzolamide et timolol|S|g|collyre:2 %/0.5 %
Brinzolamide|S|g|collyre:1 %
Pilocarpine|S|g|collyre:1 %,2 %
Acétazolamide|S|g|cp:250 mg;pdre inj.:500 mg
Tobramycine|S|-|collyre:0.3 %;pommade opht.:0.3 %
Tobramycine et dexaméthasone|S|-|collyre:0.3 %/0.1 %
Dexaméthasone ophtalmique|S|-|collyre:0.1 %
Néomycine et dexaméthasone|S|-|collyre:0.35 %/0.1 %;pommade opht.:0.35 %/0.1 %
Ciprofloxacine ophtalmique|S|-|collyre:0.3 %
Ofloxacine ophtalmique|S|-|collyre:0.3 %
Acide fusidique ophtalmique|S|-|gel opht.:1 %
Chloramphénicol|S|-|collyre:0.4 %;pommade opht.:1 %
Indométacine ophtalmique|S|-|collyre:0.1 %
Diclofénac ophtalmique|S|-|collyre:0.1 %
Olopatadine|S|-|collyre:0.1 %
Cyclopentolate|S|-|collyre:0.5 %
Tropicamide|S|-|collyre:0.5 %
Atropine ophtalmique|S|-|collyre:0.3 %,0.5 %,1 %
Hypromellose|S|-|collyre:0.3 %
Carbomère|S|-|gel opht.:0.2 %
Hyaluronate de sodium|S|-|collyre:0.15 %,0.18 %
Ranibizumab|S|-|sol. inj.:10 mg/ml
Aflibercept|S|-|sol. inj.:40 mg/ml
Ofloxacine auriculaire|S|-|gouttes auric.:1.5 mg
Phénazone et lidocaïne|S|-|gouttes auric.:4 %/1 %
Polymyxine, néomycine et dexaméthasone|S|-|gouttes auric.:10 ml
Lidocaïne|V|-|gel:2 %;spray:5 %;sol. inj.:1 %,2 %
Sévélamer|V|i|cp:800 mg
Polystyrène sulfonate|V|i|pdre orale:15 g
Acétylcystéine antidote|V|-|sol. perf.:5 g
Mesna|V|c|sol. inj.:400 mg
Folinate de calcium|V|c|cp:25 mg;pdre inj.:50 mg,100 mg,200 mg
)";

}  // namespace wasl::cli
