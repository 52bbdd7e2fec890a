// Writes src/protocol.ts from the schemas of the protocol, so that the page and the engine cannot drift apart.
// With --check it only says whether that file is as it would be written.
import { readFileSync, writeFileSync } from "node:fs";
import { compile } from "json-schema-to-typescript";

const docs = new URL("../../../../docs/", import.meta.url);
const file = new URL("../src/protocol.ts", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, docs), "utf8"));
const camel = (word) => word.replace(/(^|_)(.)/g, (_, __, letter) => letter.toUpperCase());

const definitions = {};
const questions = { request: [], reply: [] };
for (const kind of ["request", "reply"]) {
  const schema = read(`${kind}.schema.json`);
  Object.assign(definitions, schema.$defs);
  for (const branch of schema.oneOf) {
    const question = branch.properties.ask?.const;
    const name = question ? `${camel(question)}${camel(kind)}` : `Error${camel(kind)}`;
    definitions[name] = branch;
    if (question) questions[kind].push(`  ${question}: ${name};`);
  }
}
// What the keys mean is in the schemas, and beside the properties of a schema a description is not a property.
const isProse = (key, value) => key === "description" && typeof value === "string";
const plain = JSON.parse(JSON.stringify(definitions), (key, value) => (isProse(key, value) ? undefined : value));
const types = await compile({ type: "object", $defs: plain, definitions: plain }, "Protocol", {
  additionalProperties: false,
  unreachableDefinitions: true,
  bannerComment: "// Written by `npm run types` from docs/request.schema.json and docs/reply.schema.json.",
  format: true,
});
const table = (name, lines) => `\nexport interface ${name} {\n${lines.join("\n")}\n}\n`;
const text =
  types.replace(/^ *\/\*\*[\s\S]*?\*\/\n/gm, "") +
  table("Requests", questions.request) +
  table("Replies", questions.reply);

if (!process.argv.includes("--check")) writeFileSync(file, text);
else if (readFileSync(file, "utf8") !== text) {
  console.error("src/protocol.ts is not what the schemas say: npm run types");
  process.exit(1);
}
