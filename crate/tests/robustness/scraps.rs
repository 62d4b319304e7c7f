//! Megabytes that are no JSON, built to hurt the reader that makes sense of such.

use super::support::certificate;
use super::{assert_quick, exercise};

#[test]
fn megabytes_of_scraps_take_time_in_proportion() {
    let pem = certificate("full");
    for piece in [
        "\"{\"a",
        "<a",
        "[}",
        "{]",
        "{\"a\": ,",
        "{\"a\" ",
        ",",
        ":",
        "=",
        ";",
        ")",
        "f(",
        "\"a\n",
        "'a\n",
        "'a\n'b",
        "it's ",
        "/*",
        "// \n",
        "#",
        "\"a\" + ",
        "\"a\" \"b\" ",
        "{\0",
        "{\\\"",
        "&quot;{",
        "{{",
        "{{a}}",
        "${a",
        "$(",
        "...",
        "a: b\n",
        "- {",
        "<<EOF\n{",
        "json.dumps(",
        "\"\"\"",
        "'''{",
        "\u{201c}a",
        "\\",
        "\\\\\\\"",
        "\u{feff}",
        "\u{a0}",
        "True ",
        "u'",
        "{a=",
        "{a: {a}, ",
        "[1 ",
        "[{} ",
        "{\"a\": \"\\u00",
        "\"{\\\"a\\\": \\\"\n",
        "}",
        "{\"a\": 1}, \"b\": ",
        "\t\"\t",
    ] {
        // After a beginning that is sound, in an object, in a list, in a string, and alone.
        for around in ["", "{\"Resources\": {\"a\": ", "[", "{\"templateBody\": \"", "{'"] {
            let text = format!("{around}{}", piece.repeat(200_000 / piece.len()));
            assert_quick(&format!("{around:?} and {piece:?}"), || {
                exercise(&text, &pem);
            });
        }
    }
}
