// Makes anchor.json of anchor.sol:  npm install --prefix DIR solc@0.8.37 && NODE_PATH=DIR/node_modules node compile.mjs
// What it writes is committed, so nobody needs a compiler; a test holds that it is of this very source.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const solc = createRequire(process.env.NODE_PATH + "/")("solc");
const beside = (name) => new URL(name, import.meta.url);
const source = readFileSync(beside("anchor.sol"), "utf8");
const settings = {
  evmVersion: "london", // the oldest that consortium chains in use still speak: no PUSH0
  optimizer: { enabled: true, runs: 200 },
  metadata: { appendCBOR: false, bytecodeHash: "none" }, // the same source gives the same bytes anywhere
  outputSelection: { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] } },
};
const input = { language: "Solidity", sources: { "anchor.sol": { content: source } }, settings };
const output = JSON.parse(solc.compile(JSON.stringify(input)));
for (const problem of output.errors ?? []) console.error(problem.formattedMessage);
const { abi, evm } = output.contracts["anchor.sol"].Anchor;
const made = {
  compiler: solc.version(),
  source_sha256: createHash("sha256").update(source).digest("hex"),
  abi,
  bytecode: "0x" + evm.bytecode.object,
  runtime: "0x" + evm.deployedBytecode.object,
};
writeFileSync(beside("anchor.json"), JSON.stringify(made, null, 1) + "\n");
