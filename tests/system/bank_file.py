"""Files of a bank, as tests need them: pain.002 that says something of each payout, and camt.054 that
books payouts or sends them back. Written from docs/bank_files.md.
"""

import xml.etree.ElementTree as xml
from dataclasses import dataclass

PAIN_001 = "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}"


@dataclass
class Transfer:
    id: str
    cents: int
    account: str
    name: str


@dataclass
class Order:
    """What the bank is asked: a pain.001 that `wasl settle export` wrote."""
    message_id: str
    created: str
    debtor: str
    count: int
    control_sum: int
    transfers: list


def cents(text):
    whole, _, fraction = text.partition(".")
    return int(whole) * 100 + int(fraction.ljust(2, "0"))


def read_order(path):
    root = xml.parse(path).getroot()

    def text(of, *names):
        return of.find("/".join(PAIN_001 + name for name in names)).text
    group = root.find(f"{PAIN_001}CstmrCdtTrfInitn/{PAIN_001}GrpHdr")
    payment = root.find(f"{PAIN_001}CstmrCdtTrfInitn/{PAIN_001}PmtInf")
    transfers = [
        Transfer(text(each, "PmtId", "EndToEndId"), cents(text(each, "Amt", "InstdAmt")),
                 text(each, "CdtrAcct", "Id", "Othr", "Id"), text(each, "Cdtr", "Nm"))
        for each in payment.findall(f"{PAIN_001}CdtTrfTxInf")]
    return Order(text(group, "MsgId"), text(group, "CreDtTm"),
                 text(payment, "DbtrAcct", "Id", "Othr", "Id"), int(text(group, "NbOfTxs")),
                 cents(text(group, "CtrlSum")), transfers)


def document(name, inner):
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{name}">\n{inner}\n</Document>\n')


def header(message_id):
    return f"<GrpHdr><MsgId>{message_id}</MsgId><CreDtTm>2026-03-12T20:00:00</CreDtTm></GrpHdr>"


def reason_of(code):
    return f"<StsRsnInf><Rsn><Cd>{code}</Cd></Rsn></StsRsnInf>" if code else ""


def report(message_id, order, statuses=(), group=None):
    """pain.002: `statuses` are (end-to-end id, status, reason), `group` (status, reason) of all."""
    said = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{id}</OrgnlEndToEndId><TxSts>{status}</TxSts>"
        f"{reason_of(code)}</TxInfAndSts>" for id, status, code in statuses)
    whole = f"<GrpSts>{group[0]}</GrpSts>{reason_of(group[1])}" if group else ""
    payment = (f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{order}</OrgnlPmtInfId>{said}"
               f"</OrgnlPmtInfAndSts>") if said else ""
    return document(
        "pain.002.001.10",
        f"<CstmrPmtStsRpt>{header(message_id)}<OrgnlGrpInfAndSts><OrgnlMsgId>{order}</OrgnlMsgId>"
        f"<OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>{whole}</OrgnlGrpInfAndSts>{payment}"
        f"</CstmrPmtStsRpt>")


def dinars(amount):
    return f"{amount // 100}.{amount % 100:02d}"


def entry(movements, direction):
    """One booked entry of camt.054; `movements` are (end-to-end id, cents, reason of a return)."""
    total = sum(amount for _, amount, _ in movements)
    details = "".join(
        f'<TxDtls><Refs><EndToEndId>{id}</EndToEndId></Refs>'
        f'<Amt Ccy="DZD">{dinars(amount)}</Amt><CdtDbtInd>{direction}</CdtDbtInd>'
        + (f"<RtrInf><Rsn><Cd>{code}</Cd></Rsn></RtrInf>" if code else "") + "</TxDtls>"
        for id, amount, code in movements)
    return (f'<Ntry><Amt Ccy="DZD">{dinars(total)}</Amt><CdtDbtInd>{direction}</CdtDbtInd>'
            f"<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-12</Dt></BookgDt>"
            f"<BkTxCd><Prtry><Cd>VIR</Cd></Prtry></BkTxCd><NtryDtls>{details}</NtryDtls></Ntry>")


def notification(message_id, account, booked=(), returned=()):
    """camt.054: `booked` are (end-to-end id, cents), `returned` (end-to-end id, cents, reason)."""
    entries = ""
    if booked:
        entries += entry([(*each, None) for each in booked], "DBIT")
    if returned:
        entries += entry(returned, "CRDT")
    return document(
        "camt.054.001.08",
        f"<BkToCstmrDbtCdtNtfctn>{header(message_id)}<Ntfctn><Id>1</Id><Acct><Id><Othr>"
        f"<Id>{account}</Id></Othr></Id></Acct>{entries}</Ntfctn></BkToCstmrDbtCdtNtfctn>")
