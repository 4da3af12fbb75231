//! The only list of operations.

use std::net::SocketAddr;
use std::sync::Arc;

use app::App;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tokio_util::sync::CancellationToken;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::doorkeeper::Names;
use crate::handlers::{
    archive, audit, databases, documents, events, health, jobs, links, outside, pictures,
    relations, retention, search, sessions, tokens, trash, types, uploads, users,
};
use crate::{answer, doorkeeper, openapi, ui};

/// Bodies that are no files: the longest is a correction, whose value has at most 1000 characters.
const SMALL_BODY: usize = 64 * 1024;

/// What a router must know about the door it stands behind.
#[derive(Debug, Clone)]
pub struct RouterOptions {
    listening: Option<SocketAddr>,
    hosts: Vec<String>,
    stopping: CancellationToken,
}

impl RouterOptions {
    /// Behind the window of this process: no port, requests carry a [`crate::DesktopCaller`].
    pub fn in_process(stopping: CancellationToken) -> Self {
        Self {
            listening: None,
            hosts: Vec::new(),
            stopping,
        }
    }

    /// Behind a port. `hosts` are names it is reached by beside those of this machine, such as the
    /// public name of a proxy in front.
    pub fn network(listening: SocketAddr, hosts: Vec<String>, stopping: CancellationToken) -> Self {
        Self {
            listening: Some(listening),
            hosts,
            stopping,
        }
    }
}

/// What handlers may ask for.
#[derive(Debug, Clone, FromRef)]
struct Behind {
    app: App,
    stopping: CancellationToken,
}

/// Every operation of `/v1`.
fn operations() -> OpenApiRouter<Behind> {
    let uploads = OpenApiRouter::new()
        .routes(routes!(documents::list, uploads::submit))
        // Uploads count their bytes themselves, file by file.
        .layer(DefaultBodyLimit::disable());
    OpenApiRouter::with_openapi(openapi::head())
        // who is there
        .routes(routes!(
            sessions::get,
            sessions::sign_in,
            sessions::sign_out
        ))
        .routes(routes!(sessions::sign_in_with_code))
        // documents
        .merge(uploads)
        .routes(routes!(uploads::samples))
        .routes(routes!(documents::get, documents::delete))
        .routes(routes!(search::find))
        .routes(routes!(documents::cancel))
        .routes(routes!(documents::retry))
        .routes(routes!(documents::unlock))
        .routes(routes!(documents::correct))
        .routes(routes!(documents::assign))
        .routes(routes!(search::kept, search::keep))
        .routes(routes!(search::drop_kept))
        .routes(routes!(pictures::page))
        .routes(routes!(pictures::thumbnail))
        .routes(routes!(pictures::field_crop))
        .routes(routes!(links::make))
        .routes(routes!(links::fetch))
        .routes(routes!(events::listen))
        .routes(routes!(trash::list))
        .routes(routes!(trash::put))
        .routes(routes!(trash::restore))
        // how long they are kept
        .routes(routes!(retention::policies))
        .routes(routes!(retention::set, retention::drop))
        .routes(routes!(retention::plan))
        .routes(routes!(retention::hold, retention::release))
        .routes(routes!(retention::erasures))
        .routes(routes!(retention::erasure))
        .routes(routes!(retention::package))
        .routes(routes!(retention::person_package))
        // what documents have to do with each other
        .routes(routes!(relations::list, relations::judge))
        .routes(routes!(relations::set_person))
        .routes(routes!(relations::keep_whole))
        .routes(routes!(relations::duplicates))
        .routes(routes!(relations::persons))
        .routes(routes!(relations::person))
        // people
        .routes(routes!(users::list, users::add))
        .routes(routes!(users::remove))
        .routes(routes!(tokens::list, tokens::make))
        .routes(routes!(tokens::revoke))
        // what is read from which documents
        .routes(routes!(types::list, types::import))
        .routes(routes!(types::check))
        .routes(routes!(types::get))
        .routes(routes!(types::retire))
        // who may see documents outside of this machine
        .routes(routes!(outside::list))
        .routes(routes!(outside::set, outside::remove))
        .routes(routes!(outside::turn_on))
        .routes(routes!(outside::turn_off))
        // closed records
        .routes(routes!(archive::add))
        .routes(routes!(archive::find))
        .routes(routes!(archive::restore))
        .routes(routes!(archive::moves))
        .routes(routes!(archive::get, archive::delete))
        // who did what
        .routes(routes!(audit::list))
        .routes(routes!(audit::verify))
        // the work and its place
        .routes(routes!(jobs::list))
        .routes(routes!(jobs::statistics))
        .routes(routes!(jobs::get))
        .routes(routes!(jobs::retry))
        .routes(routes!(jobs::cancel))
        .routes(routes!(databases::list))
        .routes(routes!(databases::health))
        .routes(routes!(databases::statistics))
        .routes(routes!(databases::query))
        .routes(routes!(databases::usage))
        .routes(routes!(databases::backups))
        // the program itself
        .routes(routes!(health::get))
}

/// The page, and the description of the interface to read in a browser.
fn pages(document: &OpenApi) -> Router<Behind> {
    let text = to_json(document);
    let description = move || async move {
        let json = [(axum::http::header::CONTENT_TYPE, "application/json")];
        (json, text)
    };
    let docs: Router<Behind> = SwaggerUi::new("/docs")
        .config(Config::from("/openapi.json"))
        .into();
    Router::new()
        .route("/", get(ui::to_page))
        .route("/app", get(ui::to_page))
        .route("/app/", get(ui::page))
        .route("/app/{*path}", get(ui::file))
        .route("/openapi.json", get(description))
        .merge(docs.layer(from_fn(answer::allow_docs)))
}

/// Everything that Lectern answers to.
pub fn router(app: App, options: RouterOptions) -> Router {
    let (operations, document) = operations().split_for_parts();
    let document = openapi::with_problems(document);
    let names = Arc::new(Names::of(options.listening, &options.hosts));
    let stopping = options.stopping;
    let every_request = ServiceBuilder::new()
        .layer(from_fn(answer::finish))
        .layer(from_fn(answer::guard))
        .layer(CatchPanicLayer::custom(answer::panicked))
        .layer(from_fn_with_state(names, doorkeeper::admit))
        .layer(DefaultBodyLimit::max(SMALL_BODY));
    operations
        .merge(pages(&document))
        .with_state(Behind { app, stopping })
        .layer(every_request)
}

/// The OpenAPI document as JSON, the way it is committed as `ui/openapi.json`.
pub fn openapi_json() -> String {
    let (_, document) = operations().split_for_parts();
    to_json(&openapi::with_problems(document))
}

fn to_json(document: &OpenApi) -> String {
    let text = document.to_pretty_json();
    let text = text.expect("the document holds only what JSON can hold");
    text + "\n"
}
