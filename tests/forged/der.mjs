// DER that is put together by hand, so that every part of it can be wrong.

/** One element. Its length is in the shortest form, or after a number of superfluous zeros. */
export function tlv(tag, content, zeros = 0) {
  const { length } = content;
  const bytes = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  const long = length > 127 || zeros > 0;
  const head = long ? [0x80 | (bytes.length + zeros), ...Array(zeros).fill(0), ...bytes] : [length];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

export const sequence = (...parts) => tlv(0x30, Buffer.concat(parts));
export const integer = (...octets) => tlv(2, Buffer.from(octets));
export const bits = (content, unused = 0) => tlv(3, Buffer.concat([Buffer.from([unused]), content]));
export const NULL = Buffer.from([5, 0]);

export function oid(dotted) {
  const [first, second, ...rest] = dotted.split(".").map(Number);
  const octets = [first * 40 + second, ...rest].flatMap((arc) => {
    const digits = [arc % 128];
    for (let more = Math.floor(arc / 128); more > 0; more = Math.floor(more / 128)) digits.unshift(0x80 | (more % 128));
    return digits;
  });
  return tlv(6, Buffer.from(octets));
}

/** A number as the content of an INTEGER, with a zero before a high first bit. */
export function signed(number) {
  const hex = number.toString(16);
  const octets = Buffer.from(hex.length % 2 ? `0${hex}` : hex, "hex");
  return octets[0] & 0x80 ? Buffer.concat([Buffer.from([0]), octets]) : octets;
}

export const number = (octets) => BigInt(`0x${octets.toString("hex") || "0"}`);
export const positive = (value) => tlv(2, signed(value));
export const name = (text, tag = 0x0c) => sequence(tlv(0x31, sequence(oid("2.5.4.3"), tlv(tag, Buffer.from(text, "latin1")))));
export const time = (digits) => tlv(0x17, Buffer.from(`${digits}000000Z`));
export const validity = sequence(time("260101"), time("400101"));
export const extension = (dotted, value, ...critical) => sequence(oid(dotted), ...critical, tlv(4, value));
export const isAuthority = extension("2.5.29.19", sequence(tlv(1, Buffer.from([0xff]))));
export const pem = (der) => `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replace(/.{1,64}/g, "$&\n")}-----END CERTIFICATE-----\n`;
export const explicit = (index, value) => tlv(0xa0 + index, value);
