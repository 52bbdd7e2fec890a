// Starts a server for the tests, and stops it.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
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

/** What a server is started with, beside the built-in rules and firm. */
export interface Setting {
  /** Files for its folder, by name. */
  files?: Record<string, string>;
  /** Options; names of files among them are paths in the folder. */
  options?: string[];
  /** The path of the page. */
  path?: string;
}

export const aFirm = (text: string): Setting => ({ files: { "firm.yaml": text }, options: ["--firm", "firm.yaml"] });

export async function serve({ files = {}, options = [], path = "/" }: Setting = {}): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "explorer-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const address = `127.0.0.1:${await freePort()}`;
  const url = `http://${address}${path}`;
  const process = spawn(program, ["--listen", address, ...options], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  await answers(url, process);
  const stop = async () => {
    const ended = new Promise((resolve) => process.once("exit", resolve));
    process.kill();
    await ended;
    rmSync(folder, { recursive: true });
  };
  return { url, stop };
}

/** A new key, and the text of a file of keys that allows it all that the page asks. */
export function newKey(): { key: string; file: string } {
  const { stdout, stderr } = spawnSync(program, ["--new-key", "page"], { encoding: "utf8" });
  const said = stdout + stderr;
  const hash = /sha256:[0-9a-f]{64}/.exec(said)?.[0];
  const key = said.split(/\s+/).find((word) => `sha256:${createHash("sha256").update(word).digest("hex")}` === hash);
  if (!hash || !key) throw new Error(`no key in: ${said}`);
  return { key, file: JSON.stringify({ keys: [{ name: "page", hash, may: ["ask", "firm"] }] }) };
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
