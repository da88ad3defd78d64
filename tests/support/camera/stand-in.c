/*
 * A webcam for machines that have none: preloaded (LD_PRELOAD) into a process, it answers the calls by which Linux programs find
 * and read a camera (Video4Linux2) from a folder, VITRINE_CAMERA_STAND_IN, and leaves all other calls alone.
 *
 *   dev/videoN                       is there while the camera is plugged in
 *   dev/v4l/by-id/<name>             link to it, as udev makes it
 *   sys/class/video4linux/videoN/    name, index
 *   jpeg/N.jpg                       its pictures at 1280x720, compressed, 30 a second
 *   yuyv/N.raw                       the same at 640x480, uncompressed, 30 a second
 *   silent                           while it is there, no picture comes
 *   busy                             while it is there, another program has the camera
 *
 * https://docs.kernel.org/userspace-api/media/v4l/v4l2.html
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { JPEG_WIDTH = 1280, JPEG_HEIGHT = 720, RAW_WIDTH = 640, RAW_HEIGHT = 480, RATE = 30 };
enum { MOST_FILES = 1024, MOST_BUFFERS = 8, LARGEST_PICTURE = JPEG_WIDTH * JPEG_HEIGHT };

/* What is known of an open file of a camera; none where the file is something else. */
struct camera {
  int blocking;
  int compressed;
  int buffers;
  int queued[MOST_BUFFERS];
  int queue_length;
  int64_t began_ns;
  int64_t taken;
};

static struct camera *open_cameras[MOST_FILES];

#define REAL(name) ((__typeof__(name) *)real(#name))

static void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found) abort();
  return found;
}

static const char *root(void) { return getenv("VITRINE_CAMERA_STAND_IN"); }

/* The path in the stand-in's folder for one of the system's about cameras; any other path as it is. */
static const char *moved(const char *path, char *space) {
  static const char *const about[] = {"/sys/class/video4linux", "/dev/v4l", "/dev/video"};
  if (!root() || !path) return path;
  for (size_t i = 0; i < sizeof about / sizeof *about; i++) {
    if (strncmp(path, about[i], strlen(about[i])) == 0) {
      snprintf(space, PATH_MAX, "%s%s", root(), path);
      return space;
    }
  }
  return path;
}

static int is_there(const char *name) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/%s", root(), name);
  return REAL(access)(path, F_OK) == 0;
}

static struct camera *camera_of(int file) { return file >= 0 && file < MOST_FILES ? open_cameras[file] : NULL; }

static void noted(int file, const char *path, int flags) {
  if (file < 0 || file >= MOST_FILES || !path || strncmp(path, "/dev/video", 10) != 0) return;
  struct camera *camera = calloc(1, sizeof *camera);
  camera->blocking = !(flags & O_NONBLOCK);
  camera->compressed = 1;
  open_cameras[file] = camera;
}

static int opened(const char *name, const char *path, int flags, mode_t mode) {
  char space[PATH_MAX];
  int file = ((int (*)(const char *, int, ...))real(name))(moved(path, space), flags, mode);
  if (root()) noted(file, path, flags);
  return file;
}

#define OPEN(name)                           \
  int name(const char *path, int flags, ...) { \
    va_list rest;                            \
    va_start(rest, flags);                   \
    mode_t mode = va_arg(rest, int);         \
    va_end(rest);                            \
    return opened(#name, path, flags, mode); \
  }
OPEN(open)
OPEN(open64)
int __open_2(const char *path, int flags) { return opened("open", path, flags, 0); }
int __open64_2(const char *path, int flags) { return opened("open64", path, flags, 0); }

int close(int file) {
  struct camera *camera = camera_of(file);
  if (camera) {
    open_cameras[file] = NULL;
    free(camera);
  }
  return REAL(close)(file);
}

int access(const char *path, int mode) {
  char space[PATH_MAX];
  return REAL(access)(moved(path, space), mode);
}

char *realpath(const char *path, char *resolved) {
  char space[PATH_MAX];
  const char *to = moved(path, space);
  char *found = REAL(realpath)(to, resolved);
  if (found && to != path) memmove(found, found + strlen(root()), strlen(found + strlen(root())) + 1);
  return found;
}

int scandir(const char *path, struct dirent ***names, int (*filter)(const struct dirent *),
            int (*compare)(const struct dirent **, const struct dirent **)) {
  char space[PATH_MAX];
  return REAL(scandir)(moved(path, space), names, filter, compare);
}

int scandir64(const char *path, struct dirent64 ***names, int (*filter)(const struct dirent64 *),
              int (*compare)(const struct dirent64 **, const struct dirent64 **)) {
  char space[PATH_MAX];
  return REAL(scandir64)(moved(path, space), names, filter, compare);
}

static int64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static int width_of(const struct camera *camera) { return camera->compressed ? JPEG_WIDTH : RAW_WIDTH; }
static int height_of(const struct camera *camera) { return camera->compressed ? JPEG_HEIGHT : RAW_HEIGHT; }
static int bytes_of(const struct camera *camera) {
  return camera->compressed ? LARGEST_PICTURE : RAW_WIDTH * RAW_HEIGHT * 2;
}

/* Another file may have taken its place: a camera that was pulled out and plugged in again. */
static int is_unplugged(int file) {
  struct stat status;
  return fstat(file, &status) != 0 || status.st_nlink == 0;
}

static int fails(int reason) {
  errno = reason;
  return -1;
}

static void describe(const struct camera *camera, struct v4l2_format *format) {
  struct v4l2_pix_format *pix = &format->fmt.pix;
  memset(pix, 0, sizeof *pix);
  pix->width = width_of(camera);
  pix->height = height_of(camera);
  pix->pixelformat = camera->compressed ? V4L2_PIX_FMT_MJPEG : V4L2_PIX_FMT_YUYV;
  pix->field = V4L2_FIELD_NONE;
  pix->bytesperline = camera->compressed ? 0 : RAW_WIDTH * 2;
  pix->sizeimage = bytes_of(camera);
  pix->colorspace = V4L2_COLORSPACE_SRGB;
}

/* Like a real driver, it gives what comes closest to the wish. */
static int choose(struct camera *camera, struct v4l2_format *format) {
  if (is_there("busy")) return fails(EBUSY);
  camera->compressed = format->fmt.pix.pixelformat != V4L2_PIX_FMT_YUYV;
  describe(camera, format);
  return 0;
}

/* Puts picture `number` into a buffer. Returns its size in bytes. */
static int deliver(int file, const struct camera *camera, int buffer, int64_t number) {
  char path[PATH_MAX];
  const char *kind = camera->compressed ? "jpeg" : "yuyv", *ending = camera->compressed ? "jpg" : "raw";
  int count = 0;
  do snprintf(path, sizeof path, "%s/%s/%d.%s", root(), kind, count, ending);
  while (REAL(access)(path, F_OK) == 0 && ++count);
  if (count == 0) return 0;
  snprintf(path, sizeof path, "%s/%s/%d.%s", root(), kind, (int)(number % count), ending);
  int from = REAL(open)(path, O_RDONLY);
  if (from < 0) return 0;
  off_t to = (off_t)buffer * bytes_of(camera);
  char part[65536];
  int size = 0;
  for (ssize_t got; (got = read(from, part, sizeof part)) > 0 && size + got <= bytes_of(camera); size += got) {
    if (pwrite(file, part, got, to + size) != got) break;
  }
  REAL(close)(from);
  return size;
}

static int dequeue(int file, struct camera *camera, struct v4l2_buffer *buffer) {
  for (;;) {
    if (is_unplugged(file)) return fails(ENODEV);
    int64_t due = camera->began_ns + camera->taken * 1000000000LL / RATE;
    if (camera->queue_length > 0 && now_ns() >= due && !is_there("silent")) break;
    if (!camera->blocking) return fails(EAGAIN);
    nanosleep(&(struct timespec){0, 2000000}, NULL);
  }
  /* The pictures that nobody waited for are lost, as with a real one. */
  camera->taken = (now_ns() - camera->began_ns) * RATE / 1000000000LL;
  int index = camera->queued[0];
  memmove(camera->queued, camera->queued + 1, sizeof(int) * --camera->queue_length);
  int64_t taken_ns = camera->began_ns + camera->taken * 1000000000LL / RATE;
  buffer->index = index;
  buffer->bytesused = deliver(file, camera, index, camera->taken);
  buffer->flags = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
  buffer->field = V4L2_FIELD_NONE;
  buffer->sequence = (uint32_t)camera->taken;
  buffer->timestamp.tv_sec = taken_ns / 1000000000LL;
  buffer->timestamp.tv_usec = taken_ns % 1000000000LL / 1000;
  buffer->length = bytes_of(camera);
  camera->taken++;
  return 0;
}

static int answer(int file, struct camera *camera, unsigned long request, void *argument) {
  static const uint32_t formats[] = {V4L2_PIX_FMT_MJPEG, V4L2_PIX_FMT_YUYV};
  const uint32_t abilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
  if (is_unplugged(file)) return fails(ENODEV);
  switch ((uint32_t)request) {
    case (uint32_t)VIDIOC_QUERYCAP: {
      struct v4l2_capability *found = argument;
      memset(found, 0, sizeof *found);
      strcpy((char *)found->driver, "uvcvideo");
      strcpy((char *)found->card, "Stand-in camera");
      found->capabilities = abilities | V4L2_CAP_DEVICE_CAPS;
      found->device_caps = abilities;
      return 0;
    }
    case (uint32_t)VIDIOC_ENUM_FMT: {
      struct v4l2_fmtdesc *found = argument;
      if (found->type != V4L2_BUF_TYPE_VIDEO_CAPTURE || found->index > 1) return fails(EINVAL);
      found->pixelformat = formats[found->index];
      found->flags = found->index == 0 ? V4L2_FMT_FLAG_COMPRESSED : 0;
      return 0;
    }
    case (uint32_t)VIDIOC_ENUM_FRAMESIZES: {
      struct v4l2_frmsizeenum *found = argument;
      if (found->index > 0) return fails(EINVAL);
      found->type = V4L2_FRMSIZE_TYPE_DISCRETE;
      found->discrete.width = found->pixel_format == V4L2_PIX_FMT_YUYV ? RAW_WIDTH : JPEG_WIDTH;
      found->discrete.height = found->pixel_format == V4L2_PIX_FMT_YUYV ? RAW_HEIGHT : JPEG_HEIGHT;
      return 0;
    }
    case (uint32_t)VIDIOC_ENUM_FRAMEINTERVALS: {
      struct v4l2_frmivalenum *found = argument;
      if (found->index > 0) return fails(EINVAL);
      found->type = V4L2_FRMIVAL_TYPE_DISCRETE;
      found->discrete = (struct v4l2_fract){1, RATE};
      return 0;
    }
    case (uint32_t)VIDIOC_ENUMINPUT: {
      struct v4l2_input *found = argument;
      if (found->index > 0) return fails(EINVAL);
      found->type = V4L2_INPUT_TYPE_CAMERA;
      return 0;
    }
    case (uint32_t)VIDIOC_G_INPUT: *(int *)argument = 0; return 0;
    case (uint32_t)VIDIOC_S_INPUT: return 0;
    case (uint32_t)VIDIOC_G_FMT: describe(camera, argument); return 0;
    case (uint32_t)VIDIOC_S_FMT: return choose(camera, argument);
    case (uint32_t)VIDIOC_G_PARM:
    case (uint32_t)VIDIOC_S_PARM: {
      struct v4l2_streamparm *found = argument;
      memset(&found->parm, 0, sizeof found->parm);
      found->parm.capture.capability = V4L2_CAP_TIMEPERFRAME;
      found->parm.capture.timeperframe = (struct v4l2_fract){1, RATE};
      return 0;
    }
    case (uint32_t)VIDIOC_REQBUFS: {
      struct v4l2_requestbuffers *wanted = argument;
      if (is_there("busy")) return fails(EBUSY);
      if (wanted->count > MOST_BUFFERS) wanted->count = MOST_BUFFERS;
      camera->buffers = wanted->count;
      camera->queue_length = 0;
      return ftruncate(file, (off_t)wanted->count * bytes_of(camera));
    }
    case (uint32_t)VIDIOC_QUERYBUF: {
      struct v4l2_buffer *found = argument;
      if ((int)found->index >= camera->buffers) return fails(EINVAL);
      found->length = bytes_of(camera);
      found->m.offset = found->index * found->length;
      return 0;
    }
    case (uint32_t)VIDIOC_QBUF:
      if (camera->queue_length >= MOST_BUFFERS) return fails(EINVAL);
      camera->queued[camera->queue_length++] = ((struct v4l2_buffer *)argument)->index;
      return 0;
    case (uint32_t)VIDIOC_DQBUF: return dequeue(file, camera, argument);
    case (uint32_t)VIDIOC_STREAMON:
      camera->began_ns = now_ns();
      camera->taken = 0;
      return 0;
    case (uint32_t)VIDIOC_STREAMOFF: camera->queue_length = 0; return 0;
    default: return fails(ENOTTY);
  }
}

int ioctl(int file, unsigned long request, ...) {
  va_list rest;
  va_start(rest, request);
  void *argument = va_arg(rest, void *);
  va_end(rest);
  struct camera *camera = camera_of(file);
  if (!camera) return ((int (*)(int, unsigned long, void *))real("ioctl"))(file, request, argument);
  return answer(file, camera, request, argument);
}
