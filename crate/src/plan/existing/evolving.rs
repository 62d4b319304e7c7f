//! An account that changes from device to device, with what is looked up in it for each of them.

use crate::access::{CompiledPolicy, read_policy};
use crate::account::{Account, AccountThing, Knowledge};
use crate::flow::TemplateOptions;
use crate::plan::types::DryRunOptions;
use std::collections::HashMap;
use std::sync::Arc;

/// An account over which several plans run, one after another.
#[derive(Debug, Default)]
pub struct EvolvingAccount {
    /// What is known of it now.
    pub(super) account: Account,
    /// The names of the policies that are named by a hash, by their documents.
    pub(super) hashed: HashMap<Arc<str>, Arc<str>>,
    /// The things that a certificate is attached to, and whether exclusively, by its ID.
    things_of: HashMap<Arc<str>, Vec<(Arc<str>, bool)>>,
    /// Whether nobody told the principals of a thing, which may be any certificate.
    has_unknown_principals: bool,
    /// The documents that were read, by the names of their policies.
    compiled: HashMap<Arc<str>, Arc<CompiledPolicy>>,
}

/// The name that stands for a hash of a document. A further policy has a number before the bracket.
const HASH_START: &str = "<hash of the document";

impl EvolvingAccount {
    /// Starts with this account.
    #[cold]
    pub fn new(account: Account) -> Self {
        let mut state = Self { account, ..Self::default() };
        for (name, policy) in state.account.policies.iter() {
            if let Some(document) = policy.and_then(|policy| policy.document.as_ref()).filter(|_| is_hash(name)) {
                state.hashed.entry(document.clone()).or_insert_with(|| name.clone());
            }
        }
        for (name, thing) in state.account.things.iter() {
            state.has_unknown_principals |= thing.is_some_and(|thing| thing.principals.is_none());
            for attached in thing.and_then(|thing| thing.principals.as_ref()).into_iter().flatten() {
                let id = certificate_of(&attached.principal).into();
                let exclusive = attached.is_exclusive == Some(true);
                state.things_of.entry(id).or_default().push((name.clone(), exclusive));
            }
        }
        state
    }

    /// Starts with the account that the options give.
    pub fn of(options: &DryRunOptions) -> Option<Self> {
        options.account.as_ref().map(|account| Self::new(Account::clone(account)))
    }

    /// What is known of the account now.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The account at the end.
    pub fn into_account(self) -> Account {
        self.account
    }

    /// The things that a certificate is attached to, as far as somebody told.
    pub(super) fn things_of(&self, id: &str) -> &[(Arc<str>, bool)] {
        self.things_of.get(id).map_or(&[], Vec::as_slice)
    }

    /// Whether a certificate that no thing is known to have is attached to none.
    pub(super) fn tells_attachments(&self) -> bool {
        self.account.things.is_complete && !self.has_unknown_principals
    }

    /// Notes that it is no longer known what is attached to a thing.
    pub(super) fn lose_attachments(&mut self) {
        self.has_unknown_principals = true;
    }

    /// Notes that a certificate is attached to a thing.
    pub(super) fn attach(&mut self, id: &str, thing: &Arc<str>, exclusive: bool) {
        let things = self.things_of.entry(id.into()).or_default();
        if !things.iter().any(|(known, _)| known == thing) {
            things.push((thing.clone(), exclusive));
        }
    }

    /// A name for a policy that is made from a document, which no other policy has.
    pub(super) fn free_hash_name(&self) -> Arc<str> {
        let mut count = self.hashed.len() + 1;
        loop {
            let name: Arc<str> = match count {
                1 => [HASH_START, ">"].concat().into(),
                _ => format!("{HASH_START} {count}>").into(),
            };
            if !matches!(self.account.policies.get(&name), Knowledge::Exists(_)) {
                return name;
            }
            count += 1;
        }
    }

    /// The policy with this name, if its document is known.
    pub(super) fn policy(&mut self, name: &Arc<str>, options: &TemplateOptions) -> Option<Arc<CompiledPolicy>> {
        if let Some(known) = self.compiled.get(name) {
            return Some(known.clone());
        }
        let Knowledge::Exists(policy) = self.account.policies.get(name) else { return None };
        let read = Arc::new(read_policy(name.clone(), policy.document.as_ref()?.as_bytes(), options).policy);
        self.compiled.insert(name.clone(), read.clone());
        Some(read)
    }

    /// The thing with this name, if it exists.
    pub(super) fn thing(&self, name: &str) -> Option<&AccountThing> {
        match self.account.things.get(name) {
            Knowledge::Exists(thing) => Some(thing),
            Knowledge::Absent | Knowledge::Unknown => None,
        }
    }
}

/// The certificate ID at the end of a principal's ARN.
fn certificate_of(principal: &str) -> &str {
    principal.rsplit_once("cert/").map_or(principal, |(_, id)| id)
}

/// Whether AWS named a policy by a hash of its document.
fn is_hash(name: &str) -> bool {
    let is_hex = matches!(name.len(), 40 | 64) && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex || name.starts_with(HASH_START)
}
