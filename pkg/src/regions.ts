// Generated from crate/src/partition.rs by `cargo xtask docs`.

/** The partitions of AWS, each with the pattern of its Regions' names. */
export const PARTITIONS: readonly { id: string; regions: RegExp }[] = [
  { id: "aws", regions: /^(?:us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/ },
  { id: "aws-cn", regions: /^(?:cn)-\w+-\d+$/ },
  { id: "aws-us-gov", regions: /^(?:us-gov)-\w+-\d+$/ },
  { id: "aws-iso", regions: /^(?:us-iso)-\w+-\d+$/ },
  { id: "aws-iso-b", regions: /^(?:us-isob)-\w+-\d+$/ },
  { id: "aws-iso-e", regions: /^(?:eu-isoe)-\w+-\d+$/ },
  { id: "aws-iso-f", regions: /^(?:us-isof)-\w+-\d+$/ },
  { id: "aws-eusc", regions: /^(?:eusc-de)-\w+-\d+$/ },
];
