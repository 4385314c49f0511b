"""CSV files (docs/import_format.md) of a network so plain that every claim on it is approved unless
a test spoils it: households with two adults, open rights and one good card each; providers with
agreements of both funds; one centre; products T01.. of 500.00 at 80 %, each of an INN of its own,
and TPA, which always needs a prior agreement. It stands beside what `wasl sample` writes.

    write(directory, households)      the files
    insured(i), card_number(i)        of household i, from 0; fund CNAS, key version 1
    PROVIDERS, CENTRE, PRODUCTS       ids
"""

import pathlib

FUND, OTHER_FUND, CATALOGUE, DESK = "CNAS", "CASNOS", "DZ", "3010"
PROVIDERS = [f"16-9000{i:02d}" for i in range(1, 11)]
CENTRE = "16-90"
PRODUCTS = [f"T{i:02d}" for i in range(1, 41)]
AGREEMENT_PRODUCT = "TPA"
PRESCRIBER = "M000001"
PRICE_CENTS = 50000


def insured(i):
    return f"9{i:011d}"


def card_number(i):
    return f"99{i:014d}"


def tables(households):
    """File name to header and rows."""
    everybody = [insured(i) for i in range(households)]
    products = [*PRODUCTS, AGREEMENT_PRODUCT]
    return {
        "wilayas": ("wilaya,name_fr,name_ar", ["16,Alger,الجزائر"]),
        "centres": ("centre,wilaya,name,suspended,source_version", [f"{CENTRE},16,Centre,no,1"]),
        "providers": (
            "provider,wilaya,centre,name,suspended,signing_key,payout_account,source_version",
            [f"{id},16,{CENTRE},Pharmacie,no,,,1" for id in PROVIDERS]),
        "provider_agreements": (
            "provider,fund,from,until",
            [f"{id},{fund},2020-01-01," for id in PROVIDERS for fund in (FUND, OTHER_FUND)]),
        "inns": ("inn,name,presentation", [f"I-{id},Substance,cp" for id in products]),
        "products": (
            "catalogue,product,from,until,inn,name,reimbursable,public_price,rate_percent,"
            "quantity_max,supply_days_max,prior_agreement_above_days,source_version",
            [f"{CATALOGUE},{id},2020-01-01,,I-{id},Produit,yes,500.00,80,,,"
             f"{'0' if id == AGREEMENT_PRODUCT else ''},1" for id in products]),
        "restrictions": ("catalogue,product,from,age_min,age_max,condition", []),
        "conditions": ("condition,name_fr,name_ar", ["ALD01,Tuberculose,السل"]),
        "accounts": ("insured,fund,payout_account,source_version",
                     [f"{id},{FUND},,1" for id in everybody]),
        "cards": ("insured,card,kind,rank,key_version,active,bar,bar_until,rights_until",
                  [f"{insured(i)},{card_number(i)},family,0,1,yes,,,2199-12-31"
                   for i in range(households)]),
        "beneficiaries": ("insured,rank,birth,exempt",
                          [f"{id},{rank},1980-05-17,no" for id in everybody for rank in (1, 2)]),
        "rights": ("insured,rank,from,until",
                   [f"{id},{rank},2020-01-01," for id in everybody for rank in (1, 2)]),
        "treatments": ("insured,rank,condition,from,until,inns", []),
        "agreements": ("insured,agreement,rank,state,from,until,product,prescriber,prescription,"
                       "prescription_date", []),
    }


def write(directory, households):
    directory = pathlib.Path(directory)
    directory.mkdir(parents=True)
    for name, (header, rows) in tables(households).items():
        lines = "".join(f"{row}\n" for row in [header, *rows])
        (directory / f"{name}.csv").write_text(lines, encoding="utf-8")
