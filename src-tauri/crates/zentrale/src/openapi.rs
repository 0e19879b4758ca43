//! The description of all endpoints, made of the table they are made of.

use kontor_wire::{PROTOCOL_HEADER, Problem};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::endpoints::{Access, Body, ENDPOINTS, Endpoint};

/// The OpenAPI 3.1 document.
pub fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    let problem = generator.subschema_for::<Problem>();
    let mut paths: Map<String, Value> = Map::new();
    for endpoint in ENDPOINTS {
        let operation = operation(endpoint, &mut generator);
        let methods = paths.entry(endpoint.path).or_insert_with(|| json!({}));
        if let Some(methods) = methods.as_object_mut() {
            methods.insert(endpoint.method.as_str().to_ascii_lowercase(), operation);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Kontor-Zentrale",
            "description": "What workstations and the Zentrale say to each other.",
            "version": kontor_wire::PROTOCOL.to_string(),
            "license": { "name": "EUPL-1.2", "identifier": "EUPL-1.2" },
        },
        "paths": paths,
        "components": {
            "schemas": generator.take_definitions(true),
            "responses": {
                "problem": {
                    "description": "The request was refused; nothing has changed.",
                    "content": { "application/problem+json": { "schema": problem } },
                },
            },
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A device token, or a JWT of a configured OpenID provider.",
                },
            },
        },
    })
}

fn operation(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Value {
    let mut operation = json!({
        "summary": endpoint.summary,
        "responses": {
            "default": { "$ref": "#/components/responses/problem" },
        },
    });
    let parameters = parameters(endpoint);
    if let Some(object) = operation.as_object_mut() {
        if !parameters.is_empty() {
            object.insert("parameters".to_owned(), parameters.into());
        }
        if let Some(content) = content(endpoint.request, generator) {
            let body = json!({ "required": true, "content": content });
            object.insert("requestBody".to_owned(), body);
        }
        if endpoint.access != Access::Anyone {
            object.insert("security".to_owned(), json!([{ "bearer": [] }]));
        }
        if let Access::Rolle(rolle) = endpoint.access {
            object.insert("x-rolle".to_owned(), json!(rolle));
        }
    }
    for (status, response) in responses(endpoint, generator) {
        if let Some(responses) = operation.pointer_mut("/responses").and_then(Value::as_object_mut)
        {
            responses.insert(status.to_owned(), response);
        }
    }
    operation
}

fn responses(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Vec<(&'static str, Value)> {
    match (endpoint.response, content(endpoint.response, generator)) {
        (Body::Bytes, Some(content)) => vec![
            ("200", json!({ "description": "All of it.", "content": content.clone() })),
            ("206", json!({ "description": "The piece asked for.", "content": content })),
        ],
        (_, Some(content)) => vec![("200", json!({ "description": "Done.", "content": content }))],
        (_, None) => vec![("204", json!({ "description": "Done." }))],
    }
}

fn content(body: Body, generator: &mut SchemaGenerator) -> Option<Value> {
    let text = json!({ "type": "string" });
    Some(match body {
        Body::None | Body::QueryNumber(_) => return None,
        Body::Json(schema) => json!({ "application/json": { "schema": schema(generator) } }),
        Body::Chunk | Body::Bytes => json!({ "application/octet-stream": {} }),
        Body::Events => json!({ "text/event-stream": { "schema": text } }),
        Body::Text => json!({ "application/openmetrics-text": { "schema": text } }),
        Body::AnyJson => json!({ "application/json": { "schema": { "type": "object" } } }),
    })
}

fn parameters(endpoint: &Endpoint) -> Vec<Value> {
    let parameter = |place: &str, name: &str, required: bool, schema: Value| json!({ "in": place, "name": name, "required": required, "schema": schema });
    let mut parameters = Vec::new();
    if endpoint.is_versioned() {
        let schema = json!({ "type": "integer", "minimum": 1 });
        parameters.push(parameter("header", PROTOCOL_HEADER, true, schema));
    }
    for part in endpoint.path.split('/').filter_map(|part| part.strip_prefix('{')) {
        let schema = match part.trim_end_matches('}') {
            "kind" => json!({ "type": "string" }),
            "id" => json!({ "type": "string", "format": "uuid" }),
            "number" => json!({ "type": "integer", "minimum": 0 }),
            _ => json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" }),
        };
        parameters.push(parameter("path", part.trim_end_matches('}'), true, schema));
    }
    match (endpoint.request, endpoint.response) {
        (Body::QueryNumber(name), _) => {
            let schema = json!({ "type": "integer", "minimum": 0 });
            parameters.push(parameter("query", name, true, schema));
        }
        (Body::Chunk, _) => {
            let schema = json!({ "type": "string", "examples": ["sha-256=:…:"] });
            parameters.push(parameter("header", "Content-Digest", true, schema));
        }
        (_, Body::Bytes) => {
            let schema = json!({ "type": "string", "examples": ["bytes=0-1023"] });
            parameters.push(parameter("header", "Range", false, schema));
        }
        _ => {}
    }
    parameters
}
