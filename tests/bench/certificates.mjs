// Device certificates for the benchmark: one P-256 certificate put together here, then copies that differ in common name and
// serial number. They are the same every time. Their signatures verify nothing, and nobody has the private key:
// the public key is the curve's own generator.

const CN_DIGITS = 8;
const SERIAL_BYTES = 16;
const BATCH = 1_000;

const tlv = (tag, ...parts) => {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = body.length < 0x100 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const hex = (digits) => Buffer.from(digits.replaceAll(" ", ""), "hex");
const sequence = (...parts) => tlv(0x30, ...parts);
const set = (...parts) => tlv(0x31, ...parts);
const oid = (encoded) => tlv(0x06, hex(encoded));
const utf8 = (text) => tlv(0x0c, Buffer.from(text));
const printable = (text) => tlv(0x13, Buffer.from(text));
const time = (text) => tlv(0x17, Buffer.from(text));
const bits = (bytes, unused = 0) => tlv(0x03, Buffer.from([unused]), bytes);
const octets = (bytes) => tlv(0x04, bytes);
const integer = (bytes) => tlv(0x02, bytes);
const attribute = (type, value) => set(sequence(oid(type), value));
const extension = (type, critical, value) => sequence(oid(type), ...(critical ? [tlv(0x01, hex("ff"))] : []), octets(value));

const COMMON_NAME = "55 04 03";
const COUNTRY = "55 04 06";
const ORGANIZATION = "55 04 0a";
const UNIT = "55 04 0b";
const SERIAL_NUMBER = "55 04 05";
const STATE = "55 04 08";

const ecdsaWithSha256 = () => sequence(oid("2a 86 48 ce 3d 04 03 02"));
const generator = hex(
  "04 6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296 " +
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
);

function template(authority = false) {
  const cn = "0".repeat(CN_DIGITS);
  // The first byte is neither zero nor negative, so every serial has the same length.
  const serial = Buffer.concat([Buffer.from([0x4a]), Buffer.alloc(SERIAL_BYTES - 1)]);
  const issuer = sequence(attribute(COUNTRY, printable("DE")), attribute(COMMON_NAME, utf8("Bench CA")));
  const own = sequence(
    attribute(COUNTRY, printable("DE")),
    attribute(STATE, utf8("Bayern")),
    attribute(ORGANIZATION, utf8("BenchWorks")),
    attribute(UNIT, utf8("Meters")),
    attribute(SERIAL_NUMBER, printable("SN-4711")),
    attribute(COMMON_NAME, utf8(`device-${cn}`)),
  );
  const subject = authority ? issuer : own;
  const key = sequence(sequence(oid("2a 86 48 ce 3d 02 01"), oid("2a 86 48 ce 3d 03 01 07")), bits(generator));
  const extensions = sequence(
    extension("55 1d 13", true, authority ? sequence(tlv(0x01, hex("ff"))) : sequence()),
    extension("55 1d 0f", true, authority ? bits(hex("04"), 2) : bits(hex("80"), 7)),
    extension("55 1d 25", false, sequence(oid("2b 06 01 05 05 07 03 02"))),
    extension("55 1d 0e", false, octets(Buffer.alloc(20, authority ? 0x22 : 0x11))),
    extension("55 1d 23", false, sequence(tlv(0x80, Buffer.alloc(20, 0x22)))),
  );
  const signed = sequence(
    tlv(0xa0, integer(hex("02"))),
    integer(serial),
    ecdsaWithSha256(),
    issuer,
    sequence(time("250101000000Z"), time("450101000000Z")),
    subject,
    key,
    tlv(0xa3, extensions),
  );
  const signature = sequence(integer(Buffer.alloc(32, 0x33)), integer(Buffer.alloc(32, 0x44)));
  const der = sequence(signed, ecdsaWithSha256(), bits(signature));
  return { der, cnAt: der.indexOf(`device-${cn}`) + "device-".length, serialAt: der.indexOf(serial) };
}

const armor = (der) =>
  `-----BEGIN CERTIFICATE-----\n${der
    .toString("base64")
    .match(/.{1,64}/g)
    .join("\n")}\n-----END CERTIFICATE-----\n`;

/** PEM of `count` CAs with the name and the key identifier of the certificates' issuer. None of them signed any. */
export function makeAuthorities(count) {
  const { der: first, serialAt } = template(true);
  return Array.from({ length: count }, (_, i) => {
    const der = Buffer.from(first);
    der.writeUInt32BE(i, serialAt + SERIAL_BYTES - 4);
    return armor(der);
  });
}

/** The first `count` certificates: `{ der, pem, commonName, serialHex }`. */
export const makeCertificates = (count) => [...batches(count)].flat();

/** The same, a thousand at a time. */
export function* batches(count) {
  const { der: first, cnAt, serialAt } = template();
  const make = (i) => {
    const der = Buffer.from(first);
    const digits = String(i).padStart(CN_DIGITS, "0");
    der.write(digits, cnAt, "latin1");
    der.writeUInt32BE(i, serialAt + SERIAL_BYTES - 4);
    return {
      der,
      pem: armor(der),
      commonName: `device-${digits}`,
      serialHex: der.subarray(serialAt, serialAt + SERIAL_BYTES).toString("hex"),
    };
  };
  for (let from = 0; from < count; from += BATCH) {
    yield Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => make(from + i));
  }
}
