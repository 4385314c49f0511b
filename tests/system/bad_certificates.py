"""Certificates that `wasl pki` would never make, signed with a network's own authority or another.

    certificate(pki, name, ...)     writes name.crt and name.key into the directory `pki`
    revocation_list(pki, days)      writes ca.crl, in force between the days from now
"""

import datetime
import ipaddress
import pathlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID as Usage
from cryptography.x509.oid import NameOID

VALID = (-1, 30)


def moments(days):
    now = datetime.datetime.utcnow()
    return [now + datetime.timedelta(days=count) for count in days]


def authority_of(pki):
    pki = pathlib.Path(pki)
    key = serialization.load_pem_private_key((pki / "ca.key").read_bytes(), None)
    return x509.load_pem_x509_certificate((pki / "ca.crt").read_bytes()), key


def certificate(pki, name, uris=(), dns=None, days=VALID, authority=None):
    """Of a server if it has a DNS name, else of a client with these URIs."""
    issuer, issuer_key = authority_of(authority or pki)
    key = ec.generate_private_key(ec.SECP256R1())
    begin, end = moments(days)
    names = [x509.UniformResourceIdentifier(uri) for uri in uris]
    if dns:
        names += [x509.DNSName(dns), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    usage = Usage.SERVER_AUTH if dns else Usage.CLIENT_AUTH
    made = (x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(issuer.subject).public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin).not_valid_after(end)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(
                issuer_key.public_key()), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()),
                           critical=False)
            .sign(issuer_key, hashes.SHA256()))
    write(pki, f"{name}.crt", made.public_bytes(serialization.Encoding.PEM))
    write(pki, f"{name}.key", key.private_bytes(serialization.Encoding.PEM,
                                               serialization.PrivateFormat.PKCS8,
                                               serialization.NoEncryption()))


def revocation_list(pki, days):
    issuer, key = authority_of(pki)
    begin, end = moments(days)
    made = (x509.CertificateRevocationListBuilder().issuer_name(issuer.subject)
            .last_update(begin).next_update(end)
            .add_extension(x509.CRLNumber(1), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()),
                           critical=False)
            .sign(key, hashes.SHA256()))
    write(pki, "ca.crl", made.public_bytes(serialization.Encoding.PEM))


def write(pki, name, text):
    path = pathlib.Path(pki) / name
    path.touch(mode=0o600)
    path.write_bytes(text)
