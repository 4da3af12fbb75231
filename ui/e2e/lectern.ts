/** A real `lectern serve` on a data directory of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const BINARY = resolve(process.env["LECTERN_BIN"] ?? "../target/debug/lectern");

export class Lectern {
  readonly #home = mkdtempSync(join(tmpdir(), "lectern-e2e-"));
  #process: ChildProcess | null = null;

  /** Starts serving and gives the address that signs in whoever opens it first. */
  async start(): Promise<string> {
    const child = spawn(
      BINARY,
      ["--data", join(this.#home, "data"), "serve", "--listen", "127.0.0.1:0", "--open-code"],
      {
        env: {
          ...process.env,
          HOME: this.#home,
          XDG_CONFIG_HOME: join(this.#home, "config"),
          XDG_DATA_HOME: join(this.#home, "share"),
          // No keychain of the person who runs the tests is touched.
          DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent",
        },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    this.#process = child;
    return new Promise((found, failed) => {
      let said = "";
      const listen = (part: Buffer) => {
        said += part.toString();
        const address = /http:\/\/\S+#code=\S+/.exec(said);
        if (address) found(address[0]);
      };
      child.stdout.on("data", listen);
      child.stderr.on("data", listen);
      child.on("error", failed);
      child.on("exit", (code) => failed(new Error(`lectern ended with ${code}:\n${said}`)));
    });
  }

  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }

  /** Stops and forgets everything. */
  async end(): Promise<void> {
    await this.stop();
    rmSync(this.#home, { recursive: true, force: true });
  }
}
