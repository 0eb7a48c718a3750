//! `/openapi.json` is true: what it describes is what the server does, and what the server answers is described.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::{Client, Method, Response};
use serde_json::Value;

use super::support::TestServer;

/// The document.
pub struct Described(Value);

impl Described {
    pub async fn of(server: &TestServer) -> Self {
        let answer = Client::new().get(format!("{}/api/v1/openapi.json", server.base())).send().await.unwrap();
        Self(answer.json().await.unwrap())
    }

    /// Each path and its methods.
    pub fn paths(&self) -> BTreeMap<String, Vec<Method>> {
        let paths = self.0["paths"].as_object().unwrap();
        let methods = |item: &Value| -> Vec<Method> {
            item.as_object().unwrap().keys().filter_map(|key| key.to_uppercase().parse().ok()).collect()
        };
        paths.iter().map(|(path, item)| (path.clone(), methods(item))).collect()
    }

    /// `GET /me`, and so on.
    pub fn operations(&self) -> BTreeSet<String> {
        let paths = self.paths();
        paths.iter().flat_map(|(path, methods)| methods.iter().map(move |method| format!("{method} {path}"))).collect()
    }

    /// The answer is one that the document names: its status, its type, its headers and every field of its body.
    pub async fn fits(&self, method: &Method, path: &str, answer: Response, what: &str) {
        let operation = &self.0["paths"][path][method.as_str().to_lowercase()];
        let status = answer.status().as_str().to_owned();
        let response = &operation["responses"][&status];
        assert!(response.is_object(), "{what}: {status} is not described");
        for header in response["headers"].as_object().into_iter().flat_map(serde_json::Map::keys) {
            assert!(answer.headers().contains_key(header.as_str()), "{what}: {status} comes without {header}");
        }
        let kind = answer.headers().get("content-type").map(|kind| kind.to_str().unwrap().to_owned());
        let bytes = answer.bytes().await.unwrap();
        let Some(content) = response["content"].as_object() else {
            assert!(bytes.is_empty(), "{what}: {status} is described without a body");
            return;
        };
        let schema = &content.get(kind.as_deref().unwrap_or_default()).unwrap_or_else(|| panic!("{what}: {kind:?}"))["schema"];
        let body: Value = serde_json::from_slice(&bytes).unwrap();
        if let Err(why) = self.check(schema, &body, true, "") {
            panic!("{what}: {status} is not as described: {why}");
        }
    }

    /// Stricter than JSON Schema: a field that is not described is an error (but in a part of an `allOf`, where `strict` is off).
    fn check(&self, schema: &Value, value: &Value, strict: bool, at: &str) -> Result<(), String> {
        let schema = self.resolve(schema);
        let wrong = |why: &str| Err(format!("{at}: {why}"));
        if let Some(parts) = schema["oneOf"].as_array() {
            let fitting = parts.iter().map(|part| self.check(part, value, strict, at)).filter(Result::is_ok).count();
            return if fitting == 1 { Ok(()) } else { wrong(&format!("fits {fitting} of {} schemas", parts.len())) };
        }
        if let Some(parts) = schema["allOf"].as_array() {
            parts.iter().try_for_each(|part| self.check(part, value, false, at))?;
            return self.check_fields(&serde_json::json!({ "properties": self.all_fields(schema) }), value, strict, at);
        }
        let kinds: Vec<&str> = match &schema["type"] {
            Value::String(kind) => vec![kind],
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => return Ok(()),
        };
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_f64() => "number",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        if !kinds.contains(&kind) {
            return wrong(&format!("{kind} in place of {kinds:?}"));
        }
        if schema["enum"].as_array().is_some_and(|one_of| !one_of.contains(value)) {
            return wrong(&format!("{value} is none of {}", schema["enum"]));
        }
        match value {
            Value::Array(items) => {
                items.iter().enumerate().try_for_each(|(i, item)| self.check(&schema["items"], item, true, &format!("{at}/{i}")))
            }
            Value::Object(_) if schema["properties"].is_object() => self.check_fields(schema, value, strict, at),
            _ => Ok(()),
        }
    }

    fn check_fields(&self, schema: &Value, value: &Value, strict: bool, at: &str) -> Result<(), String> {
        let Some(fields) = value.as_object() else { return Err(format!("{at}: no object")) };
        for required in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !fields.contains_key(required) {
                return Err(format!("{at}: without {required}"));
            }
        }
        for (name, field) in fields {
            match schema["properties"].get(name) {
                Some(described) => self.check(described, field, true, &format!("{at}/{name}"))?,
                None if strict => return Err(format!("{at}: {name} is not described")),
                None => {}
            }
        }
        Ok(())
    }

    fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str() {
            Some(name) => {
                let found = self.0.pointer(name.trim_start_matches('#'));
                self.resolve(found.unwrap_or_else(|| panic!("{name} is not in the document")))
            }
            None => schema,
        }
    }

    /// The names that any part of an `allOf` knows.
    fn all_fields(&self, schema: &Value) -> serde_json::Map<String, Value> {
        let schema = self.resolve(schema);
        let own = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| (name.clone(), Value::Bool(true)));
        let parts = schema["allOf"].as_array().into_iter().chain(schema["oneOf"].as_array()).flatten();
        own.chain(parts.flat_map(|part| self.all_fields(part))).collect()
    }
}
