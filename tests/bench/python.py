"""Reads certificates with Python's cryptography, as long as it is told to.

A line of standard input is a path of a bundle and a number of certificates; the answer is a line of JSON: microseconds a certificate, and the
facts of the first and the last one. The end of the input is the end of the program.
"""

import json
import sys
import time

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

END = b"-----END CERTIFICATE-----\n"


def read(pem):
    certificate = x509.load_pem_x509_certificate(pem)
    name = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    return name, certificate.serial_number, certificate.fingerprint(SHA256())


def facts(name, serial, fingerprint):
    return {"commonName": name, "serial": format(serial, "x"), "fingerprint": fingerprint.hex()}


def main():
    for line in sys.stdin:
        path, count = json.loads(line)
        with open(path, "rb") as file:
            pems = [piece + END for piece in file.read().split(END)[: int(count)]]
        began = time.perf_counter()
        found = [read(pem) for pem in pems]
        spent = time.perf_counter() - began
        answer = {"microseconds": spent * 1e6 / len(found), "facts": [facts(*one) for one in (found[0], found[-1])]}
        print(json.dumps(answer), flush=True)


main()
