//! Long texts that are not JSON and are built to take long in the parser of broken JSON.

use super::assert_doubles;

#[test]
fn scraps_take_time_in_proportion() {
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
            let text = |size: usize| format!("{around}{}", piece.repeat(size / piece.len()));
            assert_doubles(&format!("{around:?} and {piece:?}"), text, 60_000);
        }
    }
}
