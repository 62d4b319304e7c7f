"""Plans of the built package, made by one run of Node."""

import hashlib
import json
import subprocess
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

HERE = Path(__file__).parent
CERTIFICATES = HERE.parent / "fixtures" / "certificates"


def printed(which):
    """The plans of a set of `plans.mjs`, in its order."""
    done = subprocess.run(["node", str(HERE / "plans.mjs"), which], stdout=subprocess.PIPE, check=True, text=True, encoding="utf-8")
    return [json.loads(line) for line in done.stdout.splitlines()]


def pem(name):
    return (CERTIFICATES / f"{name}.pem").read_text(encoding="utf-8")


def certificate_id(text):
    """The ID that AWS gives to a certificate, by another reader than jitp's; None if that reader cannot read it."""
    try:
        return hashlib.sha256(x509.load_pem_x509_certificate(text.encode()).public_bytes(Encoding.DER)).hexdigest()
    except ValueError:
        return None


def for_callers(case):
    """What a caller of RegisterThing gives besides parameters."""
    given = pem("full")
    return {**case, "csr": pem("request"), "callers": given, "callersId": certificate_id(given)}
