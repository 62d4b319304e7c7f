#!/bin/sh
# Creates the certificates of the playground's samples next to this script.
# Every private key is in a temporary folder and is deleted with it.
# The certificates are valid until the end of 2049, so that the samples keep working.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT INT TERM
cd "$tmp"

cat > ca.cnf <<'CNF'
[ca]
default_ca = samples
[samples]
database = index.txt
new_certs_dir = .
default_md = sha256
policy = anything
# The certificate keeps the order and the string types of the request, because JITP reads them.
preserve = yes
unique_subject = no
serial = serial
[anything]
countryName = optional
organizationName = optional
organizationalUnitName = optional
serialNumber = optional
commonName = supplied
[req]
prompt = no
string_mask = utf8only
distinguished_name = name
[name]
CN = set by -subj
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[device]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
CNF
: > index.txt

request() { # file, subject
	openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"
	openssl req -new -config ca.cnf -key "$1.key" -subj "$2" -out "$1.csr"
}

request authority "/O=Example Waterworks/CN=Example Device CA"
echo 01 > serial
openssl ca -batch -notext -config ca.cnf -selfsign -keyfile authority.key -in authority.csr \
	-extensions authority -startdate 20250101000000Z -enddate 20491231235959Z -out authority.pem 2> log || { cat log >&2; exit 1; }

device() { # file, certificate serial number in hex, subject
	request "$1" "$3"
	echo "$2" > serial
	openssl ca -batch -notext -config ca.cnf -cert authority.pem -keyfile authority.key -in "$1.csr" \
		-extensions device -startdate 20250101000000Z -enddate 20491231235959Z -out "$1.pem" 2> log || { cat log >&2; exit 1; }
	cp "$1.pem" "$here/$1.pem"
	echo "made $1.pem"
}

device water-meter 2F9A41C07B3E5D18 "/C=NL/O=Example Waterworks/serialNumber=WM-000417/CN=meter-000417"
# No country, on purpose: the template of the second sample asks for one.
device cold-chain-sensor 5B7710E2A4C6D93F "/O=Example Logistics/OU=Cold chain/CN=sensor-0071"
device gateway 1D04EE8F63B2A750 "/C=DE/O=Example Logistics/CN=gateway-12"
