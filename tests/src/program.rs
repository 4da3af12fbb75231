//! The real `lectern` program, run by a test in a place of its own.
//!
//! A test makes a [`Place`], runs commands there or starts a [`Server`], and talks to the server with
//! a [`crate::client::Client`]. Nothing outside the place is read or written: not the data of whoever
//! runs the tests, and not his keychain.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use tempfile::TempDir;

/// The built program `name`, which lies beside the test that runs.
pub fn binary(name: &str) -> Result<PathBuf> {
    // …/debug/deps/serving-0123abcd: the programs lie one folder up.
    let test = std::env::current_exe()?;
    let folder = test.ancestors().nth(2);
    let folder = folder.context("the test lies in no folder")?;
    let path = folder.join(name);
    let shown = path.display();
    ensure!(
        path.is_file(),
        "`{shown}` is not there: run `cargo build -p {name}` first"
    );
    Ok(path)
}

/// A directory with everything a program keeps: its data, its configuration, its home. It goes with
/// this value.
#[derive(Debug)]
pub struct Place {
    folder: TempDir,
    environment: Vec<(String, OsString)>,
}

impl Place {
    /// An empty place.
    pub fn new() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("lectern-test-").tempdir()?;
        Ok(Self {
            folder,
            environment: Vec::new(),
        })
    }

    /// Sets a variable of the environment for every program that runs here from now on.
    pub fn set(&mut self, name: &str, value: impl Into<OsString>) {
        self.environment.push((name.to_owned(), value.into()));
    }

    /// The place itself, for files of the test.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The data directory, which the program makes itself.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// `lectern` with these arguments, ready to run here.
    pub fn command<A: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = A>,
    ) -> Result<Command> {
        let mut command = Command::new(binary("lectern")?);
        command
            .args(arguments)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder.path())
            .env("LECTERN_DATA", self.data())
            .env("LECTERN_LOG", "warn")
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        Ok(command)
    }

    /// Runs `lectern` to its end.
    pub fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Result<Output> {
        self.run_with_input(arguments, "")
    }

    /// Runs `lectern` to its end, with something on its standard input.
    pub fn run_with_input<A: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = A>,
        input: &str,
    ) -> Result<Output> {
        let mut command = self.command(arguments)?;
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let mut stdin = child.stdin.take().context("there is no standard input")?;
        // A program that does not want its input may end before it has it all.
        stdin.write_all(input.as_bytes()).ok();
        drop(stdin);
        Ok(child.wait_with_output()?)
    }

    /// Starts `lectern serve` on a free port of this machine.
    pub fn serve(&self) -> Result<Server> {
        self.serve_with_log(Stdio::inherit())
    }

    /// The same, with its log written somewhere.
    pub fn serve_with_log(&self, log: impl Into<Stdio>) -> Result<Server> {
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--open-code"];
        let mut command = self.command(arguments)?;
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn()?;
        let output = child.stdout.take().context("there is no standard output")?;
        let mut server = Server {
            child,
            output: BufReader::new(output),
            address: String::new(),
            code: String::new(),
            first_password: None,
        };
        server.listen_to_greeting()?;
        Ok(server)
    }
}

/// A running `lectern serve`. It is killed with this value, unless it was stopped before.
#[derive(Debug)]
pub struct Server {
    child: Child,
    output: BufReader<ChildStdout>,
    /// Where it answers, such as `http://127.0.0.1:41234`.
    pub address: String,
    /// The code that signs in once.
    pub code: String,
    /// The password of `admin`, when this was the first start in its place.
    pub first_password: Option<String>,
}

impl Server {
    /// Reads what the server prints until it has told where it is and with which code to come in.
    fn listen_to_greeting(&mut self) -> Result<()> {
        let mut line = String::new();
        while self.code.is_empty() {
            line.clear();
            if self.output.read_line(&mut line)? == 0 {
                bail!(
                    "the server ended with {} before it said where it is",
                    self.child.wait()?
                );
            }
            if let Some((_, password)) = line.split_once("password `") {
                let password = password.split('`').next().map(str::to_owned);
                self.first_password = password;
            }
            if let Some((before, code)) = line.split_once("/app/#code=") {
                let start = before
                    .find("http://")
                    .context("the address has no scheme")?;
                before[start..].clone_into(&mut self.address);
                code.trim().clone_into(&mut self.code);
            }
        }
        Ok(())
    }

    /// The id of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to stop, as the system does (SIGTERM), and waits until it has.
    pub fn stop(mut self) -> Result<ExitStatus> {
        let id = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status()?;
        ensure!(asked.success(), "the server could not be asked to stop");
        Ok(self.child.wait()?)
    }

    /// Ends it without asking (SIGKILL), as a crash would.
    pub fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Fails when it has ended already, which is what is wanted.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
