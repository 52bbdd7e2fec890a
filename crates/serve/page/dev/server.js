// A small server for working on the page: it serves dist and pipes every question into one `clio-rules batch`.
//   node dev/server.js PROGRAM [--port N] [options of batch, such as --firm FILE]
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createInterface } from "node:readline";

const [program, ...rest] = process.argv.slice(2);
const at = rest.indexOf("--port");
const port = at < 0 ? 8181 : Number(rest.splice(at, 2)[1]);
const dist = new URL("../dist/", import.meta.url);
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const types = { html: "text/html; charset=utf-8", js: "text/javascript", css: "text/css", svg: "image/svg+xml" };

const engine = spawn(program, ["batch", ...rest], { stdio: ["pipe", "pipe", "inherit"] });
engine.on("exit", (code) => process.exit(code ?? 1));
const waiting = [];
createInterface({ input: engine.stdout }).on("line", (line) => waiting.shift()?.(line));

/** One line in, one line out, in the same order. */
const ask = (line) =>
  new Promise((resolve) => {
    waiting.push(resolve);
    engine.stdin.write(`${line}\n`);
  });

createServer(async (request, response) => {
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  if (request.method === "POST" && path === "/v1/ask") {
    const parts = [];
    for await (const part of request) parts.push(part);
    const reply = await ask(JSON.stringify(JSON.parse(Buffer.concat(parts).toString())));
    response.writeHead("error" in JSON.parse(reply) ? 400 : 200, { "content-type": "application/json" }).end(reply);
    return;
  }
  const name = path === "/" ? "index.html" : path.slice(1);
  const type = types[name.split(".").at(-1) ?? ""];
  const file = /^[\w.-]+$/.test(name) && type ? await readFile(new URL(name, dist)).catch(() => undefined) : undefined;
  response.writeHead(file ? 200 : 404, { "content-type": type ?? "text/plain", "content-security-policy": policy });
  response.end(file ?? "There is nothing here.\n");
}).listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/`));
