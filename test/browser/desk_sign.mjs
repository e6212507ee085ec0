/* A one-time code as a telephone shows it (RFC 6238: SHA-1, 30 seconds, 6 digits), from the secret as enrolment prints it. */
import { createHmac } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function bytesOf(secret) {
  let bits = '';
  for (const letter of secret.toUpperCase().replace(/[^A-Z2-7]/g, ''))
    bits += alphabet.indexOf(letter).toString(2).padStart(5, '0');
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

export function step() {
  return Math.floor(Date.now() / 30000);
}

export function codeOf(secret, at = step()) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(at));
  const sum = createHmac('sha1', bytesOf(secret)).update(counter).digest();
  const from = sum[19] & 15;
  return String((sum.readUInt32BE(from) & 0x7fffffff) % 1000000).padStart(6, '0');
}

/* Codes of one secret, each only once: where this half minute's is used, the next one's, which a clock that is a little
 * ahead would show; where that is used too, it waits. */
const used = new Map();
export async function freshCode(secret) {
  const after = used.get(secret) ?? 0;
  while (step() + 1 <= after)
    await new Promise((done) => setTimeout(done, 500));
  const at = Math.max(step(), after + 1);
  used.set(secret, at);
  return codeOf(secret, at);
}
