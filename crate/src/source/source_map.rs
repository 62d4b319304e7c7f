//! The original text, the texts inside its strings, and the way from each to the outermost.

use super::escape::OffsetMap;
use super::json::{self, Node, Value};
use super::position::{PositionIndex, Span};
use super::range::{LayerId, SourceRange, offset};
use super::recover::{self, Certainty};
use super::syntax_error::{self, SyntaxError};
use std::ops::Range;

struct Layer {
    text: String,
    outer: Option<(LayerId, OffsetMap)>,
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

/// The original text and every text found inside its strings.
pub struct SourceMap {
    layers: Vec<Layer>,
    positions: PositionIndex,
}

impl SourceMap {
    /// Starts with the text as the user gave it.
    pub fn new(text: &str) -> Self {
        let positions = PositionIndex::new(text);
        Self {
            layers: vec![Layer {
                text: text.to_owned(),
                outer: None,
                is_in_repaired: false,
                is_repaired: false,
                unknown: Vec::new(),
            }],
            positions,
        }
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

    /// Makes a layer from the content of a string node, and returns its number. `None` if `node` is not a string.
    pub fn unwrap_string(&mut self, node: &Node) -> Option<LayerId> {
        let Value::String(content) = &node.value else { return None };
        let raw = self.slice(node.place);
        let map = OffsetMap::new(&raw[1..raw.len() - 1], node.place.start + 1);
        let is_in_repaired = self.is_in_repaired(node.place.layer);
        let (outer, unknown) = (Some((node.place.layer, map)), Vec::new());
        self.add(Layer { text: content.clone(), outer, is_in_repaired, is_repaired: false, unknown })
    }

    fn add(&mut self, layer: Layer) -> Option<LayerId> {
        let number = LayerId::try_from(self.layers.len()).ok()?;
        self.layers.push(layer);
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
            let repaired =
                self.add(Layer { text, outer: Some((layer, map)), is_in_repaired: true, is_repaired: true, unknown })?;
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
        let (layer, map) = self.layers[usize::from(place.layer)].outer.as_ref()?;
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
        Span {
            start: self.positions.position(text, outermost.start as usize),
            end: self.positions.position(text, outermost.end as usize),
        }
    }

    /// Escapes a piece of a layer's text for the original text.
    pub fn escape_outward(&self, layer: LayerId, text: &str) -> String {
        let mut escaped = text.to_owned();
        let mut current = layer;
        while let Some((outer, _)) = &self.layers[usize::from(current)].outer {
            let quoted = json::quote(&escaped);
            escaped = quoted[1..quoted.len() - 1].to_owned();
            current = *outer;
        }
        escaped
    }
}
