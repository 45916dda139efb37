import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

export const PASSPHRASE = 'changeit';

/**
 * A certificate of this run for 127.0.0.1, because SDKs take client metadata documents over https alone.
 *
 * @returns the key store of the server and the trust store of the JVM that asks it
 */
export function certificate(directory) {
  const [key, trust, file] = ['key.p12', 'trust.p12', 'certificate.pem'].map((name) => path.join(directory, name));
  const store = (name) => ['-alias', 'e2e', '-storetype', 'PKCS12', '-storepass', PASSPHRASE, '-keystore', name];
  keytool('-genkeypair', ...store(key), '-keyalg', 'EC', '-dname', 'CN=127.0.0.1', '-ext', 'san=ip:127.0.0.1', '-validity', '2');
  keytool('-exportcert', ...store(key), '-rfc', '-file', file);
  keytool('-importcert', ...store(trust), '-noprompt', '-file', file);
  return { key, trust };
}

function keytool(...args) {
  execFileSync(tool('keytool'), args, { stdio: ['ignore', 'ignore', 'ignore'], timeout: 60_000 });
}

/** A program of the JDK: that of JAVA_HOME before that of the PATH. */
export function tool(name) {
  const program = path.join(process.env.JAVA_HOME ?? '', 'bin', name);
  return process.env.JAVA_HOME && existsSync(program) ? program : name;
}
