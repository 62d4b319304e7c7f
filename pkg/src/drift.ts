/**
 * Compares the types of types.ts, which people read, with shapes.ts, which is derived from the Rust types. The compiler refuses any
 * difference: both have the same members, the same of them are optional, and a union has the same words. One difference is allowed: if Rust
 * has any text, a type here may name the texts that there are. Options are compared in the same way, but callers may leave out all of them.
 * Nothing of this is in the package.
 */
import type * as shapes from "./shapes.js";
import type * as types from "./types.js";

type Optional<T> = { [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? K : never }[keyof T];
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** The path to a place at which `Here` is not what `Rust` gives; `never` if they agree. */
type Drift<Here, Rust, Path extends string> = unknown extends Rust
  ? unknown extends Here
    ? never
    : `${Path} may be anything in Rust`
  : [Rust] extends [readonly (infer RustItem)[]]
    ? [Here] extends [readonly (infer Item)[]]
      ? Drift<Item, RustItem, `${Path}[]`>
      : `${Path} is a list in Rust`
    : [Rust] extends [object]
      ? DriftOfMembers<Here, Rust, Path>
      : string extends Rust
        ? Here extends string
          ? never
          : `${Path} is a text in Rust`
        : Same<Here, Rust> extends true
          ? never
          : `${Path} has other values in Rust`;

type DriftOfMembers<Here, Rust, Path extends string> =
  Same<keyof Here, keyof Rust> extends true
    ? Same<Optional<Here>, Optional<Rust>> extends true
      ? {
          [K in keyof Here & keyof Rust & string]-?: Same<
            null extends Here[K] ? true : false,
            null extends Rust[K] ? true : false
          > extends true
            ? Drift<NonNullable<Here[K]>, NonNullable<Rust[K]>, `${Path}.${K}`>
            : `${Path}.${K} may be null on one side only`;
        }[keyof Here & keyof Rust & string]
      : `${Path}: other members are optional in Rust: ${Difference<Optional<Here>, Optional<Rust>>}`
    : `${Path}: other members than in Rust: ${Difference<keyof Here, keyof Rust>}`;

/** The names that only one of the two has. */
type Difference<A, B> = (Exclude<A, B> | Exclude<B, A>) & string;

/** Fails to compile if there is a drift, and names it. */
type None<Found extends never> = Found;

/** A moment is RFC 3339 here and seconds since 1970 in Rust. */
type WithMoment<T> = { [K in keyof T]?: K extends "now" ? string : T[K] };
type RustRun = Omit<WithMoment<shapes.DryRunOptions>, Documents>;
/** Policy documents cross as texts with names, an account as texts. Callers have more ways to give them. */
type Documents = "policies" | "groupPolicies" | "account";
/** The options that reach the core. The package itself passes a verification certificate on as bytes. */
type Registration = Omit<types.CaRegistrationOptions, "verificationCertificate">;

export type Checked = [
  None<Drift<types.TemplateOptions, Partial<shapes.TemplateOptions>, "TemplateOptions">>,
  None<Drift<types.StringifyOptions, Partial<shapes.StringifyOptions>, "StringifyOptions">>,
  None<Drift<Omit<types.DryRunOptions, Documents>, Omit<RustRun, "issuers">, "DryRunOptions">>,
  None<Drift<Omit<types.FleetOptions, Documents>, Omit<RustRun, "issuer" | "values">, "FleetOptions">>,
  None<Drift<Registration, WithMoment<shapes.RegistrationOptions>, "CaRegistrationOptions">>,
  None<Drift<Omit<types.AccountReport, "diagnostics">, shapes.AccountReport, "AccountReport">>,
  None<Drift<types.ValidationReport, shapes.ValidationReport, "ValidationReport">>,
  None<Drift<types.Stringified, shapes.Stringified, "Stringified">>,
  None<Drift<types.Plan, shapes.Plan, "Plan">>,
  None<Drift<types.Fleet, shapes.Fleet, "Fleet">>,
  None<Drift<types.CertificateSummary, shapes.CertificateSummary, "CertificateSummary">>,
  None<Drift<types.ListedCertificate, shapes.ListedCertificate, "ListedCertificate">>,
  None<Drift<types.IssuerCheck, shapes.IssuerCheck, "IssuerCheck">>,
  None<Drift<types.Chains, shapes.Chains, "Chains">>,
  None<Drift<types.Redacted, shapes.Redacted, "Redacted">>,
  None<Drift<types.Simulation, shapes.Simulation, "Simulation">>,
  None<Drift<types.PolicyDecision, shapes.PolicyDecision, "PolicyDecision">>,
  // The request and the commands are the package's own.
  None<Drift<Omit<types.CaRegistration, "request" | "commands">, shapes.CaRegistration, "CaRegistration">>,
];
