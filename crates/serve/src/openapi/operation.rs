//! Entries of paths in an `OpenAPI` document.

use serde_json::{Value, json};

use crate::json::put;

/// What is asked under a path, for people.
pub(super) struct OperationEntry {
    id: &'static str,
    summary: &'static str,
    description: &'static str,
    method: &'static str,
}

impl OperationEntry {
    /// Something that takes a body.
    pub(super) fn post(id: &'static str, summary: &'static str, description: &'static str) -> Self {
        Self {
            id,
            summary,
            description,
            method: "post",
        }
    }

    /// Something that is only looked at.
    pub(super) fn get(id: &'static str, summary: &'static str, description: &'static str) -> Self {
        Self {
            method: "get",
            ..Self::post(id, summary, description)
        }
    }

    /// A path with a request and a reply.
    pub(super) fn standard(self, asked: Value, answered: Value) -> Value {
        let method = self.method;
        let mut path = self.got(answered);
        let asked = json!({
            "required": true,
            "content": {"application/json": {"schema": asked}},
        });
        put(&mut path, &[method, "requestBody"], asked);
        let too_large = failure("The body is too large.");
        put(&mut path, &[method, "responses", "413"], too_large);
        path
    }

    /// A path with a reply.
    pub(super) fn got(self, answered: Value) -> Value {
        let headers = headers();
        json!({self.method: {
            "operationId": self.id,
            "summary": self.summary,
            "description": self.description,
            "parameters": [{
                "name": "X-Request-ID",
                "in": "header",
                "description": "A name of the request, which the reply repeats.",
                "schema": {"type": "string"},
            }],
            "responses": {
                "200": {
                    "description": "The answer.",
                    "headers": headers,
                    "content": {"application/json": {"schema": answered}},
                },
                "400": failure("It cannot be asked."),
                "401": failure("There is no key, or a wrong one."),
                "403": failure("The key does not let its client ask this."),
                "503": failure("The server is stopping, or busy."),
            },
        }})
    }
}

/// Why there is no answer.
pub(super) fn failure(description: &str) -> Value {
    json!({
        "description": description,
        "headers": {"X-Request-ID": {"$ref": "#/components/headers/RequestId"}},
        "content": {"text/plain": {"schema": {"type": "string"}}},
    })
}

/// A parameter behind the path.
pub(super) fn parameter(name: &str, description: &str, schema: Value) -> Value {
    json!({"name": name, "in": "query", "description": description, "schema": schema})
}

fn headers() -> Value {
    json!({
        "X-Request-ID": {"$ref": "#/components/headers/RequestId"},
        "X-Rules-Digest": {"$ref": "#/components/headers/Digest"},
    })
}
