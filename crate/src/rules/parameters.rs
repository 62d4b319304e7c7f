//! Parameters, references, functions, and the sections of other flows.

use super::sources::{FLEET, FUNCTIONS, JITP, TEMPLATES};

rules! {
    UNKNOWN_PARAMETER: "JITP030" "unknown-parameter" Error Connect Documented JITP,
        "JITP fills eight parameters from the certificate; any other one needs a Default.",
        "",
        Text "" => "";
    PARAMETER_TYPE: "JITP031" "parameter-type" Error Attach Assumed TEMPLATES,
        "A parameter is declared with Type String.",
        "",
        Text "" => "";
    UNUSED_PARAMETER: "JITP032" "unused-parameter" Hint Connect Documented JITP,
        "A declared parameter that nothing uses still fails the devices whose certificates lack it.",
        "",
        Text "" => "";
    UNDECLARED_PREDEFINED: "JITP033" "undeclared-predefined" Warning Connect Observed TEMPLATES,
        "A Ref to one of the eight parameters that is not declared is accepted in fleet templates; declare it.",
        "",
        Text "" => "";
    UNDECLARED_REF: "JITP034" "undeclared-ref" Error Connect Assumed TEMPLATES,
        "A Ref names a parameter that is not declared.",
        "",
        Text "" => "";
    REF_TO_RESOURCE: "JITP035" "ref-to-resource" Warning Connect Assumed TEMPLATES,
        "A Ref to a resource's logical name is mentioned but not specified by AWS.",
        "",
        Text "" => "";
    BAD_EXPRESSION: "JITP036" "bad-expression" Error Attach Assumed TEMPLATES,
        "An object in place of a value is a Ref or one function, spelt exactly.",
        "",
        Text "" => "";
    FUNCTION_SHAPE: "JITP037" "function-shape" Error Attach Documented FUNCTIONS,
        "A function takes the arguments that CloudFormation documents for it.",
        "",
        Text "" => "";
    FUNCTION_FLEET_ONLY: "JITP038" "function-fleet-only" Warning Attach Documented FLEET,
        "Functions other than Ref are documented for fleet provisioning templates only.",
        "",
        Text "" => "";
    SECTION_FLEET_ONLY: "JITP039" "section-fleet-only" Warning Attach Documented FLEET,
        "The section is documented for fleet provisioning templates only.",
        "",
        Text "" => "";
    EVALUATION: "JITP040" "evaluation" Error Connect Documented FLEET,
        "A function cannot be evaluated with these values.",
        "",
        Text "" => "";
    OTHER_FLOW: "JITP041" "other-flow" Error Connect Documented TEMPLATES,
        "The template is written for another provisioning flow than the one that it is judged for.",
        "",
        Text "" => "";
    PREDEFINED_IN_OTHER_FLOW: "JITP042" "predefined-in-other-flow" Warning Connect Assumed FLEET,
        "In fleet provisioning AWS is known to fill AWS::IoT::Certificate::Id only; the caller has to give the others.",
        "",
        Text "" => "";
    DEVICE_CONFIGURATION: "JITP043" "device-configuration" Error Attach Documented FLEET,
        "DeviceConfiguration holds names and values; it does not take nested objects.",
        "",
        Text "" => "";
    MAPPINGS: "JITP044" "mappings" Error Attach Documented FLEET,
        "Mappings is a map of maps of texts, without parameters or functions.",
        "",
        Text "" => "";
}
