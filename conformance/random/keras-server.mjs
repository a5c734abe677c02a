/** The long-lived Python process that draws and builds models: see serve.py. */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { kerasBin } from '../../scripts/setup.mjs';

const script = join(dirname(fileURLToPath(import.meta.url)), 'serve.py');
/**
 * Of a build, after which the process is ended; of other requests, which start Keras or try all arguments of a class.
 */
const LIMIT_MS = 300_000;
const LIMIT_OF_OTHERS_MS = 1_800_000;

export class KerasServer {
  /** @type {import('node:child_process').ChildProcess | null} */
  #process = null;
  /** @type {((line: string | null) => void) | null} */
  #waiting = null;

  /**
   * Asks once; one request at a time.
   *
   * @param {any} request
   * @returns {Promise<any>} `{ invalid }` too where the process ended or took too long
   */
  async ask(request) {
    const child = this.#process ?? this.#start();
    const answer = await new Promise(resolve => {
      const timer = setTimeout(() => this.#end(), request.do === 'build' ? LIMIT_MS : LIMIT_OF_OTHERS_MS);
      this.#waiting = line => {
        clearTimeout(timer);
        this.#waiting = null;
        resolve(line);
      };
      child.stdin?.write(`${JSON.stringify(request)}\n`);
    });
    return answer === null ? { invalid: 'Keras ended or took too long' } : JSON.parse(answer);
  }

  close() {
    this.#end();
  }

  #start() {
    const child = spawn(kerasBin('python'), [script], { stdio: ['pipe', 'pipe', 'ignore'] });
    createInterface({ input: child.stdout }).on('line', line => this.#waiting?.(line));
    child.on('exit', () => {
      if (this.#process === child) {
        this.#process = null;
      }
      this.#waiting?.(null);
    });
    this.#process = child;
    return child;
  }

  #end() {
    this.#process?.kill('SIGKILL');
    this.#process = null;
  }
}
