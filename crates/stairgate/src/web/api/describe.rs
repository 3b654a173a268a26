//! The description of the API (OpenAPI 3.1), made from the same fields that draw the forms.

use super::read::READS;
use families::{
    families as all,
    spine::page::{Field, FieldKind, Form},
};
use serde_json::{Map, Value, json};

/// The acts that can be asked for, with their fields.
pub(crate) fn acts() -> Value {
    let each = all::forms().map(|form| {
        json!({ "act": form.act, "path": form.path, "title": form.title, "help": form.help, "fields": schema(form) })
    });
    Value::Array(each.collect())
}

/// The whole description.
pub(crate) fn describe() -> Value {
    let mut paths = Map::new();
    for form in all::forms() {
        paths.insert(
            format!("/api/v1/acts/{}", form.act),
            json!({ "post": act(form) }),
        );
    }
    for (path, what) in READS {
        paths.insert(
            format!("/api/v1/{path}"),
            json!({ "get": read(path, what) }),
        );
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Stairgate",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later" },
        },
        "paths": paths,
        "security": [{ "token": [] }],
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas(),
        },
    })
}

fn act(form: &Form) -> Value {
    json!({
        "operationId": form.act,
        "summary": form.title,
        "description": form.help,
        "requestBody": {
            "required": true,
            "content": content(form),
        },
        "responses": {
            "200": answer("Done, and on disk", "Done"),
            "400": answer("The request can't be read", "Said"),
            "401": answer("No token, or one that was taken back", "Said"),
            "403": answer("This is for somebody else", "Said"),
            "409": answer("The policy refuses it: which clauses, who can allow it, what to do now", "Refused"),
            "422": answer("It makes no sense now: what is wrong, by field", "Mistakes"),
            "428": answer("Confirm first: send the controls again as `confirmed`", "Confirm"),
            "503": answer("It could not be written; nothing was changed", "Said"),
        },
    })
}

/// How an act may be sent: as JSON; one that keeps a file as parts of a form too.
fn content(form: &Form) -> Value {
    let keeps = |field: &Field| matches!(field.kind, FieldKind::Keep(_));
    let schema = schema(form);
    if form.fields.iter().any(keeps) {
        return json!({
            "multipart/form-data": { "schema": schema },
            "application/json": { "schema": schema },
        });
    }
    json!({ "application/json": { "schema": schema } })
}

fn read(path: &str, what: &str) -> Value {
    let parts = path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let parameters: Vec<Value> = parts
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    json!({
        "operationId": format!("read.{}", path.replace(['/', '{', '}'], "-")),
        "summary": what,
        "parameters": parameters,
        "responses": {
            "200": { "description": what, "content": { "application/json": {} } },
            "401": answer("No token, or one that was taken back", "Said"),
            "404": answer("There is nothing at this address for the reader", "Said"),
        },
    })
}

fn answer(description: &str, schema: &str) -> Value {
    let schema = json!({ "$ref": format!("#/components/schemas/{schema}") });
    json!({ "description": description, "content": { "application/json": { "schema": schema } } })
}

fn schema(form: &Form) -> Value {
    let fields: Map<String, Value> = form
        .fields
        .iter()
        .map(|field| (field.name.to_owned(), property(field)))
        .collect();
    let required: Vec<&str> = form
        .fields
        .iter()
        .filter(|field| !field.optional)
        .map(|field| field.name)
        .collect();
    json!({ "type": "object", "properties": fields, "required": required })
}

fn property(field: &Field) -> Value {
    let mut property = match field.kind {
        FieldKind::Line(most) | FieldKind::Text(most) => {
            json!({ "type": "string", "maxLength": most })
        }
        FieldKind::Email => json!({ "type": "string", "format": "email" }),
        FieldKind::Password | FieldKind::NewPassword | FieldKind::Secret(_) => {
            json!({ "type": "string", "format": "password" })
        }
        FieldKind::Number(from, to) => json!({ "type": "integer", "minimum": from, "maximum": to }),
        FieldKind::Date => json!({ "type": "string", "format": "date" }),
        FieldKind::YesNo => json!({ "type": "boolean" }),
        FieldKind::Confirm => json!({ "type": "boolean", "const": true }),
        FieldKind::Choice(options) => json!({ "type": "string", "enum": keys(options) }),
        FieldKind::Several(options) => {
            json!({ "type": "array", "items": { "type": "string", "enum": keys(options) } })
        }
        FieldKind::SeveralOf(_) => json!({ "type": "array", "items": { "type": "string" } }),
        FieldKind::Phone | FieldKind::ChoiceOf(_) | FieldKind::Hidden | FieldKind::Drawn(_) => {
            json!({ "type": "string" })
        }
        FieldKind::Keep(_) => json!({ "type": "string", "format": "binary" }),
        FieldKind::File(most) => json!({
            "type": "object",
            "properties": { "name": { "type": "string" }, "text": { "type": "string", "maxLength": most } },
            "required": ["name", "text"],
        }),
    };
    if let Some(object) = property.as_object_mut() {
        object.insert("title".to_owned(), json!(field.label));
        if !field.hint.is_empty() {
            object.insert("description".to_owned(), json!(field.hint));
        }
    }
    property
}

fn keys(options: &[(&str, &str)]) -> Vec<String> {
    options.iter().map(|(key, _)| (*key).to_owned()).collect()
}

fn schemas() -> Value {
    let text = json!({ "type": "string" });
    let list = |item: Value| json!({ "type": "array", "items": item });
    let object = |fields: Value| json!({ "type": "object", "properties": fields });
    let clause = object(json!({ "clause": text, "section": text, "text": text }));
    json!({
        "Said": object(json!({ "error": text, "says": text })),
        "Done": object(json!({ "entries": list(object(json!({ "seq": { "type": "integer" }, "kind": text }))) })),
        "Mistakes": object(json!({ "error": text, "mistakes": list(object(json!({ "field": text, "says": text }))) })),
        "Confirm": object(json!({ "error": text, "confirm": list(object(json!({ "control": text, "question": text }))) })),
        "Refused": object(json!({ "error": text, "refusals": list(object(json!({
            "control": text, "clauses": list(clause), "reason": text, "who_can_allow": text, "what_now": text,
        }))) })),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_described_with_all_its_fields() {
        let described = describe();
        for form in all::forms() {
            let path = format!("/api/v1/acts/{}", form.act);
            let schema = &described["paths"][&path]["post"]["requestBody"]["content"]["application/json"]
                ["schema"];
            assert_eq!(
                schema["properties"].as_object().unwrap().len(),
                form.fields.len(),
                "{path}"
            );
        }
    }
}
