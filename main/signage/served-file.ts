import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { byteRangeOf } from './byte-range.ts';
import { isPlainPath } from './plain-path.ts';

const chunkBytes = 256 * 1024;

/**
 * A file as the answer to a request, whole or in part; read piece by piece as it is taken, and closed when the page no
 * longer wants it. Links are not followed, wherever on the way they stand.
 *
 * @param folder from which on no link may lead to the file
 */
export async function serveFile(
  folder: string,
  path: string,
  request: Request,
  headers: Record<string, string>,
): Promise<Response> {
  let file: FileHandle;
  try {
    if (!(await isPlainPath(folder, path))) throw new Error('a link');
    file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch {
    return new Response(null, { status: 404 });
  }
  try {
    const facts = await file.stat();
    if (!facts.isFile()) throw new Error('not a file');
    const range = byteRangeOf(request.headers.get('range'), facts.size);
    const all = { ...headers, 'accept-ranges': 'bytes' };
    if (range === 'unsatisfiable') {
      await file.close();
      return new Response(null, { status: 416, headers: { ...all, 'content-range': `bytes */${facts.size}` } });
    }
    const { start, end } = range ?? { start: 0, end: facts.size - 1 };
    const length = { 'content-length': String(end - start + 1) };
    const partial = range && { 'content-range': `bytes ${start}-${end}/${facts.size}` };
    return new Response(piecesOf(file, start, end), {
      status: range ? 206 : 200,
      headers: { ...all, ...length, ...partial },
    });
  } catch {
    await file.close().catch(() => {});
    return new Response(null, { status: 404 });
  }
}

function piecesOf(file: FileHandle, start: number, end: number): ReadableStream<Uint8Array> {
  let position = start;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const wanted = Math.min(chunkBytes, end - position + 1);
        const { bytesRead, buffer } =
          wanted > 0 ? await file.read(new Uint8Array(wanted), 0, wanted, position) : nothing;
        position += bytesRead;
        if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead));
        if (bytesRead === 0 || position > end) {
          await file.close();
          controller.close();
        }
      },
      cancel: () => file.close(),
    },
    { highWaterMark: 1 },
  );
}

const nothing = { bytesRead: 0, buffer: new Uint8Array(0) };
