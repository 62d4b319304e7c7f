"""A mock of AWS on a free port of this machine, for the exported script: prints the port, and ends with its standard input.

moto differs from AWS in two things that the script reads. It has the ID of a certificate from its text, unless it is told to read it; and
DescribeCACertificate tells neither autoRegistrationStatus nor certificateMode. Its CloudFormation lacks thing groups and CA certificates, which
stack.py adds.
"""

import sys
from pathlib import Path

from moto.core.config import default_user_config
from moto.server import ThreadedMotoServer

# moto wants its models in a module of a package.
sys.path.insert(0, str(Path(__file__).parents[1]))
import export.stack  # noqa: E402, F401

default_user_config["iot"] = {"use_valid_cert": True}
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
server.stop()
