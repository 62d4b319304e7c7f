//! The ways in which a text fails to be JSON, and the formats that they suggest.

use std::borrow::Cow;

/// How certain it is that a repair gives what was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// There is one answer.
    Sure,
    /// There is one answer, unless the text was never meant as JSON.
    Likely,
    /// It only serves to read on.
    Guess,
    /// It only serves to read on, and part of the text is not read at all.
    Loss,
}

macro_rules! slips {
    ($($name:ident $certainty:ident $reason:literal $($fix:literal)?;)*) => {
        /// One way in which a text fails to be JSON.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Slip { $($name),* }

        const SLIPS: &[(Certainty, &str, &str)] = &[$((Certainty::$certainty, $reason, concat!($($fix)?))),*];
    };
}

slips! {
    // The whole text.
    Empty Loss "the text is empty";
    Nothing Loss "there is no array or object in it";
    Yaml Loss "no brackets surround its keys and values";
    Markup Loss "it begins with a tag";
    FileName Loss "it is the address of a file, not the text in it";
    Nul Sure "each letter comes with a null character" "Remove the null characters";
    Entity Sure "it has an entity in place of a quote" "Write quotes for the entities";
    Percent Sure "it has %22 in place of a quote" "Write quotes for %22";
    DoubledQuote Sure "its quotes are doubled" "Write each quote once";
    Escaped Sure "its quotes have backslashes before them" "Remove the backslashes before the quotes";
    // JSON inside a string.
    Halfway Sure "quotes are escaped inside a string and backslashes are not" "Escape the backslashes, too";
    TooOften Sure "the JSON inside a string is escaped too often" "Remove the extra backslashes";
    Doubled Sure "the JSON inside a string has a second pair of quotes" "Remove the second pair of quotes";
    Stray Sure "a quote has the wrong number of backslashes before it" "Correct the backslashes before the quote";
    Deep Loss "arrays and objects are nested more than 128 levels deep";
    // Around the JSON.
    Bom Sure "a byte order mark is outside a string" "Remove the byte order mark";
    Fence Sure "backticks surround the JSON" "Remove the backticks";
    ShellQuote Sure "quotes surround the JSON" "Remove the quotes around the JSON";
    Script Guess "a command precedes the JSON";
    Assignment Guess "an assignment precedes the JSON";
    Before Guess "another text precedes the JSON";
    MoreText Guess "there is more text after the end of the JSON";
    Another Loss "another JSON text follows the first";
    Semicolon Sure "a semicolon follows the JSON" "Remove the semicolon";
    // Brackets and the signs between them.
    TrailingComma Sure "a comma follows the last element" "Remove the comma";
    Comma Sure "there is a comma in place of a key or value" "Remove the comma";
    NoComma Sure "a comma is missing" "Add the comma";
    NoColon Sure "a colon is missing" "Add the colon";
    Equals Sure "there is an equals sign in place of a colon" "Write a colon";
    NoValue Guess "a key has no value";
    NoBraces Likely "the braces around the members are missing" "Add the braces";
    ExtraClose Likely "a closing bracket has no opening one" "Remove the closing bracket";
    EarlyClose Guess "an extra closing bracket precedes the last member";
    WrongClose Guess "the closing bracket does not match the opening one";
    NotClosed Loss "an array or object is not closed at the end of the text";
    CutShort Loss "the text ends too early";
    Junk Guess "this is not part of JSON";
    Lost Loss "a key is expected here";
    Ellipsis Loss "an ellipsis stands for what was left out";
    Paren Guess "a function call or parenthesis surrounds a value";
    Plus Sure "strings are put together with a plus sign" "Join the strings";
    PlusWord Guess "a plus sign joins a string to something that is not known here";
    Comment Sure "there is a comment, which JSON does not allow" "Remove the comment";
    OddSpace Sure "a character between the tokens is not white space in JSON" "Write a space";
    // Strings and words.
    Single Sure "there are single quotes in place of double quotes" "Write double quotes";
    Backtick Sure "there are backticks in place of double quotes" "Write double quotes";
    Triple Sure "there are three quotes in place of one" "Write one quote";
    Smart Sure "there are curly quotes in place of straight ones" "Write straight quotes";
    Wide Sure "a colon or comma is full-width" "Write the ASCII sign";
    LooseEscape Likely "a backslash precedes a quote outside any string" "Remove the backslash";
    Inner Sure "the quotes inside a string are not escaped" "Escape the quotes";
    NoQuote Likely "a string is not closed on its line" "Close the string";
    Break Sure "a line break inside a string must be written \\n" "Write the line break as \\n";
    Control Sure "a control character inside a string must be escaped" "Escape the control character";
    Escape Likely "a backslash precedes a character that JSON does not escape";
    Markdown Sure "a backslash precedes a character that Markdown escapes and JSON does not" "Remove the backslash";
    Apostrophe Sure "a backslash precedes a single quote, which JSON does not escape" "Remove the backslash";
    Half Guess "a \\u escape is half a surrogate pair, and the other half is missing";
    BareKey Sure "a key must be in double quotes" "Put the key in quotes";
    BareWord Likely "a word has no quotes" "Put the word in quotes";
    PyWord Sure "the words of Python differ from those of JSON" "Write the word as JSON has it";
    Number Likely "this is not a number in JSON" "Put the number in quotes";
    Variable Guess "there is a placeholder in place of a value";
}

impl Slip {
    /// How certain its repair is.
    pub fn certainty(self) -> Certainty {
        SLIPS.get(self as usize).map_or(Certainty::Loss, |slip| slip.0)
    }

    /// What is wrong, as a clause.
    pub fn reason(self) -> &'static str {
        SLIPS.get(self as usize).map_or("", |slip| slip.1)
    }

    /// What its repair does; empty if that depends on the text.
    pub fn fix(self) -> &'static str {
        SLIPS.get(self as usize).map_or("", |slip| slip.2)
    }

    fn bit(self) -> u128 {
        1 << self as u128
    }
}

/// One place that is not JSON, and what to write there instead.
#[derive(Clone, Debug)]
pub struct Repair {
    /// What is wrong.
    pub slip: Slip,
    /// Where the text to be replaced starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What to write instead.
    pub text: Cow<'static, str>,
    /// The characters to point at.
    pub place: (usize, usize),
}

/// Adds a repair. An insertion and what touches it are one: editors order two edits at one place as they like.
pub fn push(repairs: &mut Vec<Repair>, repair: Repair) {
    match repairs.last_mut() {
        Some(last) if last.end == repair.start && (last.start == last.end || repair.start == repair.end) => {
            last.text.to_mut().push_str(&repair.text);
            last.end = repair.end;
        }
        _ => repairs.push(repair),
    }
}

/// The kinds of slip in a text.
#[derive(Clone, Copy, Debug, Default)]
pub struct SlipSet(u128);

impl SlipSet {
    /// Notes a slip.
    pub fn note(&mut self, slip: Slip) {
        self.0 |= slip.bit();
    }

    /// Whether a slip has been noted.
    pub fn has(self, slip: Slip) -> bool {
        self.0 & slip.bit() != 0
    }

    /// Leaves a slip out of account.
    pub fn forget(&mut self, slip: Slip) {
        self.0 &= !slip.bit();
    }

    /// How certain it is that all repairs together give what was meant.
    pub fn certainty(self) -> Certainty {
        let certainty = |at: usize| SLIPS.get(at).map(|slip| slip.0);
        (0..SLIPS.len()).filter(|at| self.0 >> at & 1 == 1).filter_map(certainty).max().unwrap_or(Certainty::Loss)
    }

    /// The most likely format of the text, and what to do with it.
    pub fn format(self) -> Option<&'static FormatGuess> {
        LOOKS.iter().find(|format| format.slips.iter().any(|slip| self.has(*slip)))
    }
}

/// The likely format of a text that is not JSON.
#[derive(Debug)]
pub struct FormatGuess {
    slips: &'static [Slip],
    /// As a clause: "it looks like YAML"; empty if the reason says it all.
    pub clause: &'static str,
    /// What to do.
    pub help: &'static str,
}

macro_rules! looks {
    ($([$($slip:ident)*] $clause:literal, $help:literal;)*) => {
        /// The strongest evidence first.
        const LOOKS: &[FormatGuess] = &[$(FormatGuess { slips: &[$(Slip::$slip),*], clause: $clause, help: $help }),*];
    };
}

looks! {
    [Nul] "it looks like UTF-16 read as another encoding",
        "Save the file as UTF-8.";
    [Entity] "it looks like the source of a web page",
        "Copy the text from the page as it is shown.";
    [Percent] "it looks like a part of a URL",
        "Decode it first.";
    [DoubledQuote] "it looks like a string of C#, Visual Basic, SQL or CSV",
        "Those read two quotes as one; JSON has a backslash before a quote inside a string.";
    [Escaped] "it looks like the inside of a JSON string",
        "Remove one backslash of each pair, and each one before a quote.";
    [Halfway] "it looks like JSON that a text replacement put into a string",
        "Replace each backslash by two first, then each quote by a backslash and a quote; JSON.stringify, json.dumps and \
         jq -Rs . do both.";
    [TooOften] "",
        "Encode the text as a string only once.";
    [Doubled] "",
        "jq '@json' and JSON.stringify write the quotes themselves: put their result there without others.";
    [Fence] "it looks like a code block of Markdown",
        "Remove the lines with the backticks.";
    [Markup] "it looks like HTML or XML",
        "A failed download often leaves a page in place of the file.";
    [FileName] "it looks like an argument of a command",
        "A command line reads file:// only if it is a whole argument: put the text of the file here.";
    [Yaml] "it looks like YAML",
        "Convert it to JSON, and write its tags, such as !Ref and !Sub, in their JSON form.";
    [Equals] "it looks like HCL, as Terraform reads it",
        "jsonencode writes it as JSON.";
    [Script] "it looks like a script with the JSON inside",
        "Give the JSON alone, with the variables of the script filled in.";
    [PyWord Triple] "it looks like a Python dict",
        "json.dumps writes it as JSON.";
    [ShellQuote] "it looks like an argument of a shell command",
        "The shell removes the quotes; in a file write the JSON without them.";
    [BareKey Semicolon Backtick] "it looks like a JavaScript object",
        "JSON.stringify writes it as JSON.";
    [Single] "it looks like a Python dict",
        "json.dumps writes it as JSON.";
    [Smart] "it looks like a text that a word processor changed",
        "Write straight quotes.";
    [Markdown] "it looks like a text copied from Markdown",
        "Remove the backslashes that Markdown needs.";
    [Variable] "",
        "Fill it in first, as a string in double quotes.";
    [CutShort NotClosed] "",
        "Copy the text again, to its end.";
}
