// A server of its own, for tests that change the record.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Serves a record; says where, and how to end it. */
export async function serve(record) {
  const child = spawn(process.env.CHANCERY, ["serve", "--port", "0", "--record", record], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((done) => child.once("exit", done));
  for await (const line of createInterface(child.stdout)) {
    const address = /^Chancery is at (\S+)$/.exec(line)?.[1];
    if (address) return { address, end: () => (child.kill(), ended) };
  }
  throw new Error("chancery serve ended without saying where it is");
}
