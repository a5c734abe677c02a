/** Starts the project's JupyterLab on a folder. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { jupyterBin } from './setup.mjs';

/** A free port on the loopback address, asked of the system. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts JupyterLab and waits until it answers.
 *
 * @param {{folder: string, openBrowser?: boolean, notebook?: string, extra?: string[], quiet?: boolean, command?: string, env?: NodeJS.ProcessEnv}} options
 *   `command`: another program than the project's JupyterLab; `env`: its environment
 * @returns {Promise<{url: string, port: number, token: string, process: import('node:child_process').ChildProcess, stop: () => Promise<void>}>}
 */
export async function startLab({
  folder,
  openBrowser = false,
  notebook,
  extra = [],
  quiet = false,
  command = jupyterBin('jupyter-lab'),
  env = process.env
}) {
  const port = await freePort();
  const token = randomBytes(24).toString('hex');
  const args = [
    folder,
    `--ServerApp.port=${port}`,
    '--ServerApp.port_retries=0',
    '--ServerApp.ip=127.0.0.1',
    `--IdentityProvider.token=${token}`,
    `--ServerApp.open_browser=${openBrowser ? 'True' : 'False'}`,
    `--LabApp.default_url=/lab${notebook ? `/tree/${notebook}` : ''}`,
    // No questions about news or updates: the machine may be offline.
    '--LabApp.news_url=None',
    '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate',
    ...extra
  ];
  if (process.getuid?.() === 0) {
    args.push('--allow-root');
  }
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], env });
  let log = '';
  child.stderr.on('data', text => {
    log = (log + text).slice(-20000);
    if (!quiet) {
      process.stderr.write(text);
    }
  });
  const ended = new Promise(resolve => child.once('exit', resolve));
  const base = `http://127.0.0.1:${port}`;
  const answers = async () => {
    try {
      return (await fetch(`${base}/api/status?token=${token}`)).ok;
    } catch {
      return false;
    }
  };
  const deadline = Date.now() + 90_000;
  while (!(await answers())) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill();
      throw new Error(`JupyterLab did not start.\n${log}`);
    }
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  return {
    url: `${base}/lab${notebook ? `/tree/${notebook}` : ''}?token=${token}`,
    port,
    token,
    process: child,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    }
  };
}
