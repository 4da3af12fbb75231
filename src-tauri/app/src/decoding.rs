//! Files decoded in a process of their own.
//!
//! A decoder that crashes, hangs or asks for all memory must cost one file and not the worker. So the
//! program starts itself anew for every file that is not a plain picture, with `ARGUMENT` as its only
//! argument: the bytes go in over its standard input, pages come back over its standard output, and
//! nothing is written to a disk. That process has a limit of memory and of time, may write no file, and
//! gets nothing of this one's environment, where keys may be. What goes wrong in it is a sentence about
//! the file.

mod child;
mod wire;

use std::{
    io::{Read, Write},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{self, RecvTimeoutError},
    time::Duration,
};

use vision::{DecodeError, Decoded, Limits};

pub use self::child::serve_if_asked;
use crate::Secret;

/// The argument that makes the program decode one file and end.
const ARGUMENT: &str = "decode-one-file";

/// What a decoding process may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of address space.
    pub memory: u64,
    /// Seconds of processor time.
    pub processor_seconds: u64,
    /// How long it may take altogether, on however busy a machine.
    pub time: Duration,
}

impl Bounds {
    /// The pages that [`Limits::DEFAULT`] allows take 360 MB, decoders of wavelets four times as much;
    /// fifty dense pages take a tenth of the time.
    pub const DEFAULT: Self = Self {
        memory: 3 << 30,
        processor_seconds: 120,
        time: Duration::from_mins(6),
    };
}

/// How files become pages.
#[derive(Debug, Clone)]
pub enum Decoder {
    /// In this very process: for tests of other things, and where no process can be started.
    Here,
    /// In a process of its own, where the file is more than a plain picture.
    Apart {
        /// The program to start, which calls [`serve_if_asked`] first of all.
        program: PathBuf,
        /// What it may use.
        bounds: Bounds,
    },
}

impl Decoder {
    /// The running program, started anew for each file.
    pub fn apart() -> Self {
        // The link stays right when the file is replaced by an update meanwhile.
        let link = PathBuf::from("/proc/self/exe");
        let program = if link.exists() {
            Some(link)
        } else {
            std::env::current_exe().ok()
        };
        program.map_or(Self::Here, |program| Self::Apart {
            program,
            bounds: Bounds::DEFAULT,
        })
    }

    /// Decodes a file; `password` opens it where it is locked.
    pub fn decode(
        &self,
        bytes: &[u8],
        limits: &Limits,
        password: Option<&Secret>,
    ) -> Result<Decoded, DecodeError> {
        match self {
            // A plain picture costs nothing that its header does not tell beforehand.
            Self::Apart { program, bounds } if !vision::is_plain_picture(bytes) => {
                let request = wire::Request {
                    limits: *limits,
                    memory: bounds.memory,
                    processor_seconds: bounds.processor_seconds,
                    password: password.map(|password| password.expose().to_owned()),
                };
                apart(program, *bounds, &request, bytes)
            }
            Self::Here | Self::Apart { .. } => {
                vision::decode_locked(bytes, limits, password.map(Secret::expose))
            }
        }
    }
}

/// What kept a decoding process from answering.
enum Trouble {
    /// It ran out of time.
    Time,
    /// It ended before its answer did.
    Ended,
}

fn apart(
    program: &PathBuf,
    bounds: Bounds,
    request: &wire::Request,
    bytes: &[u8],
) -> Result<Decoded, DecodeError> {
    let mut command = Command::new(program);
    command
        .arg(ARGUMENT)
        .env_clear()
        // One arena and one thread: each more would take address space without need.
        .env("MALLOC_ARENA_MAX", "1")
        .env("RAYON_NUM_THREADS", "1")
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if let Some(libraries) = std::env::var_os("LD_LIBRARY_PATH") {
        command.env("LD_LIBRARY_PATH", libraries);
    }
    let Ok(mut child) = command.spawn() else {
        return Err(told(
            "decoder_not_started",
            "The program could not start the process that opens such files: try again later"
                .to_owned(),
        ));
    };
    let answer = converse(&mut child, bounds, request, bytes);
    // Whatever it still does is of no use to anybody.
    let _ = child.kill();
    let status = child.wait();
    match answer {
        Ok((answer, _)) => answer,
        Err((trouble, said)) => Err(explain(&trouble, status.ok(), &said, bounds)),
    }
}

type Answer = Result<Decoded, DecodeError>;

/// Hands the file in and takes the answer; the beginning of what it said to its standard error beside.
fn converse(
    child: &mut Child,
    bounds: Bounds,
    request: &wire::Request,
    bytes: &[u8],
) -> Result<(Answer, String), (Trouble, String)> {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(mut stdin), Some(stdout), Some(stderr)) = (stdin, stdout, stderr) else {
        return Err((Trouble::Ended, String::new()));
    };
    let media_type = vision::media_type(bytes).unwrap_or("application/octet-stream");
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // It may answer, or end, before it has read everything.
            let _ = wire::write_request(&mut stdin, request, bytes).and_then(|()| stdin.flush());
        });
        let said = scope.spawn(move || beginning(stderr));
        let (sender, receiver) = mpsc::channel();
        scope.spawn(move || {
            let answer = wire::read_answer(stdout, media_type, &request.limits);
            let _ = sender.send(answer);
        });
        let trouble = match receiver.recv_timeout(bounds.time) {
            Ok(Ok(answer)) => return Ok((answer, String::new())),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Trouble::Ended,
            Err(RecvTimeoutError::Timeout) => Trouble::Time,
        };
        // Its pipes close with it, so that the threads end.
        let _ = child.kill();
        let said = said.join().unwrap_or_default();
        Err((trouble, said))
    })
}

/// The first kilobytes of what a process says; the rest is taken and dropped.
fn beginning(mut stream: impl Read) -> String {
    /// An allocation that fails says so in a line.
    const MOST: u64 = 4096;

    let mut said = Vec::new();
    let _ = stream.by_ref().take(MOST).read_to_end(&mut said);
    let _ = std::io::copy(&mut stream, &mut std::io::sink());
    said.into_iter().map(char::from).collect()
}

/// Why there is no answer, in a sentence about the file.
fn explain(
    trouble: &Trouble,
    status: Option<ExitStatus>,
    said: &str,
    bounds: Bounds,
) -> DecodeError {
    let slow = matches!(trouble, Trouble::Time) || status.is_some_and(child::ran_out_of_time);
    if slow {
        return told(
            "decoder_too_slow",
            "Opening the file took too long and was stopped: it is damaged, or made to do harm"
                .to_owned(),
        );
    }
    if said.contains("memory allocation of") || said.contains("Cannot allocate memory") {
        return told(
            "decoder_out_of_memory",
            format!(
                "Opening the file takes more memory than the {} MB that it may have",
                bounds.memory >> 20
            ),
        );
    }
    told(
        "decoder_crashed",
        "Opening the file made its decoder crash; no other file is affected".to_owned(),
    )
}

const fn told(code: &'static str, message: String) -> DecodeError {
    DecodeError::Elsewhere { code, message }
}
