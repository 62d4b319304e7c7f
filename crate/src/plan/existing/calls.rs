//! The calls that are made for a thing that exists, and for policies that are found.

use super::decision::{AccountDecision, FinalThing};
use crate::arn::ArnPrefix;
use crate::plan::api_request::{AttributePayload, Request};
use crate::plan::types::ApiCall;

impl AccountDecision {
    /// The thing, if it existed before.
    pub fn found_thing(&self) -> Option<&FinalThing> {
        self.thing.as_ref().filter(|thing| thing.existed)
    }

    /// Whether a policy of the template, by its position, is there already.
    pub fn is_found(&self, index: usize) -> bool {
        self.policies.get(index).is_some_and(|policy| policy.made.is_none())
    }
}

impl FinalThing {
    /// The calls that make of the thing what the template asks for. The first says whether anything of the thing itself is written.
    #[cold]
    pub fn calls(&self, arns: &ArnPrefix) -> Vec<ApiCall> {
        let arn = Some(arns.thing(&self.name));
        let mut calls = vec![match (&self.new_type, &self.payload) {
            (None, None) => ApiCall {
                action: "DescribeThing",
                request: Request::DescribeThing { thing_name: self.name.clone() },
                arn,
            },
            (new_type, payload) => ApiCall {
                action: "UpdateThing",
                request: Request::UpdateThing {
                    thing_name: self.name.clone(),
                    thing_type_name: new_type.clone(),
                    attribute_payload: payload
                        .clone()
                        .map(|(attributes, merge)| AttributePayload { attributes, merge }),
                },
                arn,
            },
        }];
        calls.extend(self.leaves.iter().map(|group| ApiCall {
            action: "RemoveThingFromThingGroup",
            request: Request::RemoveThingFromThingGroup {
                thing_group_name: group.clone(),
                thing_name: self.name.clone(),
            },
            arn: Some(arns.thing_group(group)),
        }));
        calls.extend(self.joins.iter().map(|group| ApiCall {
            action: "AddThingToThingGroup",
            request: Request::AddThingToThingGroup { thing_group_name: group.clone(), thing_name: self.name.clone() },
            arn: Some(arns.thing_group(group)),
        }));
        if let Some(Some(group)) = self.billing_group.as_ref().filter(|_| self.joins_billing) {
            calls.push(ApiCall {
                action: "AddThingToBillingGroup",
                request: Request::AddThingToBillingGroup {
                    billing_group_name: group.clone(),
                    thing_name: self.name.clone(),
                },
                arn: Some(arns.billing_group(group)),
            });
        }
        calls
    }
}
