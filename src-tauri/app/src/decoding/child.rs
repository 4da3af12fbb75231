//! The process that decodes one file.

use std::{
    io::{self, BufWriter},
    os::unix::process::ExitStatusExt as _,
    process::ExitStatus,
};

use rustix::process::{Resource, Rlimit, Signal, setrlimit};

use super::{ARGUMENT, wire};

/// Decodes one file and ends the process, when that is what the program was started for. Every program
/// that opens a store calls it before anything else.
pub fn serve_if_asked() {
    if std::env::args_os()
        .nth(1)
        .is_none_or(|argument| argument != ARGUMENT)
    {
        return;
    }
    // A decoder's panic is an answer, and may quote the file.
    std::panic::set_hook(Box::new(|_| {}));
    std::process::exit(match serve() {
        Ok(()) => 0,
        Err(_) => 1,
    });
}

fn serve() -> io::Result<()> {
    let (request, file) = wire::read_request(io::stdin().lock())?;
    confine(&request);
    let answer = vision::decode_locked(&file, &request.limits, request.password.as_deref());
    drop(file);
    wire::write_answer(BufWriter::new(io::stdout().lock()), answer)
}

/// Gives up what decoding does not need. Where the system knows a limit not, the others hold.
fn confine(request: &wire::Request) {
    let limit = |resource, most| {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        let _ = setrlimit(resource, limit);
    };
    limit(Resource::As, request.memory);
    limit(Resource::Core, 0);
    limit(Resource::Fsize, 0);
    // The first ends it with a signal that tells why, the second with one that cannot be held off.
    let seconds = request.processor_seconds;
    let _ = setrlimit(
        Resource::Cpu,
        Rlimit {
            current: Some(seconds),
            maximum: Some(seconds + 1),
        },
    );
}

/// Whether a process ended because it used up its processor time.
pub(super) fn ran_out_of_time(status: ExitStatus) -> bool {
    status.signal() == Some(Signal::XCPU.as_raw())
}
