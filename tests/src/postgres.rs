//! A throw-away Postgres for the tests of one process.
//!
//! The first test that wants a database starts a cluster of Debian's `postgresql` package, which listens
//! on a free port of this machine; each test gets a database of its own in it. A small shell looks
//! after the cluster: when the process ends, however it does, the shell's standard input ends too, and
//! it stops the cluster and removes its files.

use std::{
    fs,
    io::Write as _,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use anyhow::{Context as _, Result, bail, ensure};

/// Name and password of the cluster's owner.
const OWNER: &str = "lectern";
const PASSWORD: &str = "throw-away";

/// A database of its own for one test. It is dropped with this value.
#[derive(Debug)]
pub struct Database {
    name: String,
    cluster: &'static Cluster,
}

impl Database {
    /// An empty database, in a cluster that is started when this is the first.
    pub fn new() -> Result<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);

        let cluster = Cluster::of_this_process()?;
        let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        cluster.ask("postgres", &format!("CREATE DATABASE {name}"))?;
        Ok(Self { name, cluster })
    }

    /// Its address, with the password in it.
    pub fn url(&self) -> String {
        let port = self.cluster.port;
        let name = &self.name;
        format!("postgres://{OWNER}:{PASSWORD}@127.0.0.1:{port}/{name}")
    }

    /// The file of the authority that signed the cluster's certificate, which is for `localhost`.
    pub fn authority(&self) -> PathBuf {
        self.cluster.folder.join("authority.pem")
    }

    /// Runs a statement in it, beside the program, and returns what it answers: a row a line, columns
    /// separated by `|`.
    pub fn ask(&self, sql: &str) -> Result<String> {
        self.cluster.ask(&self.name, sql)
    }

    /// Stops the whole cluster as a power cut would, and starts it again on the same port. Only for a
    /// process that has the cluster to itself.
    pub fn restart_server(&self) -> Result<()> {
        self.cluster.stop()?;
        self.cluster.start()
    }

    /// Stops the whole cluster as a power cut would.
    pub fn stop_server(&self) -> Result<()> {
        self.cluster.stop()
    }

    /// Starts the cluster again after [`Self::stop_server`].
    pub fn start_server(&self) -> Result<()> {
        self.cluster.start()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // The cluster goes anyway; this only keeps it small.
        let statement = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        self.cluster.ask("postgres", &statement).ok();
    }
}

#[derive(Debug)]
struct Cluster {
    /// Holds everything; the server's user may search it.
    folder: PathBuf,
    /// Where Debian keeps the server's programs.
    programs: PathBuf,
    port: u16,
}

impl Cluster {
    fn of_this_process() -> Result<&'static Self> {
        static CLUSTER: OnceLock<Result<Cluster>> = OnceLock::new();

        let started = CLUSTER.get_or_init(Self::make);
        started
            .as_ref()
            .map_err(|error| anyhow::anyhow!("no Postgres could be started: {error:#}"))
    }

    fn make() -> Result<Self> {
        let programs = programs()?;
        // Not below the home directory of root, which the server's user may not search.
        let folder = tempfile::Builder::new()
            .prefix("lectern-postgres-")
            .tempdir_in(if is_root() {
                PathBuf::from("/tmp")
            } else {
                std::env::temp_dir()
            })?
            .keep();
        if is_root() {
            succeed(Command::new("chown").arg("postgres:").arg(&folder))?;
        }
        // A port that is free now and hardly taken by somebody else in the next second.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let cluster = Self {
            folder,
            programs,
            port,
        };
        cluster.keep_while_this_process_lives()?;
        cluster.write_as_server("password", PASSWORD)?;
        succeed(
            cluster
                .program("initdb")
                .arg("-D")
                .arg(cluster.data())
                .arg("--pwfile")
                .arg(cluster.folder.join("password"))
                .args(["-U", OWNER, "--auth=scram-sha-256", "--no-sync"])
                .args(["--encoding=UTF8", "--locale=C.UTF-8"]),
        )?;
        cluster.make_certificate()?;
        cluster.start()?;
        Ok(cluster)
    }

    /// Starts a shell that stops the cluster and removes it when this process is gone.
    fn keep_while_this_process_lives(&self) -> Result<()> {
        const SCRIPT: &str = r#"trap '' INT TERM HUP
            read -r never
            "$1" -D "$2/data" -m immediate stop >/dev/null 2>&1
            rm -rf "$2""#;

        let mut keeper = self.as_server(Path::new("sh"));
        let mut keeper = keeper
            .args(["-c", SCRIPT, "sh"])
            .arg(self.programs.join("pg_ctl"))
            .arg(&self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        // Closed by the system when this process ends.
        std::mem::forget(keeper.stdin.take());
        Ok(())
    }

    /// A certificate for `localhost`, signed by an authority that nobody else knows.
    fn make_certificate(&self) -> Result<()> {
        const SCRIPT: &str = r#"cd "$1"
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
                -subj /CN=authority -keyout authority.key -out authority.pem
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
                -subj /CN=localhost -keyout server.key -out server.request
            printf 'subjectAltName=DNS:localhost' > server.extensions
            openssl x509 -req -in server.request -CA authority.pem -CAkey authority.key \
                -CAcreateserial -days 2 -extfile server.extensions -out server.pem
            chmod 600 server.key
            chmod 644 authority.pem"#;

        succeed(
            self.as_server(Path::new("sh"))
                .args(["-e", "-c", SCRIPT, "sh"])
                .arg(&self.folder),
        )?;
        // Readable for whoever runs the tests.
        succeed(
            self.as_server(Path::new("chmod"))
                .arg("755")
                .arg(&self.folder),
        )
    }

    fn start(&self) -> Result<()> {
        let folder = self.folder.display();
        // Nothing has to outlive a power cut, so nothing waits for the disk.
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off \
             -c full_page_writes=off -c max_connections=200 -c ssl=on \
             -c ssl_cert_file={folder}/server.pem -c ssl_key_file={folder}/server.key",
            self.port
        );
        succeed(
            self.program("pg_ctl")
                .arg("-D")
                .arg(self.data())
                .arg("-l")
                .arg(self.folder.join("server.log"))
                .args(["-w", "-t", "120", "-o", &options, "start"])
                // The server keeps what it inherits, and would keep whoever reads it waiting.
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        )
    }

    fn stop(&self) -> Result<()> {
        succeed(
            self.program("pg_ctl")
                .arg("-D")
                .arg(self.data())
                .args(["-m", "immediate", "stop"]),
        )
    }

    fn ask(&self, database: &str, sql: &str) -> Result<String> {
        let output = Command::new(self.programs.join("psql"))
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"])
            .args(["-h", "127.0.0.1", "-U", OWNER, "-d", database, "-c", sql])
            .arg("-p")
            .arg(self.port.to_string())
            .env("PGPASSWORD", PASSWORD)
            .stdin(Stdio::null())
            .output()?;
        let told = output.stderr.escape_ascii();
        ensure!(output.status.success(), "`{sql}` failed: {told}");
        Ok(String::from_utf8(output.stdout)?.trim_end().to_owned())
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn program(&self, name: &str) -> Command {
        self.as_server(&self.programs.join(name))
    }

    /// A command that runs as the user of the server: it refuses to run as root.
    fn as_server(&self, program: &Path) -> Command {
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command
                .args([
                    "--reuid=postgres",
                    "--regid=postgres",
                    "--clear-groups",
                    "--reset-env",
                ])
                .arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(&self.folder).stdin(Stdio::null());
        command
    }

    fn write_as_server(&self, name: &str, content: &str) -> Result<()> {
        let mut writing = self.as_server(Path::new("sh"));
        let mut writing = writing
            .args(["-c", "umask 077; cat > \"$1\"", "sh", name])
            .stdin(Stdio::piped())
            .spawn()?;
        let mut input = writing.stdin.take().context("there is no standard input")?;
        input.write_all(content.as_bytes())?;
        drop(input);
        ensure!(writing.wait()?.success(), "`{name}` could not be written");
        Ok(())
    }
}

/// The folder of the newest server that Debian installed.
fn programs() -> Result<PathBuf> {
    let mut found = Vec::new();
    for version in fs::read_dir("/usr/lib/postgresql").into_iter().flatten() {
        let programs = version?.path().join("bin");
        if programs.join("initdb").is_file() {
            found.push(programs);
        }
    }
    found.sort();
    match found.pop() {
        Some(programs) => Ok(programs),
        None => bail!("Debian's package `postgresql` is not installed; `.ci/setup test` does it"),
    }
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

fn succeed(command: &mut Command) -> Result<()> {
    let output = command.output()?;
    let told = output.stderr.escape_ascii();
    let program = command.get_program().display();
    ensure!(output.status.success(), "`{program}` failed: {told}");
    Ok(())
}
