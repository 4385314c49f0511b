"""A payment centre's counter, through `wasl counter` and over TLS: what waits, verdicts, corrections,
and what each side sees of it, with the lost answer of a review found again; accounts that two people
change, and refunds. Against `wasl serve`.

Usage: WASL_BINARY=... counter_test.py
"""

import csv
import datetime
import io
import json
import os
import re
import signal
import unittest

import plain_network as plain
from client import body, pb, request_id
from counter_case import OPERATOR, OTHER_CENTRE, SHARE, WITHOUT_CENTRE, CounterCase
from network_case import P
from plain_network import CENTRE, card_number, insured
from plain_requests import status
from switch import today

COLLEAGUE = ("operator:centre", f"{CENTRE}:043")
STRANGER = ("operator:centre", f"{OTHER_CENTRE}:001")
OF_THE_FUND = ("operator:fund", f"{plain.FUND}:007")
ACCOUNT, OTHER_ACCOUNT = "007 99999 0023456789 41", "007 99999 0023456790 38"
PAGE_ROWS = 100


def utc_day(days=0):
    """As the shell counts them."""
    there = datetime.datetime.now(datetime.timezone.utc).date()
    return (there + datetime.timedelta(days=days)).isoformat()


class Counter(CounterCase):
    # A day of both.

    def test_from_the_list_to_the_correction(self):
        number, sales = self.presented()
        [waiting] = [each for each in self.pending() if each["number"] == number]
        self.assertEqual((waiting["provider"], waiting["presented"], waiting["held"]), (P, 3, 0))
        self.assertEqual((waiting["deadline"], waiting["insurer_cents"]),
                         (today(15), 3 * SHARE))
        wrong, wrong_request = sales[1]
        text = self.counter("review", *self.named(number), "--reject", f"{wrong}=WRONG_TARIF",
                            "--accept-rest").stdout
        self.assertIn(f"Accepted claims: 2, {2 * SHARE / 100:,.2f}", text)
        self.assertNotIn(number, [each["number"] for each in self.pending()])

        shown = self.shown(number)
        self.assertEqual((shown["accepted_cents"], shown["rejected_cents"], shown["open_cents"]),
                         (2 * SHARE, SHARE, 0))
        self.assertEqual([(each["state"], each["reason"]) for each in shown["claims"]],
                         [("ACCEPTED", ""), ("REJECTED", "WRONG_TARIF"), ("ACCEPTED", "")])
        self.assertIn("The tarif applied is not the right one",
                      self.terminal("bordereaux", "--fund", plain.FUND, "--number", str(number)))
        self.assertEqual(self.provider.ask(status(wrong_request)).state_now, pb.REJECTED)

        again = self.correct(wrong_request, 40000)
        self.assertEqual(again["correctsClaimId"], str(wrong))
        self.assertEqual(self.provider.ask(status(wrong_request)).state_now, pb.CORRECTED)
        self.assertEqual([each["claim_id"] for each in self.shown(self.closed())["claims"]],
                         [int(again["claimId"])])

    def test_a_correction_is_of_a_rejected_claim_and_not_above_it(self):
        number, [(claim, request)] = self.presented(1)
        self.assertEqual(self.correct(request, 40000, code=2)["reason"], "NOT_IN_THIS_STATE")
        self.counter("reject", *self.named(number), "--claim", str(claim),
                     "--reason", "wrong-quantity")
        self.assertEqual(self.correct(request, 60000, code=2)["outcome"], "DECLINED")
        self.assertEqual(self.correct(request, 40000)["outcome"], "APPROVED")
        self.assertEqual(self.correct(request, 40000, code=2)["reason"], "NOT_IN_THIS_STATE")

    def test_a_held_claim_waits_and_is_decided_later(self):
        number, [(first, _), (second, _)] = self.presented(2)
        self.counter("hold", *self.named(number), "--claim", str(first), "--reason",
                     "MISSING_PRESCRIPTION", "--until", today(3), "--owner", "PROVIDER")
        self.counter("accept", *self.named(number), "--all")
        [waiting] = [each for each in self.pending() if each["number"] == number]
        self.assertEqual((waiting["deadline"], waiting["presented"], waiting["held"]),
                         (today(3), 0, 1))
        rows = list(csv.DictReader(io.StringIO(
            self.counter("show", *self.named(number), "--csv").stdout)))
        self.assertEqual([(row["claim_id"], row["state"], row["until"], row["owner"])
                          for row in rows],
                         [(str(first), "HELD", today(3), "PROVIDER"),
                          (str(second), "ACCEPTED", "", "")])
        self.assertIn("L'ordonnance manque",
                      self.counter("show", *self.named(number), "--lang", "fr").stdout)
        self.counter("accept", *self.named(number), "--claim", str(first))
        self.assertEqual(self.shown(number)["accepted_cents"], 2 * SHARE)

    def test_the_ledger_says_what_is_payable(self):
        number, [(_, _), (wrong, _)] = self.presented(2)
        self.counter("review", *self.named(number), "--reject", f"{wrong}=WRONG_TARIF",
                     "--accept-rest")
        found = json.loads(self.network.wasl(*self.arguments(
            "provider", P, "ledger", "statement", "--fund", plain.FUND, "--json")).stdout)
        payable = {each["account"]: each for each in found["accounts"]}["payable_to_provider"]
        last = payable["movements"][-1]
        self.assertEqual((last["cause"], last["bordereau"], last["change_cents"]),
                         ("acceptance", number, SHARE))
        [total] = [each for each in self.listing() if each.number == number]
        self.assertEqual((total.accepted_cents, total.rejected_cents), (SHARE, SHARE))
        rows = list(csv.DictReader(io.StringIO(self.network.wasl(*self.arguments(
            "fund", plain.FUND, "ledger", "postings", "--csv")).stdout)))
        rejection = [row for row in rows if row["claim_id"] == str(wrong)
                     and row["cause"] == "rejection"]
        self.assertEqual([(row["bordereau"], row["account"]) for row in rejection],
                         [(str(number), "benefits_expense"),
                          (str(number), "approved_not_accepted")])

    def listing(self):
        return self.provider.ask(pb.ListBordereaux(fund=plain.FUND)).bordereaux

    # Who may, and what is refused.

    def test_another_centre_sees_and_decides_nothing_of_it(self):
        number, _ = self.presented(1)
        self.assertNotIn(P, [each["provider"] for each in self.pending(of=STRANGER)])
        text = self.counter("accept", *self.named(number), "--all", of=STRANGER, code=2).stdout
        self.assertIn("BORDEREAU_OF_ANOTHER", text)
        self.counter("show", *self.named(number), of=STRANGER, code=1)
        with self.network.connect(*STRANGER) as stranger:
            page = stranger.ask(pb.GetBordereau(
                fund=plain.FUND, number=number,
                provider=pb.ParticipantName(role=pb.PROVIDER, id=P)))
            self.assertEqual(list(page.bordereaux), [])
        self.assertEqual(self.shown(number)["open_cents"], SHARE)

    def test_a_pharmacy_without_centre_is_its_funds_to_review(self):
        number, _ = self.presented(1, provider=WITHOUT_CENTRE)
        name = self.named(number, WITHOUT_CENTRE)
        self.assertIn("BORDEREAU_OF_ANOTHER", self.counter("accept", *name, "--all", code=2).stdout)
        self.assertIn(WITHOUT_CENTRE, [each["provider"] for each in self.pending(of=OF_THE_FUND)])
        self.counter("accept", *name, "--all", of=OF_THE_FUND)
        self.assertEqual(self.shown(number, WITHOUT_CENTRE)["accepted_cents"], SHARE)

    def test_only_operators_have_a_counter(self):
        done = self.counter("pending", of=("centre", CENTRE), code=4)
        self.assertIn("NOT_PERMITTED", done.stderr)

    def test_the_stored_answer_comes_again(self):
        number, [(claim, _)] = self.presented(1)
        request = self.review(number, (claim, pb.ReviewVerdict.REJECT, pb.WRONG_TARIF))
        with self.network.connect(*OPERATOR) as operator:
            first, again = operator.ask(request), operator.ask(request)
        self.assertEqual(body(first).reason, pb.REASON_NONE)
        self.assertEqual((again.body, again.repeat), (first.body, True))
        self.assertEqual(self.shown(number)["rejected_cents"], SHARE)

    def test_what_is_not_there_and_what_is_decided(self):
        number, [(claim, _)] = self.presented(1)
        self.assertIn("BORDEREAU_UNKNOWN",
                      self.counter("accept", *self.named(9999), "--all", code=2).stdout)
        text = self.counter("accept", *self.named(number), "--claim", "1", code=2).stdout
        self.assertIn("NOT_PRESENTED", text)
        self.counter("accept", *self.named(number), "--all")
        text = self.counter("reject", *self.named(number), "--claim", str(claim), "--reason",
                            "WRONG_TARIF", code=2).stdout
        self.assertIn("NOT_IN_THIS_STATE", text)
        self.assertEqual(self.shown(number)["accepted_cents"], SHARE)

    def test_a_mistyped_word_names_the_right_ones(self):
        named = self.named(1)
        done = self.counter("reject", *named, "--claim", "7", "--reason", "WRONG_TARIFF", code=1)
        self.assertIn("did you mean WRONG_TARIF?; known: WRONG_TARIF, MISSING_", done.stderr)
        done = self.counter("review", *named, "--hold", "7=WRONG_TARIF:2026-01-01:DOCTOR", code=1)
        self.assertIn("known: PROVIDER, CENTRE, FUND", done.stderr)
        done = self.counter("review", *named, "--accept", "7", "--reject", "7=WRONG_TARIF", code=1)
        self.assertIn("claim 7 is named twice", done.stderr)
        self.assertIn("WRONG_QUANTITY", self.counter("reasons").stdout)

    # Accounts.

    def person(self):
        return ("--insured", insured(self.household))

    def enter(self, account=ACCOUNT, whose=None, **how):
        return self.counter("payout", "set", *(whose or self.person()), "--account", account, **how)

    def withdraw(self, whose=None, **how):
        return self.counter("payout", "withdraw", *(whose or self.person()), **how).stdout

    def waiting_accounts(self, of=OPERATOR):
        """Of the household's person."""
        text = self.counter("payout", "pending", "--json", of=of).stdout
        return [each for each in json.loads(text)["changes"]
                if each["id"] == insured(self.household)]

    def test_two_people_change_an_account(self):
        self.assertIn("waits for a second person", self.enter().stdout)
        [waiting] = self.waiting_accounts(of=COLLEAGUE)
        self.assertEqual((waiting["payee"], waiting["last_digits"], waiting["operator"]),
                         ("insured", "8941", "042"))
        self.assertEqual(self.waiting_accounts(of=STRANGER), [])
        text = self.enter("00799999002345678941", of=COLLEAGUE).stdout
        self.assertIn("set, payments go there from now on", text)
        self.assertEqual(self.waiting_accounts(), [])

    def test_one_person_alone_does_not(self):
        self.enter()
        self.assertIn("SAME_OPERATOR", self.enter(code=2).stdout)
        self.assertIn("PAYOUT_CHANGE_DIFFERS",
                      self.enter(OTHER_ACCOUNT, of=COLLEAGUE, code=2).stdout)
        self.assertEqual(len(self.waiting_accounts()), 1)

    def test_either_takes_back_what_waits(self):
        self.enter()
        self.assertIn("withdrawn", self.withdraw(of=COLLEAGUE))
        self.assertEqual(self.waiting_accounts(), [])
        self.assertIn("PAYOUT_CHANGE_UNKNOWN", self.withdraw(code=2))

    def test_a_mistyped_number_is_not_sent(self):
        done = self.enter("007 99999 0023456798 41", code=1)
        self.assertIn("the key, the last two digits, does not fit the others", done.stderr)
        self.assertIn("20 digits, this one 19", self.enter(ACCOUNT[:-1], code=1).stderr)
        self.assertEqual(self.waiting_accounts(), [])

    def test_a_pharmacys_account_is_its_own_centres_to_change(self):
        pharmacy = ("--provider", P)
        self.assertIn("NOT_OWNER", self.enter(whose=pharmacy, of=STRANGER, code=2).stdout)
        self.enter(whose=pharmacy)
        self.assertIn(f"pharmacy {P}", self.counter("payout", "pending").stdout)
        self.withdraw(whose=pharmacy)

    def test_the_list_of_what_waits_has_more_than_a_page(self):
        many = [pb.SetPayoutAccount(request_id=request_id(),
                                    payee=pb.Payee(insured_number=insured(household)),
                                    payout_account=ACCOUNT.replace(" ", ""))
                for household in range(PAGE_ROWS + 1)]
        with self.network.connect("operator:fund", f"{plain.FUND}:007") as operator:
            for request in many:
                self.assertEqual(body(operator.ask(request)).effect, pb.PayoutAnswer.WAITS)
        rows = list(csv.DictReader(io.StringIO(
            self.counter("payout", "pending", "--csv", of=OF_THE_FUND).stdout)))
        self.assertEqual([row["id"] for row in rows],
                         [request.payee.insured_number for request in many])

    # Refunds.

    def paper_claim(self):
        """The file of a claim that a person paid in full."""
        file = self.network.directory / "refund.json"
        file.write_text(json.dumps({"claim": {
            "terminalId": "042", "beneficiaryRank": 1, "serviceDate": today(),
            "card": {"number": card_number(self.household), "fund": plain.FUND},
            "prescription": {"type": "ACUTE", "key": {
                "prescriberId": plain.PRESCRIBER, "number": "RX-1", "date": today()}},
            "lines": [{"productCode": "T01", "quantity": 1,
                       "unitPriceCents": plain.PRICE_CENTS}]}}), encoding="utf-8")
        return ("refund", "--claim", str(file))

    def test_a_paper_claim_is_refunded_once(self):
        paper = self.paper_claim()
        text = self.counter(*paper).stdout
        self.assertIn(f"The fund pays: {SHARE / 100:.2f}", text)
        again = self.counter(*paper, of=COLLEAGUE, code=2).stdout
        self.assertIn("DUPLICATE_DISPENSING", again)
        refund = re.search(r"Request: (\w+)", text)[1]
        reversal = self.network.wasl(*self.arguments(*COLLEAGUE, "terminal", "reverse", refund))
        self.assertIn("The claim is taken back", reversal.stdout)
        self.counter(*paper)

    def test_only_centres_refund(self):
        self.counter(*self.paper_claim(), of=OF_THE_FUND, code=1)

    # The dialogue.

    def place(self, number):
        """Where the bordereau stands in the list that the dialogue shows."""
        return [each["number"] for each in self.pending()].index(number) + 1

    def test_the_dialogue_accepts_all_but_one(self):
        number, [_, (wrong, _), _] = self.presented()
        typed = f"{self.place(number)}\na\nr 2\nWRONG_TARIF\ns\nyes\nq\n"
        text = self.counter("shell", typed=typed).stdout
        self.assertIn(f"  Accepted claims: 2, {2 * SHARE / 100:,.2f}", text)
        shown = self.shown(number)
        self.assertEqual([each["state"] for each in shown["claims"]],
                         ["ACCEPTED", "REJECTED", "ACCEPTED"])
        self.assertEqual(shown["claims"][1]["claim_id"], wrong)

    def test_the_dialogue_sends_nothing_without_a_yes(self):
        number, _ = self.presented(1)
        self.counter("shell", typed=f"{self.place(number)}\na\ns\nno\nq\nyes\n")
        self.assertEqual(self.shown(number)["open_cents"], SHARE)

    def test_the_dialogue_refuses_a_day_that_no_hold_can_have(self):
        number, _ = self.presented(1)
        typed = f"{self.place(number)}\nh 1\n1\n{utc_day(90)}\n{utc_day(-1)}\n\na\ns\nyes\nq\n"
        text = self.counter("shell", typed=typed).stdout
        self.assertEqual(text.count(f"choose a day from {utc_day()} to {utc_day(30)}"), 2)
        self.assertEqual(self.shown(number)["accepted_cents"], SHARE)

    def talk(self, *arguments, keyboard):
        return self.talk_to(*self.arguments(*OPERATOR, "counter", *arguments), keyboard=keyboard)

    def test_at_a_keyboard_it_asks_before_what_is_final(self):
        number, _ = self.presented(1)
        for answer, code, accepted in ((b"n\n", 1, 0), (b"y\n", 0, SHARE)):
            process, keyboard = self.talk("accept", *self.named(number), "--all", keyboard=True)
            text = self.read_until(process.stderr, b"Send it? (y/n) ")
            self.assertIn(f"Accepted claims: 1, {SHARE / 100:,.2f}", text)
            os.write(keyboard, answer)
            process.communicate(timeout=20)
            self.assertEqual(process.returncode, code)
            self.assertEqual(self.shown(number)["accepted_cents"], accepted)
        self.counter("accept", *self.named(number), "--all", code=2)

    def test_stdout_holds_the_answer_alone(self):
        number, _ = self.presented(1)
        process, keyboard = self.talk("accept", *self.named(number), "--all", "--json",
                                      keyboard=True)
        self.read_until(process.stderr, b"Send it? (y/n) ")
        os.write(keyboard, b"y\n")
        answer, _ = process.communicate(timeout=20)
        self.assertEqual(json.loads(answer)["body"]["review"]["accepted"]["claims"], 1)

    def test_the_dialogue_shows_what_a_colleague_decided_meanwhile(self):
        number, [(first, _), (second, _)] = self.presented(2)
        process, typing = self.talk("shell", keyboard=False)
        os.write(typing, f"{self.place(number)}\nr 1\n1\na 2\ns\n".encode())
        self.read_until(process.stdout, b"send it? (yes/no) ")
        self.counter("accept", *self.named(number), "--claim", str(first), of=COLLEAGUE)
        text, _ = process.communicate(b"yes\ns\nyes\nq\n", timeout=20)
        text = text.decode()
        self.assertIn("NOT_IN_THIS_STATE", text)
        self.assertIn("claim 1: accepted by the centre; your verdict on it is dropped", text)
        self.assertIn("nothing was changed, your verdicts are still here", text)
        self.assertEqual([(each["claim_id"], each["state"])
                          for each in self.shown(number)["claims"]],
                         [(first, "ACCEPTED"), (second, "ACCEPTED")])

    def test_a_lost_answer_is_found_by_the_next_dialogue(self):
        number, _ = self.presented(1)
        process, typing = self.talk("shell", "--timeout", "1000", keyboard=False)
        os.write(typing, f"{self.place(number)}\na\ns\n".encode())
        self.read_until(process.stdout, b"send it? (yes/no) ")
        self.network.process.send_signal(signal.SIGSTOP)
        try:
            _, errors = process.communicate(b"yes\n", timeout=20)
        finally:
            self.network.process.send_signal(signal.SIGCONT)
        self.assertEqual(process.returncode, 5, errors)
        self.assertIn("do not decide these claims again", errors.decode())
        text = self.counter("shell", typed="q\n").stdout
        self.assertIn(f"Accepted claims: 1, {SHARE / 100:,.2f}", text)
        self.assertEqual(self.shown(number)["accepted_cents"], SHARE)


if __name__ == "__main__":
    unittest.main()
