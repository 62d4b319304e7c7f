//! Plans on their way to JavaScript: numbers that say what to build, and the texts that have changed since the plan before.
//!
//! A plan has some four hundred texts and as many keys, and from device to device a few dozen texts differ. Each text that crosses is decoded,
//! which costs more than all that is done for it in Rust. So both sides keep the last text at each position, and a text that is
//! the same there does not cross again. Which template or device a plan is of does not matter: a text that differs crosses.
//! `pkg/src/tape.ts` is the other side.

use super::tape_keys::KeyNumbers;
use super::words::{pack, word};
use std::cell::RefCell;

/// The kinds of words. A word has its kind in the lowest four bits, and a number in the others.
pub mod kind {
    pub const NULL: u32 = 0;
    pub const TRUE: u32 = 1;
    pub const FALSE: u32 = 2;
    /// The number is the value.
    pub const SMALL: u32 = 3;
    /// Two words follow: the halves of a float, the lower one first.
    pub const FLOAT: u32 = 4;
    /// The next text.
    pub const TEXT: u32 = 5;
    /// So many values follow.
    pub const LIST: u32 = 6;
    /// So many members follow: the number of the key, and the value.
    pub const OBJECT: u32 = 7;
    /// So many members follow: the key as a value, and the value.
    pub const MAP: u32 = 8;
}

/// The bits of a word that are its kind.
pub const KIND_BITS: u32 = 4;

/// With more texts, or bytes of texts and of what they replaced, nothing is kept for the next plan.
const MOST_TEXTS: usize = 4096;
const MOST_BYTES: usize = 256 << 10;

/// What both sides have after a plan.
#[derive(Default)]
struct Kept {
    texts: KeptTexts,
    keys: KeyNumbers,
}

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

/// Texts in their order. A text that replaces another is written over it if there is room, so that most of a plan's texts are only compared.
#[derive(Default)]
struct KeptTexts {
    bytes: Vec<u8>,
    places: Vec<KeptPlace>,
}

/// The place of a text among the bytes, and how long a text fits there.
struct KeptPlace {
    start: usize,
    length: usize,
    room: usize,
}

impl KeptTexts {
    fn has(&self, at: usize, text: &str) -> bool {
        let place = self.places.get(at).filter(|place| place.length == text.len());
        place.and_then(|place| self.bytes.get(place.start..place.start + place.length)) == Some(text.as_bytes())
    }

    /// Replaces the text at a position, or adds it at the end.
    fn set(&mut self, at: usize, text: &str) {
        let new = KeptPlace { start: self.bytes.len(), length: text.len(), room: text.len() };
        match self.places.get_mut(at) {
            Some(place) if text.len() <= place.room => {
                place.length = text.len();
                self.bytes[place.start..place.start + text.len()].copy_from_slice(text.as_bytes());
                return;
            }
            Some(place) => *place = new,
            None => self.places.push(new),
        }
        self.bytes.extend_from_slice(text.as_bytes());
    }
}

/// A plan that is being written.
pub struct Tape {
    words: Vec<u32>,
    /// How many texts it has.
    texts: usize,
    /// The position and the length of each text that differs from the one that is kept.
    changed: Vec<u32>,
    changed_bytes: Vec<u8>,
    /// The names of keys that have no number on the other side yet.
    new_keys: Vec<&'static str>,
    kept: Kept,
}

impl Tape {
    /// An empty one, which knows what is kept. If it is dropped before its message is made, nothing is kept, and all crosses again.
    pub fn new() -> Self {
        Self {
            words: Vec::with_capacity(2048),
            texts: 0,
            changed: Vec::new(),
            changed_bytes: Vec::with_capacity(1024),
            new_keys: Vec::new(),
            kept: KEPT.take(),
        }
    }

    pub fn push(&mut self, kind: u32, number: usize) {
        self.words.push(word(number) << KIND_BITS | kind);
    }

    /// Begins a value whose number of members is not known yet, and says where.
    pub fn begin(&mut self, kind: u32) -> usize {
        self.push(kind, 0);
        self.words.len() - 1
    }

    /// Writes the number of members of a value that was begun there.
    pub fn end(&mut self, at: usize, count: usize) {
        self.words[at] |= word(count) << KIND_BITS;
    }

    pub fn float(&mut self, value: f64) {
        self.push(kind::FLOAT, 0);
        let bits = value.to_bits();
        // The halves.
        self.words.extend([bits as u32, (bits >> 32) as u32]);
    }

    pub fn text(&mut self, text: &str) {
        let at = self.texts;
        self.texts += 1;
        if !self.kept.texts.has(at, text) {
            self.changed.extend([word(at), word(text.len())]);
            self.changed_bytes.extend_from_slice(text.as_bytes());
            self.kept.texts.set(at, text);
        }
        self.push(kind::TEXT, 0);
    }

    pub fn key(&mut self, key: &'static str) {
        let (number, is_new) = self.kept.keys.number(key);
        if is_new {
            self.new_keys.push(key);
        }
        self.words.push(number);
    }

    /// The words for JavaScript: how many there are, the number of the first new key, how many new keys and changed texts there are, and
    /// whether nothing is kept; the words; the lengths of the new keys; the places and lengths of the changed texts; the bytes of both in this
    /// order, filled up to whole words.
    pub fn message(mut self) -> Vec<u32> {
        let texts = &mut self.kept.texts;
        let forgets = texts.places.len() > MOST_TEXTS || texts.bytes.len() > MOST_BYTES;
        if forgets {
            *texts = KeptTexts::default();
        }
        let first_key = word(self.kept.keys.len() - self.new_keys.len());
        let (words, changed) = (word(self.words.len()), word(self.changed.len() / 2));
        let header = [words, first_key, word(self.new_keys.len()), changed, u32::from(forgets)];
        let mut bytes = self.new_keys.concat().into_bytes();
        bytes.append(&mut self.changed_bytes);
        let mut message = Vec::with_capacity(
            header.len() + self.words.len() + self.new_keys.len() + self.changed.len() + bytes.len() / 4 + 1,
        );
        message.extend(header);
        message.append(&mut self.words);
        message.extend(self.new_keys.iter().map(|key| word(key.len())));
        message.append(&mut self.changed);
        pack(bytes, &mut message);
        KEPT.set(self.kept);
        message
    }
}
