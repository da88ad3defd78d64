/** Writes RGB pictures as a video file with the encoder inside node-av, so that no other tool is needed. */
import { Encoder, Muxer } from 'node-av/api';
import {
  AV_PIX_FMT_RGB24,
  AV_PIX_FMT_YUV420P,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_RGB,
  AVCOL_TRC_BT709,
  FF_ENCODER_LIBX264,
  FF_ENCODER_LIBX265,
} from 'node-av/constants';
import { FFmpegError, Frame, Rational, SoftwareScaleContext } from 'node-av/lib';

export interface VideoFormat {
  /** Even. */
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  /** x264's constant rate factor: lower is better and larger. */
  readonly quality?: number;
  readonly preset?: 'ultrafast' | 'veryfast' | 'medium' | 'slow';
  /** H.264 unless given; H.265 not in MP4. */
  readonly coding?: 'h264' | 'h265';
  /** As television sends it, in half pictures; for tests. */
  readonly interlaced?: boolean;
}

/**
 * @param path its ending chooses the container (mp4, mkv)
 * @param pictures RGB24, tightly packed, width * height * 3 bytes each; one may be reused for the next
 * @returns the number of pictures written
 */
export async function writeVideo(
  path: string,
  format: VideoFormat,
  pictures: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<number> {
  const { width, height, framesPerSecond } = format;
  using encoder = await Encoder.create(format.coding === 'h265' ? FF_ENCODER_LIBX265 : FF_ENCODER_LIBX264, {
    context: {
      timeBase: new Rational(1, framesPerSecond),
      framerate: new Rational(framesPerSecond, 1),
      gopSize: framesPerSecond * 4,
      threadCount: 2,
      colorSpace: AVCOL_SPC_BT709,
      colorRange: AVCOL_RANGE_MPEG,
      colorPrimaries: AVCOL_PRI_BT709,
      colorTrc: AVCOL_TRC_BT709,
    },
    options: {
      preset: format.preset ?? 'veryfast',
      crf: format.quality ?? 20,
      ...(format.interlaced ? { 'x264-params': 'interlaced=1' } : {}),
      ...(format.coding === 'h265' ? { 'x265-params': 'log-level=error' } : {}),
    },
  });
  await using output = await Muxer.open(path, path.endsWith('.mp4') ? { options: { movflags: 'faststart' } } : {});
  const stream = output.addStream(encoder);
  using scaler = new SoftwareScaleContext();
  scaler.allocContext();
  scaler.setOption('sws_flags', 'bicubic+accurate_rnd+full_chroma_int');
  let count = 0;
  for await (const data of pictures) {
    using rgb = Frame.fromVideoBuffer(Buffer.from(data.buffer, data.byteOffset, data.byteLength), {
      width,
      height,
      format: AV_PIX_FMT_RGB24,
    });
    rgb.colorSpace = AVCOL_SPC_RGB;
    rgb.colorRange = AVCOL_RANGE_JPEG;
    using frame = new Frame();
    frame.alloc();
    frame.width = width;
    frame.height = height;
    frame.format = AV_PIX_FMT_YUV420P;
    frame.colorSpace = AVCOL_SPC_BT709;
    frame.colorRange = AVCOL_RANGE_MPEG;
    frame.colorPrimaries = AVCOL_PRI_BT709;
    frame.colorTrc = AVCOL_TRC_BT709;
    FFmpegError.throwIfError(frame.getBuffer(0), 'getBuffer');
    FFmpegError.throwIfError(await scaler.scaleFrame(frame, rgb), 'scaleFrame');
    frame.timeBase = new Rational(1, framesPerSecond);
    frame.pts = BigInt(count++);
    frame.duration = 1n;
    for (const packet of await encoder.encodeAll(frame)) {
      await output.writePacket(packet, stream);
      packet.free();
    }
  }
  await encoder.flush();
  for await (const packet of encoder.flushPackets()) {
    await output.writePacket(packet, stream);
    packet.free();
  }
  return count;
}
