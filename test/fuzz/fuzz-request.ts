/** One request of the fuzzer as plain data, so that it can be printed, kept and sent again byte by byte. */

export type FuzzRequest = {
  method: string;
  target: string;
  /** As they are sent, in this order; Host included. */
  headers: [name: string, value: string][];
  /** One character a byte. */
  body?: string;
  /** What the framing says of the body: the truth, nothing, too much, or garbage. */
  framing?: 'length' | 'chunked' | 'too-long' | 'too-short' | 'bad-chunks' | 'both';
  as: 'anonymous' | 'administrator';
};

/** A request HTTP libraries can send; the others go through a socket of their own. */
export function isWellFormed({ method, target, headers, framing }: FuzzRequest): boolean {
  return (
    /^[A-Z]{1,10}$/.test(method) &&
    method !== 'CONNECT' &&
    /^\/[\x21-\x7e]*$/.test(target) &&
    (framing === undefined || framing === 'length' || framing === 'chunked') &&
    headers.every(([name, value]) => /^[\w-]+$/.test(name) && /^[\x20-\x7e\x80-\xff]*$/.test(value)) &&
    !headers.some(([name]) =>
      /^(connection|upgrade|expect|trailer|content-length|transfer-encoding)$/i.test(name),
    )
  );
}

/** The request as it goes over the wire, asking to close the connection. */
export function toBytes({ method, target, headers, body = '', framing }: FuzzRequest): Buffer {
  const lines = [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  const length = Buffer.byteLength(body, 'latin1');
  if (framing === 'length' || framing === 'both') lines.push(`Content-Length: ${length}`);
  if (framing === 'too-long') lines.push(`Content-Length: ${length + 1000}`);
  if (framing === 'too-short') lines.push(`Content-Length: ${Math.max(0, length - 5)}`);
  if (framing === 'chunked' || framing === 'bad-chunks' || framing === 'both')
    lines.push('Transfer-Encoding: chunked');
  const sent =
    framing === 'chunked'
      ? `${length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
      : framing === 'bad-chunks'
        ? `zz\r\n${body}\r\n`
        : body;
  return Buffer.from(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n${sent}`, 'latin1');
}
