"""Requests about the plain network (plain_network.py), to be changed where a test needs it."""

import datetime

import plain_network as plain
from client import pb, request_id
from plain_network import card_number, insured


def interval(first, last=""):
    made = pb.Interval(until=last)
    setattr(made, "from", first)
    return made


def batch(kind, *items):
    return kind(batch_id=request_id(), items=items)


def account(household, version, **changes):
    """The plain household as its fund feeds it."""
    card = pb.Card(number=card_number(household), kind=pb.Card.FAMILY, key_version=1, active=True)
    adults = [pb.Beneficiary(rank=rank, birth_date="1980-05-17", rights=[interval("2020-01-01")])
              for rank in (1, 2)]
    return pb.Account(**{"insured_number": insured(household), "fund": plain.FUND,
                         "cards": [card], "beneficiaries": adults, "source_version": version,
                         **changes})


def registration(id, version, suspended=False):
    agreements = [pb.FundAgreement(fund=plain.FUND, in_force=interval("2020-01-01"))]
    return pb.Registration(id=id, suspended=suspended, agreements=agreements,
                           source_version=version)


def report(household, action, **more):
    return pb.ReportCard(request_id=request_id(), card_number=card_number(household),
                         action=action, **more)


def status(claim, close=False):
    return pb.GetClaim(original_request_id=claim.request_id, close_if_absent=close)


def reversal(claim):
    return pb.ReverseClaim(request_id=request_id(), original_request_id=claim.request_id,
                           cause=pb.CUSTOMER_CANCELLED)


def listing():
    day = datetime.datetime.now(datetime.timezone.utc).date()
    made = pb.ListClaims(until=day.isoformat())
    setattr(made, "from", (day - datetime.timedelta(days=1)).isoformat())
    return made
