// Starts a server for the tests, and stops it.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const program =
  process.env.CLIO_RULES_SERVE ?? new URL("../../../../target/debug/clio-rules-serve", import.meta.url).pathname;

export interface Server {
  /** The address of the page. */
  url: string;
  stop: () => Promise<void>;
}

/** Serves a firm: a firm file as a text, or the built-in one. */
export async function serve(firm?: string): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "explorer-"));
  const options = ["--listen", `127.0.0.1:${await freePort()}`];
  if (firm) {
    writeFileSync(join(folder, "firm.yaml"), firm);
    options.push("--firm", join(folder, "firm.yaml"));
  }
  const url = `http://${options[1]}/`;
  const process = spawn(program, options, { stdio: ["ignore", "ignore", "inherit"] });
  await answers(url, process);
  const stop = async () => {
    const ended = new Promise((resolve) => process.once("exit", resolve));
    process.kill();
    await ended;
    rmSync(folder, { recursive: true });
  };
  return { url, stop };
}

async function answers(url: string, process: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (process.exitCode !== null) throw new Error(`the server ended with ${process.exitCode}`);
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the server does not answer");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createServer();
    socket.once("error", reject);
    socket.listen(0, "127.0.0.1", () => {
      const address = socket.address();
      socket.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
