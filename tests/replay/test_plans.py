"""Every plan of the fixtures comes true, call by call, in an account that has what the plan says must exist and nothing else."""

import json
import unittest

from cases import certificate_id, for_callers, pem, printed
from mock import Mock
from model import violations
from replay import Replay


def replayed(mock, case):
    """The mismatches of one plan in a new account."""
    mock.reset()
    registration = json.loads(case["registration"]) if case["registration"] else {}
    trouble = []
    if case["flow"] == "jitp":
        mock.register_ca(pem("ca"), registration)
    elif registration:
        trouble += [("model", sentence) for sentence in violations("CreateProvisioningTemplate", registration)]
        case = for_callers(case)
    mock.make(case["plan"]["preconditions"])
    return trouble + Replay(mock, case).run()


class Plans(unittest.TestCase):
    """A test for each plan; they are added below."""

    @classmethod
    def setUpClass(cls):
        cls.mock = Mock()

    @classmethod
    def tearDownClass(cls):
        cls.mock.stop()


def readable(case):
    """Whether the mock's reader of certificates, which is stricter than AWS's documents, reads the one that is registered."""
    certificate = case["plan"]["steps"][0]["request"].get("certificatePem")
    return certificate is None or certificate_id(certificate) is not None


def test_of(case):
    def test(self):
        if not readable(case):
            self.skipTest("the mock cannot read this certificate")
        self.assertEqual(replayed(self.mock, case), [])

    return test


ALL = [case for which in ("fixtures", "fleet", "corpus") for case in printed(which)]
for number, case in enumerate(ALL):
    setattr(Plans, f"test_{number:04} {case['name']}", test_of(case))


class Enough(unittest.TestCase):
    def test_at_least_300_plans_provision_a_device(self):
        provisions = [case for case in ALL if case["plan"]["verdict"] == "provisions"]
        self.assertGreaterEqual(sum(case["flow"] == "jitp" for case in provisions), 300)
        self.assertGreaterEqual(sum(case["flow"] == "fleet" for case in provisions), 50)

    def test_the_mock_reads_all_certificates_but_those_that_break_the_encoding(self):
        unread = {case["name"].split(" × ")[1] for case in ALL if not readable(case)}
        self.assertEqual(unread, {"latin-1-name", "no-such-date", "utf-8-in-other-strings"})


if __name__ == "__main__":
    unittest.main()
