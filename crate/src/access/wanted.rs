//! The resources of statements that allow, as patterns of requests.

use super::device::Device;
use super::explain::text_of;
use super::glob::{Cover, Symbol, cover};
use super::key::PolicyKey;
use super::pattern::Pattern;
use super::request::{RequestContext, Verb};
use super::resource::{PARTS, ResourcePattern, Target};
use super::ruling::Found;
use crate::policy::actions::{EVERYTHING, ResourceTypes, TYPES};

/// The action of publishing with RETAIN, beside that of publishing.
pub const RETAIN: &str = "iot:RetainPublish";

/// One resource of a statement, as a pattern of requests.
pub struct Wanted {
    /// What the requests are checked on.
    pub target: Target,
    /// The same as text.
    pub text: String,
}

/// The statement whose resource is looked at.
pub struct Source<'d> {
    pub found: Found<'d>,
    pub verb: Verb,
    pub action: &'static str,
    /// The type of the resources that the action is checked on.
    pub kind: &'static str,
    pub context: &'d RequestContext,
    /// Whether the statement allows all of its resources, whatever else there is.
    pub is_plain: bool,
}

impl Device {
    /// A resource as a pattern of requests, or the key of a variable that has no value. `None` if it turns out to be of another type.
    pub fn wanted<'r>(
        &self,
        source: &Source<'_>,
        types: ResourceTypes,
        resource: &'r ResourcePattern,
    ) -> Result<Option<Wanted>, &'r PolicyKey> {
        let all = || Wanted { target: all_of(source.kind, types), text: "*".to_owned() };
        let named = match resource.named() {
            _ if resource.is_open() => return Ok(Some(all())),
            None => return Ok(Some(Wanted { text: resource.text.to_string(), ..all() })),
            Some(named) => named,
        };
        if resource.is_of_another_service() {
            let mut parts = resource.text.splitn(PARTS + 2, ':').skip(1).map(str::to_owned);
            let arn = std::array::from_fn(|_| parts.next().unwrap_or_default());
            return Ok(Some(Wanted { target: Target::Arn(arn), text: resource.text.to_string() }));
        }
        let symbols = self.symbols(source, named)?;
        let symbols = in_type(symbols, source.kind);
        if cover(&symbols, &of_type(source.kind)) == Cover::Nothing {
            return Ok(None);
        }
        let literal = symbols.iter().all(|symbol| matches!(symbol, Symbol::Char(_)));
        let before = if source.verb == Verb::Call { 0 } else { source.kind.len() + 1 };
        let is_typed = symbols.len() >= before && !symbols[..before].contains(&Symbol::Any);
        let text = text_of(&symbols[if is_typed { before } else { 0 }..]);
        if !literal && let Some(wanted) = self.as_thing(source, named, &symbols) {
            return Ok(Some(Wanted { text: wanted.1.unwrap_or(text), target: wanted.0 }));
        }
        let target = if literal {
            let name = symbols.iter().filter_map(|symbol| match symbol {
                Symbol::Char(character) => Some(*character),
                _ => None,
            });
            Target::Here(Some(name.collect()), source.kind)
        } else {
            Target::Like(symbols, source.kind)
        };
        Ok(Some(Wanted { target, text }))
    }

    /// A client ID with a value of the thing, and a wildcard: the value is there for the thing's name only, so that the wildcard stands for
    /// nothing else. Another client ID stands for the rest.
    #[cold]
    fn as_thing(&self, source: &Source<'_>, named: &Pattern, symbols: &[Symbol]) -> Option<(Target, Option<String>)> {
        let thing = self.facts.thing.as_ref().filter(|_| source.verb == Verb::Connect)?;
        let is_bound = |key: &PolicyKey| key.is_of_thing() && !(thing.exclusive && *key == PolicyKey::ThingName);
        if !named.keys().any(is_bound) {
            return None;
        }
        let name = ["client/", &*thing.name].concat();
        if cover(symbols, &name.chars().map(Symbol::Char).collect::<Vec<_>>()) == Cover::All {
            return Some((Target::Here(Some(name), source.kind), Some(thing.name.to_string())));
        }
        let other = symbols.iter().map(|symbol| match symbol {
            Symbol::Char(character) => *character,
            Symbol::One | Symbol::Any | Symbol::Hidden => 'x',
        });
        Some((Target::Here(Some(other.collect()), source.kind), None))
    }

    fn symbols<'r>(&self, source: &Source<'_>, named: &'r Pattern) -> Result<Vec<Symbol>, &'r PolicyKey> {
        let thing = self.facts.thing.as_ref().map(|thing| &*thing.name);
        // The client ID is what is asked for: with that of the thing, the thing has its values.
        let of_thing = thing.filter(|_| source.verb == Verb::Connect && named.keys().any(PolicyKey::is_of_thing));
        let id = of_thing.or_else(|| self.client_id(source.context));
        let lower = source.action.to_ascii_lowercase();
        named.symbols(&self.values(source.verb, &lower, id, source.context))
    }
}

/// What a device does with an action.
pub fn verb_of(action: &str) -> Verb {
    match action {
        "iot:Connect" => Verb::Connect,
        "iot:Publish" | RETAIN => Verb::Publish,
        "iot:Subscribe" => Verb::Subscribe,
        "iot:Receive" => Verb::Receive,
        _ => Verb::Call,
    }
}

/// The types of resources that an action is checked on. Without one it is checked on `*`, or on something of another service.
pub fn kinds(types: ResourceTypes) -> impl Iterator<Item = &'static str> {
    let named = TYPES.iter().enumerate().filter(move |(bit, _)| types >> bit & 1 == 1).map(|(_, name)| *name);
    let has_none = types & ((1 << TYPES.len()) - 1) == 0;
    named.chain(has_none.then_some(""))
}

/// All resources of a type.
pub fn all_of(kind: &'static str, types: ResourceTypes) -> Target {
    if types & EVERYTHING != 0 {
        return Target::Star;
    }
    if kind.is_empty() {
        return Target::Like(vec![Symbol::Any], kind);
    }
    Target::Like(of_type(kind), kind)
}

fn of_type(kind: &str) -> Vec<Symbol> {
    kind.chars().chain(['/']).map(Symbol::Char).chain([Symbol::Any]).collect()
}

/// `topic*` means all topics, and `topic?a` those of two levels: wildcards take their share of the type and its slash. One with more
/// after its `*` stays as it is.
fn in_type(symbols: Vec<Symbol>, kind: &str) -> Vec<Symbol> {
    let begin: Vec<Symbol> = kind.chars().chain(['/']).map(Symbol::Char).collect();
    let fits = |(own, typed): (&Symbol, &Symbol)| own == typed || *own == Symbol::One;
    let common = symbols.iter().zip(&begin).take_while(|pair| fits(*pair)).count();
    if common == begin.len() {
        return begin.into_iter().chain(symbols[common..].iter().copied()).collect();
    }
    if symbols[common..] == [Symbol::Any] {
        return begin.into_iter().chain([Symbol::Any]).collect();
    }
    symbols
}
