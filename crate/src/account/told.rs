//! What texts tell of resources, each fact with its place, until all are read. Two that differ are a contradiction, wherever they are.

use super::kinds::{KINDS, Kind};
use super::state::AccountPrincipal;
use crate::sorted::sorted;
use crate::source::SourceRange;
use std::collections::HashMap;
use std::sync::Arc;

/// A value of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A word, a name or a document.
    Text(Arc<str>),
    /// None.
    Nothing,
    /// Yes or no.
    Flag(bool),
    /// Names, in the order in which they were told.
    Names(Vec<Arc<str>>),
    /// Texts by names.
    Texts(Vec<(Arc<str>, Arc<str>)>),
    /// Principals.
    Principals(Vec<AccountPrincipal>),
}

/// A place in one of the texts.
#[derive(Clone, Copy, Debug)]
pub struct TextPlace {
    /// The number of the text.
    pub text: usize,
    /// The place in it.
    pub range: SourceRange,
}

/// The most members that a kind has.
const MEMBERS: usize = 5;

/// What is told of a resource.
pub struct ToldResource {
    /// Its name.
    pub name: Arc<str>,
    /// Whether it exists.
    pub exists: bool,
    /// Where that was told.
    pub place: TextPlace,
    /// Its members, in the order of the kind's table.
    pub facts: [Option<(Fact, TextPlace)>; MEMBERS],
    /// In how many complete lists it is, and the last of them.
    listed: (usize, usize),
}

/// What is told of a kind.
#[derive(Default)]
pub struct ToldKind {
    /// The resources in the order in which they were told.
    pub resources: Vec<ToldResource>,
    /// Where a complete list is.
    pub lists: Vec<TextPlace>,
    positions: HashMap<Arc<str>, usize>,
}

/// What is told of everything.
#[derive(Default)]
pub struct Told {
    kinds: [ToldKind; KINDS.len()],
    /// What contradicts something that was told before.
    pub contradictions: Vec<Contradiction>,
    attachments: Vec<(Arc<str>, AccountPrincipal, TextPlace)>,
}

/// Two places that say different things.
pub struct Contradiction {
    pub kind: Kind,
    pub name: Arc<str>,
    /// The member; `None` if one says that the resource exists, and the other that it does not.
    pub member: Option<usize>,
    pub here: TextPlace,
    pub other: TextPlace,
}

impl Told {
    /// What is told of a kind.
    pub fn kind(&self, kind: Kind) -> &ToldKind {
        &self.kinds[kind as usize]
    }

    /// Says whether a resource exists. If it was told before, the later one counts.
    pub fn exists(&mut self, kind: Kind, name: &str, exists: bool, place: TextPlace) -> &mut ToldResource {
        let told = &mut self.kinds[kind as usize];
        let at = match told.positions.get(name) {
            Some(at) => *at,
            None => {
                let name: Arc<str> = name.into();
                told.positions.insert(name.clone(), told.resources.len());
                let facts = std::array::from_fn(|_| None);
                told.resources.push(ToldResource { name, exists, place, facts, listed: (0, 0) });
                told.resources.len() - 1
            }
        };
        let resource = &mut told.resources[at];
        if resource.exists != exists {
            self.contradictions.push(Contradiction {
                kind,
                name: resource.name.clone(),
                member: None,
                here: place,
                other: resource.place,
            });
            (resource.exists, resource.place) = (exists, place);
        }
        resource
    }

    /// Says what a member of an existing resource is. The later one counts.
    pub fn fact(&mut self, kind: Kind, name: &str, member: usize, fact: Fact, place: TextPlace) {
        let resource = self.exists(kind, name, true, place);
        let Some(known) = resource.facts.get_mut(member) else { return };
        let name = resource.name.clone();
        let other = known.replace((fact, place));
        let Some((before, other)) = other else { return };
        if let Some((now, _)) = known
            && !agree(&before, now)
        {
            self.contradictions.push(Contradiction { kind, name, member: Some(member), here: place, other });
        }
    }

    /// Says that a principal is attached to a thing, which may have others.
    pub fn attached(&mut self, thing: &str, principal: AccountPrincipal, place: TextPlace) {
        let thing = self.exists(Kind::Things, thing, true, place).name.clone();
        self.attachments.push((thing, principal, place));
    }

    /// Adds the principals that were told one by one to those that were told as lists.
    fn add_attachments(&mut self) {
        let Some(member) = Kind::Things.member("principals") else { return };
        let mut attachments: HashMap<Arc<str>, Vec<(AccountPrincipal, TextPlace)>> = HashMap::new();
        for (thing, principal, place) in std::mem::take(&mut self.attachments) {
            attachments.entry(thing).or_default().push((principal, place));
        }
        for resource in &mut self.kinds[Kind::Things as usize].resources {
            let Some(added) = attachments.remove(&resource.name) else { continue };
            let Some(fact) = resource.facts.get_mut(member) else { continue };
            let list = fact.as_ref().map(|(_, place)| *place);
            let Some(first) = added.first().map(|(_, place)| *place) else { continue };
            let (Fact::Principals(known), _) = fact.get_or_insert((Fact::Principals(Vec::new()), first)) else {
                continue;
            };
            let arns = known.iter().enumerate().map(|(at, principal)| (principal.principal.clone(), at));
            let mut positions: HashMap<Arc<str>, usize> = arns.collect();
            for (principal, here) in added {
                if let Some(known) = positions.get(&principal.principal).and_then(|at| known.get_mut(*at)) {
                    known.is_exclusive = principal.is_exclusive.or(known.is_exclusive);
                    continue;
                }
                if let Some(other) = list {
                    let (kind, name) = (Kind::Things, resource.name.clone());
                    self.contradictions.push(Contradiction { kind, name, member: Some(member), here, other });
                }
                positions.insert(principal.principal.clone(), known.len());
                known.push(principal);
            }
        }
    }

    /// Starts a complete list of a kind; returns its number.
    pub fn list(&mut self, kind: Kind, place: TextPlace) -> usize {
        let lists = &mut self.kinds[kind as usize].lists;
        lists.push(place);
        lists.len()
    }

    /// Says that an existing resource is in a complete list.
    pub fn in_list(&mut self, kind: Kind, name: &str, list: usize, place: TextPlace) {
        let (count, last) = &mut self.exists(kind, name, true, place).listed;
        if *last != list {
            (*count, *last) = (*count + 1, list);
        }
    }

    /// Ends the telling: what exists must be in every complete list, and what is named must not be absent from one.
    pub fn finish(&mut self) {
        self.add_attachments();
        let mut found = Vec::new();
        for (told, table) in self.kinds.iter().zip(&KINDS) {
            for resource in told.resources.iter().filter(|resource| resource.exists) {
                if resource.listed.0 < told.lists.len()
                    && let Some(list) = told.lists.first()
                {
                    found.push(Contradiction {
                        kind: table.kind,
                        name: resource.name.clone(),
                        member: None,
                        here: resource.place,
                        other: *list,
                    });
                }
                for (at, member) in table.members.iter().enumerate() {
                    let (Some(kind), Some(Some((fact, place)))) = (member.refers, resource.facts.get(at)) else {
                        continue;
                    };
                    let named = match fact {
                        Fact::Text(name) => std::slice::from_ref(name),
                        Fact::Names(names) => names,
                        _ => &[],
                    };
                    for name in named {
                        if let Some(other) = self.kinds[kind as usize].absent(name) {
                            let name = name.clone();
                            found.push(Contradiction { kind, name, member: None, here: *place, other });
                        }
                    }
                }
            }
        }
        self.contradictions.append(&mut found);
    }
}

impl ToldKind {
    /// Where it is told that a resource does not exist.
    fn absent(&self, name: &str) -> Option<TextPlace> {
        match self.positions.get(name).and_then(|at| self.resources.get(*at)) {
            Some(resource) if resource.exists => None,
            Some(resource) => Some(resource.place),
            None => self.lists.first().copied(),
        }
    }
}

/// Whether two texts say the same. The order of names and attributes does not matter, and an ARN may come without its type.
fn agree(before: &Fact, now: &Fact) -> bool {
    match (before, now) {
        (Fact::Names(before), Fact::Names(now)) => sorted(before.clone()) == sorted(now.clone()),
        (Fact::Texts(before), Fact::Texts(now)) => sorted(before.clone()) == sorted(now.clone()),
        (Fact::Principals(before), Fact::Principals(now)) => {
            let arns =
                |list: &[AccountPrincipal]| sorted(list.iter().map(|principal| principal.principal.clone()).collect());
            arns(before) == arns(now)
        }
        _ => before == now,
    }
}
