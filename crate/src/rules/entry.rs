//! What people read of a rule.

use super::rule::Rule;

/// What people read of a rule.
#[derive(Debug)]
pub struct CatalogueEntry {
    /// The rule.
    pub rule: &'static Rule,
    /// Name in kebab case.
    pub name: &'static str,
    /// The problem in one sentence.
    pub summary: &'static str,
    /// What is wrong, where the limit is, what to do.
    pub explanation: &'static str,
    /// The part of a text that the examples are.
    pub scope: ExampleScope,
    /// A text that breaks the rule.
    pub wrong: &'static str,
    /// The same text, fixed.
    pub right: &'static str,
    /// Where it is documented, or where it was observed.
    pub source: &'static str,
}

/// The part of a text that an example is. What the example leaves out is correct. `⟨…⟩` replaces something longer, see
/// [`ExampleScope::about`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExampleScope {
    /// It is a whole text.
    Text,
    /// Members of a template body.
    Body,
    /// Members of a template's `Parameters`.
    Parameters,
    /// All of a template's `Resources`.
    Resources,
    /// Members of the thing resource.
    Thing,
    /// Members of the certificate resource.
    Certificate,
    /// Members of the policy resource.
    Policy,
    /// A policy document, which is in the template as an escaped string.
    Document,
    /// The subject of the device's certificate, as people write it.
    Subject,
    /// The text that is given as a subject, without a certificate.
    GivenSubject,
    /// The input for the device's certificate.
    Pem,
    /// The device's certificate and those of CAs, the last of them the one to be registered.
    Chain,
    /// A CA's certificate and its verification certificate.
    Registration,
    /// A text about the account.
    Account,
    /// The account that is given for one device.
    Existing,
}

impl ExampleScope {
    /// Every scope.
    pub const ALL: [ExampleScope; 15] = [
        ExampleScope::Text,
        ExampleScope::Body,
        ExampleScope::Parameters,
        ExampleScope::Resources,
        ExampleScope::Thing,
        ExampleScope::Certificate,
        ExampleScope::Policy,
        ExampleScope::Document,
        ExampleScope::Subject,
        ExampleScope::GivenSubject,
        ExampleScope::Pem,
        ExampleScope::Chain,
        ExampleScope::Registration,
        ExampleScope::Account,
        ExampleScope::Existing,
    ];

    /// The scope in kebab case.
    pub fn name(self) -> &'static str {
        match self {
            ExampleScope::Text => "text",
            ExampleScope::Body => "body",
            ExampleScope::Parameters => "parameters",
            ExampleScope::Resources => "resources",
            ExampleScope::Thing => "thing",
            ExampleScope::Certificate => "certificate",
            ExampleScope::Policy => "policy",
            ExampleScope::Document => "document",
            ExampleScope::Subject => "subject",
            ExampleScope::GivenSubject => "given-subject",
            ExampleScope::Pem => "pem",
            ExampleScope::Chain => "chain",
            ExampleScope::Registration => "registration",
            ExampleScope::Account => "account",
            ExampleScope::Existing => "existing",
        }
    }

    /// An example with this scope, in words.
    pub fn about(self) -> &'static str {
        match self {
            ExampleScope::Text => "the whole text",
            ExampleScope::Body => "members of the template body",
            ExampleScope::Parameters => "in `Parameters`",
            ExampleScope::Resources => "`Resources`",
            ExampleScope::Thing => "in the thing resource",
            ExampleScope::Certificate => "in the certificate resource",
            ExampleScope::Policy => "in a policy resource",
            ExampleScope::Document => "the policy document, before it is escaped",
            ExampleScope::Subject => {
                "the subject of the device's certificate, for a template that declares Country, OrganizationalUnit and CommonName"
            }
            ExampleScope::Account => "a text about the account",
            ExampleScope::GivenSubject => "the text given as the subject, without a certificate",
            ExampleScope::Pem => "the text given as the certificate",
            ExampleScope::Chain => "the device's certificate and those of CAs",
            ExampleScope::Existing => {
                "the account, for the thing `sensor-0001` with the type `sensor` (no override), the group `hall-2` (MERGE), the attribute `site` = `hall-2` (FAIL), and the named policy `common`"
            }
            ExampleScope::Registration => {
                "a CA and its verification certificate, for the registration code `3a7c1f0e5b9d2468ace013579bdf02468ace13579bdf02468ace13579bdf0246`"
            }
        }
    }
}
