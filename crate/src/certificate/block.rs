//! Armored blocks of a text: their lines of dashes and their labels.

const DASHES: usize = 5;
const BEGIN: &[u8] = b"BEGIN ";
const END: &[u8] = b"END ";

/// An armored block of the text.
pub struct Block<'t> {
    /// The label of the BEGIN line.
    pub label: &'t [u8],
    /// What is between the two lines.
    pub body: &'t [u8],
    /// The label of the END line; `None` if there is no such line.
    pub end_label: Option<&'t [u8]>,
}

/// The next block that begins at or after a position, and where it ends.
pub fn next_block(text: &[u8], mut position: usize) -> Option<(Block<'_>, usize)> {
    let begin = loop {
        let (_, dashes) = find_dashes(text, position)?;
        if text[dashes..].starts_with(BEGIN) {
            break dashes + BEGIN.len();
        }
        position = dashes;
    };
    let (label, start) = read_label(text, begin);
    let mut position = start;
    while let Some((before, dashes)) = find_dashes(text, position) {
        let rest = &text[dashes..];
        let body = &text[start..before];
        if rest.starts_with(END) {
            let (end_label, end) = read_label(text, dashes + END.len());
            return Some((Block { label, body, end_label: Some(end_label) }, end));
        }
        if rest.starts_with(BEGIN) {
            return Some((Block { label, body, end_label: None }, before));
        }
        position = dashes;
    }
    Some((Block { label, body: &text[start..], end_label: None }, text.len()))
}

/// Where the next run of five or more dashes starts, and where it ends.
fn find_dashes(text: &[u8], from: usize) -> Option<(usize, usize)> {
    let mut position = from;
    loop {
        position += text.get(position..)?.iter().position(|&byte| byte == b'-')?;
        let run = text[position..].iter().take_while(|&&byte| byte == b'-').count();
        if run >= DASHES {
            return Some((position, position + run));
        }
        position += run;
    }
}

/// A label that starts here, and the place after the dashes that close it.
fn read_label(text: &[u8], start: usize) -> (&[u8], usize) {
    const LONGEST: usize = 64;
    let rest = &text[start..];
    let rest = &rest[..rest.len().min(LONGEST)];
    let length = rest.iter().position(|byte| matches!(byte, b'-' | b'\n' | b'\r' | b'\\')).unwrap_or(rest.len());
    // Five dashes close a label. Fewer are clear enough; more belong to the next armor.
    let dashes = text[start + length..].iter().take(DASHES).take_while(|&&byte| byte == b'-').count();
    (text[start..start + length].trim_ascii(), start + length + dashes)
}
