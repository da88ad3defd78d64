import { describe, expect, it } from 'vitest';
import { FrameSlot } from './frame-slot.ts';

function slotWithBin() {
  const bin: number[] = [];
  return { bin, slot: new FrameSlot<number>((item) => bin.push(item)) };
}

describe('FrameSlot', () => {
  it('keeps only the newest item, gives back the others and counts them', async () => {
    const { bin, slot } = slotWithBin();
    for (const item of [1, 2, 3]) slot.put(item);
    expect(bin).toEqual([1, 2]);
    expect(slot.dropped).toBe(2);
    expect(await slot.take()).toBe(3);
  });

  it('gives an item to who waits for it without dropping any', async () => {
    const { bin, slot } = slotWithBin();
    const [first, second] = [slot.take(), slot.take()];
    slot.put(1);
    slot.put(2);
    expect([await first, await second]).toEqual([1, 2]);
    expect(slot.dropped).toBe(0);
    expect(bin).toEqual([]);
  });

  it('ends waiting takers when it is closed', async () => {
    const { slot } = slotWithBin();
    const waiting = slot.take();
    slot.close();
    expect(await waiting).toBeNull();
    expect(await slot.take()).toBeNull();
  });

  it('lets the last item be taken after the end, unless it is to be dropped', async () => {
    const kept = slotWithBin();
    kept.slot.put(1);
    kept.slot.close();
    expect(await kept.slot.take()).toBe(1);
    const dropped = slotWithBin();
    dropped.slot.put(1);
    dropped.slot.close(true);
    expect(await dropped.slot.take()).toBeNull();
    expect(dropped.bin).toEqual([1]);
  });

  it('gives back what comes after it was closed', () => {
    const { bin, slot } = slotWithBin();
    slot.close();
    slot.put(1);
    expect(bin).toEqual([1]);
  });
});
