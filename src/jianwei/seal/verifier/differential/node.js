// Answers for verify.html without a browser: a line of JSON in, a line of JSON out. Its script is taken out of the page
// and run as it is; only the functions that cost time remember what they have answered.
"use strict";
const fs = require("node:fs");
const readline = require("node:readline");

const page = fs.readFileSync(process.argv[2], "utf8");
const script = /<script id="verifier">\n([\s\S]*?)<\/script>/.exec(page)[1];

function remembered(answer) {
  const known = new Map();
  return (...given) => {
    const key = given.map((each) => (typeof each === "bigint" ? each : hexOf(each))).join();
    if (!known.has(key)) known.set(key, answer(...given));
    return known.get(key);
  };
}
const hexOf = (bytes) => Buffer.from(bytes).toString("hex");

const wrapped = `${script}
ed25519Key = remembered(ed25519Key);
ed25519Accepts = remembered(ed25519Accepts);
sm2Holds = remembered(sm2Holds);
ecdsaAccepts = remembered(ecdsaAccepts);
return { verify, toJson, digest, sha512, ed25519Key, ed25519Accepts, sm2Accepts, rootOf, parseCheckpoint, Key,
  Policy, parseToken, checkTokenSignature, Refused, hex };`;
const html = new Function("remembered", wrapped)(remembered);

const bytes = (text) => (text === null ? null : new Uint8Array(Buffer.from(text, "base64")));

const ANSWERS = {
  async verify({ bundle, policy, policy_sm, tsa_cert, now }) {
    const content = bytes(bundle);
    const source = { size: content.length, read: async (at, length) => content.subarray(at, at + length) };
    return html.verify(source, bytes(policy), bytes(policy_sm), bytes(tsa_cert), now);
  },
  digest: ({ name, content }) => html.hex(html.digest(name, bytes(content))),
  ed25519: ({ key, signature, message }) =>
    html.ed25519Key(bytes(key)) && html.ed25519Accepts(bytes(key), bytes(signature), bytes(message)),
  sm2: ({ key, signature, message }) => html.sm2Accepts(bytes(key), bytes(signature), bytes(message)),
  root: ({ suite, leaf, index, size, path }) =>
    html.hex(html.rootOf(suite, bytes(leaf), BigInt(index), BigInt(size), path.map(bytes))),
  note({ note, vkey, witness }) {
    const checkpoint = html.parseCheckpoint(bytes(note)), key = new html.Key(vkey, witness ? "witness" : "log");
    const lines = key.signed(checkpoint);
    const message = (line) => witness ? `cosignature/v1\ntime ${BigInt("0x" + hexOf(line.subarray(0, 8)))}\n${checkpoint.text}` : checkpoint.text;
    return [lines.length, lines.every((line) => key.accepts(witness ? line.subarray(8) : line, message(line)))];
  },
  token({ token, certificate }) {
    const parsed = html.parseToken(bytes(token));
    const imprint = html.hex(parsed.imprint);
    return { at: parsed.at, serial: parsed.serial, imprint, by: certificate ? html.checkTokenSignature(parsed, bytes(certificate)) : null };
  },
};

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    const { ask, ...given } = JSON.parse(line);
    let answer;
    try {
      answer = { answer: await ANSWERS[ask](given) };
    } catch (problem) {
      answer = { refused: problem.message };
    }
    process.stdout.write(html.toJson(answer).replace(/\n */g, "") + "\n");
  }
}
main();
