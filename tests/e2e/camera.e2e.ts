import { join } from 'node:path';
import { CameraStandIn, canStandInForCamera } from '../support/camera/camera-stand-in.ts';
import { ReelTruth } from '../support/reel-truth.ts';
import { expect, test } from './support/fixtures.ts';
import { collectResults, newestResult, snapshotOf } from './support/page-results.ts';
import { choosePin } from './support/set-up.ts';

test.skip(!canStandInForCamera(), 'there is nothing here to compile the camera with');

test('a webcam is chosen, shown, pulled out and plugged in again', async ({ launch, home }) => {
  const camera = await CameraStandIn.make(join(home.folder, 'camera'), new ReelTruth().path, 8);
  const { page } = await launch({ env: camera.environment });
  await choosePin(page);
  await page.getByText('Camera', { exact: true }).click();
  await expect(page.getByText('No camera was found.')).toBeVisible();
  camera.plugIn();
  await page.getByRole('button', { name: 'Search again' }).click();
  await page.getByText(CameraStandIn.label, { exact: true }).click();
  await page.getByLabel('Resolution').selectOption({ label: '1280 × 720, 30 pictures/s' });
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByRole('button', { name: 'Close set-up' }).click();

  const status = page.getByRole('contentinfo', { name: 'Technical status' });
  await expect(status).toContainText('Stand-in camera');
  await collectResults(page);
  // The people of the film stand before it, and are read.
  await expect
    .poll(async () => (await newestResult(page))?.faces.some(({ attributes }) => attributes !== null))
    .toBe(true);
  const { settings, source } = await snapshotOf(page);
  expect(settings.source).toEqual({
    kind: 'camera',
    name: CameraStandIn.stableName,
    width: 1280,
    height: 720,
    framesPerSecond: 30,
  });
  expect(source).toMatchObject({ status: 'running', width: 1280, height: 720 });

  const messages = page.getByRole('status', { name: 'Messages' });
  camera.pullOut();
  await expect(messages).toContainText('is not there');
  // Nobody who walked by stays on the wall.
  await expect(page.getByText('No picture', { exact: true })).toBeVisible();
  await expect(page.locator('main canvas')).toBeHidden();
  camera.plugIn(1);
  await expect(messages).not.toContainText('is not there');
  await expect.poll(async () => (await snapshotOf(page)).source.status).toBe('running');
  await expect(page.locator('main canvas')).toBeVisible();
});

test('a webcam that another program has is said to be in use, and taken when it is free', async ({ launch, home }) => {
  const camera = await CameraStandIn.make(join(home.folder, 'camera'), new ReelTruth().path, 8);
  camera.plugIn();
  camera.isTaken = true;
  const { page } = await launch({ source: `camera:${CameraStandIn.stableName}`, env: camera.environment });
  const messages = page.getByRole('status', { name: 'Messages' });
  await expect(messages).toContainText('close the program that uses it');
  camera.isTaken = false;
  await expect.poll(async () => (await snapshotOf(page)).source.status).toBe('running');
  await expect(messages).not.toContainText('close the program that uses it');
});
