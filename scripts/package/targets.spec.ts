import { expect, it } from 'vitest';
import { common } from '../../electron-builder.config.mjs';

it('leaves the .deb to our own maker: electron-builder’s would mark the AppImage as a .deb for its updater', () => {
  expect(common.linux?.target).toEqual(['AppImage']);
  expect(common).not.toHaveProperty('deb');
});
