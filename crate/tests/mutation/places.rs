//! Mutations that move a key to a wrong place, unchanged or in another case: one slip, so one finding.

use crate::case::{Case, Path};
use crate::shape::upper;
use crate::table::{Mutation, alone};
use crate::tree::{Member, Node, Value};

const CODES: &str = "JITP004 JITP006 JITP031 JITP050 JITP051 JITP056 JITP057 JITP062 JITP067";

/// Moves the member at a path to the place `to`: the path of an object, and the index in it.
fn shift(case: &mut Case, path: &[usize], (mut to, index): (Path, usize), key: fn(&str) -> String) -> bool {
    let Some((last, above)) = path.split_last() else { return false };
    // The members after it move up by one.
    if to.starts_with(above) && to.get(above.len()).is_some_and(|step| step > last) {
        to[above.len()] -= 1;
    }
    let name = case.at(above).members().get(*last).map(|member| key(&member.key)).unwrap_or_default();
    // Two of one name are another slip.
    if case.at(&to).get(&name).is_some() {
        return false;
    }
    let Value::Object(members) = &mut case.at_mut(above).value else { return false };
    let mut member = members.remove(*last);
    (member.key, member.marked) = (key(&member.key), true);
    let Value::Object(members) = &mut case.at_mut(&to).value else { return false };
    members.insert(index.min(members.len()), member);
    true
}

fn same(key: &str) -> String {
    key.to_owned()
}

/// Whether each type has one resource at most. With two it is unknown which was meant.
fn is_plain(case: &Case) -> bool {
    ["@Thing", "@Certificate", "@Policy"].iter().all(|kind| case.find(&format!("Resources/{kind}")).len() < 2)
}

/// Moves the member of this site at a pattern `levels` up, after the object that it was in.
fn up(name: &str, pattern: &'static str, levels: usize, key: fn(&str) -> String) -> Mutation {
    alone(name, CODES, move |case: &mut Case| {
        let Some(path) = case.nth(pattern).filter(|_| is_plain(case)) else { return false };
        let (above, behind) = (path[..path.len() - 1 - levels].to_vec(), path[path.len() - 1 - levels] + 1);
        shift(case, &path, (above, behind), key)
    })
}

/// Moves the member of this site at a pattern into the object at another one, which comes later in the text or keeps its path.
fn into(name: &str, pattern: &'static str, target: &'static str, key: fn(&str) -> String) -> Mutation {
    alone(name, CODES, move |case: &mut Case| {
        let Some(path) = case.nth(pattern).filter(|_| is_plain(case)) else { return false };
        let Some(to) = case.find(target).into_iter().next() else { return false };
        let last = case.at(&to).members().len();
        shift(case, &path, (to, last), key)
    })
}

/// Moves the property of this site into the overrides of its resource.
fn into_overrides(name: &str, key: fn(&str) -> String) -> Mutation {
    alone(name, CODES, move |case: &mut Case| {
        let found = case
            .find("Resources/@Thing/Properties/*")
            .into_iter()
            .chain(case.find("Resources/@Certificate/Properties/*"));
        // A list or an object instead of an override is a value of a wrong type.
        let is_text = |path: &Path| {
            let key = path.split_last().map(|(last, above)| case.at(above).members()[*last].key.as_str());
            !matches!(key, Some("AttributePayload" | "ThingGroups" | "PackageVersions"))
        };
        let Some(path) = found.filter(is_text).filter(|_| is_plain(case)).nth(case.site) else { return false };
        let resource = path[..path.len() - 2].to_vec();
        let Value::Object(members) = &mut case.at_mut(&resource).value else { return false };
        // A setting that already exists is another slip.
        members.retain(|member| member.key != "OverrideSettings");
        members.push(Member { key: "OverrideSettings".to_owned(), value: Node::parse("{}"), marked: false });
        let overrides = [&resource[..], &[case.at(&resource).members().len() - 1]].concat();
        // Properties may have moved by one.
        let Some(at) = case.at(&resource).members().iter().position(|member| member.key == "Properties") else {
            return false;
        };
        let path = [&resource[..], &[at], &path[path.len() - 1..]].concat();
        shift(case, &path, (overrides, 0), key)
    })
}

pub fn all() -> Vec<Mutation> {
    vec![
        up("a property beside Properties", "Resources/*/Properties/*", 1, same),
        up("a property in upper case beside Properties", "Resources/*/Properties/*", 1, upper),
        up("a property among the resources", "Resources/*/Properties/*", 2, same),
        up("a property in upper case among the resources", "Resources/*/Properties/*", 2, upper),
        up("a property in the body", "Resources/*/Properties/*", 3, same),
        into(
            "a thing's property in the certificate",
            "Resources/@Thing/Properties/*",
            "Resources/@Certificate/Properties",
            same,
        ),
        into(
            "a certificate's property in the thing",
            "Resources/@Certificate/Properties/*",
            "Resources/@Thing/Properties",
            same,
        ),
        into("a policy's property in the thing", "Resources/@Policy/Properties/*", "Resources/@Thing/Properties", same),
        into(
            "a policy's property in the certificate, in upper case",
            "Resources/@Policy/Properties/*",
            "Resources/@Certificate/Properties",
            upper,
        ),
        into_overrides("a property in OverrideSettings", same),
        up("the overrides among the resources", "Resources/*/OverrideSettings", 1, same),
        into(
            "the thing's overrides in its Properties",
            "Resources/@Thing/OverrideSettings",
            "Resources/@Thing/Properties",
            same,
        ),
        up("a Type among the resources", "Resources/*/Type", 1, same),
        up("Properties among the resources", "Resources/*/Properties", 1, same),
        into("the thing's Type in its Properties", "Resources/@Thing/Type", "Resources/@Thing/Properties", same),
        into("Parameters in Resources", "Parameters", "Resources", same),
        up("a parameter's key among the parameters", "Parameters/*/*", 1, same),
        up("a declaration in the body", "Parameters/*", 1, same),
        into("a declaration in Resources", "Parameters/*", "Resources", same),
    ]
}
