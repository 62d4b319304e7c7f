//! The search takes time in proportion to the text.

use crate::doubling::{Case, assert_linear};
use jitp::redact_private_keys;

fn search(text: &[u8]) {
    std::hint::black_box(redact_private_keys(&String::from_utf8_lossy(text)));
}

macro_rules! cases {
    ($($piece:expr),* $(,)?) => {
        [$(Case { name: $piece, input: |bytes| $piece.repeat(bytes.div_ceil($piece.len())).into_bytes(), work: search }),*]
    };
}

#[test]
fn twice_the_text_takes_twice_the_time() {
    assert_linear(&cases![
        "MA",
        "M                                                                                             ",
        "30 ",
        // Many runs of digits share these stretches, and none of them continues.
        "ab__cd",
        "-----\nabcdef",
        "0x0x",
        "MIIB-----",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nabcdefghijklmnopqrstuvwxyz\n",
        "-----END PRIVATE KEY-----\nabcdefghijklmnopqrstuvwxyz\n",
        "{\"d\":\"abcdefghijklmnopqrstuvwxyz\",",
        "\"d\":\"abcdefghijklmnopqrstuvwxyz\"}",
        "TFMwdExTMUNSVWRKVGlCU1UwRWdVRkpKVmtGVVJTQkxSVmt0",
        "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t",
        "\\",
        "\\u0041",
        "\\u005cu0041",
        "\\\\u\\u0030\\u0030\\u00344d",
        "%2525254d",
        "&amp;",
        "-----END PRIVATE KEY----------BEGIN PRIVATE KEY-----",
        "prime1:\n//30:82:",
        "keys/lQOYBF8BAgMBCAB",
        "\u{a0}",
        "priv:00:",
        "privateKey: abcdefghijklmnopqrstuvwxyz ",
        "2d2d2d2d2d424547494e",
        "48, ",
        "48, 129, 135, 2, 1, 0, 48, 19, 6, 7, 42, 134, 72, 206, 61, 2, 1, ",
        "45, 45, 45, 45, 45, 66, 69, 71, 73, 78, 32, ",
        "00000000: 3081 8702 0100 3013 0607 2a86 48ce 3d02  0.....0...*.H.=.\n",
        "00000000: 2d2d 2d2d 2d42 4547 494e 2050 5249 5641  -----BEGIN PRIVA\n",
        "0000 ",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ\n",
    ]);
}
