import { type FullConfig, request } from '@playwright/test';

/** Signs in with the token once, as a user who follows the printed link; the tests then have its cookie only. */
export default async function login(config: FullConfig): Promise<void> {
  const { baseURL } = config.projects[0].use;
  const context = await request.newContext();
  const answer = await context.get(`${baseURL}/lab?token=${process.env.GRADLENS_UI_TOKEN}`);
  if (!answer.ok()) {
    throw new Error(`Signing in to JupyterLab failed: it answered ${answer.status()}.`);
  }
  await context.storageState({ path: process.env.GRADLENS_UI_SIGNED_IN });
  await context.dispose();
}
