//! The original text, the texts inside its strings, and the way from each to the outermost.

use super::composed::{PieceMap, PieceOrigin, SourcePiece, Spelling, WrittenText, spell};
use super::escape::OffsetMap;
use super::json::{Node, Value};
use super::position::{PositionIndex, Span};
use super::range::{LayerId, SourceRange, offset};
use super::recover::{self, Certainty};
use super::syntax_error::{self, SyntaxError};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Where a layer comes from.
enum Outer {
    /// From the content of a string, or of a text that was repaired, in another layer.
    Inside(LayerId, OffsetMap),
    /// From the pieces that functions compose it of.
    Composed(PieceMap),
}

struct Layer {
    text: String,
    /// `None` for the original text.
    outer: Option<Outer>,
    /// Whether the layer, or a layer around it, is the repaired form of a text that was not JSON.
    is_in_repaired: bool,
    /// Whether the layer is such a text itself.
    is_repaired: bool,
    /// In the layer around it, the ranges of values that are unknown: each start is the earliest possible one.
    unknown: Vec<(usize, usize)>,
}

/// The places of parts of one string.
pub struct StringRanges {
    whole: SourceRange,
    map: Option<OffsetMap>,
}

impl StringRanges {
    /// The range of a part of the string's content as written. The whole range if the node is not a string.
    pub fn at(&self, range: Range<usize>) -> SourceRange {
        let Some(map) = &self.map else { return self.whole };
        SourceRange { start: map.start(offset(range.start)), end: map.end(offset(range.end)), ..self.whole }
    }
}

/// The original text and every text found inside its strings. A copy shares the texts, and can have more of its own.
#[derive(Clone)]
pub struct SourceMap {
    layers: Vec<Arc<Layer>>,
    /// Made when a place is asked for: texts that are checked on trial show none.
    positions: Arc<OnceLock<PositionIndex>>,
}

impl SourceMap {
    /// Starts with the text as the user gave it.
    pub fn new(text: &str) -> Self {
        let (text, unknown) = (text.to_owned(), Vec::new());
        let layer = Layer { text, outer: None, is_in_repaired: false, is_repaired: false, unknown };
        Self { layers: vec![Arc::new(layer)], positions: Arc::default() }
    }

    /// The text of a layer, unescaped.
    pub fn text(&self, layer: LayerId) -> &str {
        &self.layers[usize::from(layer)].text
    }

    /// The text of a range in its layer.
    pub fn slice(&self, place: SourceRange) -> &str {
        &self.text(place.layer)[place.start as usize..place.end as usize]
    }

    /// The whole of a layer.
    pub fn whole(&self, layer: LayerId) -> SourceRange {
        SourceRange { layer, start: 0, end: offset(self.text(layer).len()) }
    }

    /// Parses a layer as strict JSON (RFC 8259).
    ///
    /// # Errors
    /// The first place where the text stops being JSON.
    pub fn parse(&self, layer: LayerId) -> Result<Node, SyntaxError> {
        syntax_error::parse(self.text(layer), layer)
    }

    /// Parses the values of a layer that are written one after another. If one is not JSON, those before it are still read.
    pub fn parse_all(&self, layer: LayerId) -> (Vec<Node>, Option<SyntaxError>) {
        syntax_error::parse_all(self.text(layer), layer)
    }

    /// Makes a layer from the content of a string node, and returns its number. `None` if `node` is not a string.
    pub fn unwrap_string(&mut self, node: &Node) -> Option<LayerId> {
        let Value::String(content) = &node.value else { return None };
        let raw = self.slice(node.place);
        let map = OffsetMap::new(&raw[1..raw.len() - 1], node.place.start + 1);
        let is_in_repaired = self.is_in_repaired(node.place.layer);
        let (outer, unknown) = (Some(Outer::Inside(node.place.layer, map)), Vec::new());
        self.add(Layer { text: content.clone(), outer, is_in_repaired, is_repaired: false, unknown })
    }

    /// Makes a layer from a text that functions compose of pieces. `None` if there are too many layers.
    pub fn compose(&mut self, text: String, pieces: &[SourcePiece]) -> Option<LayerId> {
        let (outer, unknown) = (Some(Outer::Composed(PieceMap::new(pieces))), Vec::new());
        self.add(Layer { text, outer, is_in_repaired: false, is_repaired: false, unknown })
    }

    fn add(&mut self, layer: Layer) -> Option<LayerId> {
        let number = LayerId::try_from(self.layers.len()).ok()?;
        self.layers.push(Arc::new(layer));
        Some(number)
    }

    /// Makes a layer from the likely meaning of a text that is not JSON, and parses that. `None` if it means nothing
    /// that can be read. Also returns how certain the meaning is: never quite, if one repair is not enough.
    #[cold]
    pub fn recover(&mut self, error: &SyntaxError) -> Option<(Node, Certainty)> {
        /// A text with escaped quotes may be escaped several times, and be wrong in other ways too.
        const MOST: usize = 8;
        let mut certainty = Certainty::Sure;
        let mut again = None;
        for _ in 0..MOST {
            let error = again.as_ref().unwrap_or(error);
            let recovery = error.recovery.as_ref().filter(|recovery| recovery.readable)?;
            let (layer, repairs) = (error.place.layer, &recovery.repairs);
            certainty = certainty.max(recovery.certainty);
            let text = recover::apply(self.text(layer), repairs);
            let map = OffsetMap::of_pieces(repairs.iter().map(|repair| (repair.start, repair.end, repair.text.len())));
            let mut unknown = recovery.unknown.clone();
            if recovery.certainty == Certainty::Loss {
                unknown.push((0, self.text(layer).len()));
            }
            let outer = Some(Outer::Inside(layer, map));
            let repaired = self.add(Layer { text, outer, is_in_repaired: true, is_repaired: true, unknown })?;
            match self.parse(repaired) {
                Ok(node) => return Some((node, certainty)),
                Err(error) => again = Some(error),
            }
            certainty = certainty.max(Certainty::Guess);
        }
        None
    }

    /// Whether a layer holds the likely meaning of the text, and not what was written.
    pub fn is_in_repaired(&self, layer: LayerId) -> bool {
        self.layers[usize::from(layer)].is_in_repaired
    }

    /// Whether a layer is what the layer around it most likely means, and no string in it.
    #[cold]
    pub fn is_repaired(&self, layer: LayerId) -> bool {
        self.layers[usize::from(layer)].is_repaired
    }

    /// Whether the value at a place is unknown: it is a placeholder, or it is cut short.
    #[cold]
    pub fn is_unknown(&self, place: SourceRange) -> bool {
        let mut inner = place;
        while let Some(outer) = self.outward(inner) {
            let unknown = &self.layers[usize::from(inner.layer)].unknown;
            if unknown.iter().any(|(start, end)| offset(*start) <= outer.start && offset(*end) == outer.end) {
                return true;
            }
            inner = outer;
        }
        false
    }

    /// The range of a part of a string's content as written, within the quotes. The whole range for any other node.
    pub fn part(&self, node: &Node, range: Range<usize>) -> SourceRange {
        self.parts(node).at(range)
    }

    /// Finds the places of many parts of one string, whose escapes are read only once.
    pub fn parts(&self, node: &Node) -> StringRanges {
        let map = matches!(node.value, Value::String(_)).then(|| {
            let raw = self.slice(node.place);
            OffsetMap::new(&raw[1..raw.len() - 1], node.place.start + 1)
        });
        StringRanges { whole: node.place, map }
    }

    /// The same place one layer further out; `None` for the outermost.
    pub fn outward(&self, place: SourceRange) -> Option<SourceRange> {
        let (layer, map) = match self.layers[usize::from(place.layer)].outer.as_ref()? {
            Outer::Inside(layer, map) => (layer, map),
            Outer::Composed(pieces) => return self.outward_composed(pieces, place),
        };
        let start = map.start(place.start);
        let end = if place.end <= place.start { start } else { map.end(place.end) };
        Some(SourceRange { layer: *layer, start, end })
    }

    /// The span in the original text.
    pub fn locate(&self, place: SourceRange) -> Span {
        let mut outermost = place;
        while let Some(outer) = self.outward(outermost) {
            outermost = outer;
        }
        let text = &self.layers[0].text;
        let positions = self.positions.get_or_init(|| PositionIndex::new(text));
        Span {
            start: positions.position(text, outermost.start as usize),
            end: positions.position(text, outermost.end as usize),
        }
    }

    /// Whether a range can be edited: it is written, in a text that was not repaired, and for this use alone.
    #[cold]
    pub fn is_editable(&self, place: SourceRange) -> bool {
        match &self.layers[usize::from(place.layer)].outer {
            Some(Outer::Composed(pieces)) => {
                self.editable(pieces, place).is_some_and(|(place, _)| !self.is_in_repaired(place.layer))
            }
            _ => !self.is_in_repaired(place.layer),
        }
    }

    /// Whether a layer holds a text that functions compose.
    #[cold]
    pub fn is_composed(&self, layer: LayerId) -> bool {
        matches!(self.layers[usize::from(layer)].outer, Some(Outer::Composed(_)))
    }

    /// The edit of the original text that writes `text` at a place. The text is as the layer of the place has it.
    #[cold]
    pub fn edit_outward(&self, place: SourceRange, text: &str) -> (Span, String) {
        let (mut place, mut escaped) = (place, text.to_owned());
        if let Some(Outer::Composed(pieces)) = &self.layers[usize::from(place.layer)].outer
            && let Some((written, spelling)) = self.editable(pieces, place)
        {
            (place, escaped) = (written, spell(text, spelling));
        }
        let mut current = place.layer;
        while let Some(Outer::Inside(outer, _)) = &self.layers[usize::from(current)].outer {
            escaped = spell(&escaped, Spelling::Quoted);
            current = *outer;
        }
        (self.locate(place), escaped)
    }

    /// The place that a range of the text comes from. Where it comes from several, from the first to the last, if they
    /// are written in that order.
    #[cold]
    fn outward_composed(&self, pieces: &PieceMap, place: SourceRange) -> Option<SourceRange> {
        let touched: Vec<_> = pieces.touched(place).collect();
        if let [(origin, range)] = &touched[..] {
            return Some(self.origin(origin, range.clone()));
        }
        let in_order = touched.iter().filter(|(origin, _)| !matches!(origin, PieceOrigin::Repeated(_)));
        let mut spots = in_order.map(|(origin, range)| self.spot(origin, range.clone()));
        let own = || touched.first().map(|(origin, range)| self.spot(origin, range.clone()));
        let first = spots.next().or_else(own).unwrap_or_default();
        let last = spots.next_back().unwrap_or(first);
        let (mut start, mut end) = (first, last);
        // A layer has a higher number than the layer that it is in.
        while start.layer != end.layer {
            let inner = if start.layer > end.layer { &mut start } else { &mut end };
            let Some(outer) = self.outward(*inner) else { return Some(first) };
            *inner = outer;
        }
        Some(if start.start <= end.start && start.end <= end.end {
            SourceRange { end: end.end, ..start }
        } else {
            first
        })
    }

    /// Where a range of a piece is written, or the place that refers to a value.
    #[cold]
    pub fn origin(&self, origin: &PieceOrigin, range: Range<usize>) -> SourceRange {
        match origin {
            PieceOrigin::Written(text) | PieceOrigin::Referred(text, _) | PieceOrigin::Repeated(text) => {
                self.part_of(text, range)
            }
            PieceOrigin::Value(at) => *at,
        }
    }

    /// The place of a piece among others: in the expression that composes the text.
    #[cold]
    fn spot(&self, origin: &PieceOrigin, range: Range<usize>) -> SourceRange {
        match origin {
            PieceOrigin::Written(text) | PieceOrigin::Repeated(text) => self.part_of(text, range),
            PieceOrigin::Referred(_, at) | PieceOrigin::Value(at) => *at,
        }
    }

    /// The place and the spelling of a range that can be edited: all of it is written for this text alone.
    #[cold]
    fn editable(&self, pieces: &PieceMap, place: SourceRange) -> Option<(SourceRange, Spelling)> {
        let mut found: Option<(SourceRange, Spelling)> = None;
        for (origin, range) in pieces.touched(place) {
            let PieceOrigin::Written(text) = origin else { return None };
            let next = self.part_of(&text, range);
            found = Some(match found {
                None => (next, text.spelling),
                Some((before, spelling))
                    if spelling == text.spelling
                        && spelling != Spelling::Quoted
                        && before.layer == next.layer
                        && before.end <= next.start =>
                {
                    (SourceRange { end: next.end, ..before }, spelling)
                }
                Some(_) => return None,
            });
        }
        found
    }

    /// Where a part of a text is written.
    #[cold]
    fn part_of(&self, text: &WrittenText, range: Range<usize>) -> SourceRange {
        let (place, skip) = (text.place, text.skip as usize);
        let (from, to) = (range.start + skip, range.end + skip);
        let raw = self.slice(place);
        match raw.get(1..raw.len().saturating_sub(1)).filter(|_| text.spelling == Spelling::Quoted) {
            Some(inside) => {
                let map = OffsetMap::new(inside, place.start + 1);
                let start = map.start(offset(from));
                SourceRange { start, end: if to > from { map.end(offset(to)) } else { start }, ..place }
            }
            None => SourceRange { start: place.start + offset(from), end: place.start + offset(to), ..place },
        }
    }
}
