//! What a policy document says, as far as the template and the plan ask.

use super::actions::Actions;
use super::location::Mention;
use crate::diagnostic::Edits;
use crate::source::SourceRange;

/// The facts of a policy document that the template and the plan use.
#[derive(Clone, Debug, Default)]
pub struct PolicyFacts {
    /// The actions that it allows on anything.
    pub allowed: Actions,
    /// The actions of the first statement that allows something.
    pub first_action: Option<SourceRange>,
    /// Where it lets the device connect by its thing's name, if that is the only way.
    pub connects_as_thing: Option<SourceRange>,
    /// Whether it lets the device connect in another way.
    pub connects_otherwise: bool,
    /// The client IDs that it lets connect, as patterns without variables.
    pub client_ids: Vec<ClientIdPattern>,
    /// Whether it lets other client IDs connect: those in a variable, or unknown ones.
    pub connects_by_variable: bool,
    /// The first use of the thing in the Resource of a statement that allows.
    pub thing_variable: Option<SourceRange>,
    /// The variables of the certificate's names, each once.
    pub certificate_variables: Vec<(String, SourceRange)>,
    /// The locations of its resources.
    pub mentions: Vec<Mention>,
    /// Whether it allows something whatever the part of the ARN is, by the order of [`ArnPart`](super::location::ArnPart).
    pub open_parts: [bool; 4],
    /// The facts about the thing that it uses, besides the name, each with all its places.
    pub thing_values: Vec<ThingValueUse>,
    /// Whether a thing's variable has been found on an HTTPS request, which is reported once.
    pub has_https_variable: bool,
    /// The actions that are allowed and need another one.
    pub dependents: Vec<DependentAction>,
}

/// Where a policy uses a fact about the thing.
#[derive(Clone, Debug)]
pub struct ThingValueUse {
    /// The fact.
    pub value: ThingValue,
    /// Every place.
    pub places: Vec<SourceRange>,
    /// Whether only statements that deny have it, which then deny nothing.
    pub only_denies: bool,
}

/// A fact about the thing that a policy uses, besides its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThingValue {
    /// The name of its type.
    Type,
    /// An attribute, by its name.
    Attribute(String),
}

/// An action that is of no use without another one.
#[derive(Clone, Debug)]
pub struct DependentAction {
    /// Where it is allowed.
    pub place: SourceRange,
    /// The other one.
    pub needs: Actions,
    /// The fixes between which a person must choose, each with its title.
    pub choices: Vec<(&'static str, Edits)>,
}

/// A client ID that a policy lets connect.
#[derive(Clone, Debug)]
pub struct ClientIdPattern {
    /// The ID, perhaps with wildcards.
    pub id: String,
    /// Where it is written.
    pub place: SourceRange,
    /// Where the resource is written that it is the end of.
    pub resource: SourceRange,
    /// Whether the resource is in a list.
    pub is_in_list: bool,
}
