/** A template: its options, what is found in it, and its written form. */
import type { Diagnostic, Span } from "./diagnostic.js";
import type { Flow } from "./flow.js";

/** Options of the checks. */
export interface TemplateOptions {
  /** The flow to check for; without it `"jitp"`. */
  flow?: Flow;
  /** The AWS Region that the devices connect to, for example `eu-west-1`: policies that name another one get a finding. */
  region?: string;
  /** The AWS account, twelve digits; without it the account of the role ARN is used. */
  accountId?: string;
}

/** The kind of a text. jitp recognises it from the text. */
export type InputKind =
  | "template-body"
  | "registration-config"
  | "template-name"
  | "create-template-input"
  /** The input of `CreateProvisioningTemplateVersion`. */
  | "create-version-input"
  /** The input of `UpdateProvisioningTemplate`, which carries no template. */
  | "update-template-input"
  /** The input of `RegisterThing` or `StartThingRegistrationTask`. */
  | "register-thing-input"
  /** The output of `DescribeProvisioningTemplate`, of its version, or of `DescribeCACertificate`. */
  | "describe-output"
  /** The properties of CloudFormation's `AWS::IoT::ProvisioningTemplate` or `AWS::IoT::CACertificate`. */
  | "cloudformation-properties"
  | "unknown";

/** A resource that a template declares. */
export interface ResourceSummary {
  /** The name in the template, which AWS does not keep. */
  logicalName: string;
  /** The declared type, for example `AWS::IoT::Thing`; absent if the resource has none. */
  type?: string;
  /** The place of the logical name. */
  span: Span;
}

/** The provisioning role, and its requirements, which the text cannot prove. */
export interface Role {
  /** The ARN as written. */
  arn: string;
  /** The managed policy that the role needs. */
  managedPolicyArn: string;
  /** The trust policy that the role needs, as a JSON text ready to copy. */
  trustPolicy: string;
  /** Sentences to show with the role: what must hold in the account. */
  requirements: string[];
}

/** All that can be said of a template before any device connects. */
export interface ValidationReport {
  /** Whether no finding is an error. */
  ok: boolean;
  /** What the text is. */
  kind: InputKind;
  /** The flow that it was checked for. */
  flow: Flow;
  /** The flow that it is written for, if that is certainly another one than the `jitp` that it was checked for. */
  writtenFor?: Flow;
  /** In the order of the text. */
  diagnostics: Diagnostic[];
  /** The names of the declared parameters, in order. */
  parameters: string[];
  /** The declared resources, in order. */
  resources: ResourceSummary[];
  /** Characters of the `templateBody` string, as AWS counts them, and the most that AWS accepts. */
  size: { templateBody: number; limit: number };
  /** The provisioning role, if the text names one. */
  role?: Role;
  /** The template's name, if the text gives one. */
  templateName?: string;
  /**
   * The certificate of the CA that the registration config belongs to, in PEM; absent if the text does not carry it. It is the CA to
   * give to `verifyIssuer`. Without that answer a plan is `"unknown"`, or fails if the names alone show that the CA did not sign.
   */
  caCertificatePem?: string;
  /** The source of that certificate in words: `an output of DescribeCACertificate`. */
  caCertificateFrom?: string;
}

/** How to write a template. */
export interface StringifyOptions {
  /** The flow that the template is for; it decides the `type` of a fresh input for `CreateProvisioningTemplate`, and the findings. */
  flow?: Flow;
  /** The role for the registration config; without it the source's own is kept. */
  roleArn?: string;
  /**
   * White space inside the body: if absent, the body's text is kept exactly; 0 removes all white space;
   * 1 to 8 is the number of spaces a level.
   */
  indent?: number;
  /** With a name the output is an input for `CreateProvisioningTemplate`, not a registration config. */
  templateName?: string;
}

/** A template as it is sent to AWS, or its body for reading. */
export interface Stringified {
  /** The result, or the empty string if the source cannot be read (then `diagnostics` says why). */
  text: string;
  /** Characters of the template body, as AWS counts them. */
  size: number;
  /** The most characters that AWS accepts. */
  limit: number;
  /** What is wrong with the source, and with the result. */
  diagnostics: Diagnostic[];
}

/**
 * A template: a text as it is written, the bytes of one (`Uint8Array` or `ArrayBuffer`, read as UTF-8), or the value that a JSON text
 * stands for, such as a template body as an object. An object is read by `JSON.stringify`; places in findings are then places in
 * that text.
 */
export type TemplateSource = string | object;
