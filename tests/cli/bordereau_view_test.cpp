// A pharmacy's statement of what it presented, for people and machines.

#include "cli/bordereau_view.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "cli/reviewed_bordereau.hpp"

namespace wasl::cli {
namespace {

using core::Language;

TEST(BordereauView, ListsWhatIsPromisedUntilWhenAndWhatTheCentreDecided) {
  const std::vector all{test::reviewed_bordereau()};
  EXPECT_EQ(bordereaux(all, Format::kCsv),
            "number,closed_at,closed_by,due,count,total_cents,accepted_cents,rejected_cents,"
            "reduced_cents,open_cents\n"
            "12,2026-03-10T08:00:00.000Z,77,2026-03-25,4,246000,96000,50000,0,100000\n");
  EXPECT_EQ(bordereaux(all, Format::kText),
            "bordereau  closed on   due         claims           total        accepted        "
            "rejected         reduced            open\n"
            "       12  2026-03-10  2026-03-25       4        2,460.00          960.00          "
            "500.00            0.00        1,000.00\n");
  EXPECT_EQ(bordereaux({}, Format::kJson), "{\"bordereaux\":[]}\n");
  EXPECT_NE(bordereaux(all, Format::kJson).find(R"("centre":"16-01")"), std::string::npos);
}

TEST(BordereauView, SaysWhereEachClaimStandsInTheReadersLanguage) {
  const std::string text = bordereau(test::reviewed_bordereau(), Format::kText, Language::kEnglish);
  for (const char* line :
       {"bordereau 12 of pharmacy 16-004512, fund CNAS, reviewed by centre 16-01\n",
        "       70  a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0          960.00  accepted by the centre\n",
        "rejected by the centre: The tarif applied is not the right one (WRONG_TARIF)\n",
        "held by the centre: The prescription is missing (MISSING_PRESCRIPTION), until "
        "2026-03-20, next step: the pharmacy\n",
        "presented in a bordereau\n"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
  }
  const std::string french =
      bordereau(test::reviewed_bordereau(), Format::kText, Language::kFrench);
  EXPECT_NE(french.find("rejetée par le centre : Le tarif appliqué n'est pas le bon (WRONG_TARIF)"),
            std::string::npos)
      << french;
}

TEST(BordereauView, GivesMachinesNamesAndCentimes) {
  EXPECT_EQ(bordereau(test::reviewed_bordereau(), Format::kCsv, Language::kFrench),
            "claim_id,request_id,insurer_cents,state,reason,until,owner,reviewed_by,"
            "payment_reference,reduced_cents,reduced_by\n"
            "70,a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0,96000,ACCEPTED,,,,90,,0,0\n"
            "71,a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1,50000,REJECTED,WRONG_TARIF,,,90,,0,0\n"
            "72,a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2,60000,HELD,MISSING_PRESCRIPTION,2026-03-20,"
            "PROVIDER,90,,0,0\n"
            "73,a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3,40000,PRESENTED,,,,0,,0,0\n");
  const std::string json = bordereau(test::reviewed_bordereau(), Format::kJson, Language::kArabic);
  EXPECT_NE(json.find(R"("state":"HELD","reason":"MISSING_PRESCRIPTION","until":"2026-03-20",)"
                      R"("owner":"PROVIDER","reviewed_by":90,"payment_reference":"",)"
                      R"("reduced_cents":0,"reduced_by":0})"),
            std::string::npos)
      << json;
}

TEST(BordereauView, NamesThePaymentAsTheBankDoes) {
  v1::Bordereau one = test::reviewed_bordereau();
  one.mutable_claims(0)->set_state(v1::PAID);
  one.mutable_claims(0)->set_payment_reference("CNAS-77-1");
  EXPECT_NE(bordereau(one, Format::kText, Language::kEnglish)
                .find("960.00  paid, payment reference: CNAS-77-1\n"),
            std::string::npos);
  EXPECT_NE(bordereau(one, Format::kText, Language::kFrench)
                .find("payée, référence du paiement : CNAS-77-1\n"),
            std::string::npos);
  EXPECT_NE(
      bordereau(one, Format::kCsv, Language::kEnglish).find("96000,PAID,,,,90,CNAS-77-1,0,0\n"),
      std::string::npos);
  EXPECT_NE(
      bordereau(one, Format::kJson, Language::kEnglish).find(R"("payment_reference":"CNAS-77-1")"),
      std::string::npos);
}

TEST(BordereauView, SaysByHowMuchAClaimWasReducedAndWhy) {
  v1::Bordereau one = test::reviewed_bordereau();
  test::reduce_claim(one);
  const std::string text = bordereau(one, Format::kText, Language::kEnglish);
  EXPECT_NE(text.find("880.00          500.00           80.00        1,000.00\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("880.00  accepted by the centre, reduced by 80.00: The quantity is not that "
                      "of the prescription (WRONG_QUANTITY)\n"),
            std::string::npos)
      << text;
  EXPECT_NE(bordereau(one, Format::kText, Language::kFrench)
                .find("acceptée par le centre, réduite de 80.00 : "),
            std::string::npos);
  EXPECT_NE(bordereau(one, Format::kCsv, Language::kEnglish)
                .find("88000,ACCEPTED,WRONG_QUANTITY,,,90,,8000,95\n"),
            std::string::npos);
  const std::string json = bordereau(one, Format::kJson, Language::kEnglish);
  EXPECT_NE(json.find(R"("rejected_cents":50000,"reduced_cents":8000,"open_cents":100000)"),
            std::string::npos)
      << json;
  EXPECT_NE(json.find(R"("reduced_cents":8000,"reduced_by":95)"), std::string::npos) << json;
}

TEST(BordereauView, NamesTheFundWhereThereIsNoCentre) {
  v1::Bordereau one = test::reviewed_bordereau();
  one.clear_centre();
  EXPECT_TRUE(title_of(one).ends_with("reviewed by the fund"));
}

}  // namespace
}  // namespace wasl::cli
