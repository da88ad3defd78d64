"""A camera for the tests: serves a film over RTSP, at its own pace, to whoever asks (GStreamer): H.264 of an MP4 file, H.265
of a Matroska file.

Usage: /usr/bin/python3 rtsp-server.py <film.mp4|film.mkv> [--port 8554] [--user u --password p]
           [--certificate both-parts.pem]
Prints its port once it listens; the film is at /live. With a certificate it speaks RTSP over TLS. Ends when its standard
input is closed.
Debian: gir1.2-gst-rtsp-server-1.0 python3-gi gstreamer1.0-plugins-good glib-networking
"""
import argparse
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("film")
    arguments.add_argument("--port", default="0")
    arguments.add_argument("--user")
    arguments.add_argument("--password")
    arguments.add_argument("--certificate")
    options = arguments.parse_args()

    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(options.port)
    factory = GstRtspServer.RTSPMediaFactory()
    reader = "matroskademux ! rtph265pay" if options.film.endswith(".mkv") else "qtdemux ! rtph264pay"
    factory.set_launch(f'( filesrc location="{options.film}" ! {reader} name=pay0 pt=96 config-interval=1 )')
    guard = GstRtspServer.RTSPAuth() if options.user or options.certificate else None
    if options.certificate:
        guard.set_tls_certificate(Gio.TlsCertificate.new_from_file(options.certificate))
    if options.user:
        watcher = GstRtspServer.RTSPToken()
        watcher.set_string("media.factory.role", "watcher")
        guard.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        guard.add_digest(options.user, options.password, watcher)
        allowed = GstRtspServer.RTSPPermissions()
        allowed.add_permission_for_role("watcher", "media.factory.access", True)
        allowed.add_permission_for_role("watcher", "media.factory.construct", True)
        factory.set_permissions(allowed)
    if guard:
        server.set_auth(guard)
    server.get_mount_points().add_factory("/live", factory)
    if server.attach(None) == 0:
        sys.exit("The port is taken.")
    print(server.get_bound_port(), flush=True)
    loop = GLib.MainLoop()
    GLib.io_add_watch(GLib.IOChannel.unix_new(0), GLib.PRIORITY_DEFAULT, GLib.IOCondition.HUP, lambda *_: loop.quit())
    loop.run()


main()
