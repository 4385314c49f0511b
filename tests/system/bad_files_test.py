"""What `wasl` makes of files that are wrong before it starts: configuration, CSV, certificates.
Each is refused in one line that names the place and the way out, and nothing is changed by it.
Damage of stored files is in damaged_store_test.py, a full disk in bad_operation_test.py.

Usage: bad_files_test.py, with WASL_BINARY in the environment.
"""

import re
import shutil
import unittest

import plain_network
from bad_certificates import certificate, revocation_list
from bad_input import echo
from client import Closed
from switch import Network


def setUpModule():
    global network
    network = Network(households=20)


def tearDownModule():
    try:
        assert network.verify()["ok"]
    finally:
        network.remove()


def asked_of(verified):
    """Records, without those of business days: a switch that starts begins one."""
    return verified["sequence"] - verified["business_days"]


class Refused(unittest.TestCase):
    """A command that fails in one line; the switch stays as it was."""

    @classmethod
    def setUpClass(cls):
        cls.before = asked_of(network.verify())

    @classmethod
    def tearDownClass(cls):
        assert asked_of(network.verify()) == cls.before

    def refused(self, *arguments, code=1):
        done = network.wasl(*arguments, "--config", str(network.configuration), code=code)
        self.assertEqual(done.stdout, "")
        lines = done.stderr.splitlines()
        self.assertTrue(lines[-1].startswith(f"wasl {arguments[0]}: "), done.stderr)
        return done.stderr

    def start_refused(self, *words):
        """Each of the words stands in the one line of the refusal; beside it are log lines."""
        lines = [line for line in self.refused("serve").splitlines() if not line.startswith("{")]
        self.assertEqual(len(lines), 1, lines)
        for word in words:
            self.assertRegex(lines[0], word)


class Configuration(Refused):
    """The fault is named with line, column and what was meant or expected."""

    def refused_with(self, lines, place, *words):
        good = network.configuration.read_text(encoding="utf-8")
        network.configuration.write_text("\n".join(lines), encoding="utf-8")
        try:
            self.start_refused(rf"wasl\.toml:{place}: ", *words)
        finally:
            network.configuration.write_text(good, encoding="utf-8")

    def lines(self):
        return network.configuration.read_text(encoding="utf-8").split("\n")

    def added(self, line, *words, section="engine", column=1):
        """A line at the beginning of a section."""
        lines = self.lines()
        number = lines.index(f"[{section}]") + 1
        lines.insert(number, line)
        self.refused_with(lines, f"{number + 1}:{column}", *words)

    def replaced(self, key, value, *words, below=0, column=None):
        """Another value in the line of a key; the place is the value's."""
        lines = self.lines()
        number = next(i for i, line in enumerate(lines) if line.startswith(f"{key} = "))
        lines[number] = f"{key} = {value}"
        place = f"{number + 1 + below}:{column or len(key + ' = ') + 1}"
        self.refused_with(lines, place, *words)

    def test_a_misspelt_key_names_the_nearest(self):
        self.added("queue_comands = 100", "queue_comands", "did you mean 'queue_commands'")

    def test_a_key_of_another_section_is_unknown_here(self):
        self.added('address = "127.0.0.1"', "no key 'address'", r"\[engine\]")

    def test_a_misspelt_section_names_the_nearest(self):
        self.added("[enginee]", "no section 'enginee'", "did you mean 'engine'", column=2)

    def test_a_text_for_a_number(self):
        self.replaced("queue_commands", '"many"', "whole number")

    def test_a_number_out_of_its_bounds_names_them(self):
        self.replaced("queue_commands", "3", "is 3", "16 to 1000000")
        self.replaced("queue_commands", "-16", "is -16", "16 to 1000000")

    def test_a_choice_that_there_is_not(self):
        self.replaced("lowest_version", '"1.1"', "'1.1'", "one of: 1.3, 1.2")

    def test_a_key_given_twice(self):
        self.replaced("group_commands", "5\ngroup_commands = 6", "redefine", "group_commands",
                      below=1, column=r"\d+")

    def test_what_is_no_toml(self):
        self.added("queue_commands 100", "queue_commands|'='|expected", column=r"\d+")

    def test_no_configuration_at_all(self):
        away = network.configuration.rename(network.configuration.with_suffix(".away"))
        try:
            self.start_refused(r"wasl\.toml", "No such file")
        finally:
            away.rename(network.configuration)


def doubled(key):
    """The row of the key, on the third line of its file, once more."""
    def change(text):
        lines = text.splitlines(keepends=True)
        assert key in lines[2]
        return b"".join([*lines[:3], lines[2], *lines[3:]])
    return change


class Csv(Refused):
    """An import with one mistake changes nothing, and says where and what."""

    def table(self, name, change):
        """A copy of the plain network's files with one of them changed; its path."""
        copy = network.directory / "faulty"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(network.directory / "plain", copy)
        path = copy / f"{name}.csv"
        path.write_bytes(change(path.read_bytes()))
        return copy

    def import_refused(self, name, change, *words):
        text = self.refused("import", str(self.table(name, change)))
        for word in words:
            self.assertRegex(text, word)
        return text

    def test_a_key_given_twice(self):
        for name, key in (("accounts", plain_network.insured(1)),
                          ("cards", plain_network.card_number(1)),
                          ("providers", plain_network.PROVIDERS[1]),
                          ("products", plain_network.PRODUCTS[1])):
            with self.subTest(file=name):
                self.import_refused(name, doubled(key.encode()), rf"{name}\.csv:4:\d+: ",
                                    "twice|once|already|repeated")

    def test_a_text_that_is_no_utf8(self):
        self.import_refused("providers", lambda text: text.replace(b"Pharmacie", b"Pharm\xe9e", 1),
                            r"providers\.csv:2:\d+: ", "UTF-8")

    def test_an_amount_that_is_negative_zero_or_beyond_the_bounds(self):
        for wrong in (b"-5.00", b"0.00", b"99999999999999999999.00", b"5", b"5.001"):
            with self.subTest(amount=wrong):
                self.import_refused("products",
                                    lambda text: text.replace(b"500.00", wrong, 1),
                                    r"products\.csv:2:\d+: ", "expected")

    def test_a_day_that_there_is_not(self):
        self.import_refused("rights", lambda text: text.replace(b"2020-01-01", b"2021-02-29", 1),
                            r"rights\.csv:2:\d+: ", "expected")

    def test_a_column_that_is_missing_and_one_that_is_unknown(self):
        self.import_refused("accounts", lambda text: text.replace(b"fund", b"found", 1),
                            r"accounts\.csv:1:\d+: ", "found|fund")

    def test_a_row_that_is_cut_off(self):
        self.import_refused("accounts", lambda text: text[:-4],
                            rf"accounts\.csv:{21}:\d+: ", "expected")

    def test_a_quote_that_does_not_end(self):
        self.import_refused("providers", lambda text: text.replace(b"Pharmacie", b'"Pharmacie', 1),
                            r"providers\.csv:\d+:\d+: ", "quote")

    def test_at_most_twenty_mistakes_are_told_and_the_rest_counted(self):
        text = self.import_refused(
            "rights", lambda text: text.replace(b"2020-01-01", b"2020-13-01"), r"rights\.csv:2:")
        self.assertEqual(len(re.findall(r"rights\.csv:\d+:\d+: ", text)), 20)
        self.assertRegex(text, r"20 more|and 20")

    def test_a_file_that_there_is_not(self):
        text = self.refused("import", str(network.directory / "nowhere"))
        self.assertRegex(text, "nowhere")


class Certificates(Refused):
    def setUp(self):
        self.pki = network.directory / "switch/pki"
        kept = network.directory / "pki.kept"
        shutil.copytree(self.pki, kept)
        self.addCleanup(self.put_back, kept)

    def put_back(self, kept):
        shutil.rmtree(self.pki)
        kept.rename(self.pki)

    def test_missing(self):
        for name in ("server.crt", "server.key", "ca.crt", "ca.crl"):
            with self.subTest(file=name):
                away = (self.pki / name).rename(self.pki / "away")
                self.start_refused(rf"pki/{name}", "No such file")
                away.rename(self.pki / name)

    def test_no_pem(self):
        for name in ("server.crt", "server.key", "ca.crt", "ca.crl"):
            with self.subTest(file=name):
                good = (self.pki / name).read_bytes()
                (self.pki / name).write_bytes(b"hello\n")
                self.start_refused(rf"pki/{name}", "PEM")
                (self.pki / name).write_bytes(good)

    def test_expired(self):
        certificate(self.pki, "server", dns="localhost", days=(-30, -1))
        self.start_refused(r"pki/server\.crt", "expired", "wasl pki issue")

    def test_not_yet_valid(self):
        certificate(self.pki, "server", dns="localhost", days=(1, 30))
        self.start_refused(r"pki/server\.crt", "not yet valid", "clock")

    def test_of_another_authority(self):
        other = network.directory / "other-pki"
        if not other.exists():
            network.wasl("pki", "init", "--dir", str(other))
        certificate(self.pki, "server", dns="localhost", authority=other)
        self.start_refused(r"pki/server\.crt", r"ca\.crt", "wasl pki issue")

    def test_of_a_client(self):
        certificate(self.pki, "server", uris=["urn:wasl:provider:1"])
        self.start_refused(r"pki/server\.crt", "wasl pki issue")

    def test_with_the_key_of_another(self):
        key = (self.pki / "server.key").read_bytes()
        certificate(self.pki, "server", dns="localhost")
        (self.pki / "server.key").write_bytes(key)
        self.start_refused(r"pki/server\.key is not the key of .*pki/server\.crt")

    def test_with_a_key_that_others_can_read(self):
        (self.pki / "server.key").chmod(0o644)
        self.start_refused(r"pki/server\.key", "others may read", "chmod 600")

    def test_with_the_revocation_list_of_another_authority(self):
        other = network.directory / "another-pki"
        network.wasl("pki", "init", "--dir", str(other))
        shutil.copy(other / "ca.crl", self.pki)
        self.start_refused(r"pki/ca\.crl", "not signed by an authority")

    def test_an_expired_revocation_list_lets_nobody_in_until_there_is_a_new_one(self):
        revocation_list(self.pki, days=(-30, -1))
        network.start()
        self.addCleanup(network.stop)
        self.assertRegex(network.ready(503), r"\[-\] revocation_list: expired.*wasl pki crl")
        with self.assertRaises(Closed):
            network.connect("provider", plain_network.PROVIDERS[0]).ask(echo())
        network.until(
            lambda metrics: metrics['wasl_handshakes_total{result="crl_unusable"}'] == 1)
        network.wasl("pki", "crl", "--dir", str(self.pki))
        network.reload()
        network.ready(200)
        with network.connect("provider", plain_network.PROVIDERS[0]) as connection:
            self.assertEqual(connection.ask(echo()), echo())


if __name__ == "__main__":
    unittest.main(verbosity=2)
