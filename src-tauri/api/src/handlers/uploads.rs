//! Files coming in, as a form or as the bare bytes of one.

use app::App;
use app::intake::Upload;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest as _, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use futures::{Stream, StreamExt as _};
use model::{Caller, Personal, Role};
use percent_encoding::percent_decode_str;

use crate::blocking::blocking;
use crate::identity::{Demand, Identity};
use crate::problem::Problem;
use crate::wire::{Binary, ProblemNote, Submission, SubmissionOutcome, Submissions};

/// A form with files.
#[derive(utoipa::ToSchema)]
#[expect(
    dead_code,
    reason = "only describes the form; it is read field by field"
)]
struct UploadForm {
    /// The files, each in a part of this name.
    #[schema(inline)]
    file: Vec<Binary>,
}

/// After a file proved too large, so many more of its bytes are let pass by: a client that is cut off
/// while it sends sees a broken connection instead of the sentence that tells why.
const PATIENCE: u64 = 1 << 30;

/// Submit files: several as a form, or one as the bare body with its name in `x-file-name`.
///
/// Every file of a form stands for itself: one that is refused leaves the others alone. A single bare
/// file that is refused is answered with a problem.
#[utoipa::path(post, path = "/v1/documents", operation_id = "submit_documents", tag = "documents",
    params(("x-file-name" = Option<String>, Header,
        description = "name of a bare file, UTF-8, percent-encoded")),
    request_body(content((UploadForm = "multipart/form-data"),
        (inline(Binary) = "application/octet-stream"))),
    responses((status = ACCEPTED, body = Submissions, description = "at least one file is new"),
        (status = OK, body = Submissions, description = "no file is new")))]
pub(crate) async fn submit(
    State(app): State<App>,
    identity: Identity,
    request: Request,
) -> Result<(StatusCode, Json<Submissions>), Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let submissions = match Sent::of(request.headers())? {
        Sent::Form => form(&app, caller, request).await?,
        Sent::File => vec![file(&app, caller, request).await?],
    };
    Ok(answer(submissions))
}

/// Submit the sample documents; the persons on them are invented.
#[utoipa::path(post, path = "/v1/samples", operation_id = "submit_samples", tag = "documents",
    responses((status = ACCEPTED, body = Submissions, description = "at least one file is new"),
        (status = OK, body = Submissions, description = "no file is new")))]
pub(crate) async fn samples(
    State(app): State<App>,
    identity: Identity,
) -> Result<(StatusCode, Json<Submissions>), Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let submitted = blocking(move || app::intake::samples(&app, &caller)).await?;
    let submissions = submitted.into_iter().map(|submitted| {
        let name = submitted.document.document.name.clone();
        Submission::taken(name, submitted)
    });
    Ok(answer(submissions.collect()))
}

fn answer(submissions: Vec<Submission>) -> (StatusCode, Json<Submissions>) {
    let new = |entry: &Submission| entry.outcome == SubmissionOutcome::Submitted;
    let status = if submissions.iter().any(new) {
        StatusCode::ACCEPTED
    } else {
        StatusCode::OK
    };
    (status, Json(Submissions { submissions }))
}

/// What the body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sent {
    Form,
    File,
}

impl Sent {
    /// The declared type of a bare file is not believed (its bytes tell), but text and JSON are
    /// refused at once: whoever sends them meant another address.
    fn of(headers: &HeaderMap) -> Result<Self, Problem> {
        let declared = headers.get(header::CONTENT_TYPE);
        let declared = declared.and_then(|value| value.to_str().ok()).unwrap_or("");
        let essence = declared.split(';').next().unwrap_or("").trim();
        let (family, _) = essence.split_once('/').unwrap_or((essence, ""));
        match (family.to_ascii_lowercase().as_str(), essence) {
            ("multipart", _) => Ok(Self::Form),
            ("" | "image" | "video", _) | (_, "message/rfc822") => Ok(Self::File),
            ("application", essence) if is_of_a_file(essence) => Ok(Self::File),
            _ => Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "content_type_unsupported",
                "Send files as multipart/form-data, or one file as application/octet-stream",
            )),
        }
    }
}

/// Whether a type of applications is one of files that are taken.
fn is_of_a_file(essence: &str) -> bool {
    const TYPES: [&str; 5] = ["octet-stream", "pdf", "zip", "rtf", "epub+zip"];
    let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
    TYPES.contains(&subtype)
        || subtype.starts_with("vnd.openxmlformats-officedocument.")
        || subtype.starts_with("vnd.oasis.opendocument.")
}

/// Submits each file of a form as soon as it is there.
async fn form(app: &App, caller: Caller, request: Request) -> Result<Vec<Submission>, Problem> {
    let parts = Multipart::from_request(request, &()).await;
    let mut parts = parts.map_err(|_| form_broken())?;
    let mut submissions = Vec::new();
    loop {
        match parts.next_field().await {
            Ok(Some(part)) if part.name() == Some("file") => {
                let (submission, goes_on) = form_file(app, caller, part).await?;
                submissions.push(submission);
                if !goes_on {
                    break;
                }
            }
            Ok(Some(_)) => {}
            Ok(None) => break,
            // What came before the break is stored already, and its sender must learn that.
            Err(_) if !submissions.is_empty() => {
                let name = Personal::default();
                submissions.push(Submission::refused(name, interrupted()));
                break;
            }
            Err(_) => return Err(form_broken()),
        }
    }
    if submissions.is_empty() {
        let detail = "The form holds no file; files go into parts named `file`";
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Err(Problem::new(status, "file_missing", detail));
    }
    Ok(submissions)
}

/// Submits one file of a form, and tells whether the rest of the form can still be read.
async fn form_file(
    app: &App,
    caller: Caller,
    part: Field<'_>,
) -> Result<(Submission, bool), Problem> {
    let name = without_path(part.file_name().unwrap_or_default());
    let limit = app.settings().limits.bytes;
    let bytes = match receive(part, limit).await {
        Received::Whole(bytes) => bytes,
        Received::TooLarge { size, to_the_end } => {
            let problem = ProblemNote::from(&app::Error::TooLarge { size, limit });
            return Ok((Submission::refused(name, problem), to_the_end));
        }
        Received::Broken => return Ok((Submission::refused(name, interrupted()), false)),
    };
    let upload = Upload {
        name: name.clone(),
        bytes,
    };
    let app = app.clone();
    let result = blocking(move || Ok(app::intake::submit(&app, &caller, upload))).await?;
    if let Err(error) = &result
        && error.kind() == app::ErrorKind::Internal
    {
        tracing::error!(code = error.code(), cause = %error, "a file of a form was not stored");
    }
    Ok((Submission::from_result(name, result), true))
}

/// Submits the bare file that the body is.
async fn file(app: &App, caller: Caller, request: Request) -> Result<Submission, Problem> {
    let name = named(request.headers())?;
    let limit = app.settings().limits.bytes;
    let body: Body = request.into_body();
    let bytes = match receive(body.into_data_stream(), limit).await {
        Received::Whole(bytes) => bytes,
        Received::TooLarge { size, .. } => {
            return Err(app::Error::TooLarge { size, limit }.into());
        }
        Received::Broken => {
            let note = interrupted();
            let status = StatusCode::BAD_REQUEST;
            return Err(Problem::new(status, "upload_interrupted", note.message));
        }
    };
    let upload = Upload {
        name: name.clone(),
        bytes,
    };
    let app = app.clone();
    let submitted = blocking(move || app::intake::submit(&app, &caller, upload)).await?;
    Ok(Submission::taken(name, submitted))
}

/// What came of receiving a file.
#[derive(Debug)]
enum Received {
    Whole(Vec<u8>),
    /// More than is taken. The bytes are gone, `size` is how many there were, and `to_the_end` says
    /// whether there is nothing left of them on the way.
    TooLarge {
        size: u64,
        to_the_end: bool,
    },
    /// The sender went away, or the form around the file is no form.
    Broken,
}

/// Collects a file, never holding more than `limit` bytes.
async fn receive<S, E>(mut chunks: S, limit: u64) -> Received
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let mut bytes = Vec::new();
    let mut size = 0_u64;
    while let Some(chunk) = chunks.next().await {
        let Ok(chunk) = chunk else {
            return Received::Broken;
        };
        size += chunk.len() as u64;
        if size <= limit {
            bytes.extend_from_slice(&chunk);
        } else if size <= limit + PATIENCE {
            bytes = Vec::new();
        } else {
            let to_the_end = false;
            return Received::TooLarge { size, to_the_end };
        }
    }
    if size > limit {
        let to_the_end = true;
        return Received::TooLarge { size, to_the_end };
    }
    Received::Whole(bytes)
}

fn form_broken() -> Problem {
    let detail = "The form cannot be understood: its parts do not begin and end as declared";
    Problem::new(StatusCode::BAD_REQUEST, "form_invalid", detail)
}

fn interrupted() -> ProblemNote {
    ProblemNote {
        code: "upload_interrupted".to_owned(),
        message: "The file did not arrive whole; send it again".to_owned(),
    }
}

/// The file name a client gives with a bare file.
fn named(headers: &HeaderMap) -> Result<Personal, Problem> {
    let Some(encoded) = headers.get("x-file-name") else {
        return Ok(without_path(""));
    };
    let encoded = encoded.to_str().ok();
    let name = encoded.and_then(|encoded| percent_decode_str(encoded).decode_utf8().ok());
    let name = name.ok_or_else(|| {
        let detail = "The header x-file-name must be percent-encoded UTF-8";
        Problem::new(StatusCode::BAD_REQUEST, "file_name_invalid", detail)
    })?;
    Ok(without_path(&name))
}

/// The last part of a path of any system; a name for the nameless.
fn without_path(path: &str) -> Personal {
    let name = path.rsplit(['/', '\\']).next().unwrap_or("").trim();
    Personal::new(if name.is_empty() { "upload" } else { name })
}
