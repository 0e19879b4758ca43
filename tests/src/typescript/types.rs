//! One schema as one type.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::doc;

/// Longer choices of words are listed below each other.
const LINE_MAX: usize = 80;

/// What a definition is called.
type Name<'a> = &'a dyn Fn(&str) -> String;

/// The type, its inner lines indented for `depth`.
pub(super) fn of(schema: &Value, name: Name<'_>, depth: usize) -> String {
    let Some(schema) = schema.as_object() else { return "unknown".to_owned() };
    if let Some(definition) = schema.get("$ref").and_then(Value::as_str) {
        let named = name(definition.rsplit('/').next().unwrap_or(definition));
        return with_own_properties(named, schema, name, depth);
    }
    if let Some(only) = schema.get("const") {
        return literal(only);
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        return union(values.iter().map(literal));
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(some) = schema.get(key).and_then(Value::as_array) {
            let variants = union(some.iter().map(|one| of(one, name, depth)));
            return with_own_properties(variants, schema, name, depth);
        }
    }
    if let Some(all) = schema.get("allOf").and_then(Value::as_array) {
        let parts: Vec<String> = all.iter().map(|one| of(one, name, depth)).collect();
        return with_own_properties(parts.join(" & "), schema, name, depth);
    }
    match schema.get("type") {
        Some(Value::String(kind)) => of_kind(kind, schema, name, depth),
        Some(Value::Array(kinds)) => union(
            kinds.iter().filter_map(Value::as_str).map(|kind| of_kind(kind, schema, name, depth)),
        ),
        _ if schema.contains_key("properties") => object(schema, name, depth),
        _ => "unknown".to_owned(),
    }
}

/// What is flattened into a struct, or stands behind a tag, lies beside properties of its own.
fn with_own_properties(
    variants: String,
    schema: &Map<String, Value>,
    name: Name<'_>,
    depth: usize,
) -> String {
    if schema.contains_key("properties") {
        let single = variants.chars().all(char::is_alphanumeric);
        let variants = if single { variants } else { format!("({variants})") };
        format!("{} & {variants}", object(schema, name, depth))
    } else {
        variants
    }
}

fn of_kind(kind: &str, schema: &Map<String, Value>, name: Name<'_>, depth: usize) -> String {
    match kind {
        "null" => "null".to_owned(),
        "boolean" => "boolean".to_owned(),
        "string" => "string".to_owned(),
        "integer" | "number" => "number".to_owned(),
        "array" => array(schema, name, depth),
        _ => object(schema, name, depth),
    }
}

fn array(schema: &Map<String, Value>, name: Name<'_>, depth: usize) -> String {
    if let Some(items) = schema.get("prefixItems").and_then(Value::as_array) {
        let items: Vec<String> = items.iter().map(|item| of(item, name, depth)).collect();
        return format!("[{}]", items.join(", "));
    }
    let item =
        schema.get("items").map_or_else(|| "unknown".to_owned(), |item| of(item, name, depth));
    if item.contains([' ', '\n']) { format!("({item})[]") } else { format!("{item}[]") }
}

fn object(schema: &Map<String, Value>, name: Name<'_>, depth: usize) -> String {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return match schema.get("additionalProperties") {
            Some(Value::Object(values)) => {
                format!("Record<string, {}>", of(&Value::Object(values.clone()), name, depth))
            }
            _ => "Record<string, unknown>".to_owned(),
        };
    };
    let required = schema.get("required").and_then(Value::as_array);
    let is_required =
        |key: &str| required.is_some_and(|all| all.iter().any(|one| one.as_str() == Some(key)));
    let mut text = "{\n".to_owned();
    for (key, property) in properties {
        let about = property.get("description").and_then(Value::as_str).unwrap_or_default();
        doc::write(&mut text, about, depth + 1);
        let mark = if is_required(key) { "" } else { "?" };
        let kind = of(property, name, depth + 1);
        let indent = "  ".repeat(depth + 1);
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{indent}{}{mark}: {kind};", quoted_if_needed(key));
    }
    text.push_str(&"  ".repeat(depth));
    text.push('}');
    text
}

fn quoted_if_needed(key: &str) -> String {
    let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !key.starts_with(|c: char| c.is_ascii_digit());
    if plain && !key.is_empty() { key.to_owned() } else { literal(&Value::from(key)) }
}

fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
        other => other.to_string(),
    }
}

/// The same variant twice is one.
fn union(variants: impl Iterator<Item = String>) -> String {
    let mut all: Vec<String> = Vec::new();
    for variant in variants {
        if !all.contains(&variant) {
            all.push(variant);
        }
    }
    let line = all.join(" | ");
    match all.as_slice() {
        [] => "never".to_owned(),
        [_, _, ..] if line.len() > LINE_MAX && !line.contains('\n') => {
            format!("\n  | {}", all.join("\n  | "))
        }
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(schema: &Value, expect: &str) {
        assert_eq!(of(schema, &|name| format!("A{name}"), 0), expect, "{schema}");
    }

    #[test]
    fn schemas_become_types() {
        check(&json!({ "type": "string" }), "string");
        check(&json!({ "type": ["integer", "null"], "format": "int64" }), "number | null");
        check(&json!({ "$ref": "#/$defs/Row", "description": "x" }), "ARow");
        check(&json!({ "anyOf": [{ "$ref": "#/$defs/Row" }, { "type": "null" }] }), "ARow | null");
        check(&json!({ "enum": ["a", "it's"], "type": "string" }), r"'a' | 'it\'s'");
        check(
            &json!({ "type": "array", "items": { "type": ["string", "null"] } }),
            "(string | null)[]",
        );
        check(
            &json!({ "type": "array", "prefixItems": [{ "type": "number" }, true] }),
            "[number, unknown]",
        );
        check(
            &json!({ "type": "object", "additionalProperties": { "type": "string" } }),
            "Record<string, string>",
        );
        check(&json!(true), "unknown");
        check(&json!({ "description": "any JSON" }), "unknown");
    }

    #[test]
    fn objects_keep_their_comments() {
        check(
            &json!({
                "type": "object",
                "properties": {
                    "a": { "type": "string", "description": "First." },
                    "b-c": { "type": "object", "properties": { "d": { "const": "e" } }, "required": ["d"] },
                },
                "required": ["a"],
            }),
            "{\n  /** First. */\n  a: string;\n  'b-c'?: {\n    d: 'e';\n  };\n}",
        );
    }

    #[test]
    fn a_tag_stands_beside_what_it_tags() {
        check(
            &json!({
                "type": "object",
                "properties": { "event": { "const": "changed" } },
                "required": ["event"],
                "$ref": "#/$defs/Changed",
            }),
            "{\n  event: 'changed';\n} & AChanged",
        );
    }

    #[test]
    fn a_flattened_choice_lies_beside_its_properties() {
        check(
            &json!({
                "type": "object",
                "properties": { "id": { "type": "string" } },
                "required": ["id"],
                "oneOf": [{ "const": 1 }, { "const": 2 }],
            }),
            "{\n  id: string;\n} & (1 | 2)",
        );
    }
}
