//! What the server says of itself, so that clients find its addresses.

use schemars::JsonSchema;
use serde::Serialize;

use crate::access_requests;

/// The name of the draft profile of access requests.
const ACCESS_REQUEST: &str = "urn:openid:authzen:capability:access-request";

/// The metadata of a decision point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Metadata {
    policy_decision_point: String,
    access_evaluation_endpoint: String,
    access_evaluations_endpoint: String,
    search_subject_endpoint: String,
    search_resource_endpoint: String,
    search_action_endpoint: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_request_endpoint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    capabilities: Option<Vec<String>>,
}

impl Metadata {
    /// The metadata of a decision point at this address: where clients reach it, whatever `Host` they name.
    pub fn of(base: &str) -> Self {
        let base = base.trim_end_matches('/');
        let at = |path: &str| format!("{base}/access/v1/{path}");
        Self {
            policy_decision_point: base.to_owned(),
            access_evaluation_endpoint: at("evaluation"),
            access_evaluations_endpoint: at("evaluations"),
            search_subject_endpoint: at("search/subject"),
            search_resource_endpoint: at("search/resource"),
            search_action_endpoint: at("search/action"),
            access_request_endpoint: None,
            capabilities: None,
        }
    }

    /// The same of one that takes access requests.
    #[must_use]
    pub fn with_access_requests(mut self) -> Self {
        let base = &self.policy_decision_point;
        self.access_request_endpoint = Some(format!("{base}{}", access_requests::PATH));
        self.capabilities = Some(vec![ACCESS_REQUEST.to_owned()]);
        self
    }
}
