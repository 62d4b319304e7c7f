//! The catalogue: one row a rule. Codes are stable; a rule that goes leaves its code unused.

use crate::diagnostic::{Basis, Phase, Severity};

/// A rule that findings point to.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable code, `JITP` and three digits.
    pub code: &'static str,
    /// Name in kebab case.
    pub name: &'static str,
    /// How bad a breach is.
    pub severity: Severity,
    /// When a breach bites.
    pub phase: Phase,
    /// What the rule stands on.
    pub basis: Basis,
    /// The rule in one sentence.
    pub summary: &'static str,
    /// Where it is documented, or where it was observed.
    pub url: &'static str,
}

const JITP: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/jit-provisioning.html";
const TEMPLATES: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/provision-template.html";
const FLEET: &str =
    "https://docs.aws.amazon.com/iot/latest/developerguide/provision-template.html#fleet-provision-template";
const CONFIG: &str = "https://docs.aws.amazon.com/iot/latest/apireference/API_RegistrationConfig.html";
const CREATE_TEMPLATE: &str = "https://docs.aws.amazon.com/iot/latest/apireference/API_CreateProvisioningTemplate.html";
const REGISTER_THING: &str = "https://docs.aws.amazon.com/iot/latest/apireference/API_RegisterThing.html";
const CREATE_THING: &str = "https://docs.aws.amazon.com/iot/latest/apireference/API_CreateThing.html";
const CREATE_POLICY: &str = "https://docs.aws.amazon.com/iot/latest/apireference/API_CreatePolicy.html";
const POLICY_ACTIONS: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-policy-actions.html";
const QUOTAS: &str = "https://docs.aws.amazon.com/general/latest/gr/iot-core.html";
const RFC8259: &str = "https://www.rfc-editor.org/rfc/rfc8259";
const X509: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/x509-client-certs.html";
const FUNCTIONS: &str =
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html";

macro_rules! rules {
    ($($constant:ident: $code:literal $name:literal $severity:ident $phase:ident $basis:ident $url:ident, $summary:literal;)+) => {
        $(
            #[doc = $summary]
            pub const $constant: Rule = Rule {
                code: $code,
                name: $name,
                severity: Severity::$severity,
                phase: Phase::$phase,
                basis: Basis::$basis,
                summary: $summary,
                url: $url,
            };
        )+
        /// Every rule, in the order of the codes.
        pub const ALL: &[Rule] = &[$($constant),+];
    };
}

rules! {
    // The text.
    MALFORMED_JSON: "JITP001" "malformed-json" Error Attach Observed RFC8259,
        "The text, a template body or a policy document inside it, is not well-formed JSON.";
    DUPLICATE_KEY: "JITP002" "duplicate-key" Error Attach Assumed RFC8259,
        "An object has the same key twice; which of the two counts depends on the reader.";
    TOO_DEEP: "JITP003" "too-deep" Error Attach Assumed RFC8259,
        "Arrays and objects nest deeper than any template needs, and deeper than jitp reads.";
    UNKNOWN_KEY: "JITP004" "unknown-key" Warning Attach Assumed TEMPLATES,
        "The key is none that AWS documents for this place, so it has no effect.";
    KEY_CASE: "JITP005" "key-case" Error Attach Assumed TEMPLATES,
        "The key is a known one in another spelling; keys are case-sensitive.";
    WRONG_TYPE: "JITP006" "wrong-type" Error Attach Documented TEMPLATES,
        "The value is of another JSON type than this place takes.";
    NOT_A_STRING: "JITP007" "not-a-string" Error Attach Assumed TEMPLATES,
        "Property values are strings; a number or boolean has to be quoted.";

    // What the text is.
    UNRECOGNISED: "JITP010" "unrecognised-input" Error Attach Documented JITP,
        "The text is neither a template body nor a registration config nor an input for CreateProvisioningTemplate.";
    BODY_AS_STRING: "JITP011" "body-as-string" Hint Attach Assumed JITP,
        "The whole text is one JSON string; it is read as the text inside.";
    DOUBLE_ENCODED: "JITP012" "double-encoded-body" Error Attach Observed JITP,
        "The templateBody was turned into a string more than once, so AWS finds a string where the template should be.";
    BODY_IS_OBJECT: "JITP013" "body-is-object" Error Attach Documented CONFIG,
        "templateBody takes the template as an escaped string, not as an object.";
    MISSING_MEMBER: "JITP014" "missing-member" Error Attach Documented CONFIG,
        "A member that this input needs is not there.";
    ROLE_ARN: "JITP015" "role-arn" Error Attach Documented CONFIG,
        "roleArn is the ARN of an IAM role, 20 to 2,048 characters.";
    TEMPLATE_NAME: "JITP016" "template-name" Error Attach Documented CREATE_TEMPLATE,
        "A template's name has 1 to 36 letters, digits, hyphens and underscores.";
    NAME_AND_BODY: "JITP017" "name-and-body" Warning Attach Observed CONFIG,
        "A registration config names a template or carries a body with a role, not both.";
    TEMPLATE_TYPE: "JITP018" "template-type" Warning Attach Documented CREATE_TEMPLATE,
        "A template for JITP is created with type JITP; the default is FLEET_PROVISIONING and cannot be changed later.";
    PRE_PROVISIONING_HOOK: "JITP019" "pre-provisioning-hook" Warning Attach Documented CREATE_TEMPLATE,
        "Pre-provisioning hooks serve templates of type FLEET_PROVISIONING only.";
    BODY_TOO_LONG: "JITP020" "body-too-long" Error Attach Documented CONFIG,
        "A template body has at most 10,240 characters.";
    CLOUDFORMATION: "JITP021" "cloudformation-template" Error Attach Documented TEMPLATES,
        "The text is a CloudFormation template, not a provisioning template.";
    NOTHING_TO_RUN: "JITP022" "nothing-to-run" Error Connect Documented CREATE_TEMPLATE,
        "The text names a template instead of carrying it, so there is no body to dry-run.";

    // Parameters and references.
    UNKNOWN_PARAMETER: "JITP030" "unknown-parameter" Error Connect Documented JITP,
        "JITP fills eight parameters from the certificate; any other one needs a Default.";
    PARAMETER_TYPE: "JITP031" "parameter-type" Error Attach Assumed TEMPLATES,
        "A parameter is declared with Type String.";
    UNUSED_PARAMETER: "JITP032" "unused-parameter" Hint Connect Documented JITP,
        "A declared parameter that nothing uses still fails the devices whose certificates lack it.";
    UNDECLARED_PREDEFINED: "JITP033" "undeclared-predefined" Warning Connect Observed TEMPLATES,
        "A Ref to one of the eight parameters that is not declared is accepted in fleet templates; declare it.";
    UNDECLARED_REF: "JITP034" "undeclared-ref" Error Connect Assumed TEMPLATES,
        "A Ref names a parameter that is not declared.";
    REF_TO_RESOURCE: "JITP035" "ref-to-resource" Warning Connect Assumed TEMPLATES,
        "A Ref to a resource's logical name is mentioned but not specified by AWS.";
    BAD_EXPRESSION: "JITP036" "bad-expression" Error Attach Assumed TEMPLATES,
        "An object in place of a value is a Ref or one function, spelt exactly.";
    FUNCTION_SHAPE: "JITP037" "function-shape" Error Attach Documented FUNCTIONS,
        "A function takes the arguments that CloudFormation documents for it.";
    FUNCTION_FLEET_ONLY: "JITP038" "function-fleet-only" Warning Attach Documented FLEET,
        "Functions other than Ref are documented for fleet provisioning templates only.";
    SECTION_FLEET_ONLY: "JITP039" "section-fleet-only" Warning Attach Documented FLEET,
        "The section is documented for fleet provisioning templates only.";
    EVALUATION: "JITP040" "evaluation" Error Connect Documented FLEET,
        "A function cannot be evaluated with these values.";

    // Resources.
    NO_RESOURCES: "JITP050" "no-resources" Error Attach Documented TEMPLATES,
        "A template declares its resources in a Resources section.";
    RESOURCE_TYPE: "JITP051" "resource-type" Error Attach Documented TEMPLATES,
        "A resource is an AWS::IoT::Thing, an AWS::IoT::Certificate or an AWS::IoT::Policy.";
    CERTIFICATE_COUNT: "JITP052" "certificate-count" Error Attach Assumed TEMPLATES,
        "A template declares exactly one certificate.";
    SEVERAL_THINGS: "JITP053" "several-things" Error Attach Assumed TEMPLATES,
        "A template declares at most one thing.";
    NO_THING: "JITP054" "no-thing" Warning Connect Assumed TEMPLATES,
        "Without a thing resource the device gets a certificate and no entry in the registry.";
    NO_POLICY: "JITP055" "no-policy" Warning Connect Observed TEMPLATES,
        "Without a policy resource nothing in the template lets the device connect.";
    MISSING_THING_NAME: "JITP056" "missing-thing-name" Error Attach Documented TEMPLATES,
        "A thing resource needs a ThingName.";
    MISSING_CERTIFICATE_ID: "JITP057" "missing-certificate-id" Error Attach Documented TEMPLATES,
        "A JITP template names its certificate by CertificateId.";
    LITERAL_CERTIFICATE_ID: "JITP058" "literal-certificate-id" Error Connect Assumed TEMPLATES,
        "A CertificateId other than AWS::IoT::Certificate::Id is not the connecting device's own.";
    OTHER_FLOW_CERTIFICATE: "JITP059" "other-flow-certificate" Error Attach Documented TEMPLATES,
        "CertificateSigningRequest, CertificatePem and CACertificatePem belong to other provisioning flows.";
    STATUS: "JITP060" "status" Error Attach Documented TEMPLATES,
        "A certificate's Status is ACTIVE or INACTIVE.";
    STATUS_CASE: "JITP061" "status-case" Hint Attach Observed FLEET,
        "AWS takes Active and Inactive too; ACTIVE and INACTIVE are documented.";
    POLICY_NEITHER: "JITP062" "policy-neither" Error Attach Observed TEMPLATES,
        "A policy resource has a PolicyName or a PolicyDocument.";
    POLICY_BOTH: "JITP063" "policy-both" Error Attach Documented TEMPLATES,
        "A policy resource has a PolicyName or a PolicyDocument, not both.";
    POLICY_IS_OBJECT: "JITP064" "policy-is-object" Warning Attach Documented TEMPLATES,
        "PolicyDocument takes an escaped string; an object is documented for fleet templates only.";
    POLICY_NOT_JSON: "JITP065" "policy-not-json" Error Connect Documented CREATE_POLICY,
        "A PolicyDocument is a policy in JSON.";
    OVERRIDE_KEY: "JITP066" "override-key" Hint Attach Observed TEMPLATES,
        "OverrideSettings are keyed by property names in every AWS example.";
    OVERRIDE_VALUE: "JITP067" "override-value" Error Attach Documented TEMPLATES,
        "The override is none that this property takes.";
    OVERRIDE_ON_POLICY: "JITP068" "override-on-policy" Warning Attach Documented TEMPLATES,
        "OverrideSettings are not available for policy resources.";
    POLICY_DUPLICATE_KEY: "JITP069" "policy-duplicate-key" Warning Connect Assumed CREATE_POLICY,
        "An object in a policy document has the same key twice; which of the two counts depends on the reader.";
    STATUS_INACTIVE: "JITP070" "status-inactive" Warning Connect Documented TEMPLATES,
        "A device whose certificate ends INACTIVE cannot connect before someone activates it.";

    // Limits.
    RESOURCE_NAME: "JITP080" "resource-name" Error Connect Documented CREATE_THING,
        "Names of things, types and groups have 1 to 128 characters of [a-zA-Z0-9:_-].";
    ATTRIBUTE: "JITP081" "attribute" Error Connect Documented CREATE_THING,
        "Attribute names and values take a narrow set of characters, no blanks among them.";
    TOO_MANY_ATTRIBUTES: "JITP082" "too-many-attributes" Error Connect Documented QUOTAS,
        "A thing has at most 3 attributes without a thing type, 50 with one.";
    TOO_MANY_GROUPS: "JITP083" "too-many-groups" Error Connect Documented QUOTAS,
        "A thing belongs to at most 10 groups.";
    POLICY_NAME: "JITP084" "policy-name" Error Connect Documented CREATE_POLICY,
        r"A policy's name has 1 to 128 characters of [\w+=,.@-].";
    POLICY_TOO_LONG: "JITP085" "policy-too-long" Error Connect Documented QUOTAS,
        "A policy document has at most 2,048 characters, white space not counted.";
    TOO_MANY_POLICIES: "JITP086" "too-many-policies" Error Connect Documented QUOTAS,
        "At most 10 policies are attached to a certificate.";
    VALUE_TOO_LONG: "JITP087" "value-too-long" Error Connect Documented REGISTER_THING,
        "A value passed to RegisterThing has at most 4,096 characters.";

    // Policies.
    POLICY_NO_CONNECT: "JITP090" "policy-no-connect" Warning Connect Documented POLICY_ACTIONS,
        "Nothing in the template allows iot:Connect, so the device is provisioned and then cannot connect.";

    // This certificate.
    PARAMETER_MISSING: "JITP100" "parameter-missing" Error Connect Documented JITP,
        "The certificate must have a value for every declared parameter that has no Default.";
    SEVERAL_VALUES: "JITP101" "several-values" Warning Connect Assumed JITP,
        "Of several values of one subject attribute the first is taken.";
    SERIAL_READING: "JITP102" "serial-reading" Hint Connect Observed JITP,
        "SerialNumber is documented as the subject's attribute and observed as the certificate's own serial number.";
    THING_NAME_IS_ID: "JITP103" "thing-name-is-id" Hint Connect Observed JITP,
        "The thing is named by the 64 hexadecimal digits of the certificate ID.";

    // Certificates.
    NO_CERTIFICATE: "JITP120" "no-certificate" Error Connect Documented X509,
        "The device presents an X.509 certificate that can be read.";
    SEVERAL_CERTIFICATES: "JITP121" "several-certificates" Hint Connect Assumed X509,
        "Of several certificates the first is dry-run.";
    NOT_VALID_NOW: "JITP122" "not-valid-now" Error Connect Documented X509,
        "A certificate is registered only within its validity.";
}

/// The rule with this code.
pub fn by_code(code: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_unique_and_ordered() {
        assert!(ALL.windows(2).all(|pair| pair[0].code < pair[1].code));
        let mut names: Vec<_> = ALL.iter().map(|rule| rule.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
    }
}
