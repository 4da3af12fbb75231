//! The description of the interface that others generate their clients from.

use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, ResponseBuilder};
use utoipa::{Modify, OpenApi as _};

use crate::identity::COOKIE;
use crate::wire::{Event, ProblemDocument};

/// What stands above the list of operations.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Lectern",
        description = "Identity documents in, records out. Every error is an RFC 9457 problem \
            document whose `code` is stable."
    ),
    components(schemas(ProblemDocument, Event)),
    modifiers(&Security),
    security(("token" = []), ("session" = []))
)]
struct Head;

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut OpenApi) {
        let components = document.components.get_or_insert_default();
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("a token from `POST /v1/tokens`"))
            .build();
        let cookie = ApiKeyValue::with_description(
            COOKIE,
            "a browser session; writes repeat its csrf_token in the header x-csrf-token",
        );
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    }
}

/// The document before the operations are in it.
pub(crate) fn head() -> OpenApi {
    Head::openapi()
}

/// Adds to every operation what every operation has: the problems it may answer with.
pub(crate) fn with_problems(mut document: OpenApi) -> OpenApi {
    for item in document.paths.paths.values_mut() {
        let operations: [&mut Option<Operation>; 5] = [
            &mut item.get,
            &mut item.post,
            &mut item.put,
            &mut item.patch,
            &mut item.delete,
        ];
        for operation in operations.into_iter().flatten() {
            for response in operation.responses.responses.values_mut() {
                if let RefOr::T(response) = response
                    && response.description.is_empty()
                {
                    "done".clone_into(&mut response.description);
                }
            }
            for (status, description) in [("4XX", "the request was refused"), ("5XX", "it failed")]
            {
                let problem = Ref::from_schema_name("Problem");
                let content = ContentBuilder::new().schema(Some(problem)).build();
                let response = ResponseBuilder::new()
                    .description(description)
                    .content("application/problem+json", content)
                    .build();
                let responses = &mut operation.responses.responses;
                responses.insert(status.to_owned(), RefOr::T(response));
            }
        }
    }
    document
}
