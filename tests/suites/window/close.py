#!/usr/bin/python3
"""Asks a window to close, the way a window manager does (ICCCM 4.2.8.1). Usage: close.py TITLE"""
import ctypes
import subprocess
import sys

CLIENT_MESSAGE = 33


class ClientMessage(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        # An XEvent is longer than this one of its kinds.
        ("rest", ctypes.c_long * 24),
    ]


found = subprocess.run(
    ["xdotool", "search", "--onlyvisible", "--name", f"^{sys.argv[1]}$"],
    capture_output=True,
    text=True,
    check=True,
)
window = int(found.stdout.split()[0])
x11 = ctypes.CDLL("libX11.so.6")
x11.XOpenDisplay.restype = ctypes.c_void_p
x11.XInternAtom.restype = ctypes.c_ulong
x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
display = x11.XOpenDisplay(None)
message = ClientMessage(type=CLIENT_MESSAGE, send_event=1, display=display, window=window, format=32)
message.message_type = x11.XInternAtom(display, b"WM_PROTOCOLS", 0)
message.data[0] = x11.XInternAtom(display, b"WM_DELETE_WINDOW", 0)
x11.XSendEvent.argtypes = [
    ctypes.c_void_p,
    ctypes.c_ulong,
    ctypes.c_int,
    ctypes.c_long,
    ctypes.POINTER(ClientMessage),
]
sent = x11.XSendEvent(display, window, 0, 0, ctypes.byref(message))
x11.XFlush(ctypes.c_void_p(display))
x11.XCloseDisplay(ctypes.c_void_p(display))
sys.exit(0 if sent else 1)
