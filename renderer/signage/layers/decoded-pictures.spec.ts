import { expect, it, vi } from 'vitest';
import { DecodedPictures } from './decoded-pictures.ts';

it('has the pixels dropped once enough have piled up, when a picture leaves the screen', () => {
  const drop = vi.fn();
  const pictures = new DecodedPictures(drop);
  for (let play = 1; play <= 7; play++) {
    pictures.decoded(1920, 1080);
    pictures.released();
  }
  expect(drop).not.toHaveBeenCalled();
  pictures.decoded(1920, 1080);
  pictures.decoded(1920, 1080);
  expect(drop).not.toHaveBeenCalled();
  pictures.released();
  pictures.released();
  expect(drop).toHaveBeenCalledTimes(1);
  pictures.decoded(8000, 6000);
  pictures.released();
  expect(drop).toHaveBeenCalledTimes(2);
});
