//! Certificates in armor as tools write it: lines of 64 characters between a BEGIN and an END line.

use crate::base64::{self, BYTES, LINE, ROOM};

const BEGIN: &[u8; 27] = b"-----BEGIN CERTIFICATE-----";
const END: &[u8; 25] = b"-----END CERTIFICATE-----";
/// From so many dashes on, a run of them may begin a line of armor, whatever it says.
const DASHES: usize = 5;

/// Decodes the certificate that begins at or after a position of a text, if nothing unusual is before its end. Returns where its block
/// ends, and how many bytes the certificate has. The text before it may hold anything but a run of five dashes. `is_last`: nothing follows
/// the text, so that it may end with the block.
pub fn decode(text: &[u8], position: usize, is_last: bool, out: &mut [u8]) -> Option<(usize, usize)> {
    let start = find(text, position)?;
    let mut at = line_end(text, start + BEGIN.len())?;
    let mut length = 0;
    // A line that is not whole is the last; the next one must be the END line.
    while let Some(line) = text.get(at..).and_then(<[u8]>::first_chunk::<LINE>) {
        let Some(next) = line_end(text, at + LINE) else { break };
        let room = out.get_mut(length..).and_then(<[u8]>::first_chunk_mut::<ROOM>)?;
        if !base64::line(line, room) {
            break;
        }
        length += BYTES;
        at = next;
    }
    if text.get(at) != Some(&b'-') {
        let rest = &text[at..];
        let line = rest[..rest.len().min(LINE + 1)].iter().position(|byte| matches!(byte, b'\n' | b'\r'))?;
        let room = out.get_mut(length..).and_then(<[u8]>::first_chunk_mut::<ROOM>)?;
        length += base64::last_line(&rest[..line], room)?;
        at = line_end(text, at + line)?;
    }
    let end = at + END.len();
    if !is(&text[at..], END) || if end == text.len() { !is_last } else { line_end(text, end).is_none() } {
        return None;
    }
    Some((end, length))
}

/// The place after the end of a line, if the line ends here: with a line feed, or a carriage return and a line feed.
#[inline(always)]
fn line_end(text: &[u8], at: usize) -> Option<usize> {
    match text.get(at..)? {
        [b'\n', ..] => Some(at + 1),
        [b'\r', b'\n', ..] => Some(at + 2),
        _ => None,
    }
}

/// Whether a text begins with a line. Its bytes are compared in numbers of eight, the last two of which overlap.
#[inline(always)]
fn is<const LENGTH: usize>(text: &[u8], line: &[u8; LENGTH]) -> bool {
    let Some(text) = text.first_chunk::<LENGTH>() else { return false };
    let number = |bytes: &[u8]| bytes.first_chunk().map(|eight| u64::from_le_bytes(*eight));
    let same = |at: usize| number(&text[at..]) == number(&line[at..]);
    same(0) && same(8) && same(16) && same(LENGTH - 8)
}

/// Where the next BEGIN line is, if no other run of so many dashes is before it.
fn find(text: &[u8], position: usize) -> Option<usize> {
    let mut at = position;
    loop {
        at += text.get(at..)?.iter().position(|byte| *byte == b'-')?;
        let run = text[at..].iter().take_while(|byte| **byte == b'-').count();
        if run >= DASHES {
            // A run of more dashes does not begin so: the letter would be another dash.
            return is(&text[at..], BEGIN).then_some(at);
        }
        at += run;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEM: &str = "-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----";

    fn read(text: &str) -> Option<(usize, Vec<u8>)> {
        let mut out = [0; 256];
        decode(text.as_bytes(), 0, true, &mut out).map(|(end, length)| (end, out[..length].to_vec()))
    }

    #[test]
    fn blocks_as_tools_write_them_are_read() {
        let der = vec![0x30, 3, 2, 1, 1];
        assert_eq!(read(PEM), Some((PEM.len(), der.clone())));
        assert_eq!(read(&[PEM, "\nmore"].concat()), Some((PEM.len(), der.clone())));
        assert_eq!(read(&["a - b\n --x ", PEM, "\r\n"].concat()), Some((11 + PEM.len(), der.clone())));
        let crlf = PEM.replace('\n', "\r\n");
        assert_eq!(read(&crlf), Some((crlf.len(), der)));
        let lines =
            ["-----BEGIN CERTIFICATE-----\n", &"A".repeat(64), "\n", &"B".repeat(64), "\n-----END CERTIFICATE-----"];
        assert_eq!(read(&lines.concat()).map(|(_, der)| der.len()), Some(96));
    }

    #[test]
    fn a_block_at_the_end_waits_for_what_follows() {
        assert_eq!(decode(PEM.as_bytes(), 0, false, &mut [0; 256]), None);
        assert_eq!(decode([PEM, "\n"].concat().as_bytes(), 0, false, &mut [0; 256]), Some((PEM.len(), 5)));
    }

    #[test]
    fn everything_else_is_left() {
        for text in [
            "",
            "-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE----",
            "-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE------",
            "-----BEGIN CERTIFICATE-----\nMAMCAQE=-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE-----\nMAMCAQE\n-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE-----\nMAMC\nAQE=\n-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE-----\nMAMC AQE=\n-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE-----\nMAMCAQE=\n\n-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE----- \nMAMCAQE=\n-----END CERTIFICATE-----",
            "------BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE----- more",
            "-----BEGIN X-----\n-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE-----\n",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }
}
