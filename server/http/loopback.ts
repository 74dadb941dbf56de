/** Addresses of the machine itself. */
import { isIP } from 'node:net';

/** 127.0.0.0/8 and ::1, also as an IPv4 address written as IPv6. */
export function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '');
  return (isIP(plain) === 4 && plain.startsWith('127.')) || plain === '::1';
}
