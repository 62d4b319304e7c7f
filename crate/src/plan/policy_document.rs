//! The policies that a template writes out, for one device: the values of the certificate's names in their variables,
//! and their location.

use super::evaluate::Desired;
use super::findings::PlanFindings;
use super::types::DryRunOptions;
use crate::certificate::known::{KnownCertificate, has_unknown};
use crate::check::quoted;
use crate::diagnostic::Finding;
use crate::input::account::AccountAndRegion;
use crate::limits;
use crate::policy::variables::THING_NAME;
use crate::policy::{CertificateVariable, Location, PolicyFacts, matches_exactly, of_certificate};
use crate::rules;
use crate::source::{SourceMap, SourceRange};
use crate::template::Template;

/// Checks the policies whose documents are known. The variables of a certificate that is not there yet are not.
pub fn check(
    template: &Template,
    (certificate, desired): (Option<KnownCertificate<'_>>, &Desired),
    options: &DryRunOptions,
    findings: &mut PlanFindings,
) {
    let facts: Vec<Option<&PolicyFacts>> = desired.documents.facts(template).collect();
    for facts in facts.iter().flatten() {
        for (name, place) in &facts.certificate_variables {
            if let Some(variable) = of_certificate(name)
                && let Some(certificate) = certificate
                && let Some(problem) = problem(certificate, variable)
            {
                let message = format!("${{{name}}} is not substituted for this device: {problem}.");
                let finding = Finding::new(&rules::POLICY_VARIABLE_VALUE, *place, message);
                findings.report(finding.help("The policy then holds the variable itself, which matches nothing."));
            }
        }
        check_location(template, facts, options, findings);
    }
    let is_whole = certificate.is_some_and(|certificate| certificate.whole().is_some());
    let thing = desired.thing_name.as_deref().filter(|name| is_whole || !has_unknown(name));
    let sources = findings.sources.as_ref().unwrap_or(&template.context.sources);
    if let Some(finding) = client_ids(sources, facts, thing) {
        findings.report(finding);
    }
}

/// Compares the client IDs that the policies let connect with the thing's name, which most devices use. Nothing is known of
/// policies that are only named.
fn client_ids(sources: &SourceMap, facts: Vec<Option<&PolicyFacts>>, thing: Option<&str>) -> Option<Finding> {
    let facts: Option<Vec<&PolicyFacts>> = facts.into_iter().collect();
    let (facts, thing) = (facts?, thing?);
    if facts.iter().any(|facts| facts.connects_by_variable) {
        return None;
    }
    let ids: Vec<_> = facts.iter().flat_map(|facts| &facts.client_ids).collect();
    let first = ids.first()?;
    // An empty one has been reported.
    if ids.iter().any(|known| known.id.is_empty() || matches_exactly(&known.id, thing)) {
        return None;
    }
    const SHOWN: usize = 3;
    let shown: Vec<String> = ids.iter().take(SHOWN).map(|known| quoted(&known.id)).collect();
    let more = if ids.len() > SHOWN { " and others" } else { "" };
    let message = format!(
        "The policy allows connecting only as {}{more}; this device's thing is {}.",
        shown.join(", "),
        quoted(thing)
    );
    let finding = Finding::new(&rules::POLICY_CLIENT_IDS, first.place, message).help(
        "A device that connects by its thing's name is refused. Allow client/${iot:Connection.Thing.ThingName}, or see which \
         client ID the device uses.",
    );
    // The last one, so that the edits of several do not touch.
    let last = ids.last().filter(|last| sources.slice(last.resource).starts_with('"'))?;
    let raw = sources.slice(last.resource);
    let (from, to) = (last.place.start - last.resource.start, last.place.end - last.resource.start);
    let by_thing = [&raw[..from as usize], THING_NAME, &raw[to as usize..]].concat();
    let too = if last.is_in_list {
        (SourceRange { start: last.resource.end, ..last.resource }, format!(", {by_thing}"))
    } else {
        (last.resource, format!("[{raw}, {by_thing}]"))
    };
    // If only commas are between them, one resource replaces them all.
    let is_run = ids.windows(2).all(|pair| {
        let gap = SourceRange { start: pair[0].resource.end, end: pair[1].resource.start, ..pair[0].resource };
        pair[0].resource.layer == pair[1].resource.layer
            && gap.start <= gap.end
            && sources.slice(gap).chars().all(|c| c == ',' || c.is_whitespace())
    });
    let instead = if is_run {
        vec![(SourceRange { start: first.resource.start, ..last.resource }, by_thing.clone())]
    } else {
        ids.iter().map(|known| (known.place, THING_NAME.to_owned())).collect()
    };
    Some(
        finding
            .choice(format!("Allow client/{THING_NAME} too"), vec![too])
            .choice(format!("Allow client/{THING_NAME} instead"), instead),
    )
}

/// Checks the role against the options that only the dry run has.
pub fn check_role(template: &Template, options: &DryRunOptions, findings: &mut PlanFindings) {
    let (region, account) = only_in_dry_run(template, options);
    let Some((arn, place)) = template.context.role.as_ref().filter(|_| region.is_some() || account.is_some()) else {
        return;
    };
    findings.findings.extend(AccountAndRegion::new(region, account).role_problem(arn, *place));
}

/// The Region and account that only the dry run has. The template has been checked with its own.
fn only_in_dry_run<'a>(template: &Template, options: &'a DryRunOptions) -> (Option<&'a str>, Option<&'a str>) {
    let checked = &template.context.options;
    let new = |own: &'a Option<String>, before: &Option<String>| {
        own.as_deref().filter(|said| !said.is_empty() && own != before)
    };
    (new(&options.region, &checked.region), new(&options.account_id, &checked.account_id))
}

fn check_location(template: &Template, facts: &PolicyFacts, options: &DryRunOptions, findings: &mut PlanFindings) {
    let (region, account) = only_in_dry_run(template, options);
    let location = Location { region, account, role: None };
    for finding in location.differences(&facts.mentions, facts.open_parts) {
        findings.report(finding);
    }
}

/// Why a variable has no value for a certificate. Nothing is known of an unknown issuer.
fn problem(certificate: KnownCertificate<'_>, variable: CertificateVariable) -> Option<String> {
    let (names, whose) =
        if variable.of_issuer { (certificate.issuer()?, "issuer") } else { (certificate.subject(), "subject") };
    let oid = [0x55, 0x04, variable.arc];
    let found: Vec<String> =
        names.filter(|attribute| attribute.oid == oid).map(|attribute| attribute.value.into_owned()).collect();
    if !found.is_empty() && found.iter().all(String::is_empty) {
        return Some(format!("this attribute of the certificate's {whose} is empty"));
    }
    let values: Vec<String> = found.into_iter().filter(|value| !value.is_empty()).collect();
    value_problem(&values, variable.index, whose)
}

/// The limitations of the page of X.509 policy variables.
#[cold]
fn value_problem(values: &[String], index: usize, whose: &str) -> Option<String> {
    if values.is_empty() {
        return Some(format!("the certificate's {whose} has no such attribute"));
    }
    let Some(value) = values.iter().take(limits::VARIABLE_VALUES).nth(index) else {
        let (count, most) = (values.len(), limits::VARIABLE_VALUES);
        let number = index + 1;
        return Some(format!(
            "it asks for value {number}, and the certificate's {whose} has {count}; the first {most} count"
        ));
    };
    if let Some(wild) = value.chars().find(|character| limits::VARIABLE_WILDCARDS.contains(*character)) {
        return Some(format!("the certificate's value, {}, has the character {wild}", quoted(value)));
    }
    let length = value.chars().count();
    (length > limits::VARIABLE_LENGTH)
        .then(|| format!("the certificate's value has {length} characters; AWS allows {}", limits::VARIABLE_LENGTH))
}

#[cfg(test)]
mod tests {
    use super::value_problem;

    #[test]
    fn values_that_are_not_substituted() {
        let problem = |values: &[&str], index: usize| {
            let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
            value_problem(&values, index, "subject")
        };
        let long = "a".repeat(1_024);
        assert_eq!(problem(&["Plant 4, hall = 2", &long], 0), None);
        assert_eq!(problem(&["Plant 4", &long], 1), None);
        assert_eq!(problem(&["1", "2", "3", "4", "5", "6"], 4), None);
        for (values, index, word) in [
            (&[][..], 0, "no such attribute"),
            (&["one"], 1, "value 2"),
            (&["1", "2", "3", "4", "5", "6"], 5, "the first 5"),
            (&["A+B"], 0, "character +"),
            (&["100 $"], 0, "character $"),
            (&[&format!("{long}a")], 0, "1025 characters"),
        ] {
            let problem = problem(values, index).unwrap_or_default();
            assert!(problem.contains(word), "{values:?} {index}: {problem}");
        }
    }
}
