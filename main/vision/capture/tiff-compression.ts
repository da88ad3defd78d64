import { open } from 'node:fs/promises';

/** Values of the tag `Compression` for JPEG, the old way and the new: https://www.loc.gov/preservation/digital/formats/content/tiff_tags.shtml */
const jpegs: readonly number[] = [6, 7];
const compressionTag = 259;
const entryBytes = 12;
/** Files in use have a few dozen; the tags are sorted, and this one comes early. */
const mostEntries = 256;

/**
 * Whether a file is a TIFF whose picture is stored as JPEG. FFmpeg decodes such a picture to plain black without a word.
 *
 * @returns false as well where it is no TIFF, or a damaged one
 */
export async function isJpegInTiff(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const bytes = async (from: number, length: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
      return buffer.subarray(0, bytesRead);
    };
    const head = await bytes(0, 8);
    const order = head.subarray(0, 4).toString('latin1');
    if (head.length < 8 || (order !== 'II*\0' && order !== 'MM\0*')) return false;
    const little = order.startsWith('I');
    const directory = little ? head.readUInt32LE(4) : head.readUInt32BE(4);
    const table = await bytes(directory, 2 + mostEntries * entryBytes);
    const short = (at: number) => (little ? table.readUInt16LE(at) : table.readUInt16BE(at));
    const count = table.length < 2 ? 0 : Math.min(short(0), Math.floor((table.length - 2) / entryBytes));
    for (let entry = 0; entry < count; entry++) {
      const at = 2 + entry * entryBytes;
      if (short(at) === compressionTag) return jpegs.includes(short(at + 8));
    }
    return false;
  } finally {
    await file.close();
  }
}
